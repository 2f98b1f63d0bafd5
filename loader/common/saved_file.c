// SPDX-License-Identifier: GPL-2.0-only
#include "saved_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int saved_open(struct saved_file *file, const char *path, struct fail *why)
{
	bool standard_input = !strcmp(path, "-");

	*file = (struct saved_file) {
		.name = standard_input ? "standard input" : path,
		.fd = standard_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC),
	};
	if (file->fd < 0)
		return fail_errno(why, STEP_FILE, errno, "%s: can't open it", path);
	return 0;
}

int saved_read(struct saved_file *file, struct fail *why)
{
	size_t size = 0;
	ssize_t n;

	do {
		if (file->len == size) {
			char *more;

			size = size * 2 + 65536;
			more = realloc(file->text, size);
			if (!more)
				return fail(why, "%s: out of memory", file->name);
			file->text = more;
		}
		n = read(file->fd, file->text + file->len, size - file->len);
		if (n > 0)
			file->len += n;
	} while (file->len <= SAVED_MAX_BYTES && (n > 0 || (n < 0 && errno == EINTR)));
	return n < 0 ? fail_errno(why, STEP_FILE, errno, "%s: can't read it", file->name) : 0;
}

void saved_close(struct saved_file *file)
{
	free(file->text);
	if (file->fd > STDERR_FILENO)
		close(file->fd);
	*file = (struct saved_file) { .fd = -1 };
}
