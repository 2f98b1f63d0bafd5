# SPDX-License-Identifier: GPL-2.0-only
# Wakeup sources: the command wsdump, with the library and the modules that it needs.

ALL_SYSTEMS      += wakeup
wakeup_COMMANDS  := wsdump
wakeup_LIBRARIES := libwakeup
wakeup_DKMS      := wakeup-kfuncs

wsdump_LIBRARIES := libwakeup
