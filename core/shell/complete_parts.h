/* What the files of completion share; for complete*.c alone. */
#ifndef TEND_SHELL_COMPLETE_PARTS_H
#define TEND_SHELL_COMPLETE_PARTS_H

#include "base/array.h"
#include "plugin/vocabulary.h"
#include "shell/complete.h"
#include "store/ops_complete.h"

enum tend_want {                /* what the word at the cursor is */
    TEND_WANT_NOTHING,
    TEND_WANT_VERB,
    TEND_WANT_OPTION,           /* --name */
    TEND_WANT_VALUE,            /* of `slot` */
    TEND_WANT_ARGS              /* one of `arg`, or a keyword */
};

struct tend_place {             /* where in a line the cursor is */
    enum tend_want want;
    const struct tend_command *command;
    const struct tend_arg *arg[TEND_ARGS_MOST];     /* which the word can belong to */
    int64_t n_args;
    const struct tend_arg *next;    /* the first that the words before leave empty; NULL */
    bool begun;                     /* an argument that may go on comes before it */
    enum tend_slot slot;            /* of TEND_WANT_VALUE */
    const char *name, *value, *help;    /* of that flag */
    const char *const *choices;
    uint32_t how;
    struct tend_parsed parsed;      /* the words before: arguments, flags */
    struct tend_token word;         /* the one at the cursor; empty between words */
    struct tend_text head;          /* how much of it comes before the value: at= */
    int64_t from;                   /* where it begins in the line */
    bool in_word;                   /* the cursor touches it */
};

void tend_place_find(struct tend_text line, struct tend_arena *arena, struct tend_place *place);
/* The same, of words that are split already. */
void tend_place_of(const struct tend_line *line, bool in_word, struct tend_place *place);
void tend_place_finish(struct tend_place *place);

struct tend_completer {
    struct tend_shell *shell;
    struct tend_arena *arena;
    const struct tend_place *place;
    struct tend_text head, typed;   /* of the word: what stays, what is completed */
    struct tend_text folded;        /* typed, as search compares it */
    TEND_ARRAY(struct tend_candidate) list;
    int64_t left_out;
    bool at_least;
};

/* The value, if it begins with what is typed in any case and accents. */
void tend_offer(struct tend_completer *c, struct tend_text value, struct tend_text about,
                bool open);
/* Without looking at what is typed. */
void tend_offer_any(struct tend_completer *c, struct tend_text value, struct tend_text shown,
                    struct tend_text about, bool open);
void tend_offer_str(struct tend_completer *c, const char *value, const char *about, bool open);
/* Moves what is typed up to the last `sep` into the head. */
void tend_offer_behind(struct tend_completer *c, char sep);
/* Is the database open, opened now if need be; with the plugins? */
bool tend_completer_opens(struct tend_completer *c, bool plugins);

/* complete_lua.c: false if the line is no Lua. *from: where the name begins. */
bool tend_offer_lua(struct tend_completer *c, struct tend_text line, int64_t *from);

/* --- by topic ------------------------------------------------------------- */

void tend_offer_verbs(struct tend_completer *c);
void tend_offer_options(struct tend_completer *c);
void tend_offer_keywords(struct tend_completer *c);
void tend_offer_slot(struct tend_completer *c, enum tend_slot slot, uint32_t how,
                     const char *const *choices, const char *about);
void tend_offer_people(struct tend_completer *c, bool several);
void tend_offer_words(struct tend_completer *c, enum tend_word_of what, const char *about);
void tend_offer_vocabulary(struct tend_completer *c, enum tend_word_what what);
void tend_offer_filter(struct tend_completer *c);
void tend_offer_fields(struct tend_completer *c);
void tend_offer_settings(struct tend_completer *c, const char *const *keys);
void tend_offer_tags(struct tend_completer *c);
void tend_offer_times(struct tend_completer *c, bool backward);
void tend_offer_zones(struct tend_completer *c);
void tend_offer_files(struct tend_completer *c);

extern const char *const tend_roles[];

#endif
