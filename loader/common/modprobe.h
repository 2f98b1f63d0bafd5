/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WSDUMP_LOADER_MODPROBE_H
#define WSDUMP_LOADER_MODPROBE_H

#include <stddef.h>

enum modprobe_result {
	MODPROBE_DONE,
	MODPROBE_OTHER_KERNEL,	/* the file is not for the running kernel */
	MODPROBE_UNTRUSTED,	/* signature missing or unknown, and one is demanded */
	MODPROBE_NOT_RUN,	/* modprobe(8) is missing or could not be started */
	MODPROBE_FAILED,
};

/**
 * modprobe() - load a module the way the administrator has set up
 * @module: its name
 * @said: the first line that modprobe(8) printed when it failed, or why it was not run
 * @size: size of @said
 */
enum modprobe_result modprobe(const char *module, char *said, size_t size);

#endif
