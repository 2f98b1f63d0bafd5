/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the BPF programs of dmabufdump and their caller say to each other: the context of one
 * walk and the records that it leaves in the buffer, and what is read of who holds a dma-buf.
 */
#ifndef WSDUMP_BPF_DMABUFDUMP_H
#define WSDUMP_BPF_DMABUFDUMP_H

#include <linux/types.h>

#define DB_NAME_LEN	32	/* DMA_BUF_NAME_LEN, with the NUL */
#define DB_COMM_LEN	16	/* TASK_COMM_LEN, likewise */

/**
 * struct db_record - one dma-buf; struct bpf_dmabuf_record of module/dmabuf_iter.c
 * @ino: inode number, which /proc/PID/fdinfo and fstat(2) show as well
 * @size: bytes
 * @refs: references to its file
 * @f_flags: of the file
 * @f_mode: likewise
 * @name: what user space has called it, with a NUL behind it
 * @exporter: who made it, likewise, cut if it is longer
 */
struct db_record {
	__u64 ino;
	__u64 size;
	__u64 refs;
	__u32 f_flags;
	__u32 f_mode;
	char name[DB_NAME_LEN];
	char exporter[DB_NAME_LEN];
};

/* Records that there is room for on kernels before 6.4, see DB_SNAPSHOT in dmabufdump.bpf.c */
#define DB_SNAPSHOT_SMALL	1024
#define DB_SNAPSHOT_LARGE	262144

/* Buffers for each task in a file of dmabuf_text.bpf.c: lines of 110 bytes at most, in 32 KiB */
#define DB_TEXT_MAX	256

enum db_walk_status {
	DB_WALK_RUNNING,	/* the program never reached its end */
	DB_WALK_COMPLETE,	/* every buffer on the list has its record */
	DB_WALK_NO_SPACE,	/* the buffer is too small; walk again with a larger one */
	DB_WALK_BUSY,		/* a name was changed while it was read; walk again */
	DB_WALK_BAD_MEMORY,	/* a name could not be read */
	DB_WALK_UNKNOWN_LOCK,	/* can't tell when this kernel changes a name */
};

/**
 * struct db_walk - context of one walk; all 0 before it
 * @status: of enum db_walk_status; the records are valid for DB_WALK_COMPLETE only
 * @stored: how many dma-bufs have a record
 * @left_out: and how many have none for lack of room
 */
struct db_walk {
	__u32 status;
	__u32 stored;
	__u32 left_out;
};

/**
 * struct db_holder - one file descriptor or mapping of a dma-buf
 * @ino: which dma-buf
 * @start: where it is mapped; 0 for a descriptor
 * @pid: the process
 * @fd: the descriptor; -1 for a mapping
 * @comm: the process' name, with a NUL behind it
 */
struct db_holder {
	__u64 ino;
	__u64 start;
	__u32 pid;
	__s32 fd;
	char comm[DB_COMM_LEN];
};

/**
 * struct db_held - the same with what the holder's file tells of the dma-buf
 * @holder: who holds it
 * @record: the dma-buf
 */
struct db_held {
	struct db_holder holder;
	struct db_record record;
};

#endif
