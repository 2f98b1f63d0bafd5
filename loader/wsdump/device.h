/* SPDX-License-Identifier: GPL-2.0-only */
/* What a device is, by what sysfs and udev tell of it: something that a person knows. */
#ifndef WSDUMP_LOADER_DEVICE_H
#define WSDUMP_LOADER_DEVICE_H

#include <stdbool.h>
#include <stddef.h>

enum may_wake {
	WAKE_INCAPABLE,		/* it can't wake the system */
	WAKE_DISABLED,		/* it could, and is not allowed to */
	WAKE_ENABLED,
};

extern const char *const may_wake_words[];

/**
 * struct device - one device; texts are empty where there is nothing to say
 * @path: in sysfs, without links, such as /sys/devices/pci0000:00/0000:00:14.0
 * @name: its last part
 * @subsystem: such as "pci"
 * @driver: that is bound to it
 * @what: what a person would call it
 * @vendor: of a USB or PCI device, in hexadecimal, as udev rules have it
 * @product: likewise
 * @may_wake: what power/wakeup has
 */
struct device {
	char path[512];
	char name[128];
	char subsystem[32];
	char driver[64];
	char what[160];
	char vendor[8];
	char product[8];
	enum may_wake may_wake;
};

/**
 * device_read() - read what there is to know of a device
 * @dev: the result
 * @path: it, or a link to it, in sysfs
 *
 * Return: 0, or a negative errno where there is none.
 */
int device_read(struct device *dev, const char *path);

/** device_of_source() - likewise, of the device that a wakeup source belongs to, by its id */
int device_of_source(struct device *dev, unsigned int id);

/** device_wakeup_file() - the file that says whether it may wake, by a short path of its */
void device_wakeup_file(const struct device *dev, char *buf, size_t size);

/** device_disarm() - the command that forbids it until the next boot, for a shell */
void device_disarm(const struct device *dev, char *buf, size_t size);

/** device_rule() - the udev rule that forbids it for good; empty for what udev does not know */
void device_rule(const struct device *dev, char *buf, size_t size);

#endif
