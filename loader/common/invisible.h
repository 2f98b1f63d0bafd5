/* SPDX-License-Identifier: GPL-2.0-only */
/* Characters that make text look like other text. */
#ifndef WSDUMP_LOADER_INVISIBLE_H
#define WSDUMP_LOADER_INVISIBLE_H

#include <stdbool.h>
#include <stdint.h>

/**
 * is_invisible() - does a terminal show nothing where this character is, or another order?
 * @c: in Unicode
 *
 * Controls of writing direction, breaks of lines and paragraphs, joiners, fillers, tags
 * and variation selectors. Two names that differ in these alone look the same, and one
 * with them may look like the rest of its line. C0 and C1 controls are not among them, nor
 * are combining characters.
 */
bool is_invisible(uint32_t c);

#endif
