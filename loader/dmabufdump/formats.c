// SPDX-License-Identifier: GPL-2.0-only
#include "formats.h"

#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

#include "common/boot_id.h"
#include "common/json.h"
#include "common/labels.h"
#include "common/out.h"
#include "views.h"

int dmabuf_json_print(const struct rows *rows, struct fail *why)
{
	const struct whole *whole = rows->whole;
	const struct snapshot *snap = whole->snap;
	char boot_id[64];
	struct utsname uts;

	out_char('{');
	uname(&uts);
	boot_id_read(boot_id, sizeof(boot_id));
	json_put_version(JSON_FORMAT);
	out_char(',');
	json_put_text("kernel", uts.release);
	out_char(',');
	json_put_text("boot_id", boot_id);
	out_char(',');
	json_put_number("realtime_ns", snap->realtime_ns);
	out_string(",\"complete\":");
	out_string(snap->held_only ? "false" : "true");
	out_string(",\"total\":{");
	json_put_number("buffers", snap->nr_buffers);
	out_char(',');
	json_put_number("size", snap->bytes);
	if (!snap->held_only) {
		out_char(',');
		json_put_number("kernel_buffers", snap->kernel_buffers);
		out_char(',');
		json_put_number("kernel_size", snap->kernel_bytes);
	}
	out_string("},");
	if (json_put_rows(whole->view->key, rows, why))
		return -1;
	out_string("}\n");
	return 0;
}

/* Names are shorter than that, and so are the lines. */
#define LINE_LEN 256

int bufinfo_print(const struct rows *rows, struct fail *why)
{
	unsigned long long bytes = 0;
	char line[LINE_LEN];

	(void)why;
	out_string("\nDma-buf Objects:\nsize    \tflags   \tmode    \tcount   \texp_name\tino     \tname\n");
	for (size_t i = 0; i < rows->nr; i++) {
		const struct db_record *r = &((const struct buffer *)rows->v[i])->record;

		snprintf(line, sizeof(line), "%08llu\t%08x\t%08x\t%08llu\t",
			 (unsigned long long)r->size, r->f_flags, r->f_mode,
			 (unsigned long long)r->refs);
		out_string(line);
		out_string(r->exporter);
		snprintf(line, sizeof(line), "\t%08llu\t", (unsigned long long)r->ino);
		out_string(line);
		out_string(*r->name ? r->name : "<none>");
		out_char('\n');
		bytes += r->size;
	}
	snprintf(line, sizeof(line), "\nTotal %zu objects, %llu bytes\n", rows->nr, bytes);
	out_string(line);
	return 0;
}

int android_print(const struct rows *rows, struct fail *why)
{
	(void)why;
	for (size_t i = 0; i < rows->nr; i++) {
		const struct db_record *r = &((const struct buffer *)rows->v[i])->record;

		out_number(r->ino);
		out_char('\n');
		out_number(r->size);
		out_char('\n');
		for (const char *s = r->name; *s; s++)
			out_char(*s == '\n' ? ' ' : *s);
		out_char('\n');
		out_string(r->exporter);
		out_char('\n');
	}
	return 0;
}

/* Labels are exporters: there are some drivers on a machine, and any number of buffers. */
static const struct metric {
	const char *name;
	const char *help;
	size_t at;
} metrics[] = {
	{ "dmabuf_buffers", "Number of dma-bufs.", offsetof(struct exporter, buffers) },
	{ "dmabuf_bytes", "Size of all dma-bufs.", offsetof(struct exporter, bytes) },
	{ "dmabuf_kernel_buffers", "Number of dma-bufs that no process holds.",
	  offsetof(struct exporter, kernel_buffers) },
	{ "dmabuf_kernel_bytes", "Size of dma-bufs that no process holds.",
	  offsetof(struct exporter, kernel_bytes) },
};

int prometheus_print(const struct rows *rows, struct fail *why)
{
	const struct whole *whole = rows->whole;
	const struct snapshot *snap = whole->snap;
	size_t nr = sizeof(metrics) / sizeof(metrics[0]);

	if (snap->held_only)	/* what the kernel holds is not known to be 0 */
		nr -= 2;
	for (const struct metric *m = metrics; m < metrics + nr; m++) {
		out_string("# TYPE ");
		out_string(m->name);
		out_string(" gauge\n# HELP ");
		out_string(m->name);
		out_char(' ');
		out_string(m->help);
		out_char('\n');
		for (size_t i = 0; i < snap->nr_exporters; i++) {
			const struct exporter *exp = &snap->exporters[i];

			out_string(m->name);
			out_char('{');
			if (label_put("exporter", exp->name, strlen(exp->name)))
				return fail(why, "out of memory");
			out_string("} ");
			out_number(*(const uint64_t *)((const char *)exp + m->at));
			out_char('\n');
		}
	}
	return 0;
}
