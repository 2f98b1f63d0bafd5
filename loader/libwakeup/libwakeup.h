/* SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause */
/*
 * libwakeup - read the kernel's wakeup sources: what keeps this machine awake
 *
 * Open a reader, take a snapshot, walk its sources, close the reader:
 *
 *	struct wakeup_reader *reader = wakeup_open(0);
 *	const struct wakeup_snapshot *snap = reader ? wakeup_snapshot_take(reader) : NULL;
 *	const struct wakeup_source *src = NULL;
 *
 *	if (!snap)
 *		errx(1, "%s", wakeup_error());
 *	while ((src = wakeup_snapshot_next(snap, src)))
 *		puts(wakeup_source_name(src, NULL));
 *	wakeup_close(reader);
 *
 * Threads: a reader, its snapshot and the snapshot's sources belong to one thread at a
 * time. Readers of their own may be used by different threads at the same time.
 * wakeup_error() is the calling thread's. There is no other state.
 *
 * Lifetimes: a snapshot, its sources and their strings are good until the next snapshot
 * is taken from the same reader, or the reader is closed.
 *
 * Privileges: CAP_BPF and CAP_PERFMON to open, more only where a module has to be loaded or
 * a program is pinned: see wsdump(8).
 *
 * All types are opaque, so what a later version can tell of a source is a new function.
 */
#ifndef LIBWAKEUP_H
#define LIBWAKEUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Of this header, for #if: two digits for each part but the first. */
#define LIBWAKEUP_VERSION_MAJOR 0
#define LIBWAKEUP_VERSION_MINOR 1
#define LIBWAKEUP_VERSION_PATCH 0
#define LIBWAKEUP_VERSION "0.1.0"
#define LIBWAKEUP_VERSION_NUMBER \
	(LIBWAKEUP_VERSION_MAJOR * 10000 + LIBWAKEUP_VERSION_MINOR * 100 + LIBWAKEUP_VERSION_PATCH)

#pragma GCC visibility push(default)

struct wakeup_reader;
struct wakeup_snapshot;
struct wakeup_source;

/**
 * enum wakeup_flags - for wakeup_open() and wakeup_pin()
 * @WAKEUP_VERBOSE: print the log of the kernel's BPF verifier on stderr; loads the
 *		    program anew even if it is pinned
 * @WAKEUP_SUSPENDS: of wakeup_events_open(): have events of the system's suspends as well, see
 *		     wakeup_event_kind()
 */
enum wakeup_flags {
	WAKEUP_VERBOSE = 1 << 0,
	WAKEUP_SUSPENDS = 1 << 1,
};

/**
 * wakeup_open() - load what is needed to take snapshots
 * @flags: of enum wakeup_flags
 *
 * Uses what wakeup_pin() left, if there is any. Loads the kernel module if that is
 * installed, needed and not loaded yet, for which it runs modprobe(8). A program may give up
 * its capabilities after that, and after wakeup_events_open(): a snapshot takes only CAP_BPF
 * and CAP_PERFMON, and these only if the buffer has to grow.
 *
 * Return: the reader, for wakeup_close(); or NULL, and wakeup_error() tells why.
 */
struct wakeup_reader *wakeup_open(unsigned int flags);

/**
 * wakeup_snapshot_take() - take a complete snapshot
 * @reader: whose last snapshot ends with this call
 *
 * Every source on the kernel's list is in it, each as it was at one instant (which has an
 * assumption on arm64: see CAVEATS in wsdump(8)). May take several tries, for some seconds,
 * and sleep a millisecond between them. Where the kernel's spinlocks are of an unknown kind it
 * fails: known are those of x86-64 and arm64.
 *
 * Return: the snapshot, which belongs to @reader; or NULL, and wakeup_error() tells why.
 */
const struct wakeup_snapshot *wakeup_snapshot_take(struct wakeup_reader *reader);

