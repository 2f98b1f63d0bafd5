/* SPDX-License-Identifier: GPL-2.0-only */
/* What udev knows of a device: by its database of hardware it has names that sysfs has not. */
#ifndef WSDUMP_LOADER_UDEV_H
#define WSDUMP_LOADER_UDEV_H

#include <stddef.h>

/**
 * udev_property() - one of the properties that `udevadm info` prints for a device
 * @buf: the result, empty without udev, or where it does not know
 * @subsystem: of the device, one whose devices udev has by their names: not of "net", and of no
 *	       device with a node in /dev
 * @name: of the device
 * @key: of the property, such as "ID_MODEL_FROM_DATABASE"
 */
void udev_property(char *buf, size_t size, const char *subsystem, const char *name,
		   const char *key);

#endif
