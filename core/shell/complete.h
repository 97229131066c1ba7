/* What can stand at the cursor of a line, and what comes next: from the
 * declarations of the commands, for the prompt and for other shells alike. */
#ifndef TEND_SHELL_COMPLETE_H
#define TEND_SHELL_COMPLETE_H

#include "shell/shell.h"

struct tend_candidate {
    struct tend_text word;      /* the whole word, without quotes */
    struct tend_text insert;    /* the same as it is typed at the prompt, quoted where it must be */
    struct tend_text shown;     /* what is new in it: Bob Ray of "ann,Bob Ray" */
    struct tend_text about;     /* a few words to stand beside it; may be empty */
    bool open;                  /* no space behind it: the word goes on (at=, folder/) */
};

struct tend_completion {
    int64_t from, to;           /* bytes of the line that `insert` replaces; to is the cursor */
    struct tend_candidate *at;
    int64_t n;
    int64_t left_out;           /* so many more fit, and are not listed */
    bool at_least;              /* and perhaps more than these */
    struct tend_text common;    /* the beginning of all inserts, or what stands there now */
};

/* Everything lives in the arena. Opens the database and loads plugins when the
 * word needs them; what cannot be had is left out: completion never fails, and
 * leaves the shell's error slot as it was. */
void tend_complete(struct tend_shell *shell, struct tend_text line, int64_t cursor,
                   struct tend_arena *arena, struct tend_completion *out);
/* From words that another shell has split; the last is the one to complete. */
void tend_complete_words(struct tend_shell *shell, int argc, char *const *argv,
                         struct tend_arena *arena, struct tend_completion *out);
/* What comes behind the end of this line: "KIND [TEXT] [at=..]", with a space
 * before it where the line needs one; empty if there is nothing to say. Reads
 * only declarations. */
struct tend_text tend_complete_hint(struct tend_text line, struct tend_arena *arena);

#endif
