/* The list of the day, for `due` and for the greeting. */
#ifndef TEND_SHELL_DUE_H
#define TEND_SHELL_DUE_H

#include "shell/shell.h"

int tend_due_print(struct tend_shell *shell, int64_t now, bool all);

#endif
