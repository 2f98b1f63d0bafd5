// SPDX-License-Identifier: GPL-2.0-only
/*
 * trace_query - ask Perfetto's own trace processor about a trace
 *
 * usage: trace_query TRACE SQL	prints rows, with '|' between fields
 *
 * The trace processor is the one that Chromium's tests link with: the library
 * libtest_trace_processor.so in Debian's package chromium-shell. Its interface is C++, so
 * what follows are the names and layouts that its compiler (clang with libc++, which
 * fixes both) gave to these:
 *
 *	TestTraceProcessorImpl();
 *	absl::Status ParseTrace(const std::vector<char> &trace);
 *	QueryResultOrError ExecuteQuery(const std::string &sql) const;
 */
#include <err.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* std::vector<T> */
struct vector {
	char *begin, *end, *room;
};

/* std::string: short ones are in place, with twice their length in the first byte */
union string {
	struct {
		uint64_t room;	/* the lowest bit says that it is a long one */
		uint64_t len;
		const char *text;
	} at;
	struct {
		uint8_t len;
		char text[23];
	} in;
};

/* QueryResultOrError: rows of strings, or what is wrong */
struct result {
	struct vector rows;
	union string error;
};

#define CLASS "_ZN4base4test22TestTraceProcessorImpl"
#define STRING "NSt3__112basic_stringIcNS2_11char_traitsIcEENS2_9allocatorIcEEEE"

void processor_init(void *p) __asm__(CLASS "C1Ev");
/* objects with a destructor are returned where the caller has room for them */
void processor_parse(uint64_t *status, void *p, const struct vector *trace)
	__asm__(CLASS "10ParseTraceERKNSt3__16vectorIcNS2_9allocatorIcEEEE");
void processor_query(struct result *result, const void *p, const union string *sql)
	__asm__("_ZNK4base4test22TestTraceProcessorImpl12ExecuteQueryERK" STRING);

static const char *text(const union string *s)
{
	return s->at.room & 1 ? s->at.text : s->in.text;
}

static struct vector read_file(const char *path)
{
	struct vector v = { 0 };
	FILE *f = fopen(path, "r");
	long size;

	if (!f || fseek(f, 0, SEEK_END) || (size = ftell(f)) < 0)
		err(1, "%s", path);
	rewind(f);
	v.begin = malloc(size + 1);
	if (!v.begin || fread(v.begin, 1, size, f) != (size_t)size)
		err(1, "%s", path);
	v.end = v.room = v.begin + size;
	fclose(f);
	return v;
}

int main(int argc, char **argv)
{
	static uint64_t processor[64];	/* of two pointers */
	struct vector trace;
	union string sql;
	struct result result;
	uint64_t status;

	if (argc != 3)
		errx(2, "usage: trace_query TRACE SQL");
	trace = read_file(argv[1]);
	processor_init(processor);
	processor_parse(&status, processor, &trace);
	if (status != 1)	/* what absl::OkStatus() is */
		errx(1, "%s: the trace processor can't read it", argv[1]);

	sql.at.len = strlen(argv[2]);
	sql.at.room = (sql.at.len + 16) | 1;
	sql.at.text = argv[2];
	processor_query(&result, processor, &sql);
	if (*text(&result.error))
		errx(1, "%s", text(&result.error));
	for (char *row = result.rows.begin; row < result.rows.end; row += sizeof(struct vector)) {
		const struct vector *fields = (void *)row;

		for (char *field = fields->begin; field < fields->end; field += sizeof(union string))
			printf("%s%s", field == fields->begin ? "" : "|", text((void *)field));
		puts("");
	}
	/* no destructors: what they would free was not allocated by them */
	if (fflush(stdout) || ferror(stdout))
		err(1, "stdout");
	_Exit(0);
}
