/* Undo and redo of random work, over many tables, with savepoints: covers
 * tend_store_undo, tend_store_redo, tend_row_insert, tend_row_update,
 * tend_row_delete, tend_savepoint_*, tend_derive_flush, tend_store_check. */
#include "fixture.h"

enum { BATCHES = 24, STEPS = 30, ROUNDS = 3 };

static uint64_t roll(struct fixture *fx, uint64_t n)
{
    return tend_clock_random(&fx->clock) % n;
}

static tend_id any(struct fixture *fx, const char *table)
{
    char sql[160];
    int64_t seed = (int64_t)roll(fx, 1000003);
    snprintf(sql, sizeof sql, "SELECT id FROM %s ORDER BY (id * 7919 + %lld) %% 1009 LIMIT 1",
             table, (long long)seed);
    int64_t id = number(fx, sql);
    return id > 0 ? id : 0;
}

static const char *word(struct fixture *fx)
{
    static const char *const words[] = { "Ann", "Bob Lee", "O'Brien", "José", "Meyer-Schulz",
                                         "Zoë Ångström", "call back", "x", "ann@example.com",
                                         "+15550100" };
    return words[roll(fx, sizeof words / sizeof *words)];
}

static void insert_something(struct fixture *fx)
{
    tend_id person = any(fx, "person");
    if (person == 0 || roll(fx, 4) == 0) {
        person = add_person(fx, word(fx));
    }
    switch (roll(fx, 6)) {
    case 0:
        add_note(fx, person, word(fx));
        break;
    case 1:
        add_point(fx, person, "email", word(fx));
        break;
    case 2:
        add_stage(fx, person, roll(fx, 2) ? "opportunity" : "product", word(fx),
                  (int64_t)roll(fx, 5));
        break;
    case 3:
        add_task(fx, person, 20000 + (int64_t)roll(fx, 50), 20060);
        break;
    case 4: {
        struct tend_value v[TEND_N_touch] = { 0 };
        struct tend_value p[TEND_N_touch_party] = { 0 };
        tend_id touch;
        v[TEND_C_touch_person] = tend_int(person);
        v[TEND_C_touch_text] = tend_str(tend_text_of(word(fx)));
        OK(tend_row_insert(fx->store, TEND_T_touch, v, &touch));
        p[TEND_C_touch_party_touch] = tend_int(touch);
        p[TEND_C_touch_party_person] = tend_int(person);
        OK(tend_row_insert(fx->store, TEND_T_touch_party, p, NULL));
        break;
    }
    default:
        break;
    }
}

static void update_something(struct fixture *fx)
{
    static const char *const zones[] = { "Europe/Vienna", "America/New_York", "UTC" };
    tend_id person = any(fx, "person"), task = any(fx, "task"), touch = any(fx, "touch");
    if (person == 0) {
        return;
    }
    switch (roll(fx, 6)) {
    case 0:
        OK(tend_row_set(fx->store, TEND_T_person, person, TEND_C_person_name,
                        tend_str(tend_text_of(word(fx)))));
        break;
    case 1:
        OK(tend_row_set(fx->store, TEND_T_person, person, TEND_C_person_zone,
                        tend_str(tend_text_of(zones[roll(fx, 3)]))));
        break;
    case 2:
        OK(tend_row_set(fx->store, TEND_T_person, person, TEND_C_person_keeper,
                        tend_ref(any(fx, "person"))));
        break;
    case 3:
        if (task != 0) {
            struct tend_value v[TEND_N_task] = { 0 };
            v[TEND_C_task_state] = tend_int((int64_t)roll(fx, 3));
            v[TEND_C_task_closed_touch] = tend_ref(roll(fx, 2) ? touch : 0);
            v[TEND_C_task_opens_day] = tend_int(20000 + (int64_t)roll(fx, 60));
            OK(tend_row_update(fx->store, TEND_T_task, task,
                               UINT64_C(1) << TEND_C_task_state |
                                   UINT64_C(1) << TEND_C_task_closed_touch |
                                   UINT64_C(1) << TEND_C_task_opens_day,
                               v));
        }
        break;
    case 4:
        if (touch != 0) {
            OK(tend_row_set(fx->store, TEND_T_touch, touch, TEND_C_touch_text,
                            tend_str(tend_text_of(word(fx)))));
        }
        break;
    default:
        if (task != 0) {
            OK(tend_row_set(fx->store, TEND_T_task, task, TEND_C_task_doer, tend_ref(person)));
        }
        break;
    }
}