/**
 * wakeup_close() - unload everything
 * @reader: the reader, or NULL
 */
void wakeup_close(struct wakeup_reader *reader);

/**
 * wakeup_error() - why the last call of this thread failed
 *
 * Return: one line without a newline: what failed, where, and what to do about it. Good
 * until the thread's next call of a function that can fail.
 */
const char *wakeup_error(void);

/**
 * enum wakeup_code - what kind of failure it was, for programs
 * @WAKEUP_OK: none
 * @WAKEUP_FAILED: none of those below
 * @WAKEUP_MISUSED: an argument that there is not
 * @WAKEUP_FORBIDDEN: the process lacks capabilities, or the kernel is locked down
 * @WAKEUP_NO_KFUNCS: neither the kernel nor a module that could be loaded has the functions
 * @WAKEUP_NO_MEMORY: there is not enough memory
 * @WAKEUP_BUSY: the list kept changing: another try may succeed
 */
enum wakeup_code {
	WAKEUP_OK,
	WAKEUP_FAILED,
	WAKEUP_MISUSED,
	WAKEUP_FORBIDDEN,
	WAKEUP_NO_KFUNCS,
	WAKEUP_NO_MEMORY,
	WAKEUP_BUSY,
};

/**
 * wakeup_error_code() - the same, as a number
 *
 * Return: of the thread's last call that failed; WAKEUP_OK if none has.
 */
enum wakeup_code wakeup_error_code(void);

/**
 * wakeup_version() - of the library that the program runs with
 *
 * Return: as LIBWAKEUP_VERSION, of the header that it was built with.
 */
const char *wakeup_version(void);

/**
 * wakeup_kfuncs_origin() - where the kernel functions come from that a reader needs
 *
 * Loads nothing, and needs no privileges.
 *
 * Return: text for people: "kernel 7.3.4-amd64", "module wakeup_kfuncs 0.1.0", or what is missing.
 * Good until the thread's next call.
 */
const char *wakeup_kfuncs_origin(void);

/**
 * wakeup_pin() - load, and keep what was loaded for later processes
 * @flags: of enum wakeup_flags
 *
 * From then on wakeup_open() finds it, in this version of the library. Of several
 * readers at one time the first uses it, the others load their own. While it lasts,
 * until wakeup_unpin() or the next boot, the kernel module can't be unloaded.
 *
 * Return: 0; or -1, and wakeup_error() tells why.
 */
int wakeup_pin(unsigned int flags);

/**
 * wakeup_unpin() - undo wakeup_pin(), of any version
 *
 * Return: 1; 0 when nothing was pinned; or -1, and wakeup_error() tells why.
 */
int wakeup_unpin(void);

/**
 * wakeup_snapshot_size() - how many sources there are
 * @snap: the snapshot
 *
 * Return: the number.
 */
size_t wakeup_snapshot_size(const struct wakeup_snapshot *snap);

/**
 * wakeup_snapshot_monotonic_ns() - when it was taken
 * @snap: the snapshot
 *
 * Return: ns on CLOCK_MONOTONIC, the clock of wakeup_source_last_change_ns().
 */
uint64_t wakeup_snapshot_monotonic_ns(const struct wakeup_snapshot *snap);

/**
 * wakeup_snapshot_realtime_ns() - when it was taken, on the clock on the wall
 * @snap: the snapshot
 *
 * Return: ns since 1970.
 */
uint64_t wakeup_snapshot_realtime_ns(const struct wakeup_snapshot *snap);

/**
 * wakeup_snapshot_next() - walk the sources in the kernel's order, the newest first
 * @snap: the snapshot
 * @src: one of its sources, or NULL to begin
 *
 * Return: the source after @src, or NULL at the end.
 */
const struct wakeup_source *wakeup_snapshot_next(const struct wakeup_snapshot *snap,
						 const struct wakeup_source *src);

