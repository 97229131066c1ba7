/* A line against the declaration of its command. Knows no database: what the
 * words refer to is found later (ref.h, time.h). */
#ifndef TEND_SHELL_PARSE_H
#define TEND_SHELL_PARSE_H

#include "shell/command.h"
#include "shell/line.h"

#define TEND_ARGS_MOST 6
#define TEND_FLAGS_MOST 16

struct tend_options {           /* those that every command takes */
    const char *db, *now;       /* NULL: not given */
    bool json, csv, no_plugins, watch, yes, quiet, dry;
    bool help, version;
    TEND_ARRAY(const char *) plugin_dir;
};

struct tend_global {            /* an option that every command takes; see tend_global_at */
    const char *name, *value;   /* value NULL: it takes none */
    enum tend_slot slot;
    char letter;                /* its short form, or NUL */
    bool start_only;            /* of the program, not of a line of the prompt */
    const char *help;
    size_t member;              /* of struct tend_options */
};
const struct tend_global *tend_global_at(int64_t index);        /* NULL past the last */
const struct tend_global *tend_global_find(struct tend_text name);

struct tend_words {             /* n 0: not given */
    const struct tend_token *at;
    int64_t n;
};

struct tend_parsed {
    const struct tend_command *command;     /* NULL: an empty line */
    struct tend_options options;
    struct tend_text line;                  /* for messages */
    int64_t verb;                           /* which word of it is the command */
    struct tend_words arg[TEND_ARGS_MOST];
    struct tend_words flag[TEND_FLAGS_MOST];
    TEND_ARRAY(struct tend_token) token;    /* those without flags, in order */
};

/* Reads a line. TEND_USAGE, with a caret under the word, for what does not fit
 * the declaration. Texts live in the arena. On a line of the prompt (`inside`)
 * options that belong to the start of the program are refused. */
tend_status tend_parse(const struct tend_line *line, bool inside, struct tend_arena *arena,
                       struct tend_parsed *parsed, struct tend_error *err);
/* The options alone, wherever they stand: what is needed to load the plugins that
 * may know the verb. Nothing is wrong here. */
void tend_parse_options(const struct tend_line *line, struct tend_arena *arena,
                        struct tend_options *options);
/* Its second half: words to arguments. */
tend_status tend_deal(struct tend_parsed *parsed, struct tend_error *err);
/* How many of the words from `at` on go into this argument. */
tend_status tend_deal_take(struct tend_parsed *parsed, const struct tend_arg *arg, int64_t at,
                           int64_t *taken, struct tend_error *err);
/* A flag of the command, or a keyword, and its index; NULL. */
const struct tend_flag *tend_flag_find(const struct tend_command *command, struct tend_text name,
                                       bool keyword, int64_t *index);
/* Where the = of name=value stands; -1 if the word does not begin like that. */
int64_t tend_keyword_eq(const struct tend_token *token);
/* Is the value one of the choices (NULL: all are)? */
tend_status tend_check_choice(struct tend_error *err, struct tend_text line,
                              const struct tend_token *token, struct tend_text value,
                              const char *what, const char *const *choices);
/* Is the word text? Names of files may be any bytes. */
tend_status tend_check_text(struct tend_error *err, struct tend_text line,
                            const struct tend_token *token, enum tend_slot slot);
void tend_parsed_finish(struct tend_parsed *parsed);

/* What was given, by the names of the declaration; a name that is not declared
 * is nothing. Texts of several words are joined by spaces. */
struct tend_words tend_given(const struct tend_parsed *parsed, const char *name);
struct tend_text tend_given_text(const struct tend_parsed *parsed, const char *name,
                                 struct tend_arena *arena);
const char *tend_given_str(const struct tend_parsed *parsed, const char *name,
                           struct tend_arena *arena);      /* NULL: not given */
/* Of a choice of yes and no: 1 yes, -1 no, 0 not given. */
int32_t tend_given_yes(const struct tend_parsed *parsed, const char *name,
                       struct tend_arena *arena);
bool tend_given_is(const struct tend_parsed *parsed, const char *name);

/* Fills the slot with a text and the line with a caret under the word. */
tend_status tend_point_at(struct tend_error *err, tend_status code, struct tend_text line,
                          const struct tend_token *token, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
/* The token, narrowed to a part of its text: where that stands between quotes. */
struct tend_token tend_token_part(struct tend_text line, const struct tend_token *token,
                                  struct tend_text part);
/* "usage: tend log PERSON[,PERSON] KIND [TEXT] [at=TIME]..." */
void tend_usage(struct tend_buffer *buf, const struct tend_command *command);

#endif
