/* What was taken back, in words. */
#ifndef TEND_SHELL_UNDO_WORDS_H
#define TEND_SHELL_UNDO_WORDS_H

#include "shell/shell.h"

/* The last command that `undo` alone would take back; 0 none. */
tend_id tend_undo_last(struct tend_shell *shell);
/* "40 people, 80 contact points" */
const char *tend_undo_counts(struct tend_shell *shell, tend_id batch);
/* "log p12 Susi Mayr" of a batch, 0: the one that is next to be undone. Asked
 * before that, while the people are there. NULL if there is none. */
const char *tend_undo_command(struct tend_shell *shell, tend_id batch);
/* "log p12 Susi Mayr: 1 touch, 1 task": of these, what did go back. */
const char *tend_undo_words(struct tend_shell *shell, const char *command,
                            const struct tend_undo *undo);
/* "p2 Anne Leigh", "task t5", "note 7" */
const char *tend_undo_row(struct tend_shell *shell, enum tend_table table, tend_id id);

#endif
