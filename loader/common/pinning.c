// SPDX-License-Identifier: GPL-2.0-only
#include "pinning.h"

#include <stdio.h>
#include <unistd.h>

static int set_pin(void *to, const char *arg, struct fail *why)
{
	(void)arg;
	(void)why;
	*(enum pinning *)to = PINNING_PIN;
	return 0;
}

static int set_unpin(void *to, const char *arg, struct fail *why)
{
	(void)arg;
	(void)why;
	*(enum pinning *)to = PINNING_UNPIN;
	return 0;
}

const struct option_row pin_options[] = {
	{ "pin", 0, NULL, "keep the loaded program in the kernel, for faster runs",
	  set_pin, 0 },
	{ "unpin", 0, NULL, "undo that; till then the kernel module can't be upgraded",
	  set_unpin, 0 },
	{ 0 }
};

int pinning_done(enum pinning pinning, int done, const char *module)
{
	char path[128];

	if (pinning == PINNING_UNPIN) {
		if (!done)
			fprintf(stderr, "%s: nothing was pinned\n", program_name);
		return STATUS_OK;
	}
	/* a kernel with kfuncs of its own has no module that would offer them */
	snprintf(path, sizeof(path), "/sys/module/%s", module);
	fprintf(stderr, "%s: pinned", program_name);
	if (!access(path, F_OK))
		fprintf(stderr, "; the kernel module can't be unloaded or upgraded before '%s --unpin'",
			program_name);
	fputc('\n', stderr);
	return STATUS_OK;
}
