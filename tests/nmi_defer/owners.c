// SPDX-License-Identifier: GPL-2.0-only
/*
 * owners - owners come and go: how many there may be, what an id of one that is gone is good for
 * owners hold - attach, say so, and wait for a signal in a storm of commands
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <bpf/bpf.h>

#include "common/defer.h"
#include "harness.h"

#define MAX_OWNERS 32

/* The part of struct nmi_defer_ops that is no functions. */
struct ops {
	void *members[4];
	unsigned int nr_slots;
	char name[16];
};

/* What attaching says, with another number of slots and another name. */
static int attach_with(unsigned int nr_slots, const char *name)
{
	struct defer_bpf *own = defer_bpf__open();
	struct bpf_link *link;
	struct ops *ops;
	int err;

	need(own, "open");
	need(!defer_prepare(own->obj, SLOTS), "prepare");
	ops = bpf_map__initial_value(own->maps.nmi_defer_members, NULL);
	ops->nr_slots = nr_slots;
	memset(ops->name, 0, sizeof(ops->name));
	memcpy(ops->name, name, strnlen(name, sizeof(ops->name)));
	need(!defer_bpf__load(own), "load");
	err = defer_begin(own->obj, &link);
	bpf_link__destroy(link);
	defer_bpf__destroy(own);
	return err;
}

static void bad_values(void)
{
	is(attach_with(1, "a"), 0, "one slot is enough");
	is(attach_with(1024, "name-of_15.char"), 0, "and 1,024 are not too many");
	is(attach_with(0, "a"), -EINVAL, "no slots are refused");
	is(attach_with(1025, "a"), -EINVAL, "and 1,025");
	is(attach_with(~0U, "a"), -EINVAL, "and as many as there are numbers");
	is(attach_with(1, ""), -EINVAL, "an empty name is refused");
	is(attach_with(1, "16 characters..x"), -EINVAL, "and one with no end");
	is(attach_with(1, "16characters...."), -EINVAL, "and one with no end of good ones");
	is(attach_with(1, "a b"), -EINVAL, "and one with a space");
	is(attach_with(1, "a\n"), -EINVAL, "and one with a newline");
	is(attach_with(1, "\xc3\xa4"), -EINVAL, "and one that is not ASCII");
}

static void many(void)
{
	struct defer_bpf *own[MAX_OWNERS + 1];
	struct bpf_link *links[MAX_OWNERS + 1];
	int ids_differ = 1, err = 0, i, j;

	for (i = 0; i <= MAX_OWNERS; i++) {
		own[i] = defer_bpf__open();
		need(own[i], "open");
		need(!defer_prepare(own[i]->obj, SLOTS) && !defer_bpf__load(own[i]), "load");
		err = defer_begin(own[i]->obj, &links[i]);
		if (err)
			break;
		for (j = 0; j < i; j++)
			ids_differ &= own[i]->bss->nmi_defer_owner != own[j]->bss->nmi_defer_owner;
	}
	is(i, MAX_OWNERS, "there may be 32 owners");
	is(err, -ENOSPC, "and not one more");
	ok(ids_differ, "with an id each");
	defer_bpf__destroy(own[i]);
	bpf_link__destroy(links[7]);
	is(defer_begin(own[7]->obj, &links[7]), 0, "when one has gone, there is room for one");
	while (i--) {
		bpf_link__destroy(links[i]);
		defer_bpf__destroy(own[i]);
	}
}

static void stale(void)
{
	struct bpf_link *link, *second;
	__u32 old_id;

	harness_load();
	need(!defer_begin(skel->obj, &link), "attach");
	old_id = skel->bss->nmi_defer_owner;
	step(0, TIMER_START, 0, FAR_NS, 0);
	step(1, TIMER_CANCEL, 0, 0, 0);
	run_in_task(0, 2);
	is(skel->bss->steps[1].got, 1, "an owner's timer is armed");

	second = bpf_map__attach_struct_ops(skel->maps.nmi_defer_members);
	is(second ? 0 : errno, EBUSY, "the same map can't be another owner at the same time");

	run_in_task(0, 1);
	bpf_link__destroy(link);
	run_in_task(0, 2);
	is(skel->bss->steps[0].got, -ENOENT, "when the owner has gone, its id is good for nothing");
	is(skel->bss->steps[1].got, -ENOENT, "not for cancelling either");

	need(!defer_begin(skel->obj, &link), "attach again");
	ok(skel->bss->nmi_defer_owner != old_id, "who comes next has another id");
	is(skel->bss->nmi_defer_owner & 255, old_id & 255, "at the same place");
	step(2, TIMER_START, 0, 0, 0)->owner = old_id;
	run_in_task(1, 3);
	is(skel->bss->steps[1].got, 0, "its timer is not armed, as the first one's was");
	is(skel->bss->steps[2].got, -ENOENT, "and the old id does not reach it");

	is(bpf_link__update_map(link, skel->maps.nmi_defer_members), -EOPNOTSUPP,
	   "an owner's members can't be replaced");
	bpf_link__destroy(link);
	defer_bpf__destroy(skel);
}

int main(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "hold")) {
		harness_load();
		harness_attach();
		skel->bss->storm_slots = SLOTS;
		puts("attached");
		fflush(stdout);
		pause();
	}
	bad_values();
	many();
	stale();
	return 0;
}
