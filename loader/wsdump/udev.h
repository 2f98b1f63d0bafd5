/* SPDX-License-Identifier: GPL-2.0-only */
/* What udev knows of a device: by its database of hardware it has names that sysfs has not. */
#ifndef WSDUMP_LOADER_UDEV_H
#define WSDUMP_LOADER_UDEV_H

#include <stddef.h>

/**
 * udev_name() - the maker and the model, as `udevadm info` has them from the database
 * @buf: the result, empty without udev, or where it does not know the model
 * @subsystem: of the device, one whose devices udev has by their names: not of "net", and of no
 *	       device with a node in /dev
 * @name: of the device
 */
void udev_name(char *buf, size_t size, const char *subsystem, const char *name);

#endif
