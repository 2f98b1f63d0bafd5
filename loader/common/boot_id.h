/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WSDUMP_LOADER_BOOT_ID_H
#define WSDUMP_LOADER_BOOT_ID_H

#include <stddef.h>

/** boot_id_read() - the random number of this boot, as text; empty if it is not known */
void boot_id_read(char *buf, size_t size);

#endif
