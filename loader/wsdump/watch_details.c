// SPDX-License-Identifier: GPL-2.0-only
/* What `wsdump watch` shows of the selected source, below the others. */
#include <stdio.h>
#include <string.h>

#include "about.h"
#include "common/text.h"
#include "device.h"
#include "watch_view.h"

#define LABEL_WIDTH	12
#define LINE_LEN	640

/* "LABEL  text", of any bytes, as wide as the screen. */
static void put(int y, const char *label, const char *text, size_t len)
{
	char line[4 * LINE_LEN];

	watch_put_line(y, A_BOLD, label);
	if (COLS <= LABEL_WIDTH)
		return;
	text_fit(line, sizeof(line), text, len, COLS - LABEL_WIDTH);
	mvaddstr(y, LABEL_WIDTH, line);
}

static void put_text(int y, const char *label, const char *text)
{
	put(y, label, *text ? text : "-", *text ? strlen(text) : 1);
}

/* On one line: "enabled; to forbid it: echo disabled >..." */
static void put_may_wake(int y, const struct device *dev)
{
	char line[LINE_LEN], command[LINE_LEN - 64];

	device_disarm(dev, command, sizeof(command));
	snprintf(line, sizeof(line), "%s%s%s", may_wake_words[dev->may_wake],
		 dev->may_wake == WAKE_ENABLED ? "; to forbid it: " : "",
		 dev->may_wake == WAKE_ENABLED ? command : "");
	put_text(y, "May wake", dev->path[0] ? line : "");
}

void watch_details(const struct screen *s, int y)
{
	const struct change *change = s->selected < s->rows.nr ? s->rows.v[s->selected] : NULL;
	const struct state *state = change ? change->now : NULL;
	const char *process;
	struct device dev;
	char number[32];
	size_t len;

	move(y, 0);
	clrtobot();
	if (!state)
		return;
	snprintf(number, sizeof(number), "wakeup%u", state->id);
	put(y++, number, state->name, state->name_len);
	if (change->kind == CHANGE_GONE) {
		put_text(y, "Gone", "its number may be another source's now");
		return;
	}
	/* anew each time, as somebody may just have forbidden it */
	device_of_source(&dev, state->id);
	process = about_text(ABOUT_PROCESS, state->id, state->name, &len);
	put_text(y++, "What", dev.what);
	put_text(y++, "Driver", dev.driver);
	put_text(y++, "Device", dev.path);
	put_may_wake(y++, &dev);
	put_text(y++, "Process", process ?: "");
}
