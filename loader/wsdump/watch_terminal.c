// SPDX-License-Identifier: GPL-2.0-only
/* The terminal that `wsdump watch` has its screen on, and the signals that end it. */
#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/text.h"
#include "watch_view.h"

static volatile sig_atomic_t caught;

static void catch(int sig)
{
	caught = sig;
}

int terminal_caught(void)
{
	return caught;
}

static bool on_screen;

/* When an allocation fails ncurses ends the program, and would leave the terminal as it is. */
static void leave_screen(void)
{
	if (on_screen)
		endwin();
	on_screen = false;
}

void terminal_close(struct screen *s)
{
	leave_screen();
	if (s->term)
		delscreen(s->term);
	if (s->keys)
		fclose(s->keys);
}

int terminal_open(struct screen *s, struct fail *why)
{
	const char *type = getenv("TERM"), *no_color = getenv("NO_COLOR");
	char shown[64];

	if (!type || !*type)
		return fail(why, "TERM is not set, so what the terminal understands is not known: set it, or pipe the output to 'cat'");
	setlocale(LC_CTYPE, "");
	text_fit(shown, sizeof(shown), type, strlen(type), 30);
	/* keys come from the terminal, whatever standard input is */
	s->keys_fd = STDIN_FILENO;
	if (!isatty(STDIN_FILENO)) {
		s->keys = fopen("/dev/tty", "re");
		if (!s->keys)
			return fail_errno(why, STEP_FILE, errno,
					  "standard input is no terminal, and /dev/tty can't be opened for keys");
		s->keys_fd = fileno(s->keys);
	}
	atexit(leave_screen);
	errno = 0;
	s->term = newterm(NULL, stdout, s->keys ?: stdin);
	if (!s->term && errno == ENOMEM)
		return fail(why, "out of memory");
	/* without this each look would be a page more */
	if (s->term && (!tigetstr("cup") || tigetstr("cup") == (char *)-1)) {
		delscreen(s->term);
		s->term = NULL;
	}
	if (!s->term)
		return fail(why, "terminal type '%s' is not known, or can't do what a screen needs: set TERM to one that can, install package ncurses-term, or pipe the output to 'cat'",
			    shown);
	on_screen = true;
	set_escdelay(50);
	cbreak();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	leaveok(stdscr, FALSE);
	curs_set(0);
	if (has_colors() && !(no_color && *no_color) && start_color() == OK &&
	    use_default_colors() == OK && init_pair(1, COLOR_GREEN, -1) == OK)
		s->colors = true;
	return 0;
}

static const int ending[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };

/* Set up before ncurses, which then leaves these alone. */
void terminal_catch(sigset_t *waiting)
{
	struct sigaction action = { .sa_handler = catch }, now;
	sigset_t block;

	sigemptyset(&block);
	sigaddset(&block, SIGWINCH);
	for (size_t i = 0; i < sizeof(ending) / sizeof(ending[0]); i++) {
		/* what nohup(1) and the like have turned off stays off */
		sigaction(ending[i], NULL, &now);
		if (now.sa_handler == SIG_IGN)
			continue;
		sigaction(ending[i], &action, NULL);
		sigaddset(&block, ending[i]);
	}
	sigprocmask(SIG_BLOCK, &block, waiting);
}
