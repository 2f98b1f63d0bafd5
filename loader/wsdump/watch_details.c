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

static void put_about(int y, const char *label, enum about about, const struct state *state)
{
	size_t len;
	const char *text = about_text(about, state->id, state->name, &len);

	put(y, label, text ?: "-", text ? len : 1);
}

/* On one line: "enabled; to forbid it: echo disabled >..." */
static void put_may_wake(int y, const struct state *state)
{
	char line[LINE_LEN], command[LINE_LEN - 64];
	struct device dev;

	if (device_of_source(&dev, state->id)) {
		put(y, "May wake", "no device", strlen("no device"));
		return;
	}
	device_disarm(&dev, command, sizeof(command));
	snprintf(line, sizeof(line), "%s%s%s", may_wake_words[dev.may_wake],
		 dev.may_wake == WAKE_ENABLED ? "; to forbid it: " : "",
		 dev.may_wake == WAKE_ENABLED ? command : "");
	put(y, "May wake", line, strlen(line));
}

void watch_details(const struct screen *s, int y)
{
	const struct change *change = s->selected < s->rows.nr ? s->rows.v[s->selected] : NULL;
	const struct state *state = change ? change->now : NULL;
	static const char gone[] = "its number may be another source's now";
	char number[32];

	move(y, 0);
	clrtobot();
	if (!state)
		return;
	snprintf(number, sizeof(number), "wakeup%u", state->id);
	put(y++, number, state->name, state->name_len);
	if (change->kind == CHANGE_GONE) {
		put(y, "Gone", gone, strlen(gone));
		return;
	}
	put_about(y++, "What", ABOUT_WHAT, state);
	put_about(y++, "Driver", ABOUT_DRIVER, state);
	put_about(y++, "Device", ABOUT_PATH, state);
	put_may_wake(y++, state);
	put_about(y++, "Process", ABOUT_PROCESS, state);
}
