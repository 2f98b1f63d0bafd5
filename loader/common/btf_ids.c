// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel's BTF has some 110,000 types, numbered in the order in which they stand,
 * and reading all of them costs more than everything else a short command does. A
 * module's BTF is small, and its numbers go on where the kernel's end. But where that
 * is can't be known without counting.
 *
 * It can be guessed: the module's types refer to each other by number. The kernel
 * then confirms the guess: asked to load a program that calls function number N, it
 * writes the name of that function into its log. So no guess is ever used that the
 * kernel has not called by the right name, and without such a guess the types are
 * counted.
 */
#include "btf_ids.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bpf_sys.h"
#include "btf_raw.h"

/* Wrong guesses that look right are rare; many of them would cost more than counting. */
#define MAX_GUESSES 4

struct module {
	int fd;
	void *data;
	struct btf_raw btf;
	uint32_t strings_start;		/* name_off of its first string */
	uint8_t *kinds;			/* of each type */
	uint32_t nr_types;
	const struct btf_type *func[BTF_IDS_MAX];	/* the functions asked for */
	uint32_t index[BTF_IDS_MAX];			/* which of its types they are */
};

int btf_raw_parse(struct btf_raw *btf, const void *data, size_t size)
{
	const struct btf_header *head = data;
	size_t rest;

	if (size < sizeof(*head) || head->magic != BTF_MAGIC || head->hdr_len > size)
		return -1;
	rest = size - head->hdr_len;
	if (head->type_off > rest || head->type_len > rest - head->type_off ||
	    head->str_off > rest || head->str_len > rest - head->str_off || !head->str_len)
		return -1;
	btf->types = (const void *)((const char *)data + head->hdr_len + head->type_off);
	btf->end = (const char *)btf->types + head->type_len;
	btf->strings = (const char *)data + head->hdr_len + head->str_off;
	btf->strings_len = head->str_len;
	return btf->strings[btf->strings_len - 1] ? -1 : 0;
}

/*
 * Descriptor and info of the module's BTF. One that is gone or not ours is passed over. -1
 * with errno, which is ENOENT if there is none.
 */
static int open_module_btf(const char *module, struct bpf_btf_info *info)
{
	char name[64], path[128];
	union bpf_attr attr;
	uint32_t id = 0;
	int fd;

	snprintf(path, sizeof(path), "/sys/kernel/btf/%s", module);
	if (access(path, F_OK))
		return -1;
	for (;;) {
		memset(&attr, 0, sizeof(attr));
		attr.start_id = id;
		if (bpf_sys(BPF_BTF_GET_NEXT_ID, &attr, BPF_ATTR_SIZE(next_id)))
			return -1;
		id = attr.next_id;

		memset(&attr, 0, sizeof(attr));
		attr.btf_id = id;
		fd = bpf_sys(BPF_BTF_GET_FD_BY_ID, &attr, BPF_ATTR_SIZE(open_flags));
		if (fd < 0) {
			if (errno == ENOENT)
				continue;
			return -1;
		}
		memset(info, 0, sizeof(*info));
		info->name = bpf_ptr(name);
		info->name_len = sizeof(name);
		memset(&attr, 0, sizeof(attr));
		attr.info.bpf_fd = fd;
		attr.info.info_len = sizeof(*info);
		attr.info.info = bpf_ptr(info);
		if (!bpf_sys(BPF_OBJ_GET_INFO_BY_FD, &attr, BPF_ATTR_SIZE(info)) &&
		    info->kernel_btf && !strcmp(name, module))
			return fd;
		close(fd);
	}
}

static int get_btf_data(int fd, void *data, uint32_t size)
{
	struct bpf_btf_info info = { .btf = bpf_ptr(data), .btf_size = size };
	union bpf_attr attr;

	memset(&attr, 0, sizeof(attr));
	attr.info.bpf_fd = fd;
	attr.info.info_len = sizeof(info);
	attr.info.info = bpf_ptr(&info);
	return bpf_sys(BPF_OBJ_GET_INFO_BY_FD, &attr, BPF_ATTR_SIZE(info));
}

