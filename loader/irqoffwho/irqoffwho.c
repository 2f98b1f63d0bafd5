// SPDX-License-Identifier: GPL-2.0-only
/*
 * irqoffwho - who keeps this machine's interrupts off, where in the kernel, and for how long
 */
#include <stdio.h>
#include <string.h>

#include <bpf/libbpf.h>

#include "common/defer.h"
#include "common/options.h"
#include "common/streams.h"
#include "verbs.h"

const char program_name[] = "irqoffwho";

void program_version(void)
{
	printf("deferral from NMI: the %s\n", defer_in_kernel() ? "kernel's" : "module's, nmi_defer");
}

int main(int argc, char **argv)
{
	struct fail why;

	libbpf_set_print(NULL);
	if (hold_standard_streams(&why))
		return complain(why.text);
	if (argc > 1 && !strcmp(argv[1], "watch"))
		return watch_main(argc - 1, argv + 1);
	return look_main(argc, argv);
}
