/* What the gate has to say where tasks are shown and planned. */
#ifndef TEND_SHELL_GATE_WORDS_H
#define TEND_SHELL_GATE_WORDS_H

#include "desk/gate.h"
#include "shell/shell.h"
#include "store/ops_task.h"

/* Would this task, which is due, wake somebody now? Then *words is "quiet there
 * until 08:00" with the user's time behind it where that is another, and *until
 * the instant; else *until is 0. */
tend_status tend_gate_asleep(struct tend_shell *shell, const struct tend_task_view *task,
                             int64_t now, const char **words, int64_t *until);
/* A line each on what speaks against a time that the user chose: it stays
 * chosen. wall < 0: a day alone. */
tend_status tend_gate_remark(struct tend_shell *shell, struct tend_deed *deed, tend_id person,
                             struct tend_text kind, int64_t day, int64_t wall);

#endif
