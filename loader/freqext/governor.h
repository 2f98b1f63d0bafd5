/* SPDX-License-Identifier: GPL-2.0-only */
/* Governors: objects of BPF programs with one struct cpufreq_ext_ops, ours and others'. */
#ifndef FREQEXT_GOVERNOR_H
#define FREQEXT_GOVERNOR_H

#include <stdbool.h>
#include <stddef.h>

#include <bpf/libbpf.h>

#include "policies.h"

#define MAX_LINKS 32	/* programs that a governor may have besides its functions */

/**
 * struct shipped - a governor that is part of this command
 * @name: its name
 * @help: what it does, in a few words
 * @elf: gets its object, and the size of that
 */
struct shipped {
	const char *name;
	const char *help;
	const void *(*elf)(size_t *size);
};

/* Ended by one without a name. */
extern const struct shipped shipped_governors[];

/**
 * struct governor - one that this process has opened; zeroed before
 * @obj: its programs and maps
 * @ops: its struct cpufreq_ext_ops
 * @name: the name that is written there
 * @shipped: is it one of ours?
 * @links: what keeps it attached: the governor first, then its other programs
 * @nr_links: how many
 */
struct governor {
	struct bpf_object *obj;
	struct bpf_map *ops;
	char name[GOVERNOR_NAME];
	bool shipped;
	struct bpf_link *links[1 + MAX_LINKS];
	size_t nr_links;
};

/**
 * governor_open() - by its name, or from a file
 * @gov: the result, to be given to governor_close() in any case
 * @what: a name of shipped_governors, or a file's if it has a '/' or ends with ".o"
 * @verbose: the verifier's log goes to stderr when it is loaded
 *
 * Return: 0, or -1 with the reason in @why.
 */
int governor_open(struct governor *gov, const char *what, bool verbose, struct fail *why);

/** governor_load() - have the kernel verify it; the module is loaded if it has to be */
int governor_load(struct governor *gov, struct fail *why);

/**
 * governor_attach() - from here on policies may select it, while this process has it open
 *
 * Return: 0, or -1 with the reason in @why, and nothing has changed.
 */
int governor_attach(struct governor *gov, struct fail *why);

/** governor_pin() - and it stays when this process ends, till governor_unpin() */
int governor_pin(struct governor *gov, struct fail *why);

/** governor_unpin() - return: 1 when it was pinned, 0 when not, -1 with the reason in @why */
int governor_unpin(const char *name, struct fail *why);

/** governor_pinned_map() - a map of a pinned governor: a descriptor, or -1 with the reason */
int governor_pinned_map(const char *name, const char *map, struct fail *why);

/** governor_is_pinned() - does one of this name stay loaded by itself? */
bool governor_is_pinned(const char *name);

/** governor_close() - release it; what is not pinned is detached */
void governor_close(struct governor *gov);

/** governor_origin() - where the kfuncs come from on this kernel, for people */
void governor_origin(char *buf, size_t size);

/** governor_kernel() - could this kernel load one? Return: 0, or -1 with the reason in @why */
int governor_kernel(struct fail *why);

#endif
