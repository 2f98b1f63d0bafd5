# SPDX-License-Identifier: GPL-2.0-only
# For tests of what is on a terminal's screen. tmux is the terminal: keys are typed there,
# its screen is read.

mkdir -p /dev/pts
mount -t devpts devpts /dev/pts
export TERM=linux

t() {
	tmux -L test -f /dev/null "$@"
}

# start COMMAND: in a terminal of 100 columns and 24 rows; its status comes out at the end
start() {
	t kill-server 2>/dev/null
	rm -f /tmp/stty.* /tmp/ended
	t new-session -d -x 100 -y 24 "trap : INT; stty -g >/tmp/stty.before; $1; echo \"it ended with \$?\"; stty -g >/tmp/stty.after; touch /tmp/ended; exec cat"
}

screen() {
	t capture-pane -p
}

# The same with escape sequences for attributes.
marked() {
	t capture-pane -e -p
}

# shows DESCRIPTION PATTERN [N]: the screen does, or line N of it, in a while
shows() {
	if wait_for "$1" on_screen "$2" "${3:-}"; then pass "$1"; else echo "$_screen" | sed 's/^/#   /'; fi
}

# on_screen PATTERN [N]: it is now
on_screen() {
	_screen=$(screen)
	printf '%s\n' "$_screen" | sed -n "${2:-1,\$}p" | grep -Eq -- "$1"
}

# What is in the first column of the rows, in one line.
names() {
	screen | awk 'NR > 3 && NF { printf "%s ", $1 }'
}

# The same, sorted by sort(1) with these options.
sorted() {
	names | tr ' ' '\n' | grep . | LC_ALL=C sort "$@" | tr '\n' ' '
}

# ended: wait until what start() has started has
ended() {
	wait_for "it ends" test -e /tmp/ended
}

# type KEYS...: as tmux calls them
type() {
	t send-keys "$@"
}
