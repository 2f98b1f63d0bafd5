/* SPDX-License-Identifier: GPL-2.0-only */
/* What a wakeup source is to a person: its device, and the process behind it; for columns. */
#ifndef WSDUMP_LOADER_ABOUT_H
#define WSDUMP_LOADER_ABOUT_H

#include "common/columns.h"
#include "device.h"

/* What the columns tell, by struct column's @which for a table of its own. */
enum about {
	ABOUT_WHAT,
	ABOUT_DRIVER,
	ABOUT_SUBSYSTEM,
	ABOUT_PATH,
	ABOUT_MAY_WAKE,
	ABOUT_PROCESS,
};

/**
 * about_text() - one of these
 * @id: of the source
 * @name: of the source
 * @len: set to the text's length
 *
 * Return: the text, good until the next but one call for another source; NULL for none.
 */
const char *about_text(enum about about, unsigned int id, const char *name, size_t *len);

/**
 * about_prepare() - look for processes, which takes capabilities that are given up later
 *
 * Does nothing if no column of @columns needs that.
 *
 * Return: 0, or -1 with the reason in @why.
 */
int about_prepare(const struct column *const *columns, size_t nr, struct fail *why);

/** about_processes() - the same, whatever the columns are */
int about_processes(struct fail *why);

/* The columns, whose texts a table's own functions get: get_what(), get_driver() and so on. */
#define ABOUT_COLUMNS \
	{ .name = "WHAT", .key = "what", .type = COLUMN_TEXT, .costly = true, \
	  .help = "what the device is", .text = get_what }, \
	{ .name = "DRIVER", .key = "driver", .type = COLUMN_TEXT, .costly = true, \
	  .help = "of the device", .text = get_driver }, \
	{ .name = "SUBSYSTEM", .key = "subsystem", .type = COLUMN_TEXT, .costly = true, \
	  .help = "of the device", .text = get_subsystem }, \
	{ .name = "PATH", .key = "path", .type = COLUMN_TEXT, .costly = true, \
	  .help = "of the device in sysfs", .text = get_path }, \
	{ .name = "WAKE", .key = "may_wake", .type = COLUMN_TEXT, .costly = true, \
	  .help = "may the device wake the system: enabled, disabled", \
	  .text = get_may_wake }, \
	{ .name = "PROCESS", .key = ABOUT_PROCESS_KEY, .type = COLUMN_TEXT, .costly = true, \
	  .help = "behind a source of epoll", .text = get_process }

#define ABOUT_PROCESS_KEY "process"

#endif
