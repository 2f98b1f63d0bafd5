// SPDX-License-Identifier: GPL-2.0-only
#include "ksyms.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KALLSYMS "/proc/kallsyms"

struct ksym {
	uint64_t addr;
	char *name;
};

struct ksyms {
	struct ksym *v;
	size_t nr;
	size_t size;
};

static int by_addr(const void *x, const void *y)
{
	const struct ksym *a = x, *b = y;

	return (a->addr > b->addr) - (a->addr < b->addr);
}

static int add(struct ksyms *syms, uint64_t addr, const char *name)
{
	if (syms->nr == syms->size) {
		size_t size = syms->size ? 2 * syms->size : 1 << 16;
		struct ksym *v = reallocarray(syms->v, size, sizeof(*v));

		if (!v)
			return -1;
		syms->v = v;
		syms->size = size;
	}
	syms->v[syms->nr].addr = addr;
	syms->v[syms->nr].name = strdup(name);
	if (!syms->v[syms->nr].name)
		return -1;
	syms->nr++;
	return 0;
}

/* "ADDRESS LETTER NAME", and behind a TAB the module. Letters of functions are kept. */
static int read_lines(struct ksyms *syms, FILE *f)
{
	char *line = NULL, *rest;
	size_t size = 0;
	uint64_t addr;
	int err = 0;

	while (!err && getline(&line, &size, f) > 0) {
		addr = strtoull(line, &rest, 16);
		if (!addr || strspn(rest, " ") != 1 || strspn(rest + 1, "tTwW") != 1 || rest[2] != ' ')
			continue;
		rest[3 + strcspn(rest + 3, " \t\n")] = '\0';
		err = add(syms, addr, rest + 3);
	}
	free(line);
	return err;
}

struct ksyms *ksyms_load(struct fail *why)
{
	struct ksyms *syms = calloc(1, sizeof(*syms));
	FILE *f = fopen(KALLSYMS, "re");

	if (!f) {
		fail(why, "can't read %s: %s", KALLSYMS, strerror(errno));
		free(syms);
		return NULL;
	}
	if (!syms || read_lines(syms, f)) {
		fail(why, "no memory for the kernel's symbols");
		ksyms_free(syms);
		syms = NULL;
	} else if (syms->nr) {
		qsort(syms->v, syms->nr, sizeof(*syms->v), by_addr);
	}
	fclose(f);
	return syms;
}

void ksyms_free(struct ksyms *syms)
{
	if (!syms)
		return;
	while (syms->nr)
		free(syms->v[--syms->nr].name);
	free(syms->v);
	free(syms);
}

size_t ksyms_count(const struct ksyms *syms)
{
	return syms->nr;
}

const char *ksyms_find(const struct ksyms *syms, uint64_t addr)
{
	size_t low = 0, high = syms->nr;

	/* the last one that does not begin behind the address */
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (syms->v[middle].addr <= addr)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? syms->v[low - 1].name : NULL;
}
