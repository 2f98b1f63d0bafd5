/* SPDX-License-Identifier: GPL-2.0-only */
/* The devices that could wake the machine, all of them by sysfs. */
#ifndef WSDUMP_LOADER_WAKERS_H
#define WSDUMP_LOADER_WAKERS_H

#include "device.h"

struct wakers {
	struct device *v;
	size_t nr;
};

/**
 * wakers_read() - those that are allowed to
 *
 * Return: 0, or -1 when there is no memory; wakers_free() has to be called in any case.
 */
int wakers_read(struct wakers *all);

/** wakers_free() - free what that has left */
void wakers_free(struct wakers *all);

#endif
