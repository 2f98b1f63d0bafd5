// SPDX-License-Identifier: GPL-2.0-only
/* Feed files to a fuzz target, one after the other, without a fuzzer. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int main(int argc, char **argv)
{
	static uint8_t data[1 << 20];

	for (int i = 1; i < argc; i++) {
		FILE *f = fopen(argv[i], "rb");
		uint8_t *copy;
		size_t n;

		if (!f) {
			perror(argv[i]);
			return 1;
		}
		n = fread(data, 1, sizeof(data), f);
		fclose(f);
		/* of its exact size, so that a byte read behind it is noticed */
		copy = malloc(n ? n : 1);
		for (size_t b = 0; copy && b < n; b++)
			copy[b] = data[b];
		if (copy)
			LLVMFuzzerTestOneInput(copy, n);
		free(copy);
	}
	printf("%d files\n", argc - 1);
	return 0;
}
