// SPDX-License-Identifier: GPL-2.0-only
/*
 * kernel_btf - take the BTF out of an uncompressed kernel image
 *
 * usage: kernel_btf IMAGE OUT [RELEASE [VERSION]]
 *
 * IMAGE may be an ELF file or the bare memory image that arm64 boots: nothing is
 * asked of it but to hold its BTF in one piece, and the kernel's banner. Given a
 * RELEASE (uname -r) and a VERSION (uname -v), the image must be that very kernel's.
 */
#define _GNU_SOURCE
#include "btf_blob.h"
#include "file.h"

static const char banner_start[] = "Linux version ";

/*
 * The banner of the kernel @release of that @version; of any, when @release is NULL.
 * An image can have a second one without the build's number and date: a first draft
 * from when it was linked.
 */
static const char *find_banner(const char *image, size_t size, const char *release,
			       const char *version, size_t *len)
{
	const char *end = image + size, *p = image, *name, *eol;

	while ((p = memmem(p, end - p, banner_start, strlen(banner_start)))) {
		name = p + strlen(banner_start);
		eol = memchr(name, '\n', end - name);
		if (!eol)
			return NULL;
		*len = eol - p;
		if (!release) {
			if (*name >= '0' && *name <= '9')	/* not a format string */
				return p;
		} else {
			size_t n = strlen(release);

			if ((size_t)(eol - name) > n && !memcmp(name, release, n) &&
			    name[n] == ' ' &&
			    (!version || memmem(p, *len, version, strlen(version))))
				return p;
		}
		p = name;
	}
	return NULL;
}

static void check_banner(const char *image, size_t size, const char *release,
			 const char *version)
{
	const char *banner;
	size_t len;

	if (find_banner(image, size, release, version, &len))
		return;
	banner = find_banner(image, size, NULL, NULL, &len);
	if (!banner)
		die("there is no kernel in it");
	die("it is another kernel: %.*s", (int)len, banner);
}

/*
 * The kernel's own BTF is by far the largest: images can have others inside, for
 * example those of programs in an embedded initramfs.
 */
static struct btf_blob find_btf(const char *image, size_t size, const char **start)
{
	static const char magic[] = { BTF_MAGIC & 0xff, (char)(BTF_MAGIC >> 8), 1, 0 };
	const char *end = image + size, *p = image;
	struct btf_blob found = { 0 }, b;

	while ((p = memmem(p, end - p, magic, sizeof(magic)))) {
		if (btf_blob_at(&b, p, end - p) && b.size > found.size) {
			found = b;
			*start = p;
		}
		p++;
	}
	return found;
}

int main(int argc, char **argv)
{
	const char *image, *btf = NULL;
	struct btf_blob b;
	size_t size;
	FILE *out;

	if (argc < 3 || argc > 5)
		die("usage: %s IMAGE OUT [RELEASE [VERSION]]", argv[0]);
	image = map_file(argv[1], false, &size);
	if (argc > 3)
		check_banner(image, size, argv[3], argv[4]);

	b = find_btf(image, size, &btf);
	if (!b.size)
		die("there is no BTF in it");
	out = fopen(argv[2], "w");
	if (!out || fwrite(btf, 1, b.size, out) != b.size || fclose(out))
		die("%s: %s", argv[2], strerror(errno));
	return 0;
}
