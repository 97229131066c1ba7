/* The list of the day, for `due` and for the greeting. */
#ifndef TEND_SHELL_DUE_H
#define TEND_SHELL_DUE_H

#include "shell/shell.h"

int tend_due_print(struct tend_shell *shell, int64_t now, bool all);
/* What else there is when nothing is due; `said`: that nothing is, already. */
void tend_due_none(struct tend_shell *shell, bool said);

#endif
