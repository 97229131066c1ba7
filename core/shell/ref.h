/* References: how a word names a person, a task, a batch. */
#ifndef TEND_SHELL_REF_H
#define TEND_SHELL_REF_H

#include "shell/shell.h"

struct tend_ids {
    tend_id *at;                /* in the command's arena */
    int64_t n;
    bool several;               /* asked for as many, even if it is one */
};

/* "p12" is a person with id 12; false for anything that is no typed id. */
bool tend_ref_typed(struct tend_text text, enum tend_ref_kind *kind, tend_id *id);
/* What a kind is called: "a person". */
const char *tend_ref_word(enum tend_ref_kind kind);

/* . me p12 12, the beginning of words of the name, e-mail, phone. TEND_AMBIGUOUS
 * lists who it could be; TEND_NOT_FOUND names who is near in spelling. */
tend_status tend_ref_person(struct tend_shell *shell, struct tend_text text, tend_id *person);
/* The argument `name`, ann,bob (and more words, where it repeats) or --where FILTER; no one twice, never empty. */
tend_status tend_ref_people(struct tend_shell *shell, const struct tend_parsed *parsed,
                            const char *name, struct tend_ids *ids);
tend_status tend_ref_tasks(struct tend_shell *shell, const struct tend_parsed *parsed,
                           const char *name, struct tend_ids *ids);
/* b12 or 12. */
tend_status tend_ref_batch(struct tend_shell *shell, struct tend_text text, tend_id *batch);
/* Any typed id, or a person. */
tend_status tend_ref_any(struct tend_shell *shell, struct tend_text text,
                         enum tend_ref_kind *kind, tend_id *id);

/* A filter as its words were typed, with a caret if it is wrong: the same at
 * the prompt, where quotes are seen, and behind a shell, which takes them. */
struct tend_filter;
tend_status tend_ref_filter(struct tend_shell *shell, struct tend_words words,
                            struct tend_filter **filter);

/* Remembers whom `.` means, for this process and the next. */
void tend_ref_remember(struct tend_shell *shell, tend_id person);
tend_id tend_ref_last(struct tend_shell *shell);

#endif
