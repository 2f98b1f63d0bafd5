// SPDX-License-Identifier: GPL-2.0-only
#include "timeline.h"

#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>

#include "common/duration.h"
#include "common/invisible.h"
#include "top_holders.h"
#include "common/utf8.h"

/* Pixels. The names, the time line and the sums stand beside each other. */
#define WIDTH		1000
#define MARGIN		16
#define LEFT		216
#define RIGHT		(WIDTH - MARGIN - 112)
#define TOP		112
#define ROW		22
#define BAR		14

#define MAX_ROWS	40
#define LABEL_CHARS	28
#define TOOLTIP_CHARS	80

/* What lies closer together is drawn, and told, as one. */
#define APART		0.5

static const char style[] =
	"<style>\n"
	"text { font: 12px system-ui, 'DejaVu Sans', 'Helvetica Neue', Arial, sans-serif; fill: #1f2328 }\n"
	".title { font-size: 17px; font-weight: 600 }\n"
	".all { font-weight: 600 }\n"
	".sleep { fill: #8250df; opacity: 0.5 }\n"
	".small, .axis { fill: #59636e }\n"
	".sum, .axis { font-variant-numeric: tabular-nums }\n"
	".back { fill: #ffffff }\n"
	".band { fill: #f3f5f7 }\n"
	".grid { stroke: #d1d9e0; stroke-width: 1 }\n"
	".bar { fill: #2f6fbd }\n"
	".union { fill: #d4761b }\n"
	".about { fill: #a3a9b1 }\n"
	"@media (prefers-color-scheme: dark) {\n"
	"text { fill: #e6edf3 } .small, .axis { fill: #9aa4af }\n"
	".back { fill: #0d1117 } .band { fill: #161b22 } .grid { stroke: #30363d }\n"
	".bar { fill: #58a6ff } .union { fill: #f0883e } .about { fill: #6e7681 }\n"
	"}\n"
	"</style>\n";

struct picture {
	FILE *f;
	const struct tracker *t;
	double scale;		/* pixels a nanosecond */
};

static double x_of(const struct picture *pic, uint64_t ns)
{
	ns = ns < pic->t->from_ns ? pic->t->from_ns : ns > pic->t->to_ns ? pic->t->to_ns : ns;
	return LEFT + (double)(ns - pic->t->from_ns) * pic->scale;
}

/*
 * Text of any bytes. XML has no way to write most control characters, nor U+FFFE and
 * U+FFFF, so they come as \xHH, and so does what is invisible or no UTF-8. More than @max
 * characters end in an ellipsis.
 */
static void put_text(FILE *f, const char *s, size_t n, unsigned int max)
{
	while (n) {
		size_t len = utf8_len(s, n);
		uint32_t c = len ? utf8_decode(s, len) : 0;

		if (!max--) {
			fputs("\xe2\x80\xa6", f);
			return;
		}
		if (c < ' ' || (c >= 0x7f && c < 0xa0) || (c == '\\' && n > 1 && s[1] == 'x') ||
		    c == 0xfffe || c == 0xffff || is_invisible(c)) {
			fprintf(f, "\\x%02x", (unsigned char)*s);
			len = 1;
		} else if (c == '&') {
			fputs("&amp;", f);
		} else if (c == '<') {
			fputs("&lt;", f);
		} else if (c == '>') {
			fputs("&gt;", f);
		} else {
			fwrite(s, 1, len, f);
		}
		s += len;
		n -= len;
	}
}

static void put_name(FILE *f, const struct tracked *src, unsigned int max)
{
	put_text(f, src->name, src->name_len, max);
	if (src->ambiguous && src->id >= 0)
		fprintf(f, " (%d)", src->id);
}

static void put_duration(FILE *f, uint64_t ns)
{
	char buf[DURATION_LEN];

	duration_format(buf, ns);
	fputs(buf, f);
}

static void put_seconds(const struct picture *pic, uint64_t ns)
{
	int64_t us = (int64_t)(ns - pic->t->from_ns) / 1000;

	fprintf(pic->f, "%s%lld.%06lld s", us < 0 ? "-" : "", llabs(us / 1000000),
		llabs(us % 1000000));
}

