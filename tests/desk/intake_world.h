/* What the tests of imports share: a database in a folder of its own, the csv
 * plugin, and a listing of everybody that can be compared as text. */
#ifndef TEND_TESTS_DESK_INTAKE_WORLD_H
#define TEND_TESTS_DESK_INTAKE_WORLD_H

#include "base/text.h"
#include "desk/intake.h"
#include "store/ops_person.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#undef fail

#define INTAKE_NOW INT64_C(1795860000000000) /* 2026-11-28 */

struct intake_world {
    struct tend_desk desk;
    struct tend_error err;
    struct tend_clock clock;
    struct tend_store *store;
    struct tend_arena arena;
    struct tend_intake done; /* of the import that was done last */
    struct tend_buffer warnings;
    tend_id batch; /* its batch, 0 if nothing was written */
    char dir[512];
};

/* Gives the path of the csv plugin: the first argument of the test. */
void intake_world_plugin(const char *path);
void intake_world_open(struct intake_world *w);
void intake_world_close(struct intake_world *w);
/* Loads another plugin. */
void intake_world_load(struct intake_world *w, const char *path);
/* Writes a file into the folder; returns its path, in the arena. */
const char *intake_world_file(struct intake_world *w, const char *name, const char *text);
const char *intake_world_bytes(struct intake_world *w, const char *name, const void *at,
                               int64_t len);
/* The bytes of a file, in the arena. */
struct tend_text intake_world_read(struct intake_world *w, const char *path);

/* One import in a deed of its own; ask->match is what the caller says. */
tend_status intake_world_import(struct intake_world *w, const struct tend_intake_ask *ask);
/* The same with nothing but a path; must succeed. */
void intake_world_take(struct intake_world *w, const char *path);
/* "read 3 added 2 updated 0 unchanged 0 rejected 1" */
const char *intake_world_counts(struct intake_world *w);
/* Everybody but `me`, by id; see examples/exports/expected.txt. */
struct tend_text intake_world_people(struct intake_world *w);
/* A checksum over the fact tables, but for `import`. */
uint64_t intake_world_sum(struct intake_world *w);
void assert_counts(struct intake_world *w, const char *expected);
void assert_people(struct intake_world *w, const char *expected);

#endif
