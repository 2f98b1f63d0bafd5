/* SPDX-License-Identifier: GPL-2.0-only */
/* The small files of sysfs and procfs: a value, or a link that names something. */
#ifndef WSDUMP_LOADER_SYSFS_H
#define WSDUMP_LOADER_SYSFS_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SYSFS_VALUE 256		/* what the files that are read here have at most */
#define SYSFS_PATH 1024

/**
 * sysfs_read() - read a file of one line
 * @buf: where to write it, without the newline; empty when it fails
 * @size: bytes of it
 * @fmt: printf format of the path
 *
 * Return: its length, or a negative errno.
 */
int sysfs_read(char *buf, size_t size, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/**
 * sysfs_number() - read a file that has a number
 *
 * Return: 0, or a negative errno: -EINVAL if it has something else.
 */
int sysfs_number(int64_t *number, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/**
 * sysfs_link() - the last part of what a link points to: the name of a driver, for example
 *
 * Return: 0, or a negative errno, and @buf is empty.
 */
int sysfs_link(char *buf, size_t size, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/** sysfs_there() - is there such a file? */
bool sysfs_there(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
