// SPDX-License-Identifier: GPL-2.0-only
#include "invisible.h"

#include <stddef.h>

/*
 * In order. Unicode's property Default_Ignorable_Code_Point, with those of the categories
 * Cf, Zl and Zp that lack it, and the blanks of Zs, which pass for the one that a keyboard has; but not the few signs of Cf that are drawn around a number
 * (U+0600 and the like), which anybody sees.
 */
static const struct range {
	uint32_t first, last;
} ranges[] = {
	{ 0xa0, 0xa0 },		/* no-break space */
	{ 0xad, 0xad },		/* soft hyphen */
	{ 0x34f, 0x34f },
	{ 0x61c, 0x61c },	/* Arabic letter mark: a direction */
	{ 0x115f, 0x1160 },	/* fillers */
	{ 0x1680, 0x1680 },	/* blank */
	{ 0x17b4, 0x17b5 },
	{ 0x180b, 0x180f },
	{ 0x2000, 0x200f },	/* blanks, no space, joiners, marks of direction */
	{ 0x2028, 0x202f },	/* breaks, embedded and overridden directions, a narrow blank */
	{ 0x205f, 0x206f },	/* blank, joiner, isolated directions */
	{ 0x3000, 0x3000 },	/* wide blank */
	{ 0x3164, 0x3164 },	/* filler */
	{ 0xfe00, 0xfe0f },	/* variation selectors */
	{ 0xfeff, 0xfeff },	/* byte order mark */
	{ 0xffa0, 0xffa0 },	/* filler */
	{ 0xfff0, 0xfffb },	/* annotations */
	{ 0x13430, 0x1343f },	/* how hieroglyphs join */
	{ 0x1bca0, 0x1bca3 },	/* of shorthand */
	{ 0x1d173, 0x1d17a },	/* of music */
	{ 0xe0000, 0xe0fff },	/* tags, variation selectors */
};

bool is_invisible(uint32_t c)
{
	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (c <= ranges[i].last)
			return c >= ranges[i].first;
	return false;
}
