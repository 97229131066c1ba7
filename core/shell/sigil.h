/* Lines of the prompt that are no commands, and several commands on a line. */
#ifndef TEND_SHELL_SIGIL_H
#define TEND_SHELL_SIGIL_H

#include "shell/shell.h"

/* Runs a line that begins with = ! ? or /, and every line in Lua mode; false: it is
 * one of commands. */
bool tend_sigil_line(struct tend_shell *shell, struct tend_text line, int *exit_status);
/* Where the first command of the line ends: at a ; outside of quotes. */
int64_t tend_sigil_end(struct tend_text line);

#endif
