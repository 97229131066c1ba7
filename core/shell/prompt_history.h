/* What was typed at the prompt, kept for each database. */
#ifndef TEND_SHELL_PROMPT_HISTORY_H
#define TEND_SHELL_PROMPT_HISTORY_H

#include "shell/shell.h"

/* Reads the history of the database that is open; where it is kept, in memory of
 * its own (free it with tend_free), or NULL where none is kept. */
char *tend_history_open(struct tend_shell *shell);
/* An entry of one or several lines goes into the list and, at once, to the file. One
 * that begins with a space, or is the last again, is not kept. */
void tend_history_add(const char *path, struct tend_text entry);
/* Writes what was typed before there was a file to keep it in. */
void tend_history_write(const char *path);

#endif
