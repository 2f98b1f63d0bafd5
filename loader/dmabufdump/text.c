// SPDX-License-Identifier: GPL-2.0-only
/* The part of programs.h on a file of text: bpf/dmabuf_text*.bpf.c. */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <linux/magic.h>
#include <bpf/bpf.h>

#include "common/load.h"
#include "dmabuf_text.lskel.h"
#include "dmabuf_text_target.lskel.h"
#include "programs.h"

/* Each returns a descriptor of the link, or a negative errno. */
#define DEFINE_LOAD(type)								\
	static int load_##type(bool verbose)						\
	{										\
		int link = 0, err;							\
											\
		err = LOAD_SKELETON(type, verbose, (void)0,				\
				    link = type##__dmabuf_text__attach(skel);		\
				    skel->links.dmabuf_text_fd = 0);			\
		return err ?: link;							\
	}

DEFINE_LOAD(dmabuf_text_bpf)
DEFINE_LOAD(dmabuf_text_target_bpf)

/* Threads are tasks as well; where they can't be counted there is one for each process. */
static size_t count_tasks(void)
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	size_t nr = 0;

	while (proc && (entry = readdir(proc)))
		nr += isdigit((unsigned char)*entry->d_name) != 0;
	if (proc)
		closedir(proc);
	return nr;
}

/* The directory of a path in bpffs, made if it is missing. */
static int make_directory_of(const char *path, struct fail *why)
{
	const char *end = strrchr(path, '/');
	char *dir = end ? strndup(path, end - path) : strdup(".");
	struct statfs fs;
	bool made;
	int err = 0;

	if (!dir)
		return fail(why, "out of memory");
	made = !mkdir(dir, 0755);
	if (!made && errno != EEXIST) {
		err = fail(why, "can't make %s: %s", dir, strerror(errno));
	} else if (statfs(dir, &fs) || fs.f_type != BPF_FS_MAGIC) {
		err = fail(why, "%s is not below a BPF file system, such as /sys/fs/bpf", path);
		if (made)
			rmdir(dir);
	}
	free(dir);
	return err;
}

int programs_pin_text(const char *path, size_t nr, bool verbose, struct fail *why)
{
	int link = load_dmabuf_text_target_bpf(verbose);
	int err;

	if (link < 0) {
		if (nr > DB_TEXT_MAX * count_tasks())
			return fail(why, "%zu dma-bufs are more than such a file can have on this kernel, with %zu processes",
				    nr, count_tasks());
		link = load_dmabuf_text_bpf(verbose);
	}
	if (link < 0)
		return load_failed(link, why);
	err = make_directory_of(path, why);
	/* in bpffs, where all files are pins */
	if (!err && unlink(path) && errno != ENOENT)
		err = fail(why, "can't replace %s: %s", path, strerror(errno));
	if (!err && bpf_obj_pin(link, path))
		err = fail(why, "can't pin %s: %s", path, strerror(errno));
	close(link);
	return err;
}