/* How long the kernel's own strings are: a module's begin behind them. 0 with errno if not known. */
static uint32_t kernel_strings_len(void)
{
	struct btf_header head;
	int fd = open(BTF_RAW_KERNEL, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return 0;
	n = read(fd, &head, sizeof(head));
	close(fd);
	if (n == sizeof(head) && head.magic == BTF_MAGIC)
		return head.str_len;
	if (n >= 0)
		errno = EINVAL;
	return 0;
}

static const char *module_string(const struct module *m, uint32_t off)
{
	off -= m->strings_start;	/* one of the kernel's becomes a huge number */
	return off < m->btf.strings_len ? m->btf.strings + off : "";
}

static void close_module(struct module *m)
{
	free(m->data);
	free(m->kinds);
	if (m->fd >= 0)
		close(m->fd);
}

/*
 * Read the module's BTF and note where the functions are. -1 if that fails, or without such BTF:
 * then errno is ENOENT.
 */
static int read_module(struct module *m, const char *module, const char *const *names)
{
	const struct btf_type *t;
	struct bpf_btf_info info;

	m->fd = open_module_btf(module, &info);
	if (m->fd < 0)
		return -1;
	m->strings_start = kernel_strings_len();
	m->data = malloc(info.btf_size);
	m->kinds = malloc(info.btf_size / sizeof(*t) + 1);
	if (!m->strings_start || !m->data || !m->kinds ||
	    get_btf_data(m->fd, m->data, info.btf_size))
		return -1;
	errno = EINVAL;
	if (btf_raw_parse(&m->btf, m->data, info.btf_size))
		return -1;

	for (t = m->btf.types; t != m->btf.end; t = btf_raw_next(&m->btf, t)) {
		if (!t)
			return -1;
		m->kinds[m->nr_types] = BTF_INFO_KIND(t->info);
		if (m->kinds[m->nr_types] == BTF_KIND_FUNC) {
			const char *name = module_string(m, t->name_off);

			for (int i = 0; names[i]; i++) {
				if (!strcmp(name, names[i])) {
					m->func[i] = t;
					m->index[i] = m->nr_types;
				}
			}
		}
		m->nr_types++;
	}
	return 0;
}

/* If the module's types begin at @start, is every function's type a prototype? */
static bool is_possible(const struct module *m, uint32_t start)
{
	const struct btf_type *t;

	for (t = m->btf.types; t && t != m->btf.end; t = btf_raw_next(&m->btf, t)) {
		if (BTF_INFO_KIND(t->info) != BTF_KIND_FUNC || t->type < start)
			continue;
		if (t->type - start >= m->nr_types ||
		    m->kinds[t->type - start] != BTF_KIND_FUNC_PROTO)
			return false;
	}
	return true;
}

/* Does the kernel itself call function @id of the BTF behind @fd by this name? */
static bool is_called(int fd, uint32_t id, const char *name)
{
	const struct bpf_insn insns[] = {
		{ .code = BPF_JMP | BPF_CALL, .src_reg = BPF_PSEUDO_KFUNC_CALL,
		  .off = 1, .imm = id },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	const int fds[2] = { -1, fd };
	char log[2048] = "", said[160], *p;
	union bpf_attr attr;
	int prog;

	memset(&attr, 0, sizeof(attr));
	attr.prog_type = BPF_PROG_TYPE_SYSCALL;
	attr.prog_flags = BPF_F_SLEEPABLE;
	attr.license = bpf_ptr("GPL");
	attr.insns = bpf_ptr(insns);
	attr.insn_cnt = 2;
	attr.fd_array = bpf_ptr(fds);
	attr.log_level = 2;	/* 1 would leave nothing of a program that is fine */
	attr.log_buf = bpf_ptr(log);
	attr.log_size = sizeof(log);
	/* Most are refused, for lack of arguments; after they were named in the log. */
	prog = bpf_sys_prog_load(&attr, BPF_ATTR_SIZE(fd_array));
	if (prog >= 0)
		close(prog);
	log[sizeof(log) - 1] = '\0';
	snprintf(said, sizeof(said), "call %s#%u", name, id);
	p = strstr(log, said);
	return p && (p[strlen(said)] < '0' || p[strlen(said)] > '9');
}

/* Guess where the module's types begin and have it confirmed; 0 if that fails. */
static uint32_t guess_start(const struct module *m, const char *const *names)
{
	uint32_t start, before = 0;
	int guesses = 0, i, n;

	for (n = 0; names[n]; n++)
		if (!m->func[n])
			return 0;
	for (i = 0; i < n; i++) {
		for (uint32_t proto = 0; proto < m->nr_types; proto++) {
			start = m->func[i]->type - proto;
			if (m->kinds[proto] != BTF_KIND_FUNC_PROTO || start == before ||
			    m->func[i]->type <= proto || !is_possible(m, start))
				continue;
			before = start;
			for (int k = 0; is_called(m->fd, start + m->index[k], names[k]);)
				if (++k == n)
					return start;
			if (++guesses == MAX_GUESSES)
				return 0;
		}
	}
	return 0;
}

/* The kernel's BTF: mapped where it can be (6.16), else read. */
static void *load_kernel_btf(size_t *size, bool *mapped)
{
	int fd = open(BTF_RAW_KERNEL, O_RDONLY | O_CLOEXEC);
	size_t have = 0;
	char *data;
	struct stat st;
	ssize_t n;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) || !st.st_size) {
		close(fd);
		return NULL;
	}
	*size = st.st_size;
	data = mmap(NULL, *size, PROT_READ, MAP_PRIVATE, fd, 0);
	*mapped = data != MAP_FAILED;
	if (!*mapped) {
		data = malloc(*size);
		while (data && have < *size && (n = read(fd, data + have, *size - have)) > 0)
			have += n;
		if (have < *size) {
			free(data);
			data = NULL;
		}
	}
	close(fd);
	return data;
}

