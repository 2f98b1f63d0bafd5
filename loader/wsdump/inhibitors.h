/* SPDX-License-Identifier: GPL-2.0-only */
/* What forbids a suspend in user space: inhibitors of systemd, and wake locks. */
#ifndef WSDUMP_LOADER_INHIBITORS_H
#define WSDUMP_LOADER_INHIBITORS_H

#include <stdbool.h>
#include <stddef.h>

#include "common/fail.h"

/**
 * struct inhibitor - one of systemd's that blocks a suspend
 * @who: what it says of itself
 * @why: its reason
 * @what: what it inhibits, with colons between them
 * @mode: "block", or another word that begins so
 * @unit: of systemd, that its process belongs to; or empty
 * @user_unit: @unit is one of a user's systemd
 * @uid: whose process
 * @pid: its process
 * @comm: that process's name
 */
struct inhibitor {
	char *who;
	char *why;
	char *what;
	char *mode;
	char unit[128];
	bool user_unit;
	unsigned int uid;
	int pid;
	char comm[64];
};

struct inhibitors {
	struct inhibitor *v;
	size_t nr;
};

/**
 * inhibitors_read() - those of systemd that block a suspend, or the idleness before one
 *
 * Return: 1; 0 where there is no systemd; or -1 with the reason in @why.
 */
int inhibitors_read(struct inhibitors *all, struct fail *why);

/** inhibitors_free() - free what that has left */
void inhibitors_free(struct inhibitors *all);

/** inhibitor_release() - the command that ends it, for a shell */
void inhibitor_release(const struct inhibitor *i, char *buf, size_t size);

#endif
