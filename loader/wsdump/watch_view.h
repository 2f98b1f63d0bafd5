/* SPDX-License-Identifier: GPL-2.0-only */
/* The parts that the screen of `wsdump watch` is made of. */
#ifndef WSDUMP_LOADER_WATCH_VIEW_H
#define WSDUMP_LOADER_WATCH_VIEW_H

#include <ncurses.h>
#include <signal.h>
#include <stdio.h>

#include "watch_look.h"

#define FIRST_ROW	3	/* of the screen, for sources */
#define PART_LEN	64

/**
 * struct screen - what is shown, and how
 * @watch: what is being watched
 * @term: the terminal
 * @keys: where keys come from, if not stdin
 * @keys_fd: the same, or stdin
 * @colors: the terminal has some, and they are wanted
 * @rows: the sources, in the order in which they are shown
 * @top: the first of them on the screen
 * @width: of columns; grows only, so that nothing jumps
 * @part: of the names to show
 * @part_before: what that was before it was edited
 * @editing: @part is being typed
 * @paused: no more looks
 * @help: the keys are shown instead
 * @quit: a key said so
 * @details: of the selected source are shown below the others
 * @selected: which row that is
 * @selected_id: the source's number: it stays selected wherever its row goes
 */
struct screen {
	struct watch *watch;
	SCREEN *term;
	FILE *keys;
	int keys_fd;
	bool colors;
	struct rows rows;
	size_t top;
	size_t width[MAX_COLUMNS];
	char part[PART_LEN];
	char part_before[PART_LEN];
	bool editing;
	bool paused;
	bool help;
	bool quit;
	bool details;
	size_t selected;
	unsigned int selected_id;
};

/* --- watch_terminal.c --- */

/** terminal_open() - take it, for the whole screen; returns 0, or -1 with the reason in @why */
int terminal_open(struct screen *s, struct fail *why);

/** terminal_close() - give it back as it was; what was not opened is left alone */
void terminal_close(struct screen *s);

/**
 * terminal_catch() - from here on signals that end a program are noted
 * @waiting: the set to wait with: they are blocked till then, so that none is missed between
 *	     looking whether there was one and waiting for the next
 */
void terminal_catch(sigset_t *waiting);

/** terminal_caught() - the signal that was noted, or 0 */
int terminal_caught(void);

/* --- watch_keys.c --- */

/** watch_key() - do what a key says; returns whether it is time for a look */
bool watch_key(struct screen *s, int key);

/** watch_descends() - names begin with A, figures with the largest */
bool watch_descends(const struct column *column);

/* --- watch_screen.c --- */

/** watch_page() - how many rows there is room for */
size_t watch_page(const struct screen *s);

/** watch_put_line() - as much of a line of ours as fits */
void watch_put_line(int y, int attr, const char *text);

/* --- watch_details.c --- */

#define DETAILS_LINES 6

/** watch_details() - what is known of the selected source, from line @y on */
void watch_details(const struct screen *s, int y);

#endif
