// SPDX-License-Identifier: GPL-2.0-only
#include "saved_text.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define MS 1000000ULL
#define MAX_FIELDS 64

enum dialect { DEBUGFS, RAW, CSV };

/* What a column is for. The counters come first, by their numbers. */
enum { NAME = NR_COUNTERS, ID, DEVICE, ACTIVE, AUTOSLEEP, IGNORED };

struct table {
	const char *file;
	enum dialect dialect;
	int columns[MAX_FIELDS];
	size_t nr_columns;
	size_t line;
	char *text;		/* free space for names */
	struct fail *why;
};

/* Names of columns: ours, and those of debugfs, whose times are milliseconds. */
static const struct heading {
	const char *name;
	int column;
	bool ms;
} headings[] = {
	{ "name", NAME, false }, { "id", ID, false }, { "device", DEVICE, false },
	{ "active", ACTIVE, false }, { "autosleep", AUTOSLEEP, false },
	{ "active_count", ACTIVE_COUNT, false }, { "relax_count", RELAX_COUNT, false },
	{ "event_count", EVENT_COUNT, false }, { "wakeup_count", WAKEUP_COUNT, false },
	{ "expire_count", EXPIRE_COUNT, false },
	{ "active_time_ns", ACTIVE_TIME, false }, { "total_time_ns", TOTAL_TIME, false },
	{ "max_time_ns", MAX_TIME, false }, { "last_change_ns", LAST_CHANGE, false },
	{ "prevent_sleep_time_ns", PREVENT_TIME, false },
	{ "active_since", ACTIVE_TIME, true }, { "total_time", TOTAL_TIME, true },
	{ "max_time", MAX_TIME, true }, { "last_change", LAST_CHANGE, true },
	{ "prevent_suspend_time", PREVENT_TIME, true },
};

#define NR_HEADINGS (sizeof(headings) / sizeof(headings[0]))

static int bad(const struct table *t, const char *what)
{
	return fail(t->why, "%s: line %zu: %s", t->file, t->line, what);
}

bool saved_is_table(const char *text, size_t len)
{
	return len > 5 && !strncmp(text, "name", 4) && (text[4] == '\t' || text[4] == ',');
}

/* --- fields ------------------------------------------------------------------------ */

struct field {
	const char *s;
	size_t len;
};

/* debugfs fills names up with blanks, and has two tabs behind the shorter headings. */
static size_t split_tabs(const struct table *t, const char *line, const char *end,
			 struct field *fields)
{
	size_t nr = 0;

	while (line <= end && nr < MAX_FIELDS) {
		const char *tab = memchr(line, '\t', end - line) ?: end;

		fields[nr].s = line;
		fields[nr].len = tab - line;
		while (t->dialect == DEBUGFS && !nr && fields[nr].len && tab[-1] == ' ') {
			tab--;
			fields[nr].len--;
		}
		nr++;
		line = memchr(line, '\t', end - line) ?: end;
		do
			line++;
		while (t->dialect == DEBUGFS && line < end && *line == '\t');
	}
	return nr;
}

/* A quote in quotes is doubled. What begins with an apostrophe had it added, see csv.c. */
static size_t split_commas(const char *line, const char *end, struct field *fields)
{
	size_t nr = 0;

	while (line <= end && nr < MAX_FIELDS) {
		const char *s = line;

		if (s < end && *s == '"') {
			for (s++; s < end && (*s != '"' || (s + 1 < end && s[1] == '"')); s++)
				s += *s == '"';
			fields[nr].s = line + 1;
			fields[nr].len = s < end ? s - line - 1 : end - line - 1;
			s += s < end;
		} else {
			s = memchr(line, ',', end - line) ?: end;
			fields[nr].s = line;
			fields[nr].len = s - line;
		}
		nr++;
		line = s + 1;
	}
	return nr;
}

static int hex_digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Text as it was before it was written; debugfs writes it as it is. */
static int take_text(struct table *t, const struct field *f, const char **text, size_t *len)
{
	const char *s = f->s, *end = s + f->len;
	char *to = t->text;

	if (t->dialect == CSV && s < end && *s == '\'')
		s++;
	for (; s < end; s++) {
		if (t->dialect != DEBUGFS && end - s > 3 && s[0] == '\\' && s[1] == 'x' &&
		    hex_digit(s[2]) >= 0 && hex_digit(s[3]) >= 0) {
			*to++ = hex_digit(s[2]) << 4 | hex_digit(s[3]);
			s += 3;
		} else {
			*to++ = *s;
			s += t->dialect == CSV && *s == '"';
		}
	}
	*text = t->text;
	*len = to - t->text;
	if (memchr(t->text, '\0', *len))
		return bad(t, "a NUL byte, which no name can have");
	*to = '\0';
	t->text = to + 1;
	return 0;
}

static int take_number(const struct table *t, const struct field *f, uint64_t *number)
{
	*number = 0;
	for (size_t i = 0; i < f->len; i++) {
		if (f->s[i] < '0' || f->s[i] > '9' || *number > INT64_MAX / 10 - 1)
			return bad(t, "a field that has to be a number is none");
		*number = 10 * *number + (f->s[i] - '0');
	}
	return f->len ? 0 : bad(t, "a number is missing");
}

