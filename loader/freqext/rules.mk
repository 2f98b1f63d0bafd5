# SPDX-License-Identifier: GPL-2.0-only
# cpufreq governors written in BPF: the command freqext, with the module that they need.

ALL_SYSTEMS      += cpufreq
cpufreq_COMMANDS := freqext
cpufreq_DKMS     := cpufreq-ext

freqext_HEADERS := vip.skel.h util.skel.h hint.skel.h

# It opens files of BPF programs, which Debian's static libelf can't: see ELF_GAP.
$(BUILD)/freqext: STATIC =
$(BUILD)/freqext: LIBS = $$($(PKGCONFIG) --libs libbpf)
