/* What the tests of the desk share: a database in memory, a clock that stands
 * still, and plugins made of C functions in the test: a small pipeline and a
 * small follow-up, which are there from the start, and what a test adds. */
#ifndef TEND_TESTS_DESK_WORLD_H
#define TEND_TESTS_DESK_WORLD_H

#include "base/text.h"
#include "desk/apply.h"
#include "desk/gate.h"
#include "desk/people.h"
#include "desk/work.h"
#include "store/ops_person.h"
#include "store/ops_rows.h"
#include "store/ops_task.h"
#include "store/ops_touch.h"
#include "store/ops_why.h"
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

struct world {
    struct tend_desk desk;
    struct tend_store *store;
    struct tend_registry *registry;
    struct tend_clock clock;
    struct tend_error err;
    struct tend_arena arena;
    struct tend_deed deed;
    bool in_deed;
    char dir[256];
};

/* The clock stands at Thu 26 Mar 2026 19:00 in Vienna, three days before
 * summer time; the user's zone is Europe/Vienna; `me` is p1. */
#define WORLD_START "2026-03-26T19:00:00+01:00"

int world_setup(void **state);
int world_setup_bare(void **state);     /* without the two plugins */
int world_teardown(void **state);

/* Loads a plugin of this name with one record. */
void world_plugin(struct world *w, const char *name, const char *kind, const void *record);
extern const struct tend_stage_set world_pipeline;
extern const struct tend_policy world_followup;

void world_at(struct world *w, const char *instant);
int64_t world_instant(const char *instant);
int64_t world_day(const char *day);
/* A deed: begin, work on w->deed, then one of these. */
void world_begin(struct world *w);
void world_end(struct world *w);        /* must be well */
void world_abort(struct world *w);
void world_done(struct world *w);       /* frees the deed */

/* One whole command each; they must be well. */
tend_id world_add(struct world *w, const char *name, const char *zone);
tend_id world_log(struct world *w, tend_id person, const char *kind, const char *disposition);
void world_undo(struct world *w);

struct tend_touch_ask world_touch(const tend_id *person, const char *kind);
int64_t world_due(struct world *w, struct tend_task_view **tasks);
int64_t world_open_tasks(struct world *w, tend_id person, struct tend_task_view **tasks);
const char *world_stage(struct world *w, tend_id person, const char *track);
int64_t world_rows(struct world *w, enum tend_table table);
/* One number over all facts. */
uint64_t world_sum(struct world *w);
const struct tend_outcome *world_outcome(struct world *w, const char *effect);
/* The text of the newest decision about something, or "". */
const char *world_decision(struct world *w, enum tend_ref_kind kind, tend_id id);
void assert_holds(const char *text, const char *part);

#define T(literal) TEND_TEXT(literal)
#define WORLD_TEST(name) cmocka_unit_test_setup_teardown(name, world_setup, world_teardown)
#define WORLD_BARE(name) cmocka_unit_test_setup_teardown(name, world_setup_bare, world_teardown)
#define WORLD_MAIN(tests)                                 \
    int main(void)                                        \
    {                                                     \
        cmocka_set_message_output(CM_OUTPUT_TAP);         \
        return cmocka_run_group_tests(tests, NULL, NULL); \
    }

#endif
