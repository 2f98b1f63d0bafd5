/* SPDX-License-Identifier: GPL-2.0-only */
/* The formats that rows of this command can be printed in. */
#ifndef FREQEXT_FORMATS_H
#define FREQEXT_FORMATS_H

#include "common/formats.h"

/* The whole of struct rows is the name that the array of rows has in JSON. */
extern const struct format freqext_formats[];

#endif
