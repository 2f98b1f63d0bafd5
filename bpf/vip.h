/* SPDX-License-Identifier: GPL-2.0-only */
/* Who is a VIP: what freqext writes and vip.bpf.c reads. */
#ifndef FREQEXT_VIP_H
#define FREQEXT_VIP_H

#define VIP_COMM_LEN	16	/* of the kernel's names of tasks, the zero at the end included */
#define VIP_MAX		1024	/* entries of each kind */

#endif
