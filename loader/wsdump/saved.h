/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Read back what `wsdump --json` has written, and other tables of wakeup sources. A file comes from anywhere: it may be cut
 * short, changed by hand, of another version, or made to do harm.
 */
#ifndef WSDUMP_LOADER_SAVED_H
#define WSDUMP_LOADER_SAVED_H

#include "state.h"

#define SAVED_BOOT_ID_LEN 64

/**
 * struct saved - what a file has
 * @states: the sources
 * @boot_id: of the boot that they are of
 */
struct saved {
	struct states states;
	char boot_id[SAVED_BOOT_ID_LEN];
};

/**
 * saved_parse() - read JSON text, or a table
 * @text: the text; nothing of it is used afterwards
 * @len: bytes of it
 * @file: what to call it in messages
 * @saved: the result
 * @why: what is wrong, and where: byte, or source and key
 *
 * Return: 0 with @saved to be freed, or -1 with nothing in it.
 */
int saved_parse(const char *text, size_t len, const char *file, struct saved *saved,
		struct fail *why);

/**
 * saved_check_ids() - no two sources have the same number
 *
 * Return: 0, or -1 with it in @why.
 */
int saved_check_ids(const struct states *states, const char *file, struct fail *why);

/**
 * saved_free() - free what saved_parse() has left
 */
void saved_free(struct saved *saved);

#endif
