/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WSDUMP_IRQOFFWHO_VERBS_H
#define WSDUMP_IRQOFFWHO_VERBS_H

/* Both are like main(), and return its status. */
int look_main(int argc, char **argv);
int watch_main(int argc, char **argv);

#endif
