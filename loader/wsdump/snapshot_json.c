// SPDX-License-Identifier: GPL-2.0-only
#include "snapshot_json.h"

#include <fcntl.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "common/json.h"
#include "common/out.h"
#include "libwakeup/libwakeup.h"

void boot_id_read(char *buf, size_t size)
{
	int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? 0 : read(fd, buf, size - 1);

	if (fd >= 0)
		close(fd);
	if (n > 0 && buf[n - 1] == '\n')
		n--;
	buf[n > 0 ? n : 0] = '\0';
}

static void put_string(const char *key, const char *s)
{
	out_char(',');
	json_put_key(key);
	json_put_string(s, strlen(s));
}

void json_put_version(void)
{
	json_put_number("format", JSON_FORMAT);
	put_string("version", WSDUMP_VERSION);
}

int snapshot_json_print(const struct rows *rows, struct fail *why)
{
	const struct wakeup_snapshot *snap = rows->whole;
	char boot_id[64];
	struct utsname uts;

	uname(&uts);
	boot_id_read(boot_id, sizeof(boot_id));
	out_char('{');
	json_put_version();
	put_string("kernel", uts.release);
	put_string("boot_id", boot_id);
	out_char(',');
	json_put_number("realtime_ns", wakeup_snapshot_realtime_ns(snap));
	out_char(',');
	json_put_number("monotonic_ns", wakeup_snapshot_monotonic_ns(snap));
	out_char(',');
	if (json_put_rows("wakeup_sources", rows, why))
		return -1;
	out_string("}\n");
	return 0;
}
