/* The running program: what is open, how it prints, and how a command is run. */
#ifndef TEND_SHELL_SHELL_H
#define TEND_SHELL_SHELL_H

#include "desk/desk.h"
#include "shell/parse.h"
#include <stdio.h>

enum {                      /* exit status, and what a command returns */
    TEND_EXIT_OK = 0,
    TEND_EXIT_FAILED = 1,
    TEND_EXIT_USAGE = 2,
    TEND_EXIT_AMBIGUOUS = 3,    /* or already there */
    TEND_EXIT_VETO = 4,
    TEND_EXIT_PART = 5,
    TEND_EXIT_INTERRUPTED = 130
};

struct tend_shell {
    struct tend_options options;    /* of the command that runs */
    struct {
        bool json, csv, yes, quiet, dry;
    } start;                        /* options of the start of a line loop: they stay */
    struct tend_error err;
    struct tend_clock clock;
    struct tend_arena arena;        /* of the command that runs */
    struct tend_store *store;
    struct tend_registry *registry;
    struct tend_plugged_list *plugged;      /* commands of plugins; NULL: not loaded */
    struct tend_desk desk;
    struct tend_text line;          /* for messages */
    const char *verb;               /* of the command that runs; NULL */
    FILE *out, *errors;
    FILE *in;                       /* of the line loop; NULL outside of it */
    struct tend_plugin_watch *watch;        /* files of plugins; NULL: not watched */
    struct tend_buffer held;        /* what there was to say while `holds`: see tend_shell_say_held */
    struct tend_prompt *at_prompt;  /* that with the line editor; NULL: there is none */
    int64_t width;                  /* columns; 0: not a terminal */
    bool prompt;                    /* commands come from a line loop */
    bool lua, lua_alone;            /* its lines are Lua; and it ends with that */
    bool terminal_in;               /* somebody could answer */
    bool holds;                     /* a line is being typed, or the screen begun: notes wait */
    bool missing;                   /* there is no database: an empty one stands in */
    bool plugins;                   /* loaded */
    const char *only;               /* a plugin's file, loaded before all others; NULL */
    bool writes;                    /* the command that runs */
    bool deed_open;
    tend_id last;                   /* the person of `.`; 0: look it up */
};

/* Does the line end a line loop? */
bool tend_shell_quits(struct tend_text line);
/* The screen has another size now. */
void tend_shell_resized(struct tend_shell *shell);
/* May what is printed be coloured: NO_COLOR, TERM=dumb, not a terminal? */
bool tend_shell_colour(const struct tend_shell *shell);
/* out and errors stay the caller's. */
void tend_shell_setup(struct tend_shell *shell, FILE *out, FILE *errors);
void tend_shell_finish(struct tend_shell *shell);

/* Runs one parsed line: opens what its command needs, answers --help. */
int tend_shell_run(struct tend_shell *shell, const struct tend_parsed *parsed);
/* As tend_parse; for a verb that is not the core's the plugins are loaded. */
tend_status tend_shell_parse(struct tend_shell *shell, const struct tend_line *line,
                             struct tend_arena *arena, struct tend_parsed *parsed);
/* Splits, parses and runs a line of the prompt. */
int tend_shell_line(struct tend_shell *shell, struct tend_text line);
/* Reads lines from `in` until its end or `quit`. Errors do not end it: the
 * first status that was not 0 comes back. */
int tend_shell_loop(struct tend_shell *shell, FILE *in);

/* Lines of the loop up to one that is a lone `.` stand in for standard input, so
 * that the commands behind them stay commands. */
struct tend_paste {
    FILE *text;
    int kept;                       /* what was standard input */
    bool on;
};
tend_status tend_shell_paste(struct tend_shell *shell, struct tend_paste *paste);
void tend_shell_paste_end(struct tend_paste *paste);

/* --- session.c ----------------------------------------------------------- */

tend_status tend_shell_open(struct tend_shell *shell, uint32_t effects);
void tend_shell_close(struct tend_shell *shell);
/* The core's normalisers are there; with `plugins` all plugins too. */
tend_status tend_shell_registry(struct tend_shell *shell, bool plugins);
/* What is not loaded yet of all that should be. */
tend_status tend_shell_load_plugins(struct tend_shell *shell);
int64_t tend_shell_now(struct tend_shell *shell);
/* The local day of the user. */
int64_t tend_shell_today(struct tend_shell *shell);
/* A time that was typed, in the user's zone and order of dates; a token to point
 * at (may be NULL). */
struct tend_when;
tend_status tend_shell_when(struct tend_shell *shell, struct tend_words words, bool backward,
                            struct tend_when *when);
/* Where the database is, when no --db says so; its folder is made. */
const char *tend_shell_default_db(struct tend_arena *arena);
/* Where what is no fact is kept: the history, the last person. NULL without a home. */
const char *tend_shell_state_dir(struct tend_shell *shell, bool make);
/* Folders of plugins that come with the program; NULL past the last. */
const char *tend_shell_plugin_dir(struct tend_arena *arena);

/* --- messages ------------------------------------------------------------ */

/* The error of the slot, to stderr; returns the exit status of its code. */
int tend_shell_fail(struct tend_shell *shell);
int tend_exit_of(tend_status status);
/* A line to stderr, unless --quiet. */
void tend_shell_note(struct tend_shell *shell, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* What was noted while shell->holds. */
void tend_shell_say_held(struct tend_shell *shell);
/* May so many be changed? More than a screenful asks; without a terminal it is
 * TEND_USAGE, naming --yes. */
tend_status tend_shell_sure(struct tend_shell *shell, int64_t n, const char *what);

#endif
