/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WSDUMP_LOADER_TERMINAL_H
#define WSDUMP_LOADER_TERMINAL_H

#include <stddef.h>

/**
 * terminal_width() - columns of a terminal
 * @fd: what may be one
 *
 * Return: how many; 0 for no terminal, or for one that knows no size, as a serial line.
 */
size_t terminal_width(int fd);

#endif
