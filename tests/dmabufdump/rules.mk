# SPDX-License-Identifier: GPL-2.0-only
# What tests of dmabufdump and its module need.

PROGRAMS += dmabufs in_6_16_form
OBJECTS  += dmabuf_hold.bpf.o dmabuf_hold_old.bpf.o dmabuf_refusals.bpf.o dmabufdump.bpf.o \
	    in_6_16_form.bpf.o
MODULES  += dmabuf_fixture.ko dmabuf_kfuncs-nobtf.ko dmabuf_kfuncs-noids.ko dmabuf_kfuncs-wronglock.ko

vpath %.c dmabufdump
vpath %.bpf.c dmabufdump

$(BUILD)/dmabufs: dmabufdump/dmabufs.c fixture/dmabuf_fixture.h | $(BUILD)
	$(CC) $(CFLAGS) $< -o $@

$(BUILD)/dmabuf_hold_old.bpf.o: dmabuf_hold.bpf.c | $(BUILD)
	$(BPF_COMPILE) -DOLD -c $< -o $@

$(BUILD)/dmabuf_fixture.ko: $(BUILD)/ws_fixture.ko
	cp fixture/$(@F) $@

# One that takes a mutex of its own for that of the kernel's list.
$(BUILD)/dmabuf_kfuncs-wronglock.ko: | $(BUILD)
	mkdir -p $(BUILD)/wronglock
	cp -r ../dkms.conf ../Kbuild ../Makefile ../module $(BUILD)/wronglock/
	sed -i '1i #include <linux/mutex.h>\nstatic DEFINE_MUTEX(own_mutex);\n#define DMABUF_LOCK(lock) ((lock) ? &own_mutex : NULL)' \
		$(BUILD)/wronglock/module/dmabuf_find.c
	$(MAKE) -C $(BUILD)/wronglock KVER=$(KVER) KDIR=$(KDIR) BUILD=build MODULES=dmabuf_kfuncs modules
	mv $(BUILD)/wronglock/module/dmabuf_kfuncs.ko $@
	rm -r $(BUILD)/wronglock
