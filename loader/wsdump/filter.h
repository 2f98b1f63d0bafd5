/* SPDX-License-Identifier: GPL-2.0-only */
/* Which sources are asked for: the same options for all verbs. */
#ifndef WSDUMP_LOADER_FILTER_H
#define WSDUMP_LOADER_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/options.h"

struct verb;

#define MAX_WANTED 256		/* of --name, of --device and of --id each */

/* Patterns, or numbers as text, of which one must match; none is all. */
struct wanted {
	const char *v[MAX_WANTED];
	size_t nr;
	bool met[MAX_WANTED];	/* those that matched something */
};

/**
 * struct filter - all 0 is all sources
 * @names: patterns of names
 * @devices: patterns of the devices that they belong to
 * @ids: the kernel's numbers
 * @active: active ones only
 * @since: those only that changed in the last @since_ns
 * @since_ns: see @since
 * @verbs: what a name may have been meant for, or NULL
 */
struct filter {
	struct wanted names, devices, ids;
	bool active;
	bool since;
	uint64_t since_ns;
	const struct verb *verbs;
};

/* Rows of options, to a struct filter: of what a source is, and of what it did. */
extern const struct option_row name_options[];
extern const struct option_row operand_options[];	/* the same where names are operands, too */
extern const struct option_row state_options[];

/**
 * struct subject - what a filter looks at
 * @name: of the source
 * @device: that it belongs to, or NULL
 * @id: the kernel's number; negative if that is not known
 */
struct subject {
	const char *name;
	const char *device;
	int64_t id;
};

/** filter_add_names() - more patterns of names; returns 0, or -1 with the reason in @why */
int filter_add_names(struct filter *filter, char *const *names, size_t nr, struct fail *why);

/** filter_has_names() - is there anything that filter_matches() looks at? */
static inline bool filter_has_names(const struct filter *filter)
{
	return filter->names.nr || filter->devices.nr || filter->ids.nr;
}

/** filter_matches() - is it one that is asked for by name, device or number? Notes what matched */
bool filter_matches(struct filter *filter, const struct subject *s);

/** filter_is_lately() - did it change in the time that is asked for? */
bool filter_is_lately(const struct filter *filter, uint64_t changed_ns, uint64_t now_ns);

/**
 * filter_check() - when all sources have been looked at: has each pattern matched one?
 *
 * A pattern that matches nothing is a mistake, not an empty result.
 *
 * Return: 0, or -1 with the first that has not in @why.
 */
int filter_check(const struct filter *filter, struct fail *why);

#endif
