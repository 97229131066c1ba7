/* Asking the person at the terminal, and only there: who pipes commands in is
 * never asked, but told which flag answers (TEND_USAGE). */
#ifndef TEND_SHELL_ASK_H
#define TEND_SHELL_ASK_H

#include "shell/shell.h"

/* Is there somebody to ask: standard input and the output are terminals, and it
 * is not --json, --csv or --quiet? */
bool tend_ask_can(const struct tend_shell *shell);
/* A line, edited with the line editor; `guess` stands in it already (may be "").
 * *answer lives in the command's arena, trimmed. TEND_CANCELLED: Ctrl-C, Ctrl-D. */
tend_status tend_ask_line(struct tend_shell *shell, const char *question, const char *guess,
                          struct tend_text *answer);
/* One key of `keys` (lower case ASCII; others beep), without Enter; Escape and
 * Ctrl-C are TEND_CANCELLED. A dumb terminal reads a line and takes its first
 * letter. */
tend_status tend_ask_key(struct tend_shell *shell, const char *question, const char *keys,
                         char *key);
/* A number from 1 to n, Enter or Escape for none (TEND_CANCELLED). */
tend_status tend_ask_number(struct tend_shell *shell, const char *question, int64_t n,
                            int64_t *number);

#endif
