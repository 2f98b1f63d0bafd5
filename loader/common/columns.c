// SPDX-License-Identifier: GPL-2.0-only
#include "columns.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "bytes.h"
#include "duration.h"
#include "out.h"

int rows_room(struct rows *rows, size_t nr)
{
	rows->nr = 0;
	if (!rows->v || nr > rows->size) {
		free(rows->v);
		/* a list that grows by little does so without a new array each time */
		rows->size = nr + nr / 8 + 1;
		rows->v = malloc(rows->size * sizeof(*rows->v));
	}
	return rows->v ? 0 : -1;
}

void rows_free(struct rows *rows)
{
	free(rows->v);
	rows->v = NULL;
}

static bool is(const char *name, const char *s, size_t len)
{
	return !strncasecmp(name, s, len) && !name[len];
}

static bool has_alias(const char *aliases, const char *name, size_t len)
{
	size_t alias_len;

	for (const char *s = aliases; s; s = s[alias_len] ? s + alias_len + 1 : NULL) {
		alias_len = strcspn(s, ",");
		if (alias_len == len && !strncasecmp(s, name, len))
			return true;
	}
	return false;
}

const struct column *column_find(const struct column *all, const char *name, size_t len)
{
	for (const struct column *c = all; c->name; c++)
		if (is(c->name, name, len))
			return c;
	for (const struct column *c = all; c->name; c++)
		if (is(c->key, name, len))
			return c;
	for (const struct column *c = all; c->name; c++)
		if (has_alias(c->aliases, name, len))
			return c;
	return NULL;
}

void columns_help(const struct column *all)
{
	int first = 0;

	puts("Columns, those in brackets by -o and -O only:");
	for (const struct column *c = all; c->name; c++) {
		char name[16];

		if (c->costly)
			continue;
		snprintf(name, sizeof(name), c->standard ? "%s" : "[%s]", c->name);
		printf(" %-11s %s\n", name, c->help);
	}
	for (const struct column *c = all; c->name; c++)
		if (c->costly)
			printf("%s%s", first++ ? ", " : "By -o only: ", c->name);
	if (first)
		putchar('\n');
}

/* --- values ------------------------------------------------------------------- */

static void set_string(struct value *value, enum value_kind kind, const char *s)
{
	value->kind = kind;
	value->s = s;
	value->len = strlen(s);
}

static void set_number(struct value *value, uint64_t number)
{
	value->kind = VALUE_NUMBER;
	value->s = value->buf;
	value->len = number_put(value->buf, number) - value->buf;
}

static void set_time(struct value *value, const struct rows *rows, uint64_t ns, bool people)
{
	if (!people || rows->ns) {
		set_number(value, ns);
		return;
	}
	value->kind = VALUE_NUMBER;
	value->s = value->buf;
	value->len = duration_format(value->buf, ns);
}

static void set_bytes(struct value *value, const struct rows *rows, uint64_t bytes, bool people)
{
	if (!people || rows->bytes) {
		set_number(value, bytes);
		return;
	}
	value->kind = VALUE_NUMBER;
	value->s = value->buf;
	value->len = bytes_format(value->buf, bytes);
}

/* Three digits for people, as far as there are so many. */
static void set_rate(struct value *value, const struct rows *rows, uint64_t number, bool people)
{
	double per_second = (double)number * 1e9 / (double)rows->interval_ns;
	/* snprintf() rounds, so that 9.996 would be 10.00 */
	int digits = per_second < 9.995 ? 2 : per_second < 99.95 ? 1 : 0;

	if (people && !number)
		digits = 0;
	snprintf(value->buf, sizeof(value->buf), "%.*f", people ? digits : 3, per_second);
	set_string(value, VALUE_NUMBER, value->buf);
}

static void set_share(struct value *value, uint64_t share, bool people)
{
	unsigned int n = share;

	if (people)
		snprintf(value->buf, sizeof(value->buf), "%u.%u%%", n / 100, n % 100 / 10);
	else
		snprintf(value->buf, sizeof(value->buf), "%u.%04u", n / 10000, n % 10000);
	set_string(value, VALUE_NUMBER, value->buf);
}

/* Is it something that nobody knows, as of a thing that is gone? */
static bool is_unknown(const struct rows *rows, const struct column *column, const void *row)
{
	if (!rows->interval_ns && (column->type == COLUMN_RATE || column->type == COLUMN_SHARE))
		return true;
	return column->known && !column->known(row);
}

static void set_from_number(struct value *value, const struct rows *rows,
			    const struct column *column, uint64_t number, bool people)
{
	value->kind = VALUE_NONE;
	switch (column->type) {
	case COLUMN_TEXT:
		break;
	case COLUMN_WORD:
		if (number || !people)
			set_string(value, people ? VALUE_NUMBER : VALUE_TEXT,
				   column->words[number]);
		break;
	case COLUMN_FLAG:
		set_number(value, number);
		value->kind = VALUE_FLAG;
		break;
	case COLUMN_COUNT:
		set_number(value, number);
		break;
	case COLUMN_BYTES:
		set_bytes(value, rows, number, people);
		break;
	case COLUMN_DURATION:
		set_time(value, rows, number, people);
		break;
	case COLUMN_SPAN:
		if (number || !people)
			set_time(value, rows, number, people);
		break;
	case COLUMN_MOMENT:
		if (!people)
			set_number(value, number);
		else if (number)
			/* what changed after the reading had begun changed just now */
			set_time(value, rows, number < rows->now_ns ? rows->now_ns - number : 0,
				 people);
		break;
	case COLUMN_RATE:
		set_rate(value, rows, number, people);
		break;
	case COLUMN_SHARE:
		set_share(value, number, people);
		break;
	}
}

static void set_value(struct value *value, const struct rows *rows, const struct column *column,
		      const void *row, bool people)
{
	value->kind = VALUE_NONE;
	if (column->type == COLUMN_TEXT) {
		value->s = column->text(row, &value->len);
		if (value->s)
			value->kind = VALUE_TEXT;
	} else if (!is_unknown(rows, column, row)) {
		set_from_number(value, rows, column, column->number(row, column->which), people);
	}
}

void value_for_programs(struct value *value, const struct rows *rows,
			const struct column *column, const void *row)
{
	/* most values are, and need no switch */
	if (column_is_integer(column)) {
		set_number(value, column->number(row, column->which));
		value->kind = column->type == COLUMN_FLAG ? VALUE_FLAG : VALUE_NUMBER;
		return;
	}
	set_value(value, rows, column, row, false);
}

void value_for_people(struct value *value, const struct rows *rows,
		      const struct column *column, const void *row)
{
	set_value(value, rows, column, row, true);
	if (value->kind == VALUE_NONE)
		set_string(value, VALUE_NONE, "-");
}

void number_for_people(struct value *value, const struct rows *rows,
		       const struct column *column, uint64_t number)
{
	set_from_number(value, rows, column, number, true);
	if (value->kind == VALUE_NONE)
		set_string(value, VALUE_NONE, "-");
}
