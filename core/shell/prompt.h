/* The prompt: the place where a person works all day. */
#ifndef TEND_SHELL_PROMPT_H
#define TEND_SHELL_PROMPT_H

#include "shell/shell.h"

/* Is there a terminal on both sides that can edit a line? */
bool tend_prompt_possible(const struct tend_shell *shell, FILE *in);
/* Reads and runs commands until `quit`, Ctrl-D or the end of the terminal. */
int tend_prompt(struct tend_shell *shell);
/* Writes what is pasted into the file, up to a line that is a lone `.`, or Ctrl-D.
 * Ctrl-C: TEND_CANCELLED. What follows it is typed ahead. */
tend_status tend_prompt_pasted(struct tend_shell *shell, FILE *into);

#endif
