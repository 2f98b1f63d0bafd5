// SPDX-License-Identifier: GPL-2.0-only
/* comma - print a number as a program does that heeds the locale */
#include <locale.h>
#include <stdio.h>

int main(void)
{
	if (!setlocale(LC_ALL, ""))
		return 1;
	printf("%.1f\n", 1.5);
	return 0;
}