/* --- lines ------------------------------------------------------------------------- */

static size_t split(const struct table *t, const char *line, const char *end,
		    struct field *fields)
{
	return t->dialect == CSV ? split_commas(line, end, fields) :
				   split_tabs(t, line, end, fields);
}

static int take_headings(struct table *t, const char *line, const char *end)
{
	struct field fields[MAX_FIELDS];
	bool has[IGNORED] = { 0 };

	/* debugfs has two tabs behind the first heading */
	t->dialect = line[4] == ',' ? CSV : line[5] == '\t' ? DEBUGFS : RAW;
	t->nr_columns = split(t, line, end, fields);
	for (size_t i = 0; i < t->nr_columns; i++) {
		t->columns[i] = IGNORED;
		for (size_t h = 0; h < NR_HEADINGS; h++)
			if (fields[i].len == strlen(headings[h].name) &&
			    !memcmp(fields[i].s, headings[h].name, fields[i].len) &&
			    headings[h].ms <= (t->dialect == DEBUGFS)) {
				t->columns[i] = headings[h].column;
				has[headings[h].column] = true;
			}
	}
	for (size_t h = 0; h < NR_HEADINGS; h++)
		if (headings[h].column < NR_COUNTERS && !has[headings[h].column] &&
		    !(t->dialect == DEBUGFS && headings[h].column == RELAX_COUNT))
			return fail(t->why, "%s: column %s is missing: write it without --output",
				    t->file, headings[h].name);
	if (t->dialect != DEBUGFS && !has[ID])
		return fail(t->why, "%s: column id is missing: write it without --output",
			    t->file);
	return 0;
}

static int take_row(struct table *t, const char *line, const char *end, struct state *s)
{
	struct field fields[MAX_FIELDS];
	uint64_t number;

	*s = (struct state) { 0 };
	if (split(t, line, end, fields) != t->nr_columns)
		return bad(t, "it has not as many fields as there are headings");
	for (size_t i = 0; i < t->nr_columns; i++) {
		int column = t->columns[i];

		if (column == NAME) {
			if (take_text(t, &fields[i], &s->name, &s->name_len))
				return -1;
		} else if (column == DEVICE) {
			if (fields[i].len &&
			    take_text(t, &fields[i], &s->device, &s->device_len))
				return -1;
		} else if (column != IGNORED) {
			if (take_number(t, &fields[i], &number))
				return -1;
			if (column == ID)
				s->id = number;
			else if (column == ACTIVE)
				s->active = number;
			else if (column == AUTOSLEEP)
				s->autosleep = number;
			else
				s->n[column] = number;
		}
	}
	if (t->dialect != DEBUGFS)
		return 0;
	s->active = s->n[ACTIVE_TIME];
	s->n[RELAX_COUNT] = s->n[ACTIVE_COUNT] - (s->active && s->n[ACTIVE_COUNT]);
	for (int i = 0; i < NR_COUNTERS; i++)
		if (i == TOTAL_TIME || i == PREVENT_TIME || i == MAX_TIME || i == LAST_CHANGE ||
		    i == ACTIVE_TIME)
			s->n[i] = s->n[i] < INT64_MAX / MS ? s->n[i] * MS : 0;
	return 0;
}

static int take_rows(struct table *t, const char *text, const char *end, struct states *states)
{
	for (const char *line = text, *next; line < end; line = next) {
		const char *stop = memchr(line, '\n', end - line);

		t->line++;
		if (!stop)
			return bad(t, "the file ends in the middle of it");
		next = stop + 1;
		if (stop > line && stop[-1] == '\r')
			stop--;
		if (t->line == 1) {
			if (take_headings(t, line, stop))
				return -1;
			continue;
		}
		/* debugfs's sum over sources that are no more */
		if (t->dialect == DEBUGFS && next == end && !strncmp(line, "deleted ", 8))
			break;
		if (take_row(t, line, stop, &states->v[states->nr]))
			return -1;
		if (t->dialect == DEBUGFS)
			states->v[states->nr].id = states->nr;
		states->nr++;
	}
	states->no_ids = t->dialect == DEBUGFS;
	states->unit_ns = t->dialect == DEBUGFS ? MS : 1;
	states->untimed = true;
	return 0;
}

int saved_parse_table(const char *text, size_t len, const char *file, struct saved *saved,
		      struct fail *why)
{
	struct table t = { .file = file, .why = why };
	size_t lines = 0;

	*saved = (struct saved) { 0 };
	for (size_t i = 0; i < len; i++)
		lines += text[i] == '\n';
	/* names are no longer than what stands for them in the file, with what is around them */
	if (states_room(&saved->states, lines + 1, len + 2 * lines + 2)) {
		saved_free(saved);
		return fail(why, "%s: no memory for %zu wakeup sources", file, lines);
	}
	t.text = saved->states.text;
	if (take_rows(&t, text, text + len, &saved->states) ||
	    saved_check_ids(&saved->states, file, why)) {
		saved_free(saved);
		return -1;
	}
	return 0;
}
