/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef DENIED_H
#define DENIED_H

/*
 * denied_memory.c calls prctl() with this option, which Linux does not know, right before main().
 * It tells denied.c, which traces system calls, that those from now on are the command's.
 */
#define DENIED_BEGIN 0x64656e79

#endif
