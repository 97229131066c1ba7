/* A host that only writes down what a plugin asks and answers: the functions
 * of plugin/runtime.h, and the tables of a context, so that the Lua host is
 * tested without the rest of the program. */
#ifndef TESTS_LUA_FAKE_H
#define TESTS_LUA_FAKE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/text.h"
#include "lua/lua_host.h"

#define FAKE_BUDGET INT64_C(60000) /* microseconds */
/* Stopped at all, on however busy a machine; tests/bench prints how soon. */
#define FAKE_LIMIT INT64_C(10000000)
#define FAKE_PROVIDED 8

struct fake_record {
    const char *kind, *name;
    const void *record;
    void *self;
};

struct tend_instance {
    struct tend_arena arena;
    struct tend_manifest manifest;
    struct fake_record provided[FAKE_PROVIDED];
    int n_provided;
    char *path;
    void *data;
    struct tend_error err; /* of loading */
    tend_status status;    /* likewise */
    char said[64];         /* what it printed last while it was loaded */
};

struct fake_fact {
    tend_id person; /* 0: of the event */
    const char *field, *value;
};

struct tend_input { /* what a source reads */
    struct fake_call *call;
    const char *const *lines; /* NULL ends; "!" is a broken file */
    int64_t at;
    tend_status refuse_after; /* the answer to the second row, if not 0 */
    int rows;
    void (*at_end)(struct tend_input *in); /* what else the host does with a row */
};

struct fake_call { /* one call; zeroed, then fake_begin */
    struct tend_ctx ctx;
    struct tend_instance *instance;
    const struct fake_record *provided;
    const void *record;
    const struct fake_fact *facts;
    int64_t touches, budget;
    tend_status code; /* what tend_call_fail was told */
    bool breach;
    char error[2048];       /* "plugin NAME: ..." */
    char said[256];         /* what a function of ctx put into the slot */
    struct tend_buffer log; /* effects, vetoes, rows: a line each */
    struct tend_arena arena;
    int64_t took; /* of the last fake_run... */
};

/* Loads a file of tests/lua/fixtures, or a text as NAME.lua. Asserts nothing. */
struct tend_instance *fake_load(const char *fixture);
struct tend_instance *fake_load_text(const char *name, const char *text);
void fake_unload(struct tend_instance *instance);
const struct fake_record *fake_record(struct tend_instance *instance, const char *kind);

void fake_begin(struct fake_call *call, struct tend_instance *instance, const char *kind);
void fake_end(struct fake_call *call);
/* What was written down since the last call of this; "" for nothing. */
const char *fake_log(struct fake_call *call);

/* Calls the policy, the rule or a guard for person 12. */
tend_status fake_policy(struct fake_call *call, const char *event);
tend_status fake_rule(struct fake_call *call, const char *event);
tend_status fake_guard(struct fake_call *call, int number, const char *to);
tend_status fake_read(struct fake_call *call, struct tend_input *input);

/* Runs Lua inside of a policy named "p", from its line 2 on: all is well, or it
 * fails with a text that has `message`, as no breach. */
void fake_holds(const char *body);
void fake_raises(const char *body, const char *message);

#define assert_has(text, part)                                     \
    do {                                                           \
        if (strstr((text), (part)) == NULL)                        \
            fail_msg("expected \"%s\" in \"%s\"", (part), (text)); \
    } while (0)

#endif
