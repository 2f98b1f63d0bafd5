// SPDX-License-Identifier: GPL-2.0-only
#include "top_holders.h"

#include <stdlib.h>

static int longest_first(const void *a, const void *b)
{
	const struct tracked *x = *(const struct tracked *const *)a;
	const struct tracked *y = *(const struct tracked *const *)b;

	if (x->held_ns != y->held_ns)
		return x->held_ns < y->held_ns ? 1 : -1;
	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	return x->index < y->index ? -1 : 1;
}

const struct tracked **top_holders(const struct tracker *t, size_t *nr)
{
	const struct tracked **top = calloc(t->nr_sources + 1, sizeof(const struct tracked *));

	*nr = 0;
	if (!top)
		return NULL;
	for (size_t i = 0; i < t->nr_sources; i++)
		if (t->sources[i]->count || t->sources[i]->held_ns)
			top[(*nr)++] = t->sources[i];
	qsort(top, *nr, sizeof(*top), longest_first);
	return top;
}
