/* f=v words of `add` and `set`. */
#ifndef TEND_SHELL_FIELDS_H
#define TEND_SHELL_FIELDS_H

#include "desk/people.h"
#include "shell/shell.h"

/* One word: f=v f+=v f-=v f= . TEND_USAGE with a caret for one that is none. */
tend_status tend_fields_read(struct tend_shell *shell, const struct tend_token *token,
                             struct tend_field *field);
/* All of them, known to the desk; in the command's arena. */
tend_status tend_fields_all(struct tend_shell *shell, struct tend_words words,
                            struct tend_field **fields, int64_t *n);

/* cold cool neutral warm hot, or 0 to 100; none is fine. */
tend_status tend_fields_sentiment(struct tend_shell *shell, struct tend_words words);

#endif