/* All names in one pass. Returns the number of types, void included, or 0. */
static uint32_t scan_kernel(const char *const *names, struct btf_ids *ids)
{
	const struct btf_type *t;
	uint32_t id = 1;
	struct btf_raw btf;
	size_t size;
	bool mapped;
	void *data = load_kernel_btf(&size, &mapped);

	if (!data)
		return 0;
	if (btf_raw_parse(&btf, data, size))
		id = 0;
	for (t = id ? btf.types : NULL; id && t != btf.end; id++) {
		if (BTF_INFO_KIND(t->info) == BTF_KIND_FUNC && t->name_off < btf.strings_len) {
			const char *name = btf.strings + t->name_off;

			for (int i = 0; names[i]; i++)
				if (name[0] == names[i][0] && !strcmp(name, names[i]))
					ids->of[i].id = id;
		}
		t = btf_raw_next(&btf, t);
		if (!t)
			id = UINT32_MAX;	/* 0 after the loop's increment */
	}
	if (mapped)
		munmap(data, size);
	else
		free(data);
	return id;
}

int btf_ids_find(const char *const *names, const char *module, struct btf_ids *ids,
		 struct fail *why)
{
	struct module m = { .fd = -1 };
	int missing = 0;
	uint32_t start;
	bool have;

	memset(ids, 0, sizeof(*ids));
	ids->module_fd = -1;
	have = module && !read_module(&m, module, names);
	if (module && !have && errno != ENOENT)
		ids->module_error = errno;
	start = have ? guess_start(&m, names) : 0;
	if (!start) {
		start = scan_kernel(names, ids);
		if (!start) {
			close_module(&m);
			return fail(why, "can't read the kernel's BTF in %s", BTF_RAW_KERNEL);
		}
	}
	for (int i = 0; names[i]; i++) {
		if (!ids->of[i].id && have && m.func[i]) {
			ids->of[i].id = start + m.index[i];
			ids->of[i].in_module = true;
			ids->module_fd = m.fd;
		}
		missing += !ids->of[i].id;
	}
	if (ids->module_fd >= 0)
		m.fd = -1;
	close_module(&m);
	return missing;
}

void btf_ids_close(struct btf_ids *ids)
{
	if (ids->module_fd >= 0)
		close(ids->module_fd);
	ids->module_fd = -1;
}
