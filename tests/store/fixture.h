/* What the tests of the store share: a store in memory or in a folder of its
 * own, on a clock that stands still, and rows in a line. */
#ifndef TEND_TEST_STORE_FIXTURE_H
#define TEND_TEST_STORE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/text.h"
#include "store/parts.h"

#define FIXTURE_NOW INT64_C(1795305600000000)   /* 2026-11-22T00:00:00Z */

struct fixture {
    struct tend_clock clock;
    struct tend_error err;
    struct tend_store *store;
    struct tend_arena arena;
    char folder[64], path[96];
};

#define OK(call)                                                                    \
    do {                                                                            \
        tend_status ok_ = (call);                                                   \
        if (ok_ != TEND_OK) {                                                       \
            fail_msg("%s: %s: %s", #call, tend_status_name(ok_), fx->err.text);     \
        }                                                                           \
    } while (0)

static inline struct tend_store_options fixture_options(struct fixture *fx)
{
    return (struct tend_store_options){ .clock = &fx->clock };
}

static inline void fixture_clock(struct fixture *fx)
{
    memset(fx, 0, sizeof *fx);
    tend_clock_freeze(&fx->clock, FIXTURE_NOW);
    tend_clock_seed(&fx->clock, 7);
}

static inline void fixture_memory(struct fixture *fx)
{
    fixture_clock(fx);
    struct tend_store_options options = fixture_options(fx);
    options.memory = true;
    OK(tend_store_open(&fx->store, "memory", &options, &fx->err));
}

static inline void fixture_folder(struct fixture *fx)
{
    const char *tmp = getenv("TMPDIR");
    fixture_clock(fx);
    snprintf(fx->folder, sizeof fx->folder, "%s/tend-store-XXXXXX",
             tmp != NULL && strlen(tmp) < 32 ? tmp : "/tmp");
    assert_non_null(mkdtemp(fx->folder));
    snprintf(fx->path, sizeof fx->path, "%s/t.db", fx->folder);
}

static inline void fixture_file(struct fixture *fx)
{
    fixture_folder(fx);
    struct tend_store_options options = fixture_options(fx);
    OK(tend_store_open(&fx->store, fx->path, &options, &fx->err));
}

static inline void fixture_end(struct fixture *fx)
{
    tend_store_close(fx->store);
    tend_arena_finish(&fx->arena);
    if (fx->folder[0] != '\0') {
        char command[128];
        snprintf(command, sizeof command, "rm -rf '%s'", fx->folder);
        assert_int_equal(system(command), 0);
    }
}

static inline void begin(struct fixture *fx)
{
    OK(tend_batch_begin(fx->store, TEND_BATCH_COMMAND, "test", 0));
}

static inline tend_id commit(struct fixture *fx)
{
    tend_id id;
    OK(tend_batch_commit(fx->store, &id));
    return id;
}

static inline tend_id add_person(struct fixture *fx, const char *name)
{
    struct tend_value v[TEND_N_person] = { 0 };
    tend_id id;
    v[TEND_C_person_name] = tend_str(tend_text_of(name));
    OK(tend_row_insert(fx->store, TEND_T_person, v, &id));
    return id;
}

static inline tend_id add_note(struct fixture *fx, tend_id person, const char *text)
{
    struct tend_value v[TEND_N_note] = { 0 };
    tend_id id;
    v[TEND_C_note_person] = tend_int(person);
    v[TEND_C_note_text] = tend_str(tend_text_of(text));
    OK(tend_row_insert(fx->store, TEND_T_note, v, &id));
    return id;
}

static inline tend_id add_point(struct fixture *fx, tend_id person, const char *kind,
                                const char *value)
{
    struct tend_value v[TEND_N_contact_point] = { 0 };
    tend_id id;
    v[TEND_C_contact_point_person] = tend_int(person);
    v[TEND_C_contact_point_kind] = tend_str(tend_text_of(kind));
    v[TEND_C_contact_point_value] = v[TEND_C_contact_point_key] = tend_str(tend_text_of(value));
    OK(tend_row_insert(fx->store, TEND_T_contact_point, v, &id));
    return id;
}

static inline tend_id add_stage(struct fixture *fx, tend_id person, const char *track,
                                const char *stage, int64_t at)
{
    struct tend_value v[TEND_N_stage_change] = { 0 };
    tend_id id;
    v[TEND_C_stage_change_person] = tend_int(person);
    v[TEND_C_stage_change_track] = tend_str(tend_text_of(track));
    v[TEND_C_stage_change_to_stage] = tend_str(tend_text_of(stage));
    v[TEND_C_stage_change_at] = tend_int(at);
    OK(tend_row_insert(fx->store, TEND_T_stage_change, v, &id));
    return id;
}

static inline tend_id add_task(struct fixture *fx, tend_id person, int64_t opens, int64_t closes)
{
    struct tend_value v[TEND_N_task] = { 0 };
    tend_id id;
    v[TEND_C_task_person] = tend_int(person);
    v[TEND_C_task_title] = tend_str(TEND_TEXT("call"));
    v[TEND_C_task_opens_day] = tend_int(opens);
    v[TEND_C_task_closes_day] = tend_int(closes);
    v[TEND_C_task_state] = tend_int(TEND_TASK_OPEN);
    OK(tend_row_insert(fx->store, TEND_T_task, v, &id));
    return id;
}

/* One number, by SQL of the test's own. */
static inline int64_t number(struct fixture *fx, const char *sql)
{
    struct tend_sql *q = tend_sql_dynamic(fx->store, tend_text_of(sql));
    int64_t n = tend_sql_step(q) ? tend_sql_int(q, 0) : -1;
    OK(tend_sql_end(q));
    return n;
}

static inline void assert_clean(struct fixture *fx)
{
    struct tend_text *problems;
    int64_t n;
    OK(tend_store_check(fx->store, &fx->arena, &problems, &n));
    if (n > 0) {
        fail_msg("%lld problems, the first: %.*s", (long long)n, TEND_FMT(problems[0]));
    }
    tend_arena_reset(&fx->arena);
}

/* The checksum of every fact table. */
struct facts {
    uint64_t sum[TEND_TABLES];
    int64_t rows[TEND_TABLES];
};

static inline struct facts facts_of(struct fixture *fx)
{
    struct facts facts = { 0 };
    for (int32_t t = 0; t < TEND_TABLES; t++) {
        if (tend_catalogue[t].kind == TEND_TABLE_FACT) {
            OK(tend_store_checksum(fx->store, (enum tend_table)t, &facts.sum[t],
                                   &facts.rows[t]));
        }
    }
    return facts;
}

static inline void assert_facts(const struct facts *a, const struct facts *b, const char *when)
{
    for (int32_t t = 0; t < TEND_TABLES; t++) {
        if (a->sum[t] != b->sum[t] || a->rows[t] != b->rows[t]) {
            fail_msg("%s: table %s differs (%lld rows, %lld rows)", when, tend_catalogue[t].name,
                     (long long)a->rows[t], (long long)b->rows[t]);
        }
    }
}

#endif
