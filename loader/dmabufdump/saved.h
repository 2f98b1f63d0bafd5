/* SPDX-License-Identifier: GPL-2.0-only */
/* Read back what `dmabufdump --json` has written: see common/json_read.h. */
#ifndef DMABUFDUMP_SAVED_H
#define DMABUFDUMP_SAVED_H

#include "common/json_read.h"
#include "common/saved_file.h"
#include "snapshot.h"

/**
 * struct saved - what a file has
 * @snap: the buffers, and who holds them as text only
 * @boot_id: of the boot that they are of
 */
struct saved {
	struct snapshot snap;
	char boot_id[JSON_BOOT_ID_LEN];
};

/**
 * saved_parse() - what the bytes of a file say
 * @saved: zeroed; its snapshot is to be freed in any case
 *
 * Return: 0, or -1 with the reason in @why.
 */
int saved_parse(const struct saved_file *file, struct saved *saved, struct fail *why);

#endif
