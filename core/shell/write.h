/* What every writing command shares: its deed, the one line it prints, and the
 * batch and effects of its JSON. */
#ifndef TEND_SHELL_WRITE_H
#define TEND_SHELL_WRITE_H

#include "shell/output.h"
#include "shell/ref.h"

/* Begins the deed, and makes `me` if there is none yet. The text is the verb
 * with ids. */
tend_status tend_write_begin(struct tend_shell *shell, struct tend_deed *deed,
                             const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* Makes `me` in a deed of its own, if there is none; nothing in a dry run. */
tend_status tend_write_me(struct tend_shell *shell);
/* Answers events and commits; prints warnings. */
tend_status tend_write_end(struct tend_shell *shell, struct tend_deed *deed);
/* Rolls back what is open, prints the error (vetoes with their cures, in JSON
 * too), frees the deed. Returns the exit status. */
int tend_write_fail(struct tend_shell *shell, struct tend_deed *deed, tend_status status);

/* The cure of a plan that the gate refused: lifting the mark that is in the way. */
void tend_write_cure_mark(struct tend_shell *shell, tend_id person, struct tend_text kind);

/* "p12 Susi Mayr" */
const char *tend_write_who(struct tend_shell *shell, tend_id person);
/* Prints the line: what was understood, then its consequences, then the undo
 * handle, or that nothing was written. `own` is the command's own effect, whose
 * outcomes of the user are left out ("touch"), NULL none; main is the person of
 * the line, whom consequences need not name again. Finishes the deed. */
void tend_write_say(struct tend_shell *shell, struct tend_deed *deed, const char *what,
                    const char *own, tend_id main);
/* The name of an id of this kind in JSON; NULL if it has none. */
const char *tend_write_key(enum tend_ref_kind kind);
/* "batch" and "effects". */
void tend_write_json(struct tend_shell *shell, struct tend_json *json,
                     const struct tend_deed *deed);
/* The same with the effects on one person only; 0: all. */
void tend_write_json_of(struct tend_shell *shell, struct tend_json *json,
                        const struct tend_deed *deed, tend_id person);

#endif