/**
 * wakeup_source_name() - name of the source
 * @src: the source
 * @len: where to store its length in bytes, or NULL
 *
 * Return: bytes of any value but NUL, which ends them. Not unique, and not always UTF-8.
 */
const char *wakeup_source_name(const struct wakeup_source *src, size_t *len);

/**
 * wakeup_source_device() - name of the device that it belongs to
 * @src: the source
 * @len: where to store its length in bytes, 0 for none; or NULL
 *
 * Return: as for wakeup_source_name(), or NULL for a source that belongs to no device, or
 *	   to one that is not known.
 */
const char *wakeup_source_device(const struct wakeup_source *src, size_t *len);

/**
 * wakeup_source_device_is_known() - can wakeup_source_device() tell?
 * @src: the source
 *
 * The kernel notes the device in the source's node in sysfs. There is none while the device
 * is only being set up, or where the module wakeup_nosysfs has taken it away.
 *
 * Return: whether it can.
 */
bool wakeup_source_device_is_known(const struct wakeup_source *src);

/**
 * wakeup_source_id() - the kernel's number for it
 * @src: the source
 *
 * Return: the number: wakeup<id> in /sys/class/wakeup.
 */
unsigned int wakeup_source_id(const struct wakeup_source *src);

/**
 * wakeup_source_is_active() - does it keep the system awake?
 * @src: the source
 *
 * Return: true if it did at the instant it was read.
 */
bool wakeup_source_is_active(const struct wakeup_source *src);

/**
 * wakeup_source_active_time_ns() - for how long it has been active
 * @src: the source
 *
 * Return: ns, 0 if it is not active.
 */
uint64_t wakeup_source_active_time_ns(const struct wakeup_source *src);

/**
 * wakeup_source_active_count() - times activated
 * @src: the source
 *
 * Return: the count since it was registered.
 */
uint64_t wakeup_source_active_count(const struct wakeup_source *src);

/**
 * wakeup_source_relax_count() - times released
 * @src: the source
 *
 * Return: the count since it was registered.
 */
uint64_t wakeup_source_relax_count(const struct wakeup_source *src);

/**
 * wakeup_source_event_count() - wakeup events signalled
 * @src: the source
 *
 * Return: the count since it was registered. All other counts and times are 0 if it is.
 */
uint64_t wakeup_source_event_count(const struct wakeup_source *src);

/**
 * wakeup_source_wakeup_count() - times it might have aborted a suspend
 * @src: the source
 *
 * Return: the count since it was registered.
 */
uint64_t wakeup_source_wakeup_count(const struct wakeup_source *src);

/**
 * wakeup_source_expire_count() - times released by its timeout
 * @src: the source
 *
 * Return: the count since it was registered.
 */
uint64_t wakeup_source_expire_count(const struct wakeup_source *src);

/**
 * wakeup_source_total_time_ns() - time spent active
 * @src: the source
 *
 * Return: ns, the current span included.
 */
uint64_t wakeup_source_total_time_ns(const struct wakeup_source *src);

/**
 * wakeup_source_max_time_ns() - longest span active
 * @src: the source
 *
 * Return: ns, the current span included.
 */
uint64_t wakeup_source_max_time_ns(const struct wakeup_source *src);

/**
 * wakeup_source_last_change_ns() - when it was last activated or released
 * @src: the source
 *
 * Return: ns on CLOCK_MONOTONIC, 0 for never.
 */
uint64_t wakeup_source_last_change_ns(const struct wakeup_source *src);

/**
 * wakeup_source_is_autosleep() - is prevent_sleep_time_ns being counted?
 * @src: the source
 *
 * Return: true if autosleep is on and it is active.
 */
bool wakeup_source_is_autosleep(const struct wakeup_source *src);

/**
 * wakeup_source_prevent_sleep_time_ns() - time spent keeping autosleep from suspending
 * @src: the source
 *
 * Return: ns, the current span included.
 */
uint64_t wakeup_source_prevent_sleep_time_ns(const struct wakeup_source *src);

