/* Help, made from the declarations of the commands. */
#ifndef TEND_SHELL_HELP_H
#define TEND_SHELL_HELP_H

#include "shell/shell.h"

int tend_help_all(struct tend_shell *shell);
int tend_help_command(struct tend_shell *shell, const struct tend_command *command);

#endif
