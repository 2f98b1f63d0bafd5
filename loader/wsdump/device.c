// SPDX-License-Identifier: GPL-2.0-only
#include "device.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sysfs.h"
#include "udev.h"

const char *const may_wake_words[] = {
	[WAKE_INCAPABLE] = "incapable", [WAKE_DISABLED] = "disabled", [WAKE_ENABLED] = "enabled",
};

/* --- what a person would call it ------------------------------------------------ */

/* Ids that ACPI's specification and the kernel give to what has no name of its own. */
static const struct acpi_id {
	const char *id, *what;
} acpi_ids[] = {
	{ "ACPI0003", "AC adapter" },
	{ "LNXPWRBN", "power button" },
	{ "LNXSLPBN", "sleep button" },
	{ "PNP0303", "keyboard" },
	{ "PNP0A03", "PCI host bridge" },
	{ "PNP0A08", "PCI Express host bridge" },
	{ "PNP0B00", "real-time clock" },
	{ "PNP0C09", "embedded controller" },
	{ "PNP0C0A", "battery" },
	{ "PNP0C0C", "power button" },
	{ "PNP0C0D", "lid" },
	{ "PNP0C0E", "sleep button" },
	{ "PNP0F13", "mouse" },
};

static void append(char *buf, size_t size, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static void append(char *buf, size_t size, const char *fmt, ...)
{
	size_t len = strlen(buf);
	va_list args;

	if (len && len + 2 < size)
		len += snprintf(buf + len, size - len, ", ");
	va_start(args, fmt);
	vsnprintf(buf + len, size - len, fmt, args);
	va_end(args);
}

/* The first entry of a folder whose name begins so. */
static bool first_in(char *name, size_t size, const char *dir, const char *begins)
{
	DIR *d = opendir(dir);
	struct dirent *entry;
	bool found = false;

	while (d && !found && (entry = readdir(d)))
		if (entry->d_name[0] != '.' &&
		    !strncmp(entry->d_name, begins, strlen(begins))) {
			snprintf(name, size, "%s", entry->d_name);
			found = true;
		}
	if (d)
		closedir(d);
	return found;
}

static void add_usb(struct device *dev)
{
	char maker[SYSFS_VALUE], product[SYSFS_VALUE];

	sysfs_read(dev->vendor, sizeof(dev->vendor), "%s/idVendor", dev->path);
	sysfs_read(dev->product, sizeof(dev->product), "%s/idProduct", dev->path);
	sysfs_read(maker, sizeof(maker), "%s/manufacturer", dev->path);
	sysfs_read(product, sizeof(product), "%s/product", dev->path);
	if (product[0])
		append(dev->what, sizeof(dev->what), "%.60s%s%.60s", maker, maker[0] ? " " : "",
		       product);
	append(dev->what, sizeof(dev->what), "USB %s:%s", dev->vendor, dev->product);
}

static void add_pci(struct device *dev)
{
	char vendor[16], device[16], class[16], name[96];
	const char *kind = NULL;

	sysfs_read(vendor, sizeof(vendor), "%s/vendor", dev->path);
	sysfs_read(device, sizeof(device), "%s/device", dev->path);
	sysfs_read(class, sizeof(class), "%s/class", dev->path);
	snprintf(dev->vendor, sizeof(dev->vendor), "%.7s", vendor);
	snprintf(dev->product, sizeof(dev->product), "%.7s", device);
	if (!strncmp(class, "0x0c03", 6))
		kind = "USB controller";
	else if (!strncmp(class, "0x0604", 6))
		kind = "PCI bridge";
	else if (!strncmp(class, "0x02", 4))
		kind = "network controller";
	else if (!strncmp(class, "0x04", 4))
		kind = "sound";
	if (kind)
		append(dev->what, sizeof(dev->what), "%s", kind);
	udev_name(name, sizeof(name), "pci", dev->name);
	if (name[0])
		append(dev->what, sizeof(dev->what), "%s", name);
	append(dev->what, sizeof(dev->what), "PCI %s:%s", vendor[0] ? vendor + 2 : "",
	       device[0] ? device + 2 : "");
}

/* By its ACPI id: of the device itself, or of the node of the firmware that describes it. */
static void add_acpi(struct device *dev)
{
	char id[64];

	if (sysfs_read(id, sizeof(id), "%s/hid", dev->path) <= 0 &&
	    sysfs_read(id, sizeof(id), "%s/firmware_node/hid", dev->path) <= 0)
		sysfs_read(id, sizeof(id), "%s/id", dev->path);
	id[strcspn(id, "\n")] = '\0';
	for (size_t i = 0; i < sizeof(acpi_ids) / sizeof(acpi_ids[0]); i++)
		if (!strcasecmp(id, acpi_ids[i].id)) {
			append(dev->what, sizeof(dev->what), "%s", acpi_ids[i].what);
			break;
		}
	if (dev->what[0])
		return;
	if (sysfs_read(id, sizeof(id), "%s/path", dev->path) <= 0)
		sysfs_read(id, sizeof(id), "%s/firmware_node/path", dev->path);
	if (id[0])
		append(dev->what, sizeof(dev->what), "%s in ACPI", id);
}

/* What hangs on it and has a name for people: /sys/devices/.../rtc/rtc0 and the like. */
static void add_children(struct device *dev)
{
	static const char *const classes[] = { "rtc", "net", "power_supply", "typec", "tty" };
	char dir[SYSFS_PATH], name[SYSFS_VALUE], child[256];

	snprintf(dir, sizeof(dir), "%s/input", dev->path);
	if (first_in(child, sizeof(child), dir, "input") &&
	    sysfs_read(name, sizeof(name), "%s/%s/name", dir, child) > 0)
		append(dev->what, sizeof(dev->what), "%.80s", name);
	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
		snprintf(dir, sizeof(dir), "%s/%s", dev->path, classes[i]);
		if (first_in(child, sizeof(child), dir, ""))
			append(dev->what, sizeof(dev->what), "%.60s", child);
	}
}