/**
 * wakeup_source_key() - what tells it from all others in events
 * @src: the source
 *
 * Return: a number that wakeup_event_key() returns for the same source. Another one may
 * get it when this is unregistered; and sources whose names are one and the same constant
 * in the kernel's image share theirs.
 */
uint64_t wakeup_source_key(const struct wakeup_source *src);

struct wakeup_events;
struct wakeup_event;

/* Bytes of a name in an event; what is longer is cut. */
#define WAKEUP_EVENT_NAME_MAX 255

/**
 * wakeup_events_open() - note activations and releases of all sources, from now on
 * @flags: of enum wakeup_flags
 *
 * Needs no module, and nothing is left in the kernel when the process ends, however it
 * does. It belongs to one thread at a time.
 *
 * Return: what to read them from, for wakeup_events_close(); or NULL, and wakeup_error()
 * tells why.
 */
struct wakeup_events *wakeup_events_open(unsigned int flags);

/** wakeup_events_fd() - a descriptor that poll(2) finds readable when there are events */
int wakeup_events_fd(const struct wakeup_events *events);

/**
 * wakeup_events_next() - the next event
 * @events: where from
 *
 * Events of one source come in their order. Those of several may differ a little from
 * the order of their times.
 *
 * Return: the event, good until the next call; or NULL, when there is none yet.
 */
const struct wakeup_event *wakeup_events_next(struct wakeup_events *events);

/** wakeup_events_lost() - events that could not be noted so far, as nobody made room */
uint64_t wakeup_events_lost(const struct wakeup_events *events);

/** wakeup_events_stop() - note no more; what has been noted can still be read */
void wakeup_events_stop(struct wakeup_events *events);

/** wakeup_events_close() - the end of it; NULL is fine */
void wakeup_events_close(struct wakeup_events *events);

/**
 * enum wakeup_event_kind - what an event tells
 * @WAKEUP_EVENT_ACTIVATION: a source was activated
 * @WAKEUP_EVENT_RELEASE: a source was released
 * @WAKEUP_EVENT_SUSPEND: the system goes to sleep now, as all has been suspended
 * @WAKEUP_EVENT_RESUME: it has slept
 */
enum wakeup_event_kind {
	WAKEUP_EVENT_ACTIVATION,
	WAKEUP_EVENT_RELEASE,
	WAKEUP_EVENT_SUSPEND,
	WAKEUP_EVENT_RESUME,
};

/**
 * wakeup_event_kind() - what it tells
 * @event: the event
 *
 * Return: the kind; the last two only with WAKEUP_SUSPENDS, and they have no key and no name.
 */
enum wakeup_event_kind wakeup_event_kind(const struct wakeup_event *event);

/** wakeup_event_asleep_ns() - of suspend and resume: time in suspend since the boot, until then */
uint64_t wakeup_event_asleep_ns(const struct wakeup_event *event);

/** wakeup_event_is_activation() - or else it is a release */
bool wakeup_event_is_activation(const struct wakeup_event *event);

/** wakeup_event_time_ns() - when it happened, in ns on CLOCK_MONOTONIC */
uint64_t wakeup_event_time_ns(const struct wakeup_event *event);

/** wakeup_event_key() - the source, see wakeup_source_key() */
uint64_t wakeup_event_key(const struct wakeup_event *event);

/** wakeup_event_lost() - events lost before this one since the beginning */
uint64_t wakeup_event_lost(const struct wakeup_event *event);

/**
 * wakeup_event_name() - name of the source
 * @event: the event
 * @len: where to store its length in bytes, or NULL
 *
 * Return: as for wakeup_source_name(), cut to WAKEUP_EVENT_NAME_MAX bytes.
 */
const char *wakeup_event_name(const struct wakeup_event *event, size_t *len);

#pragma GCC visibility pop

#ifdef __cplusplus
}
#endif

#endif
