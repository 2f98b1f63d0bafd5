// SPDX-License-Identifier: GPL-2.0-only
/*
 * wakeup_list - print the kernel's wakeup sources: names, counts and times
 *
 * usage: wakeup_list [-v]	as root; with -v libbpf says why it can't
 *
 * The smallest whole program for the kfuncs of Linux 7.2, which the module wakeup_kfuncs
 * brings to 6.12: a skeleton, and libbpf to load and run it.
 *
 * Times are in nanoseconds. Those of an active source have the time in them that it has been
 * active for now, as in debugfs; the time that it kept autosleep from sleeping is left out.
 * All sources are listed, or it fails.
 *
 * A full skeleton, as this has, needs CAP_SYS_ADMIN to find a module's kfuncs. A light one, as
 * wsdump has, doesn't.
 *
 * Three limits, none of which wsdump has. Of a name of 127 bytes or more only those are
 * printed, and "..." behind them. Names are printed as they are, control characters too. And the
 * kernel may change a source while its numbers are read, some before and some after: then
 * they don't belong together, and the last time that it was active for may be missing
 * in its total, or be in it twice.
 */
#include <err.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include "wakeup_list.h"
#include "wakeup_list.skel.h"

static void print(const struct record *r)
{
	__u64 active_ns = 0;

	if (r->active && r->read_ns > r->last_change_ns)
		active_ns = r->read_ns - r->last_change_ns;
	printf("%s%s\t%llu\t%llu\t%llu\t%llu\t%llu\t%llu\t%llu\t%llu\n",
	       r->name, r->name_size == NAME_SIZE ? "..." : "",
	       r->active_count, r->event_count, r->wakeup_count, r->expire_count,
	       active_ns, r->total_ns + active_ns,
	       r->max_ns > active_ns ? r->max_ns : active_ns, r->last_change_ns);
}

int main(int argc, char **argv)
{
	struct wakeup_list *skel = NULL;
	struct record *records;
	__u32 room = 1024;

	if (argc < 2 || strcmp(argv[1], "-v"))
		libbpf_set_print(NULL);
	for (;;) {
		skel = wakeup_list__open();
		if (!skel || bpf_map__set_max_entries(skel->maps.records, room))
			err(1, "can't open the BPF program");
		if (wakeup_list__load(skel))
			err(1, "can't load the BPF program (it needs root, and Linux 7.2, "
			       "or 6.12 with the module wakeup_kfuncs; -v says more)");
		if (bpf_prog_test_run_opts(bpf_program__fd(skel->progs.wakeup_list), NULL))
			err(1, "can't run the BPF program");
		if (!skel->bss->complete)
			errx(1, "the list has no end after %u sources", skel->bss->found);
		if (skel->bss->found <= room)
			break;
		room = skel->bss->found + skel->bss->found / 8;
		wakeup_list__destroy(skel);
	}

	records = mmap(NULL, room * sizeof(*records), PROT_READ, MAP_SHARED,
		       bpf_map__fd(skel->maps.records), 0);
	if (records == MAP_FAILED)
		err(1, "mmap");
	puts("name\tactive_count\tevent_count\twakeup_count\texpire_count\tactive_time\t"
	     "total_time\tmax_time\tlast_change");
	for (__u32 i = 0; i < skel->bss->found; i++)
		print(&records[i]);
	if (fflush(stdout) || ferror(stdout))
		err(1, "standard output");
	wakeup_list__destroy(skel);
	return 0;
}
