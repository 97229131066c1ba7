/* SPDX-License-Identifier: 0BSD
 *
 * command: a verb of the user's (kind "command"), which looks, completes, is
 * explained and is undone as the core's own do.
 *
 * What it takes is declared, so that the core reads the line: `run` gets values,
 * not words. Types of arguments and flags:
 *
 *     person people task     who and what is meant; text is ids: "12,15"
 *     number                 whole
 *     time day               text is ISO 8601, number microseconds UTC (of a day
 *                            its first moment, where the user is)
 *     choice                 one of `choices`
 *     word stage kind        as it was typed
 *     text filter            all that is left of the line; the last argument
 *     flag                   of a flag that takes no value: "yes"
 *     url                    https://... or http://...; of a lead source's option its
 *                            host needs no right, since the user typed it
 *
 * It answers with effects. Those of policies change something, and need
 * `writes`; the others go to the user:
 *
 *     print   a line
 *     row     a row of the table that `fields` declares, of the array in JSON
 *     ask     a question: the user answers, and `run` is called again with that
 *             as the value of the flag `key`. What the call had emitted before
 *             is dropped. Nobody is asked without a terminal: the command ends
 *             with status 2 and names the flag.
 *
 * A command may take some seconds, and emit 100,000 effects and rows. What it
 * changes is one batch, undone by `undo` and shown by --dry-run.
 */
#ifndef TEND_COMMAND_H
#define TEND_COMMAND_H

#include <tend/types.h>

struct tend_ctx;

enum {
    TEND_ARG_OPTIONAL = 1,  /* of an argument; a flag always is */
    TEND_ARG_KEYWORD = 2,   /* a flag written name=value, not --name value */
    TEND_ARG_PAST = 4       /* a time that lies behind */
};

struct tend_command_arg {
    int64_t size;
    const char *name;       /* a-z 0-9 - _, "days" */
    const char *type;
    const char *help;
    const char *choices;    /* of a choice: words separated by spaces */
    int64_t how;
};

struct tend_command_record {
    int64_t size;
    const char *name;
    const char *summary;                            /* a line for `help` */
    const char *group;                              /* "daily", "people"...; may be NULL */
    const char *more;                               /* a paragraph; may be NULL */
    const struct tend_command_arg *const *args;     /* in order, a NULL ends; may be NULL */
    const struct tend_command_arg *const *flags;    /* likewise */
    const char *const *examples;                    /* line, what it does, ..., NULL; may be NULL */
    const char *fields;     /* of a row: "person:person name days:number last:time" */
    int64_t writes;         /* 1: may change something */
    tend_status (*run)(struct tend_ctx *ctx);
};

struct tend_command_api {
    uint32_t size, level;

    /* The value of an argument or flag as text; empty if it was not given. */
    struct tend_text (*text)(struct tend_ctx *ctx, const char *name);
    /* As a number: the id of the person or task, the instant, 1 of a flag; 0 if
     * it was not given or is none. */
    int64_t (*number)(struct tend_ctx *ctx, const char *name);
    /* The people of an argument one by one, index from 0; 0 past the last. */
    tend_id (*person)(struct tend_ctx *ctx, const char *name, int64_t index);
};

#endif
