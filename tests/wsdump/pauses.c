// SPDX-License-Identifier: GPL-2.0-only
/* pauses - wait for a signal: for a look at who a program is that was made set-user-ID */
#include <unistd.h>

int main(void)
{
	return pause();
}
