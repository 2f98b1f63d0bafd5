// SPDX-License-Identifier: GPL-2.0-only
/*
 * refusals OBJECT... - load each program of an object file by itself, and compare
 * what becomes of it with its tag: "loads", or "refused:" and a part of the
 * verifier's log, or several with "|" between them. Of several objects, the first of
 * which a program loads is taken. Prints TAP lines without a plan, after one with the
 * kernel.
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <sys/utsname.h>

#include <bpf/btf.h>
#include <bpf/libbpf.h>

#define REFUSED "refused:"

static char verifier_log[1 << 20];
static int tests;

static void result(bool ok, const char *name, const char *said)
{
	printf("%sok %d - %s: %s\n", ok ? "" : "not ", ++tests, name, said);
}

/* The tag of a function, NULL if it has none. */
static const char *tag_of(const struct btf *btf, const char *func)
{
	__s32 func_id = btf__find_by_name_kind(btf, func, BTF_KIND_FUNC);

	for (__u32 id = 1; id < btf__type_cnt(btf); id++) {
		const struct btf_type *t = btf__type_by_id(btf, id);

		if (btf_kind(t) == BTF_KIND_DECL_TAG && (__s32)t->type == func_id &&
		    btf_decl_tag(t)->component_idx == -1)
			return btf__name_by_offset(btf, t->name_off);
	}
	return NULL;
}

/* The line of the log with @text in it, cut out in place; or its last line. */
static const char *line_with(char *log, const char *text)
{
	char *at = strstr(log, text);
	char *start = at;

	if (!at)
		return NULL;
	while (start > log && start[-1] != '\n')
		start--;
	start[strcspn(start, "\n")] = '\0';
	return start;
}

/* The same for the first of several texts. */
static const char *line_with_any(char *log, const char *texts)
{
	char text[128];
	const char *line = NULL;

	for (const char *t = texts; !line && *t; t += *t == '|') {
		size_t len = strcspn(t, "|");

		snprintf(text, sizeof(text), "%.*s", (int)len, t);
		line = line_with(log, text);
		t += len;
	}
	return line;
}

/* Can this kernel load anything of the object? */
static bool suits(const char *path)
{
	struct bpf_program *prog, *first;
	struct bpf_object *obj;
	bool loads;

	obj = bpf_object__open_file(path, NULL);
	if (!obj)
		return false;
	first = bpf_object__next_program(obj, NULL);
	bpf_object__for_each_program(prog, obj)
		bpf_program__set_autoload(prog, prog == first);
	loads = !bpf_object__load(obj);
	bpf_object__close(obj);
	return loads;
}

/*
 * A program of struct_ops is known by the map that it is a member of, which is called as it is, with
 * _ops behind. libbpf would load the members of all such maps.
 */
static void choose_struct_ops(struct bpf_object *obj, const char *prog)
{
	char own[128];
	struct bpf_map *map;

	snprintf(own, sizeof(own), "%s_ops", prog);
	bpf_object__for_each_map(map, obj)
		if (bpf_map__type(map) == BPF_MAP_TYPE_STRUCT_OPS)
			bpf_map__set_autocreate(map, !strcmp(bpf_map__name(map), own));
}

static int try(const char *path, const char *name)
{
	LIBBPF_OPTS(bpf_object_open_opts, opts, .kernel_log_buf = verifier_log,
		    .kernel_log_size = sizeof(verifier_log), .kernel_log_level = 1);
	struct bpf_object *obj;
	struct bpf_program *prog;
	const char *tag, *line;
	int err;

	verifier_log[0] = '\0';
	obj = bpf_object__open_file(path, &opts);
	if (!obj)
		return -1;
	bpf_object__for_each_program(prog, obj)
		bpf_program__set_autoload(prog, !strcmp(bpf_program__name(prog), name));

	choose_struct_ops(obj, name);
	tag = tag_of(bpf_object__btf(obj), name);
	err = bpf_object__load(obj);
	if (!tag) {
		result(false, name, "has no tag");
	} else if (!strcmp(tag, "loads")) {
		result(!err, name, err ? verifier_log : "loads");
	} else if (!err) {
		result(false, name, "was not refused");
	} else {
		line = line_with_any(verifier_log, tag + strlen(REFUSED));
		result(line, name, line ? line : "refused with other words:");
		if (!line)
			for (char *l = strtok(verifier_log, "\n"); l; l = strtok(NULL, "\n"))
				printf("# %s\n", l);
	}
	bpf_object__close(obj);
	return 0;
}

int main(int argc, char **argv)
{
	struct bpf_object *list;
	struct bpf_program *prog;
	struct utsname uts;

	if (argc < 2) {
		fputs("usage: refusals OBJECT...\n", stderr);
		return 2;
	}
	uname(&uts);
	printf("# kernel %s\n", uts.release);
	libbpf_set_print(NULL);
	while (argc > 2 && !suits(argv[1])) {
		argv++;
		argc--;
	}
	list = bpf_object__open_file(argv[1], NULL);
	if (!list) {
		perror(argv[1]);
		return 1;
	}
	bpf_object__for_each_program(prog, list)
		if (try(argv[1], bpf_program__name(prog)))
			return 1;
	bpf_object__close(list);
	return 0;
}
