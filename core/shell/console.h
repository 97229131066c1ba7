/* Lua at the prompt and in scripts: chunks that read what is known, and what they
 * want done as one batch. */
#ifndef TEND_SHELL_CONSOLE_H
#define TEND_SHELL_CONSOLE_H

#include "shell/shell.h"

/* The Lua state, with the user's own init.lua unless --no-plugins; once. An init.lua
 * with an error is named, and the program goes on. */
tend_status tend_console_open(struct tend_shell *shell);
/* Makes the state anew if a chunk has filled it; no parsed line may be at hand. */
void tend_console_renew(struct tend_shell *shell);
/* Runs a chunk and applies what it collected. *incomplete (may be NULL): nothing was
 * run, since the chunk goes on in the next line. */
int tend_console_line(struct tend_shell *shell, struct tend_text text, bool *incomplete);
/* A script. args n may be 0. */
int tend_console_script(struct tend_shell *shell, const char *name, struct tend_text text,
                        const struct tend_text *args, int64_t n);
/* Does the line (`=...`, or any in Lua mode) go on in the next one? */
bool tend_console_goes_on(struct tend_shell *shell, struct tend_text line);
/* Fields, methods and names that could stand at the end of the text. */
void tend_console_complete(struct tend_shell *shell, struct tend_text text,
                           void (*add)(void *data, struct tend_text word), void *data);

#endif
