/* What the tests of plugin/ share: a registry with a clock that stands still, a
 * log that is kept, and plugins that are made of C functions in the test: files
 * that end in .test, through a runtime of their own. */
#ifndef TEND_TESTS_PLUGIN_WORLD_H
#define TEND_TESTS_PLUGIN_WORLD_H

#include "plugin/call.h"
#include "plugin/private.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
/* cmocka's macro hides host->fail */
#undef fail
#undef fail_msg
#define fail_msg(...) (print_error(__VA_ARGS__), print_error("\n"), _fail(__FILE__, __LINE__))
#include <stdio.h>
#include <stdlib.h>

#define NOW INT64_C(1795860000000000)   /* 2026-11-28 */

struct world {
    struct tend_registry *registry;
    struct tend_store *store;           /* NULL until world_store */
    struct tend_error err;
    struct tend_clock clock;
    struct tend_arena arena;
    struct tend_effects effects;
    struct tend_vetoes vetoes;
    struct tend_buffer log;             /* "2 plugin: text\n" */
    char dir[4096];                     /* of its own, removed at the end */
};

void world_open(struct world *w);
void world_close(struct world *w);
/* A database in memory, bound to the registry. */
void world_store(struct world *w);
/* Forgets the plugins, as the next process would: same database, same folder. */
void world_restart(struct world *w);

/* Writes a file into the folder of the world. Returns its path. */
const char *world_file(struct world *w, const char *name, const char *text);

/* Loads a plugin that provides what `provide` provides. */
typedef tend_status (*world_provide_fn)(struct tend_instance *instance, struct tend_error *err);
tend_status world_load(struct world *w, const char *name, world_provide_fn provide);
/* `needs` of the plugins that are loaded from now on. */
extern const char *world_needs;
/* Loads a plugin with one record. */
void world_one(struct world *w, const char *name, const char *kind, const void *record);
/* Which function a .test file of this name is loaded with: for folders. */
void world_know(const char *name, world_provide_fn provide);
const struct tend_provider *world_find(struct world *w, const char *kind, const char *name);
bool world_info(struct world *w, const char *name, struct tend_instance_info *info);
/* How often the runtime was asked to unload since world_open. */
int64_t world_unloads(void);

void assert_holds(const char *text, const char *part);
void assert_text(struct tend_text text, const char *expected);

#endif
