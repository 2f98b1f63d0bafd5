/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WSDUMP_LOADER_TABLE_H
#define WSDUMP_LOADER_TABLE_H

#include "columns.h"

/**
 * table_print() - print rows for people, on stdout
 *
 * Times have units, unless @rows->ns. Bytes that are not printable in the locale come out as
 * \xHH. Where stdout is a terminal no line is wider than that, see table_fit(); elsewhere
 * all is whole.
 *
 * Return: 0.
 */
int table_print(const struct rows *rows, struct fail *why);

/**
 * table_measure() - how wide the columns want to be
 * @rows: what is in them
 * @width: made larger where it is less than that
 *
 * Return: whether all texts are plain, see text_plain().
 */
bool table_measure(const struct rows *rows, size_t width[MAX_COLUMNS]);

/**
 * table_fit() - which columns fit in a line, and how wide they are
 * @rows: what is in them
 * @wanted: of table_measure()
 * @max: how wide a line may be
 * @width: the result: what does not fit is left out from the end; before a column is left
 *	   out, texts are cut, and what is left over then is theirs again, the first first
 *
 * Return: the number of columns, at least one.
 */
size_t table_fit(const struct rows *rows, const size_t wanted[MAX_COLUMNS], size_t max,
		 size_t width[MAX_COLUMNS]);

#endif
