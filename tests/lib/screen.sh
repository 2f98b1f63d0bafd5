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
	for _i in $(seq 100); do
		_screen=$(screen)
		[ -z "${3:-}" ] && _text=$_screen || _text=$(printf '%s\n' "$_screen" | sed -n "$3p")
		if printf '%s\n' "$_text" | grep -Eq -- "$2"; then pass "$1"; return; fi
		sleep 0.1
	done
	fail "$1" "wanted: $2" "$_screen"
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
	for _i in $(seq 100); do [ -e /tmp/ended ] && return; sleep 0.1; done
}

# type KEYS...: as tmux calls them
type() {
	t send-keys "$@"
}
