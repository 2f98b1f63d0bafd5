# SPDX-License-Identifier: GPL-2.0-only
# Completion of freqext(8) in bash. Verbs, options, columns and formats are what the command's
# own --help has, arguments are known by the placeholders there.

_freqext() {
	local cur prev words cword split verb='' help placeholder i
	_init_completion -s || return

	local main=$(command freqext --help 2>/dev/null)
	local verbs=$(sed -n '/^Verbs/,/^$/s/^ \([a-z]*\) .*/\1/p' <<<"$main")
	if ((cword > 1)) && grep -qxF -- "${words[1]}" <<<"$verbs"; then
		verb=${words[1]}
	fi
	# behind the governor and an optional -- the rest is a command's
	if [[ $verb == run ]]; then
		for ((i = 2; i < cword; i++)); do
			if [[ ${words[i]} == -- ]]; then
				_command_offset $((i + 1))
				return
			fi
		done
	fi
	help=$(command freqext $verb --help 2>/dev/null)

	placeholder=$(sed -n "s/^ *\(-[A-Za-z], \)\{0,1\}\(--[a-z-]*\) \([^ ]*[A-Z][A-Z]*\) .*/\1\2 \3/p" \
		<<<"$help" | grep -E -- "^($prev,|$prev | *$prev |-[A-Za-z], $prev )" | sed 's/.* //')
	case ${prev:0:1}$placeholder in
	-FORMAT)
		COMPREPLY=($(compgen -W "$(sed -n 's/^Formats: //p' <<<"$help" | tr -d ,)" -- "$cur"))
		return
		;;
	-LIST | -*COLUMN)
		local before=${cur%"${cur##*[,+]}"}
		COMPREPLY=($(compgen -P "$before" -W "$(sed -n '/^Columns/,/^[^ ]/s/^ \[\{0,1\}\([A-Z]*\).*/\1/p' \
			<<<"$help" | tr A-Z a-z)" -- "${cur#"$before"}"))
		compopt -o nospace
		return
		;;
	-DIR)
		_filedir -d
		return
		;;
	-PID)
		_pids
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
	load | run)
		COMPREPLY=($(compgen -W "$(command freqext list -rn -o governor 2>/dev/null)" -- "$cur"))
		_filedir o
		;;
	unload) COMPREPLY=($(compgen -W "$(ls /sys/kernel/cpufreq_ext 2>/dev/null)" -- "$cur")) ;;
	'') ((cword > 1)) || COMPREPLY=($(compgen -W "$verbs" -- "$cur")) ;;
	esac
}

complete -F _freqext freqext
