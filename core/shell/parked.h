/* What does not go on by itself, in a line for whoever looks at the day. */
#ifndef TEND_SHELL_PARKED_H
#define TEND_SHELL_PARKED_H

#include "shell/shell.h"

/* To stderr, if there is any: timers that failed too often, and those that wait
 * for a plugin that is not there. */
void tend_parked_note(struct tend_shell *shell);

#endif
