/* SPDX-License-Identifier: GPL-2.0-only */
/* Read back tables: debugfs's wakeup_sources, and what --raw and --csv have written. */
#ifndef WSDUMP_LOADER_SAVED_TEXT_H
#define WSDUMP_LOADER_SAVED_TEXT_H

#include <stdbool.h>

#include "saved.h"

/** saved_is_table() - does it begin with the headings of one of these? */
bool saved_is_table(const char *text, size_t len);

/** saved_parse_table() - read it; arguments and result are those of saved_parse() */
int saved_parse_table(const char *text, size_t len, const char *file, struct saved *saved,
		      struct fail *why);

#endif
