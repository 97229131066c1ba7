/* Rows that wait and are written together: covers tend_bulk_add, tend_bulk_end,
 * tend_pending_add, tend_pending_flush, tend_pending_drop, tend_pending_finish,
 * tend_sql_past. */
#include "fixture.h"

static int64_t seen_past(struct fixture *fx)
{
    struct tend_sql *q = tend_sql_past(fx->store, "SELECT count(*) FROM note");
    int64_t n = tend_sql_step(q) ? tend_sql_int(q, 0) : -1;
    OK(tend_sql_end(q));
    return n;
}

/* A statement sees what was written before it, unless it does not care. */
static void whoever_looks_sees_all(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_memory(fx);
    begin(fx);
    tend_id ann = add_person(fx, "Ann");
    add_note(fx, ann, "first");
    tend_id id = add_note(fx, ann, "tea");
    assert_int_equal(seen_past(fx), 0);
    assert_int_equal(number(fx, "SELECT count(*) FROM note"), 2);
    assert_int_equal(seen_past(fx), 2);
    id = add_note(fx, ann, "coffee");
    OK(tend_row_set(fx->store, TEND_T_note, id, TEND_C_note_text, tend_str(TEND_TEXT("milk"))));
    OK(tend_row_delete(fx->store, TEND_T_note, id));
    commit(fx);
    assert_int_equal(number(fx, "SELECT count(*) FROM note"), 2);
    assert_clean(fx);
    fixture_end(fx);
}

/* Row i of a table whose columns come and go from row to row. */
static void sample(struct tend_value *v, int64_t i, char *text)
{
    snprintf(text, 32, "note %lld", (long long)i / 3);
    v[TEND_C_note_person] = tend_int(1);
    v[TEND_C_note_text] = i % 5 == 0 ? (struct tend_value){ 0 } : tend_str(tend_text_of(text));
    v[TEND_C_note_at] = i % 7 < 3 ? (struct tend_value){ 0 } : tend_int(i / 40);
    v[TEND_C_note_known_at] = i % 16 == 0 ? tend_int(i) : tend_int(7);
}

static void many_are_as_one_by_one(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    struct tend_value v[TEND_N_note] = { 0 }, r[TEND_N_note];
    char text[32];
    enum { ROWS = 7 * TEND_BULK_ROWS + 3 };
    fixture_memory(fx);
    begin(fx);
    add_person(fx, "Ann");
    for (int64_t i = 0; i < ROWS; i++) {
        tend_id id;
        sample(v, i, text);
        OK(tend_row_insert(fx->store, TEND_T_note, v, &id));
        assert_int_equal(id, i + 1);
    }
    tend_id batch = commit(fx);
    for (int64_t i = 0; i < ROWS; i++) {
        tend_id rev;
        sample(v, i, text);
        OK(tend_row_read(fx->store, TEND_T_note, i + 1, &fx->arena, r, &rev));
        assert_int_equal(rev, batch);
        for (int32_t c = 0; c < TEND_N_note; c++) {
            assert_true(tend_value_same(&v[c], &r[c]));
        }
    }
    assert_clean(fx);
    fixture_end(fx);
}

static void what_is_taken_back_is_not_written(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_memory(fx);
    begin(fx);
    tend_id ann = add_person(fx, "Ann");
    add_note(fx, ann, "stays");
    OK(tend_savepoint_begin(fx->store));
    assert_int_equal(add_note(fx, ann, "goes"), 2);
    tend_savepoint_rollback(fx->store);
    assert_int_equal(add_note(fx, ann, "comes"), 2);
    commit(fx);
    assert_int_equal(number(fx, "SELECT count(*) FROM note WHERE text = 'goes'"), 0);
    assert_int_equal(number(fx, "SELECT count(*) FROM note"), 2);
    begin(fx);
    add_note(fx, ann, "never");
    tend_batch_abort(fx->store);
    begin(fx);
    assert_int_equal(commit(fx), 0);
    assert_int_equal(number(fx, "SELECT count(*) FROM note"), 2);
    assert_clean(fx);
    fixture_end(fx);
}

/* Rows are written after tend_row_insert: a failure must still stop the batch. */
static void a_failed_write_stops_the_batch(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    struct tend_value v[TEND_N_note] = { 0 };
    tend_id id;
    fixture_memory(fx);
    begin(fx);
    tend_id ann = add_person(fx, "Ann");
    add_note(fx, ann, "here");
    commit(fx);
    begin(fx);
    OK(tend_store_exec(fx->store, "ALTER TABLE note RENAME TO note_away"));
    add_note(fx, ann, "lost");
    assert_int_not_equal(tend_batch_commit(fx->store, &id), TEND_OK);
    assert_int_equal(number(fx, "SELECT count(*) FROM note"), 1);
    begin(fx);
    v[TEND_C_note_text] = tend_int(5);
    assert_int_equal(tend_row_insert(fx->store, TEND_T_note, v, &id), TEND_INVALID);
    add_note(fx, ann, "kept");
    commit(fx);
    assert_int_equal(number(fx, "SELECT count(*) FROM note"), 2);
    assert_clean(fx);
    fixture_end(fx);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whoever_looks_sees_all),
        cmocka_unit_test(many_are_as_one_by_one),
        cmocka_unit_test(what_is_taken_back_is_not_written),
        cmocka_unit_test(a_failed_write_stops_the_batch),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