static void delete_something(struct fixture *fx)
{
    static const enum tend_table tables[] = { TEND_T_note, TEND_T_stage_change, TEND_T_task,
                                              TEND_T_contact_point, TEND_T_touch_party };
    enum tend_table table = tables[roll(fx, 5)];
    tend_id id = any(fx, tend_catalogue[table].name);
    if (id != 0) {
        OK(tend_row_delete(fx->store, table, id));
    }
}

static void step(struct fixture *fx)
{
    uint64_t what = roll(fx, 10);
    if (what < 5) {
        insert_something(fx);
    } else if (what < 8) {
        update_something(fx);
    } else {
        delete_something(fx);
    }
}

static void steps_with_savepoints(struct fixture *fx, uint64_t n, int depth)
{
    for (uint64_t i = 0; i < n; i++) {
        if (depth < 3 && roll(fx, 12) == 0) {
            OK(tend_savepoint_begin(fx->store));
            steps_with_savepoints(fx, 1 + roll(fx, 5), depth + 1);
            if (roll(fx, 2) == 0) {
                tend_savepoint_rollback(fx->store);
            } else {
                OK(tend_savepoint_release(fx->store));
            }
        } else if (roll(fx, 15) == 0) {
            OK(tend_derive_flush(fx->store));
        } else {
            step(fx);
        }
    }
}

static tend_id work(struct fixture *fx)
{
    begin(fx);
    steps_with_savepoints(fx, 1 + roll(fx, STEPS), 0);
    return commit(fx);
}

/* All batches back, newest first, then all again, then back again: every state
 * on the way is what it was, and nothing is in conflict. */
static void there_and_back(void **state)
{
    (void)state;
    for (uint64_t round = 0; round < ROUNDS; round++) {
        struct fixture f, *fx = &f;
        struct facts before[BATCHES + 1];
        struct tend_undo undo;
        int32_t n = 0;
        fixture_memory(fx);
        tend_clock_seed(&fx->clock, 100 + round);
        before[0] = facts_of(fx);
        while (n < BATCHES) {
            if (work(fx) != 0) {
                before[++n] = facts_of(fx);
            }
        }
        assert_clean(fx);
        for (int pass = 0; pass < 2; pass++) {
            for (int32_t i = n - 1; i >= 0; i--) {
                OK(tend_store_undo(fx->store, 0, 0, false, &fx->arena, &undo));
                assert_int_equal(undo.n_conflicts, 0);
                struct facts now = facts_of(fx);
                assert_facts(&now, &before[i], "undo");
                if (i % 5 == 0) {
                    assert_clean(fx);
                }
            }
            assert_int_equal(tend_store_undo(fx->store, 0, 0, false, &fx->arena, &undo),
                             TEND_NOT_FOUND);
            for (int32_t i = 1; i <= n && pass == 0; i++) {
                OK(tend_store_redo(fx->store, 0, false, &fx->arena, &undo));
                assert_int_equal(undo.n_conflicts, 0);
                struct facts now = facts_of(fx);
                assert_facts(&now, &before[i], "redo");
                if (i % 5 == 0) {
                    assert_clean(fx);
                }
            }
        }
        fixture_end(fx);
    }
}

/* Any batch back, out of order: the database stays whole, a dry run changes
 * nothing, and the redo of it brings everything back. */
static void out_of_order(void **state)
{
    (void)state;
    int64_t conflicts = 0, redone = 0;
    for (uint64_t round = 0; round < ROUNDS; round++) {
        struct fixture f, *fx = &f;
        fixture_memory(fx);
        tend_clock_seed(&fx->clock, 200 + round);
        for (int32_t n = 0; n < BATCHES; n++) {
            struct tend_undo undo;
            tend_id batch = work(fx);
            if (n < 4 || batch == 0) {
                continue;
            }
            tend_id target = any(fx, "batch");
            struct facts before = facts_of(fx);
            tend_status status = tend_store_undo(fx->store, target, 0, true, &fx->arena, &undo);
            struct facts dry = facts_of(fx);
            assert_facts(&before, &dry, "dry run");
            if (status == TEND_EXISTS) {
                continue;
            }
            assert_int_equal(status, TEND_OK);
            OK(tend_store_undo(fx->store, target, 0, false, &fx->arena, &undo));
            assert_clean(fx);
            conflicts += undo.n_conflicts;
            if (undo.batch.kind == TEND_BATCH_UNDO && roll(fx, 2) == 0) {
                OK(tend_store_redo(fx->store, 0, false, &fx->arena, &undo));
                struct facts again = facts_of(fx);
                assert_facts(&before, &again, "redo out of order");
                assert_clean(fx);
                redone++;
            }
        }
        fixture_end(fx);
    }
    assert_true(conflicts > 10 && redone > 10);     /* the test is worth something */
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(there_and_back),
        cmocka_unit_test(out_of_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
