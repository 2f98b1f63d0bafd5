// SPDX-License-Identifier: LGPL-2.1-only OR BSD-2-Clause
/*
 * events - print each wakeup source as it is activated, and each suspend of the system
 *
 *	cc events.c $(pkg-config --cflags --libs libwakeup) -o events
 */
#include <err.h>
#include <poll.h>
#include <stdio.h>

#include <libwakeup.h>

int main(void)
{
	struct wakeup_events *events = wakeup_events_open(WAKEUP_SUSPENDS);
	const struct wakeup_event *event;
	struct pollfd fd = { .events = POLLIN };

	if (!events)
		errx(wakeup_error_code() == WAKEUP_FORBIDDEN ? 77 : 1, "%s", wakeup_error());
	fd.fd = wakeup_events_fd(events);
	while (poll(&fd, 1, -1) >= 0) {
		while ((event = wakeup_events_next(events)))
			if (wakeup_event_kind(event) == WAKEUP_EVENT_ACTIVATION)
				puts(wakeup_event_name(event, NULL));
			else if (wakeup_event_kind(event) == WAKEUP_EVENT_RESUME)
				puts("(resumed)");
		fflush(stdout);
	}
	wakeup_events_close(events);
	return 0;
}
