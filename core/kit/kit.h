/* The kit of an author: what `plugin new`, `plugin check` and `plugin test` do, with the
 * installed program alone. A test runs in a database in memory, on a clock that stands
 * still, and ends in one line a check. */
#ifndef TEND_KIT_KIT_H
#define TEND_KIT_KIT_H

#include "base/arena.h"
#include "base/array.h"
#include "base/buffer.h"
#include "base/error.h"
#include "plugin/world.h"
#include <stdbool.h>
#include <stdint.h>

/* --- plugin test ----------------------------------------------------------- */

struct tend_kit_result {
    int64_t number;             /* from 1 */
    bool ok;
    const char *name, *why;     /* why "": nothing to say; of one that was left out, the reason */
    bool skipped;
};

/* A prompt in a database of its own, for transcripts: the shell's, which the kit cannot see. */
struct tend_kit_prompt {
    void *(*open)(void *data, const char *plugin);
    /* As if typed: all that it printed goes into out; the exit status. */
    int (*line)(void *session, const char *line, struct tend_buffer *out);
    bool (*now)(void *session, const char *now);    /* false: that is no time */
    /* From now on this answers, behind those that were given before, and nothing of the world;
     * its texts are copied. NULL: none of them any more. */
    void (*http)(void *session, const struct tend_fixture *fixture);
    void (*close)(void *session);
    void *data;
};

struct tend_kit_ask {
    const char *path;           /* of the plugin, its folder, or the folder that it is built in */
    const char *tests;          /* the folder of its tests; NULL: tests beside it or its build */
    const char *plugins;        /* the folder of the plugins that come with tend; NULL: without */
    bool slow;                  /* all steps of what is otherwise sampled */
    const struct tend_kit_prompt *prompt;
    void (*result)(void *data, const struct tend_kit_result *result);
    void *data;
};

struct tend_kit_sum {
    int64_t checks, failed, skipped;
};
/* TEND_NOT_FOUND and the like: there is no plugin to test. Checks that fail are no error. */
tend_status tend_kit_test(const struct tend_kit_ask *ask, struct tend_kit_sum *sum,
                          struct tend_error *err);

/* --- plugin new ------------------------------------------------------------ */

struct tend_kit_new {
    const char *examples;       /* the folder of the skeletons */
    const char *kind, *lang;    /* "policy", "lua" */
    const char *name, *dir;     /* dir NULL: ./NAME */
};
/* files: what was written, one a line. */
tend_status tend_kit_make(const struct tend_kit_new *ask, struct tend_buffer *files,
                          struct tend_error *err);
/* The kinds that there is a skeleton for, one by one; NULL past the last. */
const char *tend_kit_kind(int64_t index);

/* --- where a plugin is ------------------------------------------------------ */

/* The plugin of a folder, or of the build folder in it; NULL: err says what was expected. */
const char *tend_kit_file(const char *dir, struct tend_arena *arena, struct tend_error *err);

/* --- plugin check ---------------------------------------------------------- */

struct tend_kit_finding {
    const char *file, *text;    /* text: what is wrong and what to do */
    int64_t line;               /* 0: the file as a whole */
};
struct tend_kit_check_ask {
    const char *path;
    bool (*command_taken)(const char *name);    /* is it a command of tend's own? */
    void (*finding)(void *data, const struct tend_kit_finding *finding);
    void (*note)(void *data, const char *text); /* what was left out, and why */
    void *data;
};
tend_status tend_kit_check(const struct tend_kit_check_ask *ask, int64_t *findings,
                           struct tend_error *err);

#endif
