// SPDX-License-Identifier: GPL-2.0-only
/*
 * embed - link the BPF program of an object file and write it as C, at build time
 *
 * usage: embed OBJECT NAME [SECTION]	writes struct bpf_image NAME_image to stdout
 *
 * The program is in the section, "syscall" if none is given, with what it calls in
 * .text; the name of the section says what type it has. What a linker would do is done here, once, and not by every process that
 * loads the program: the sections are joined, calls and maps resolved, and the BTF
 * cut down to what the kernel looks at. Anything that is not understood is an error.
 */
#include <elf.h>
#include <err.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <bpf/btf.h>
#include <linux/bpf.h>

#include "embed.h"

#define MAX_NAMES 32

#ifndef R_BPF_64_64
#define R_BPF_64_64 1
#endif
#define R_BPF_64_32 10

struct names {
	const char *name[MAX_NAMES];
	uint32_t nr;
};

/* Types of programs, by how the names of their sections begin. */
static const struct { const char *prefix, *type; } types[] = {
	{ "syscall", "BPF_PROG_TYPE_SYSCALL" },
	{ "raw_tp/", "BPF_PROG_TYPE_RAW_TRACEPOINT" },
};

static const char *file;
static const char *section = "syscall";
static const Elf64_Ehdr *elf;
static const Elf64_Shdr *sections;

/* The program's section and .text, joined in this order. */
static struct bpf_insn *insns;
static uint32_t nr_insns;
static struct { unsigned int index; uint32_t first; } parts[2];

static struct names kfuncs, maps;
static struct { uint32_t insn, kfunc; } calls[1024];
static uint32_t nr_calls;

static const void *at(uint64_t off)
{
	return (const char *)elf + off;
}

static const char *section_name(unsigned int i)
{
	return (const char *)at(sections[elf->e_shstrndx].sh_offset) + sections[i].sh_name;
}

static unsigned int find_section(const char *name)
{
	for (unsigned int i = 1; i < elf->e_shnum; i++)
		if (!strcmp(section_name(i), name))
			return i;
	return 0;
}

const void *embed_section(const char *name, uint64_t *size)
{
	unsigned int i = find_section(name);

	*size = i ? sections[i].sh_size : 0;
	return i ? at(sections[i].sh_offset) : NULL;
}

int64_t embed_place(const char *name, uint32_t offset)
{
	unsigned int i = find_section(name);

	for (int p = 0; i && p < 2; p++)
		if (parts[p].index == i)
			return parts[p].first + offset / sizeof(*insns);
	return -1;
}

static uint32_t name_index(struct names *names, const char *name)
{
	for (uint32_t i = 0; i < names->nr; i++)
		if (!strcmp(names->name[i], name))
			return i;
	if (names->nr == MAX_NAMES)
		errx(1, "%s: too many names, at %s", file, name);
	names->name[names->nr] = name;
	return names->nr++;
}

static void join(void)
{
	const char *const wanted[2] = { section, ".text" };

	for (int p = 0; p < 2; p++) {
		unsigned int i = find_section(wanted[p]);
		uint32_t n;

		if (!i)
			continue;
		n = sections[i].sh_size / sizeof(*insns);
		/* NOLINTNEXTLINE(bugprone-suspicious-realloc-usage): this program ends then */
		insns = realloc(insns, (nr_insns + n) * sizeof(*insns));
		if (!insns)
			err(1, "realloc");
		memcpy(insns + nr_insns, at(sections[i].sh_offset), n * sizeof(*insns));
		parts[p].index = i;
		parts[p].first = nr_insns;
		nr_insns += n;
	}
	if (!parts[0].index)
		errx(1, "%s: no section named %s", file, section);
}

/* Resolve what instruction @i, in the joined program, says of symbol @sym. */
static void relocate(uint32_t i, unsigned int type, const Elf64_Sym *sym, const char *name)
{
	struct bpf_insn *insn = &insns[i];
	int64_t place = -1;

	if (sym->st_shndx && sym->st_shndx < elf->e_shnum)
		place = embed_place(section_name(sym->st_shndx), sym->st_value);

	if (type == R_BPF_64_32 && insn->code == (BPF_JMP | BPF_CALL)) {
		if (sym->st_shndx == SHN_UNDEF) {
			if (nr_calls == sizeof(calls) / sizeof(calls[0]))
				errx(1, "%s: too many calls of kfuncs", file);
			insn->src_reg = BPF_PSEUDO_KFUNC_CALL;
			insn->imm = 0;
			calls[nr_calls].insn = i;
			calls[nr_calls++].kfunc = name_index(&kfuncs, name);
			return;
		}
		if (place >= 0) {
			insn->src_reg = BPF_PSEUDO_CALL;
			insn->imm = place + insn->imm + 1 - (i + 1);
			return;
		}
	}
	if (type == R_BPF_64_64 && insn->code == (BPF_LD | BPF_IMM | BPF_DW)) {
		if (place >= 0) {
			insn->src_reg = BPF_PSEUDO_FUNC;
			insn->imm = place + insn->imm / (int)sizeof(*insn) - (i + 1);
			return;
		}
		if (sym->st_shndx < elf->e_shnum &&
		    !strcmp(section_name(sym->st_shndx), ".maps")) {
			insn->src_reg = BPF_PSEUDO_MAP_IDX;
			insn->imm = name_index(&maps, name);
			return;
		}
	}
	errx(1, "%s: instruction %u refers to '%s' in a way that is not supported", file, i, name);
}

