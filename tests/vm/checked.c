// SPDX-License-Identifier: GPL-2.0-only
/*
 * Linked into the command that tests/vm/pack builds to be checked: where it reports what is
 * wrong with it. Not a test's standard error, which tests read or throw away, and not by
 * the environment, which tests replace: tests/vm/init looks into the directory.
 */

#include <sys/prctl.h>
#include <unistd.h>

const char *__asan_default_options(void);
const char *__ubsan_default_options(void);
const char *__lsan_default_options(void);
const char *__lsan_default_suppressions(void);
void __gcov_dump(void);
int __real_raise(int sig);
int __wrap_raise(int sig);
int __real_setresuid(uid_t ruid, uid_t euid, uid_t suid);
int __wrap_setresuid(uid_t ruid, uid_t euid, uid_t suid);

const char *__asan_default_options(void)
{
	return "log_path=/reports/asan:detect_stack_use_after_return=1:strict_string_checks=1";
}

const char *__ubsan_default_options(void)
{
	return "log_path=/reports/ubsan:print_stacktrace=1";
}

const char *__lsan_default_options(void)
{
	return "print_suppressions=0";
}

/*
 * What libraries lose themselves, and no call frees: ncurses where it does not know the terminal,
 * and of its tree of keys when an allocation for the rest of a key fails; json-c a value that it
 * has read, or that value's name, when an allocation to add it to an object or array fails.
 */
const char *__lsan_default_suppressions(void)
{
	return "leak:new_prescr\n"
	       "leak:_nc_add_to_try\n"
	       "leak:json_object_new_boolean\n"
	       "leak:json_object_new_int64\n"
	       "leak:json_object_new_string\n"
	       "leak:json_object_object_add_ex\n";
}

/* A process that a signal ends leaves no counts; this is one that ends itself in that way. */
int __wrap_raise(int sig)
{
	__gcov_dump();
	return __real_raise(sig);
}

/* LeakSanitizer traces the process, which nobody may do once that has become another user. */
int __wrap_setresuid(uid_t ruid, uid_t euid, uid_t suid)
{
	int err = __real_setresuid(ruid, euid, suid);

	prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
	return err;
}
