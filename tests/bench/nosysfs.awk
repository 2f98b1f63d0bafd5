# SPDX-License-Identifier: GPL-2.0-only
# The figures of tests/bench/nosysfs as a table for people, all for one source.

$1 == "kernel" {
	printf "\n%-44s %12s %12s\n", "Linux " $2 ", " $3 " sources, for each", "with node", "without"
	next
}
{
	value[$1, $2] = $3
	unit[$1] = $4
	if (!seen[$1]++)
		order[++n] = $1
}

function cell(name, with) {
	return (name, with) in value ? value[name, with] : "-"
}

function row(text, name) {
	printf "%-44s %12s %12s %s\n", text, cell(name, "with"), cell(name, "without"), unit[name]
}

function caches(prefix,	i) {
	for (i = 1; i <= n; i++)
		if (index(order[i], prefix) == 1)
			row("    of it in " substr(order[i], length(prefix) + 1), order[i])
}

END {
	row("register", "register")
	row("  in the kernel's threads", "register-later")
	row("unregister", "unregister")
	row("  in the kernel's threads", "unregister-later")
	row("memory: pages", "new-pages")
	row("  of them slab", "new-slab")
	caches("slab:")
	row("  of them percpu", "new-percpu")
	row("after every attribute was read: pages", "read-pages")
	row("  of them slab", "read-slab")
	caches("read-slab:")
	row("after caches were dropped: pages", "dropped-pages")
	printf "%-44s %12s %12d instructions\n", "load the module", "", value["load", "without"] + value["load-later", "without"]
	printf "%-44s %12s %12d bytes of pages\n", "  which gives back", "", -value["load-pages", "without"]
	printf "%-44s %12s %12d instructions\n", "unload it", "", value["unload", "without"] + value["unload-later", "without"]
	print ""
}
