/* SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause */
#ifndef WSDUMP_LOADER_MODPROBE_H
#define WSDUMP_LOADER_MODPROBE_H

#include <stdbool.h>

#include "fail.h"

/**
 * struct modprobe - what came of it when a module was not loaded
 * @said: the first line that modprobe(8) printed
 * @err: the error that the kernel returned by that line; 0 where it names none
 * @logged: what the kernel's log says of the module since then; empty if nothing
 */
struct modprobe {
	char said[256];
	int err;
	char logged[256];
};

/**
 * modprobe() - load a module the way the administrator has set up
 * @module: its name
 * @result: filled in where that failed
 *
 * Return: 1 when modprobe(8) says that it is loaded; 0 when it was not; -1 with the reason in @why
 * when modprobe(8) could not be run.
 */
int modprobe(const char *module, struct modprobe *result, struct fail *why);

#endif
