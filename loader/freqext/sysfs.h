/* SPDX-License-Identifier: GPL-2.0-only */
/* Small files of the kernel's. */
#ifndef FREQEXT_SYSFS_H
#define FREQEXT_SYSFS_H

#include <stddef.h>
#include <stdint.h>

#define EXT_DIR "/sys/kernel/cpufreq_ext"

/**
 * sysfs_read() - read a file of one value
 * @buf: gets it without the newline; empty when it fails
 * @size: of @buf
 * @fmt: of the path
 *
 * Return: 0, or -1 with errno.
 */
int sysfs_read(char *buf, size_t size, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/** sysfs_number() - likewise, a number; 0 when it fails */
uint64_t sysfs_number(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/** sysfs_write() - write a value; returns 0, or -1 with errno */
int sysfs_write(const char *path, const char *value);

#endif
