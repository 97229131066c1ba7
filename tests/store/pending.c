/* What waits behind savepoints: covers tend_pending_mark, tend_pending_cut,
 * tend_pending_settle, tend_pending_write, tend_pending_has, tend_pending_gone, tend_savepoint_write. */
#include "fixture.h"
#include "store/ops_timer.h"

static int64_t notes(struct fixture *fx)
{
    return number(fx, "SELECT count(*) FROM note");
}

/* Rows that are older than a savepoint stay, whoever made the database hear of it. */
static void a_rollback_takes_only_what_is_younger(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_memory(fx);
    for (int how = 0; how < 4; how++) {
        begin(fx);
        tend_id ann = add_person(fx, "Ann");
        add_note(fx, ann, "older");
        OK(tend_savepoint_begin(fx->store));
        add_note(fx, ann, "outer");
        OK(tend_savepoint_begin(fx->store));
        add_note(fx, ann, "inner");
        assert_int_equal(fx->store->real, 0);
        if (how == 1) {
            assert_int_equal(notes(fx), how + 3);
            assert_int_equal(fx->store->real, 2);
        } else if (how == 2) {
            OK(tend_row_set(fx->store, TEND_T_person, ann, TEND_C_person_name,
                            tend_str(TEND_TEXT("Bob"))));
        }
        add_note(fx, ann, "innermost");
        tend_savepoint_rollback(fx->store);
        add_note(fx, ann, "again");
        if (how == 3) {
            assert_int_equal(notes(fx), how + 3);
        }
        tend_savepoint_rollback(fx->store);
        commit(fx);
        assert_int_equal(number(fx, "SELECT count(*) FROM note WHERE text = 'older'"), how + 1);
        assert_int_equal(notes(fx), how + 1);
        assert_int_equal(number(fx, "SELECT count(*) FROM person WHERE name = 'Bob'"), 0);
        assert_clean(fx);
    }
    fixture_end(fx);
}

/* More than a statement holds, and more than may wait at all. */
static void many_wait_behind_a_savepoint(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_memory(fx);
    begin(fx);
    tend_id ann = add_person(fx, "Ann");
    for (int i = 0; i < 30; i++) {
        add_note(fx, ann, "older");
    }
    for (int lap = 0; lap < 2; lap++) {
        OK(tend_savepoint_begin(fx->store));
        for (int i = 0; i < 21 * TEND_BULK_ROWS; i++) {
            add_note(fx, ann, "younger");
        }
        assert_int_equal(fx->store->real, 1);
        if (lap == 0) {
            tend_savepoint_rollback(fx->store);
        } else {
            OK(tend_savepoint_release(fx->store));
        }
    }
    OK(tend_savepoint_begin(fx->store));
    add_note(fx, ann, "last");
    OK(tend_savepoint_release(fx->store));
    commit(fx);
    assert_int_equal(notes(fx), 30 + 21 * TEND_BULK_ROWS + 1);
    assert_int_equal(number(fx, "SELECT max(id) FROM note"), 30 + 21 * TEND_BULK_ROWS + 1);
    assert_clean(fx);
    fixture_end(fx);
}

/* A read of another table leaves what waits alone. */
static void a_read_writes_no_other_table(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_memory(fx);
    begin(fx);
    add_note(fx, add_person(fx, "Ann"), "waits");
    OK(tend_savepoint_begin(fx->store));
    assert_int_equal(number(fx, "SELECT count(*) FROM person"), 1);
    assert_int_equal(fx->store->rows[TEND_T_note].bulk.n, 1);
    assert_int_equal(fx->store->real, 0);
    assert_true(tend_pending_has(fx->store, TEND_T_note, TEND_C_note_person, 1));
    assert_false(tend_pending_has(fx->store, TEND_T_note, TEND_C_note_person, 2));
    OK(tend_savepoint_release(fx->store));
    commit(fx);
    assert_int_equal(notes(fx), 1);
    fixture_end(fx);
}

static void add_timer(struct fixture *fx, int64_t due)
{
    struct tend_value v[TEND_N_timer] = { [TEND_C_timer_due_at] = tend_int(due),
                                          [TEND_C_timer_state] = tend_int(0),
                                          [TEND_C_timer_fence] = tend_int(0) };
    tend_id id;
    OK(tend_row_insert(fx->store, TEND_T_timer, v, &id));
}

/* Timers that are over go together, unless they were changed or it is taken back. */
static void timers_go_together(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    struct tend_timer_row *rows;
    int64_t n;
    fixture_memory(fx);
    begin(fx);
    for (int64_t i = 1; i <= 5; i++) {
        add_timer(fx, i);
    }
    commit(fx);
    begin(fx);
    OK(tend_timer_due(fx->store, 9, 9, &fx->arena, &rows, &n));
    assert_int_equal(n, 5);
    OK(tend_timer_remove(fx->store, &rows[0]));
    assert_int_equal(tend_timer_remove(fx->store, &rows[0]), TEND_STALE);
    OK(tend_savepoint_begin(fx->store));
    OK(tend_timer_remove(fx->store, &rows[1]));
    assert_int_equal(fx->store->real, 0);
    tend_savepoint_rollback(fx->store);
    OK(tend_savepoint_begin(fx->store));
    OK(tend_timer_remove(fx->store, &rows[2]));
    assert_int_equal(number(fx, "SELECT count(*) FROM timer"), 3);
    tend_savepoint_rollback(fx->store);
    assert_int_equal(number(fx, "SELECT count(*) FROM timer"), 4);
    OK(tend_row_set(fx->store, TEND_T_timer, rows[3].id, TEND_C_timer_fence, tend_int(1)));
    assert_int_equal(tend_timer_remove(fx->store, &rows[3]), TEND_STALE);
    OK(tend_timer_remove(fx->store, &rows[4]));
    assert_int_equal(number(fx, "SELECT count(*) FROM timer"), 3);
    assert_int_equal(tend_timer_remove(fx->store, &rows[4]), TEND_STALE);
    commit(fx);
    assert_int_equal(number(fx, "SELECT count(*) FROM timer"), 3);
    assert_clean(fx);
    fixture_end(fx);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rollback_takes_only_what_is_younger),
        cmocka_unit_test(many_wait_behind_a_savepoint),
        cmocka_unit_test(a_read_writes_no_other_table),
        cmocka_unit_test(timers_go_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
