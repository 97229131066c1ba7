/* What becomes known while somebody types: an appointment begins, a timer was
 * due, another process has written. */
#ifndef TEND_SHELL_PROMPT_NOTICE_H
#define TEND_SHELL_PROMPT_NOTICE_H

#include "shell/shell.h"

struct tend_notice {            /* zeroed: nothing was looked at yet */
    int64_t looked;             /* tasks that opened until then are known */
    tend_id last_task;          /* and those up to this one */
    int64_t stamp;              /* of the database, when it was last looked at */
    int64_t not_before;         /* of the next try, after one that failed */
};

/* Behind a command: what it did needs no notice. */
void tend_notice_sync(struct tend_shell *shell, struct tend_notice *notice);
/* When to look next: an instant of the machine's clock. */
int64_t tend_notice_next(struct tend_shell *shell, const struct tend_notice *notice);
/* Does what is due, and adds lines about what is new, fit for a terminal. */
void tend_notice_look(struct tend_shell *shell, struct tend_notice *notice,
                      struct tend_buffer *lines);
/* Loads anew the plugins whose files were saved, and adds what came of it. */
void tend_notice_plugins(struct tend_shell *shell, struct tend_buffer *lines);
/* How many tasks are due now. */
int64_t tend_notice_due(struct tend_shell *shell);

#endif
