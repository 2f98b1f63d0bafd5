/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What there is to say of a wakeup source: one table that the printers and the
 * help share.
 */
#ifndef WSDUMP_LOADER_COLUMNS_H
#define WSDUMP_LOADER_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "snapshot.h"

enum column_type {
	COLUMN_NAME,		/* the source's name */
	COLUMN_PARENT,		/* the parent device's name */
	COLUMN_ID,
	COLUMN_FLAG,		/* one of enum ws_record_flags */
	COLUMN_COUNT,
	COLUMN_DURATION,	/* nanoseconds */
	COLUMN_MOMENT,		/* nanoseconds on CLOCK_MONOTONIC, 0 for never */
};

/**
 * struct column - one thing to say
 * @heading: in the table, NULL when only JSON has it
 * @key: in JSON, with the unit
 * @help: what it means, in a few words
 * @type: how to print it
 * @offset: of its field in struct ws_record, for numbers
 * @flag: for COLUMN_FLAG
 */
struct column {
	const char *heading;
	const char *key;
	const char *help;
	enum column_type type;
	size_t offset;
	uint32_t flag;
};

extern const struct column columns[];
extern const size_t nr_columns;

/** column_number() - the field of a column of type COUNT, DURATION or MOMENT */
uint64_t column_number(const struct column *column, const struct ws_record *rec);

#endif
