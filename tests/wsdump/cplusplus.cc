// SPDX-License-Identifier: GPL-2.0-only
/* cplusplus - the library from C++: its types are declared as C++ has it */
#include <stdio.h>

#include <libwakeup.h>

static_assert(LIBWAKEUP_VERSION_NUMBER >= 100, "the version can be tested");

int main()
{
	wakeup_reader *reader = wakeup_open(0);
	const wakeup_snapshot *snap = reader ? wakeup_snapshot_take(reader) : nullptr;

	if (!snap)
		printf("%d %s\n", wakeup_error_code(), wakeup_error());
	else
		printf("%s %zu\n", wakeup_version(), wakeup_snapshot_size(snap));
	wakeup_close(reader);
	return !snap;
}
