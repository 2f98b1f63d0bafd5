/* SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause */
/*
 * Keep loaded BPF objects for later processes, in a directory of bpffs. Knows nothing
 * of what the objects do.
 *
 * The directory belongs to root and nobody else may enter it. Objects carry the id of
 * the program that made them in their names, so another version does not find them. A
 * kernel's objects end with that kernel, and a module whose functions a pinned
 * program calls can't be unloaded, so neither can have changed meanwhile.
 */
#ifndef WSDUMP_LOADER_PINS_H
#define WSDUMP_LOADER_PINS_H

#include <stdbool.h>
#include <stdint.h>

#include "fail.h"

/**
 * pins_lock() - be the only user of the pinned objects
 * @name: the directory's
 *
 * Return: a descriptor to close when done; -1 when there is no such directory, it is
 * not one to trust, or another process is using it.
 */
int pins_lock(const char *name);

/**
 * pins_get() - open an object
 * @name: the directory's, which the caller has locked
 * @object: the object's
 * @id: of the program that made it
 *
 * Return: a descriptor, or -1.
 */
int pins_get(const char *name, const char *object, uint64_t id);

/**
 * pins_make() - make the directory and lock it
 *
 * What it held is removed.
 *
 * Return: as pins_lock(), with the reason in @why.
 */
int pins_make(const char *name, struct fail *why);

/**
 * pins_put() - pin an object
 *
 * Return: 0, or -1 with the reason in @why.
 */
int pins_put(const char *name, const char *object, uint64_t id, int fd, struct fail *why);

/**
 * pins_remove() - remove the directory and what it holds
 *
 * Processes that use the objects keep them until they end.
 *
 * Return: 1 when there was one, 0 when there was none, -1 with the reason in @why.
 */
int pins_remove(const char *name, struct fail *why);

#endif