/* A bar for spans [i, end) of an array. @src is NULL for the union of all. */
static void put_bar(const struct picture *pic, const struct tracked *src, const struct span *spans,
		    size_t i, size_t end, unsigned int y)
{
	double from = x_of(pic, spans[i].from_ns), width = x_of(pic, spans[end - 1].to_ns) - from;
	uint64_t sum = 0;
	bool inexact = false;

	for (size_t s = i; s < end; s++) {
		sum += spans[s].to_ns - spans[s].from_ns;
		inexact |= spans[s].inexact;
	}
	/* one that is too short to be seen is seen all the same */
	fprintf(pic->f, "<rect class=\"%s\" x=\"%.2f\" y=\"%u\" width=\"%.2f\" height=\"%d\"><title>",
		inexact ? "about" : src ? "bar" : "union", from, y + (ROW - BAR) / 2,
		width < 1 ? 1 : width, BAR);
	if (src)
		put_name(pic->f, src, TOOLTIP_CHARS);
	else
		fputs("any active", pic->f);
	fputs(": ", pic->f);
	if (end - i > 1)
		fprintf(pic->f, "%zu times, ", end - i);
	put_duration(pic->f, sum);
	fputs(end - i > 1 ? " in all, from " : ", from ", pic->f);
	put_seconds(pic, spans[i].from_ns);
	fputs(" to ", pic->f);
	put_seconds(pic, spans[end - 1].to_ns);
	if (inexact)
		fputs("; events were lost meanwhile", pic->f);
	if (src && src->still && end == src->nr_spans)
		fputs(", and still", pic->f);
	fputs("</title></rect>\n", pic->f);
	if (src && src->still && end == src->nr_spans)
		fprintf(pic->f, "<path class=\"%s\" d=\"M%d %ul8 %dl-8 %dz\"/>\n",
			inexact ? "about" : "bar", RIGHT, y + (ROW - BAR) / 2, BAR / 2, BAR / 2);
}

static void put_bars(const struct picture *pic, const struct tracked *src,
		     const struct span *spans, size_t nr, unsigned int y)
{
	size_t i = 0, end;

	while (i < nr) {
		for (end = i + 1; end < nr; end++)
			if (x_of(pic, spans[end].from_ns) - x_of(pic, spans[end - 1].to_ns) > APART)
				break;
		put_bar(pic, src, spans, i, end, y);
		i = end;
	}
}

/* Words at the right of a row: a time, and its share of the window. */
static void put_sum(const struct picture *pic, uint64_t ns, bool inexact, unsigned int y)
{
	double share = 100.0 * (double)ns / (double)(pic->t->to_ns - pic->t->from_ns - pic->t->still_ns);

	fprintf(pic->f, "<text class=\"sum\" x=\"%d\" y=\"%u\" text-anchor=\"end\">%s",
		WIDTH - MARGIN - 46, y + 15, inexact ? "~" : "");
	put_duration(pic->f, ns);
	fprintf(pic->f, "</text><text class=\"sum small\" x=\"%d\" y=\"%u\" text-anchor=\"end\">%s%.1f%%</text>\n",
		WIDTH - MARGIN, y + 15, ns && share < 0.1 ? "&lt;" : "",
		ns && share < 0.1 ? 0.1 : share);
}

/* Steps of 1, 2 or 5 times a power of ten, so that there are five to twelve of them. */
static void put_axis(const struct picture *pic, unsigned int bottom)
{
	double all = (double)(pic->t->to_ns - pic->t->from_ns) / 1e9, step = 1e-9;
	static const double next[] = { 2, 2.5, 2 };

	for (int i = 0; all / step > 12; i = (i + 1) % 3)
		step *= next[i];
	for (int i = 0; i * step <= all * (1 + 1e-9); i++) {
		double x = LEFT + i * step * 1e9 * pic->scale;

		fprintf(pic->f, "<path class=\"grid\" d=\"M%.2f %dV%u\"/>"
			"<text class=\"axis\" x=\"%.2f\" y=\"%d\" text-anchor=\"middle\">%.10g%s</text>\n",
			x, TOP - 6, bottom, x, TOP - 12, i * step, i ? "" : " s");
	}
}

/* The time line's clock stands still meanwhile, so that a night is a line of two pixels. */
static void put_sleep(const struct picture *pic, const struct sleep *s, unsigned int bottom)
{
	double from = x_of(pic, s->from_ns), width = x_of(pic, s->to_ns) - from;
	time_t begin = (s->realtime_ns - s->asleep_ns) / 1000000000, end = s->realtime_ns / 1000000000;
	char times[2][32] = { "", "" };
	struct tm tm;

	if (gmtime_r(&begin, &tm))
		strftime(times[0], sizeof(times[0]), "%F %T", &tm);
	if (gmtime_r(&end, &tm))
		strftime(times[1], sizeof(times[1]), "%F %T UTC", &tm);
	fprintf(pic->f, "<path class=\"sleep\" d=\"M%.2f %dh%.2fV%uh-%.2fz\"><title>suspended for ",
		from, TOP, width < 2 ? 2 : width, bottom, width < 2 ? 2 : width);
	put_duration(pic->f, s->asleep_ns);
	fprintf(pic->f, ", from %s to %s</title></path>\n", times[0], times[1]);
}

static void put_key(const struct picture *pic, const char *class, int x, const char *what)
{
	fprintf(pic->f, "<path class=\"%s\" d=\"M%d 62h16v8h-16z\"/>"
		"<text class=\"small\" x=\"%d\" y=\"70\">%s</text>\n", class, x, x + 22, what);
}

