/* What bare `tend` begins with. */
#ifndef TEND_SHELL_GREET_H
#define TEND_SHELL_GREET_H

#include "desk/backlog.h"
#include "shell/shell.h"

/* The first run on an empty database; else the greeting, what came of days away,
 * and the list of the day. */
int tend_greet(struct tend_shell *shell);

/* Asks whoever is new a few questions; for a terminal. */
void tend_first_run(struct tend_shell *shell);

/* "9 things waited. 3 need you today, 4 moved to this week, 2 I would let go."
 * Nothing when it was not time to sort. */
void tend_backlog_say(struct tend_shell *shell, const struct tend_backlog *backlog);
/* "spread": {...}, or null. */
struct tend_json;
void tend_backlog_json(struct tend_shell *shell, struct tend_json *json, const char *key,
                       const struct tend_backlog *backlog);

#endif
