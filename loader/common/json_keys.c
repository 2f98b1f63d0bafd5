// SPDX-License-Identifier: GPL-2.0-only
/*
 * Objects are counted in the order in which they begin, and with them the keys that the
 * text has and those that are left in the tree. Up to the first object with a key twice
 * nothing has been dropped, so both counts speak of the same object.
 */
#include "json_keys.h"

#include <json-c/json.h>
#include <stdint.h>
#include <stdlib.h>

struct counts {
	uint32_t *keys;		/* of each object in the tree */
	size_t nr, size;
};

static int count(struct json_object *node, struct counts *counts)
{
	if (json_object_is_type(node, json_type_array)) {
		for (size_t i = 0; i < json_object_array_length(node); i++)
			if (count(json_object_array_get_idx(node, i), counts))
				return -1;
	} else if (json_object_is_type(node, json_type_object)) {
		if (counts->nr == counts->size) {
			size_t size = counts->size * 2 + 64;
			uint32_t *keys = reallocarray(counts->keys, size, sizeof(*keys));

			if (!keys)
				return -1;
			counts->keys = keys;
			counts->size = size;
		}
		counts->keys[counts->nr++] = json_object_object_length(node);
		json_object_object_foreach(node, key, value) {
			(void)key;
			if (count(value, counts))
				return -1;
		}
	}
	return 0;
}

/* Past the string that begins at @i. */
static size_t skip_string(const char *text, size_t len, size_t i)
{
	while (++i < len && text[i] != '"')
		if (text[i] == '\\')
			i++;
	return i;
}

int json_key_twice(const char *text, size_t len, struct json_object *root, size_t *offset)
{
	struct {
		size_t nr;	/* in the order of beginning */
		size_t begin;
		uint32_t keys;
	} open[JSON_MAX_DEPTH];
	struct counts counts = { 0 };
	size_t depth = 0, nr = 0, first = SIZE_MAX;

	if (count(root, &counts)) {
		free(counts.keys);
		return -1;
	}
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '"') {
			i = skip_string(text, len, i);
		} else if (text[i] == '{' && depth < JSON_MAX_DEPTH) {
			open[depth].nr = nr++;
			open[depth].begin = i;
			open[depth++].keys = 0;
		} else if (text[i] == ':' && depth) {
			open[depth - 1].keys++;
		} else if (text[i] == '}' && depth) {
			depth--;
			if (open[depth].nr < first && open[depth].nr < counts.nr &&
			    open[depth].keys != counts.keys[open[depth].nr]) {
				first = open[depth].nr;
				*offset = open[depth].begin;
			}
		}
	}
	free(counts.keys);
	return first != SIZE_MAX;
}