static void put_legend(const struct picture *pic)
{
	put_key(pic, "union", MARGIN, "any source active");
	put_key(pic, "bar", 152, "one source, an arrow if it still is");
	if (pic->t->nr_sleeps)
		put_key(pic, "sleep", 800, "the system was suspended");
	if (!pic->t->lost)
		return;
	put_key(pic, "about", 376, "not exact, as are figures with ~:");
	fprintf(pic->f, "<text class=\"small\" x=\"580\" y=\"70\">%llu events were lost</text>\n",
		(unsigned long long)pic->t->lost);
}

static void put_head(const struct picture *pic, uint64_t realtime_ns, unsigned int height)
{
	time_t begin = realtime_ns / 1000000000;
	struct utsname uts;
	struct tm tm;
	char when[64] = "";

	uname(&uts);
	if (gmtime_r(&begin, &tm))
		strftime(when, sizeof(when), "%Y-%m-%d %H:%M:%S UTC", &tm);
	fprintf(pic->f, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%u\" viewBox=\"0 0 %d %u\" role=\"img\">\n"
		"<title>Time line of wakeup sources</title>\n%s"
		"<defs><clipPath id=\"names\"><rect x=\"0\" y=\"0\" width=\"%d\" height=\"%u\"/></clipPath></defs>\n"
		"<rect class=\"back\" width=\"%d\" height=\"%u\"/>\n"
		"<text class=\"title\" x=\"%d\" y=\"32\">What was active: %s",
		WIDTH, height, WIDTH, height, style, LEFT - 8, height, WIDTH, height, MARGIN,
		pic->t->lost ? "~" : "");
	put_duration(pic->f, pic->t->awake_ns);
	fputs(" of ", pic->f);
	put_duration(pic->f, pic->t->to_ns - pic->t->from_ns - pic->t->still_ns);
	fprintf(pic->f, "</text>\n<text class=\"small\" x=\"%d\" y=\"52\">Wakeup sources, Linux ",
		MARGIN);
	put_text(pic->f, uts.release, strlen(uts.release), 64);
	fprintf(pic->f, ", from %s on. Axis in seconds.", when);
	fputs("</text>\n", pic->f);
	put_legend(pic);
}

static void put_row(const struct picture *pic, const struct tracked *src, unsigned int y)
{
	fputs("<g clip-path=\"url(#names)\"><text x=\"16\" y=\"", pic->f);
	fprintf(pic->f, "%u\">", y + 15);
	put_name(pic->f, src, LABEL_CHARS);
	fputs("<title>", pic->f);
	put_name(pic->f, src, ~0U);
	fprintf(pic->f, ": activated %llu time%s, longest ", (unsigned long long)src->count,
		src->count == 1 ? "" : "s");
	put_duration(pic->f, src->longest_ns);
	fputs("</title></text></g>\n", pic->f);
	put_bars(pic, src, src->spans, src->nr_spans, y);
	put_sum(pic, src->held_ns, src->inexact && !src->counted, y);
}

int timeline_write(FILE *f, const struct tracker *t, uint64_t realtime_ns)
{
	struct picture pic = { .f = f, .t = t };
	size_t nr, shown;
	const struct tracked **top = top_holders(t, &nr);
	unsigned int bottom, height;

	if (!top)
		return -1;
	pic.scale = (double)(RIGHT - LEFT) / (double)(t->to_ns - t->from_ns);
	shown = nr < MAX_ROWS ? nr : MAX_ROWS;
	bottom = TOP + ROW * (1 + shown);
	height = bottom + MARGIN + (shown < nr || !nr ? ROW : 0);

	put_head(&pic, realtime_ns, height);
	for (size_t i = 0; i <= shown; i += 2)
		fprintf(f, "<rect class=\"band\" x=\"%d\" y=\"%zu\" width=\"%d\" height=\"%d\"/>\n",
			MARGIN - 8, TOP + ROW * i, WIDTH - 2 * MARGIN + 16, ROW);
	put_axis(&pic, bottom);
	fprintf(f, "<text class=\"all\" x=\"%d\" y=\"%d\">any active</text>\n", MARGIN, TOP + 15);
	put_bars(&pic, NULL, t->awake, t->nr_awake, TOP);
	put_sum(&pic, t->awake_ns, t->lost, TOP);
	for (size_t i = 0; i < t->nr_sleeps; i++)
		put_sleep(&pic, &t->sleeps[i], bottom);
	for (size_t i = 0; i < shown; i++)
		put_row(&pic, top[i], TOP + ROW * (1 + i));
	if (!nr)
		fprintf(f, "<text class=\"small\" x=\"%d\" y=\"%u\">No wakeup source was active.</text>\n",
			MARGIN, bottom + 15);
	else if (shown < nr)
		fprintf(f, "<text class=\"small\" x=\"%d\" y=\"%u\">and %zu more, active for less</text>\n",
			MARGIN, bottom + 15, nr - shown);
	fputs("</svg>\n", f);
	free(top);
	return 0;
}
