/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WSDUMP_LOADER_STREAMS_H
#define WSDUMP_LOADER_STREAMS_H

#include "fail.h"

/**
 * hold_standard_streams() - have all three open, or refuse
 *
 * A file opened later must not become a standard stream, or a map of ours would be
 * what the table is written to.
 *
 * Return: 0, or -1 with the reason in @why.
 */
int hold_standard_streams(struct fail *why);

/**
 * close_stdout() - for what stdio has printed; out_finish() is for out.h
 *
 * Everything must have reached its destination before success is claimed.
 *
 * Return: 0, or -1 with the reason in @why.
 */
int close_stdout(struct fail *why);

#endif
