/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WSDUMP_LOADER_LAST_FAIL_H
#define WSDUMP_LOADER_LAST_FAIL_H

#include "common/fail.h"

/* What wakeup_error() tells. */
extern _Thread_local struct fail last_fail;

#endif
