# SPDX-License-Identifier: GPL-2.0-only
# Completion of irqoffwho(8) in bash, from the command's own --help.

_irqoffwho() {
	local cur prev words cword split verb='' help columns placeholder before
	_init_completion -s || return

	[[ ${words[1]} != watch ]] || ((cword < 2)) || verb=watch
	help=$(command irqoffwho $verb --help 2>/dev/null)
	columns=$(sed -n '/^Columns/,/^$/s/^ \[\{0,1\}\([A-Z-]*\)\]\{0,1\} .*/\1/p' <<<"$help" | tr A-Z a-z)

	# what the help calls the argument of the option before
	placeholder=$(grep -E -- "^ *(-., )?$prev [A-Z[]|^ *$prev, " <<<"$help" |
		sed -n 's/.*--[a-z-]* \([^ ]*[A-Z]\) .*/\1/p')
	case ${prev:0:1}$placeholder in
	-FORMAT)
		COMPREPLY=($(compgen -W "$(sed -n 's/^Formats: //p' <<<"$help" | tr -d ,)" -- "$cur"))
		;;
	-LIST)
		before=${cur%"${cur##*[,+]}"}
		COMPREPLY=($(compgen -P "$before" -W "$columns" -- "${cur#"$before"}"))
		compopt -o nospace
		;;
	-*COLUMN)
		before=${cur%"${cur#-}"}
		COMPREPLY=($(compgen -P "$before" -W "$columns" -- "${cur#-}"))
		;;
	-[A-Z]*) ;;
	*)
		if [[ $cur == -* ]]; then
			COMPREPLY=($(compgen -W "$(grep -oE '^ +(-[A-Za-z], )?--[a-z-]+' <<<"$help" |
				sed 's/.* //')" -- "$cur"))
		elif ((cword == 1)); then
			COMPREPLY=($(compgen -W watch -- "$cur"))
		fi
		;;
	esac
}

complete -F _irqoffwho irqoffwho
