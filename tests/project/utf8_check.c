// SPDX-License-Identifier: GPL-2.0-only
/* utf8_check <FILE - is standard input valid UTF-8? iconv(3) is the judge */
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

int main(void)
{
	static char in[1 << 24];
	size_t len = fread(in, 1, sizeof(in), stdin), left = len;
	iconv_t cd = iconv_open("WCHAR_T", "UTF-8");
	static wchar_t out[1024];
	char *from = in;

	if (cd == (iconv_t)-1) {
		perror("iconv_open");
		return 2;
	}
	while (left) {
		char *to = (char *)out;
		size_t room = sizeof(out);

		if (iconv(cd, &from, &left, &to, &room) == (size_t)-1 && errno != E2BIG) {
			printf("not UTF-8 at byte %zu: %s\n", len - left, strerror(errno));
			return 1;
		}
		for (wchar_t *c = out; c < (wchar_t *)to; c++) {
			if (*c > 0x10ffff) {
				printf("past the end of Unicode before byte %zu\n", len - left);
				return 1;
			}
		}
	}
	return 0;
}
