// SPDX-License-Identifier: GPL-2.0-only
/*
 * busctl(1) comes with systemd, and its JSON is meant for programs. What speaks D-Bus as a
 * library does not come as a static one.
 */
#include "inhibitors.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <json-c/json.h>

#include "sysfs.h"

#define MAX_ANSWER (256 * 1024)

static char *const busctl[] = {
	"busctl", "--json=short", "--timeout=5", "call", "org.freedesktop.login1",
	"/org/freedesktop/login1", "org.freedesktop.login1.Manager", "ListInhibitors", NULL,
};

/* Whoever started this may have set anything, and this may have more rights than he. */
static char *const environment[] = { "PATH=/usr/bin:/bin", "LC_ALL=C", NULL };

/* In the child; what it has to say is for nobody. */
static void run_busctl(int out)
{
	int null = open("/dev/null", O_RDWR);

	if (null < 0)
		_exit(127);
	dup2(null, STDIN_FILENO);
	dup2(out, STDOUT_FILENO);
	dup2(null, STDERR_FILENO);
	execve("/usr/bin/busctl", busctl, environment);
	_exit(127);
}

/* Its answer, to be freed; NULL with the reason in @why. */
static char *ask(struct fail *why)
{
	char *answer = malloc(MAX_ANSWER + 1);
	size_t len = 0;
	int fds[2], status;
	ssize_t n;
	pid_t pid;

	if (!answer || pipe2(fds, O_CLOEXEC)) {
		fail(why, "%s", answer ? strerror(errno) : "out of memory");
		free(answer);
		return NULL;
	}
	pid = fork();
	if (!pid)
		run_busctl(fds[1]);
	close(fds[1]);
	while (pid > 0 && ((n = read(fds[0], answer + len, MAX_ANSWER - len)) > 0 ||
			   (n < 0 && errno == EINTR)))
		len += n > 0 ? n : 0;
	close(fds[0]);
	answer[len] = '\0';
	if (pid < 0 || waitpid(pid, &status, 0) < 0)
		fail(why, "busctl can't be run: %s", strerror(errno));
	else if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		fail(why, "/usr/bin/busctl can't be run");
	else if (status || len == MAX_ANSWER)
		fail(why, "systemd-logind does not answer");
	else
		return answer;
	free(answer);
	return NULL;
}

/* The unit is the last part of a path: /user.slice/.../app.slice/NAME.service */
static void find_unit(struct inhibitor *i)
{
	char path[SYSFS_PATH], *unit;
	size_t len;

	if (sysfs_read(i->comm, sizeof(i->comm), "/proc/%d/comm", i->pid) < 0)
		i->comm[0] = '\0';
	sysfs_read(path, sizeof(path), "/proc/%d/cgroup", i->pid);
	unit = strrchr(path, '/');
	len = unit ? strlen(unit) : 0;
	if (len < 9 || strcmp(unit + len - 8, ".service"))
		return;
	snprintf(i->unit, sizeof(i->unit), "%s", unit + 1);
	i->user_unit = strstr(path, "/user@") && strcmp(unit, strstr(path, "/user@"));
}

static char *text_at(struct json_object *row, size_t at)
{
	struct json_object *o = json_object_array_get_idx(row, at);

	return strdup(json_object_is_type(o, json_type_string) ? json_object_get_string(o) : "");
}

static int add(struct inhibitors *all, struct json_object *row, struct fail *why)
{
	struct inhibitor i = {
		.what = text_at(row, 0), .who = text_at(row, 1), .why = text_at(row, 2),
		.mode = text_at(row, 3),
		.uid = json_object_get_int64(json_object_array_get_idx(row, 4)),
		.pid = json_object_get_int64(json_object_array_get_idx(row, 5)),
	};
	struct inhibitor *v = realloc(all->v, (all->nr + 1) * sizeof(*v));

	if (v)
		all->v = v;
	if (!v || !i.what || !i.who || !i.why || !i.mode) {
		free(i.what);
		free(i.who);
		free(i.why);
		free(i.mode);
		return fail(why, "out of memory");
	}
	find_unit(&i);
	all->v[all->nr++] = i;
	return 0;
}

/* A delay is for some seconds, and what a key does is no suspend's. */
static bool blocks(struct json_object *row)
{
	const char *what = json_object_get_string(json_object_array_get_idx(row, 0));
	const char *mode = json_object_get_string(json_object_array_get_idx(row, 3));

	return what && mode && !strncmp(mode, "block", 5) &&
	       (strstr(what, "sleep") || strstr(what, "idle") || strstr(what, "handle-lid-switch"));
}

int inhibitors_read(struct inhibitors *all, struct fail *why)
{
	struct json_object *root, *data, *rows = NULL;
	int ret = 1;
	char *answer;

	*all = (struct inhibitors) { 0 };
	if (!sysfs_there("/run/systemd/system"))
		return 0;
	answer = ask(why);
	if (!answer)
		return -1;
	root = json_tokener_parse(answer);
	free(answer);
	if (json_object_object_get_ex(root, "data", &data) &&
	    json_object_is_type(data, json_type_array))
		rows = json_object_array_get_idx(data, 0);
	if (!json_object_is_type(rows, json_type_array))
		ret = fail(why, "busctl's answer is not as expected");
	for (size_t i = 0; ret > 0 && i < json_object_array_length(rows); i++) {
		struct json_object *row = json_object_array_get_idx(rows, i);

		if (!json_object_is_type(row, json_type_array) ||
		    json_object_array_length(row) != 6)
			ret = fail(why, "busctl's answer is not as expected");
		else if (blocks(row) && add(all, row, why))
			ret = -1;
	}
	json_object_put(root);
	return ret;
}

void inhibitors_free(struct inhibitors *all)
{
	for (size_t i = 0; i < all->nr; i++) {
		free(all->v[i].what);
		free(all->v[i].who);
		free(all->v[i].why);
		free(all->v[i].mode);
	}
	free(all->v);
	*all = (struct inhibitors) { 0 };
}

void inhibitor_release(const struct inhibitor *i, char *buf, size_t size)
{
	/* names of units are made of what no shell minds, but may be quoted with \x2d */
	if (i->unit[0] && !strchr(i->unit, '\\') && i->user_unit)
		snprintf(buf, size, "systemctl --user stop %s", i->unit);
	else if (i->unit[0] && !strchr(i->unit, '\\'))
		snprintf(buf, size, "systemctl stop %s", i->unit);
	else
		snprintf(buf, size, "kill %d", i->pid);
}