static void describe(struct device *dev)
{
	char type[64];

	if (!strcmp(dev->subsystem, "usb") && sysfs_there("%s/idVendor", dev->path))
		add_usb(dev);
	else if (!strcmp(dev->subsystem, "pci"))
		add_pci(dev);
	else if (!strcmp(dev->subsystem, "power_supply") &&
		 sysfs_read(type, sizeof(type), "%s/type", dev->path) > 0)
		append(dev->what, sizeof(dev->what), "%s", type);
	else if (!strcmp(dev->subsystem, "serio") &&
		 sysfs_read(type, sizeof(type), "%s/description", dev->path) > 0)
		append(dev->what, sizeof(dev->what), "%s", type);
	else if (!strncmp(dev->name, "alarmtimer", 10))
		append(dev->what, sizeof(dev->what), "alarms that programs set");
	add_children(dev);
	add_acpi(dev);
}

/* --- reading -------------------------------------------------------------------- */

int device_read(struct device *dev, const char *path)
{
	char real[PATH_MAX], wakeup[16];

	*dev = (struct device) { 0 };
	if (!realpath(path, real))
		return -errno;
	if (strlen(real) >= sizeof(dev->path))
		return -ENAMETOOLONG;
	memcpy(dev->path, real, strlen(real) + 1);
	snprintf(dev->name, sizeof(dev->name), "%s", strrchr(real, '/') + 1);
	sysfs_link(dev->subsystem, sizeof(dev->subsystem), "%s/subsystem", real);
	sysfs_link(dev->driver, sizeof(dev->driver), "%s/driver", real);
	if (sysfs_read(wakeup, sizeof(wakeup), "%s/power/wakeup", real) > 0)
		dev->may_wake = !strcmp(wakeup, "enabled") ? WAKE_ENABLED : WAKE_DISABLED;
	describe(dev);
	return 0;
}

int device_of_source(struct device *dev, unsigned int id)
{
	char path[64];

	snprintf(path, sizeof(path), "/sys/class/wakeup/wakeup%u/device", id);
	return device_read(dev, path);
}

/* --- what to do ------------------------------------------------------------------ */

void device_wakeup_file(const struct device *dev, char *buf, size_t size)
{
	static const char *const shorts[] = { "bus/%s/devices", "class/%s" };
	char real[PATH_MAX], dir[96];

	for (size_t i = 0; dev->subsystem[0] && i < 2; i++) {
		snprintf(dir, sizeof(dir), shorts[i], dev->subsystem);
		snprintf(buf, size, "/sys/%s/%s", dir, dev->name);
		/* a name is the device's own in its subsystem; who looks may as well */
		if (realpath(buf, real) && !strcmp(real, dev->path)) {
			snprintf(buf, size, "/sys/%s/%s/power/wakeup", dir, dev->name);
			return;
		}
	}
	snprintf(buf, size, "%s/power/wakeup", dev->path);
}

/* In a shell's single quotes nothing means anything, but the quote. */
static bool is_plain(const char *s)
{
	return !s[strcspn(s, " \t\n'\"\\$`*?[]<>|&;(){}#~!")];
}

void device_disarm(const struct device *dev, char *buf, size_t size)
{
	char file[SYSFS_PATH];

	device_wakeup_file(dev, file, sizeof(file));
	snprintf(buf, size, is_plain(file) ? "echo disabled >%s" : "echo disabled >'%s'", file);
}

void device_rule(const struct device *dev, char *buf, size_t size)
{
	const bool usb = !strcmp(dev->subsystem, "usb");

	buf[0] = '\0';
	if (dev->vendor[0] && dev->product[0])
		snprintf(buf, size, "ACTION==\"add\", SUBSYSTEM==\"%s\", ATTR{%s}==\"%s\", ATTR{%s}==\"%s\", ATTR{power/wakeup}=\"disabled\"",
			 dev->subsystem, usb ? "idVendor" : "vendor", dev->vendor,
			 usb ? "idProduct" : "device", dev->product);
	else if (dev->subsystem[0])
		snprintf(buf, size, "ACTION==\"add\", SUBSYSTEM==\"%s\", KERNEL==\"%s\", ATTR{power/wakeup}=\"disabled\"",
			 dev->subsystem, dev->name);
}
