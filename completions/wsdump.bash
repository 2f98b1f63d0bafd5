# SPDX-License-Identifier: GPL-2.0-only
# Completion of wsdump(8) and dmabufdump(8) in bash. Verbs, options, columns and formats are what the
# command's own --help has, arguments are known by the placeholders there.

# __wsdump_section PATTERN: the first words of the lines below a heading, up to an empty line
__wsdump_section() {
	sed -n "/$1/,/^\$/s/^ \[\{0,1\}\([A-Za-z][A-Za-z\/-]*\)\]\{0,1\} .*/\1/p"
}

__wsdump_names() {
	# those that need no quoting; no privileges needed, and nothing gets loaded
	cat /sys/class/wakeup/*/name 2>/dev/null | grep -x '[A-Za-z0-9_.:@+-]*'
}

# Processes that may hold dma-bufs.
__dmabufdump_names() {
	ls /proc | grep -x '[0-9]*'
}

_wsdump() {
	local cur prev words cword split verb='' help placeholder
	_init_completion -s || return

	local main=$(command "$1" --help 2>/dev/null)
	local verbs=$(__wsdump_section '^Verbs' <<<"$main")
	if ((cword > 1)) && grep -qxF -- "${words[1]}" <<<"$verbs"; then
		verb=${words[1]}
	fi
	help=$(command "$1" $verb --help 2>/dev/null)
	# one a line, and those that are costly together in the last
	local columns=$(sed -n -e '/^Columns/,/^$/s/^ \(\[\{0,1\}[A-Za-z\/-]*\).*/\1/p' \
		-e 's/^By -o only: //p' <<<"$help" | tr -d '[],' | tr ' A-Z' '\na-z')

	placeholder=$(sed -n "s/^ *\(-[A-Za-z], \)\{0,1\}\(--[a-z-]*\) \([^ ]*[A-Z][A-Z]*\) .*/\1\2 \3/p" \
		<<<"$help" | grep -E -- "^($prev,|$prev | *$prev |-[A-Za-z], $prev )" | sed 's/.* //')
	case ${prev:0:1}$placeholder in
	-FORMAT)
		COMPREPLY=($(compgen -W "$(sed -n 's/^Formats: //p' <<<"$help" | tr -d ,)" -- "$cur"))
		return
		;;
	-LIST)
		# the last of a list with commas, which may begin with a plus
		local before=${cur%"${cur##*[,+]}"}
		COMPREPLY=($(compgen -P "$before" -W "$columns" -- "${cur#"$before"}"))
		compopt -o nospace
		return
		;;
	-*COLUMN)
		local sign=
		[[ $cur != -* ]] || sign=-
		COMPREPLY=($(compgen -P "$sign" -W "$columns" -- "${cur#-}"))
		return
		;;
	-FILE)
		_filedir
		return
		;;
	-[A-Z]*)
		return
		;;
	esac
	$split && return

	if [[ $cur == -* ]]; then
		COMPREPLY=($(compgen -W "$(sed -n 's/^ *\(-[A-Za-z], \)\{0,1\}\(--[a-z-]*\) .*/\2/p' \
			<<<"$help")" -- "$cur"))
		return
	fi
	case $verb in
	diff) _filedir ;;
	run) _command_offset 2 ;;
	trace)
		for ((i = 2; i < cword; i++)); do
			[[ ${words[i]} != -- ]] || { _command_offset $((i + 1)); return; }
		done
		;;
	*)
		((cword > 1)) || COMPREPLY=($(compgen -W "$verbs" -- "$cur"))
		COMPREPLY+=($(compgen -W "$(__${1##*/}_names)" -- "$cur"))
		;;
	esac
}

complete -F _wsdump wsdump dmabufdump