static void relocate_all(void)
{
	for (unsigned int s = 1; s < elf->e_shnum; s++) {
		const Elf64_Shdr *rel = &sections[s], *syms;
		const Elf64_Rel *r = at(rel->sh_offset);
		int p;

		if (rel->sh_type != SHT_REL)
			continue;
		for (p = 0; p < 2; p++)
			if (parts[p].index && parts[p].index == rel->sh_info)
				break;
		if (p == 2)
			continue;	/* of BTF and debugging information */
		syms = &sections[rel->sh_link];
		for (size_t i = 0; i < rel->sh_size / sizeof(*r); i++) {
			const Elf64_Sym *sym = (const Elf64_Sym *)at(syms->sh_offset) +
					       ELF64_R_SYM(r[i].r_info);
			const char *name = (const char *)at(sections[syms->sh_link].sh_offset) +
					   sym->st_name;

			relocate(parts[p].first + r[i].r_offset / sizeof(*insns),
				 ELF64_R_TYPE(r[i].r_info), sym, name);
		}
	}
	/* A global variable would need a map of its own. */
	for (unsigned int s = 1; s < elf->e_shnum; s++)
		if (!strncmp(section_name(s), ".rodata", 7) || !strcmp(section_name(s), ".bss") ||
		    !strcmp(section_name(s), ".data"))
			if (sections[s].sh_size)
				errx(1, "%s: variables in %s are not supported", file,
				     section_name(s));
}

static uint64_t id = 0xcbf29ce484222325;

/* FNV-1a, 64 bits */
void embed_add_to_id(const void *data, size_t size)
{
	for (const unsigned char *p = data; size--; p++)
		id = (id ^ *p) * 0x100000001b3;
}

static void put_names(const char *prefix, const char *what, const struct names *names)
{
	printf("static const char *const %s_%s[] = {\n", prefix, what);
	for (uint32_t i = 0; i < names->nr; i++) {
		printf("\t\"%s\",\n", names->name[i]);
		embed_add_to_id(names->name[i], strlen(names->name[i]) + 1);
	}
	puts("\tNULL\n};\n");
}

static void put_program(const char *prefix)
{
	embed_add_to_id(insns, nr_insns * sizeof(*insns));
	embed_add_to_id(calls, nr_calls * sizeof(calls[0]));
	printf("static const struct bpf_insn %s_insns[] = {\n", prefix);
	for (uint32_t i = 0; i < nr_insns; i++)
		printf("\t{ 0x%02x, %d, %d, %d, %d },\n", insns[i].code, insns[i].dst_reg,
		       insns[i].src_reg, insns[i].off, insns[i].imm);
	puts("};\n");
	printf("static const struct bpf_image_call %s_calls[] = {\n", prefix);
	for (uint32_t i = 0; i < nr_calls; i++)
		printf("\t{ %u, %u },\n", calls[i].insn, calls[i].kfunc);
	puts("};\n");
	put_names(prefix, "kfuncs", &kfuncs);
	put_names(prefix, "maps", &maps);
}

static const char *program_type(void)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (!strncmp(section, types[i].prefix, strlen(types[i].prefix)))
			return types[i].type;
	errx(1, "%s: programs in sections named %s are not supported", file, section);
}

int main(int argc, char **argv)
{
	struct embed_counts n;
	struct stat st;
	int fd;

	if (argc != 3 && argc != 4)
		errx(2, "usage: embed OBJECT NAME [SECTION]");
	file = argv[1];
	if (argc == 4)
		section = argv[3];
	fd = open(file, O_RDONLY);
	if (fd < 0 || fstat(fd, &st))
		err(1, "%s", file);
	elf = mmap(NULL, st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (elf == MAP_FAILED)
		err(1, "%s", file);
	if (memcmp(elf->e_ident, ELFMAG, SELFMAG) || elf->e_machine != EM_BPF)
		errx(1, "%s: not a BPF object", file);
	sections = at(elf->e_shoff);

	join();
	relocate_all();

	puts("/* Made by embed.c. Do not edit. */\n#include \"bpf_image.h\"\n");
	printf("_Static_assert(%u <= BPF_IMAGE_MAPS, \"room for the maps of %s\");\n", maps.nr,
	       argv[2]);
	put_program(argv[2]);
	n = embed_btf(file, argv[2]);
	printf("static const struct bpf_image %s_image = {\n"
	       "\t.name = \"%.15s\",\n\t.type = %s,\n\t.id = 0x%016llx,\n\t.insns = %s_insns,\n\t.nr_insns = %u,\n"
	       "\t.btf = %s_btf,\n\t.btf_size = %u,\n"
	       "\t.funcs = %s_funcs,\n\t.nr_funcs = %u,\n"
	       "\t.relos = %s_relos,\n\t.nr_relos = %u,\n"
	       "\t.calls = %s_calls,\n\t.nr_calls = %u,\n"
	       "\t.kfuncs = %s_kfuncs,\n\t.nr_kfuncs = %u,\n"
	       "\t.maps = %s_maps,\n\t.nr_maps = %u,\n};\n",
	       argv[2], argv[2], program_type(), (unsigned long long)id, argv[2], nr_insns, argv[2], n.btf_size, argv[2], n.nr_funcs,
	       argv[2], n.nr_relos, argv[2], nr_calls, argv[2], kfuncs.nr, argv[2], maps.nr);
	if (fflush(stdout) || ferror(stdout))
		err(1, "stdout");
	return 0;
}
