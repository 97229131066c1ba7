/* The log of a batch and what of it is written: covers tend_log_insert,
 * tend_log_entry, tend_log_mark, tend_log_rollback, tend_log_freeze,
 * tend_log_reset, tend_log_finish, tend_journal_write, tend_journal_spill. */
#include "fixture.h"

static void neighbours_are_one_range(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_memory(fx);
    begin(fx);
    for (int i = 0; i < 100; i++) {
        tend_id p = add_person(fx, "Ann");
        OK(tend_savepoint_begin(fx->store));
        add_note(fx, p, "x");
        OK(tend_savepoint_release(fx->store));
    }
    tend_id batch = commit(fx);
    assert_int_equal(number(fx, "SELECT count(*) FROM journal"), 2);
    assert_int_equal(number(fx, "SELECT last FROM journal WHERE tbl = 'note' AND first = 1"), 100);
    assert_int_equal(number(fx, "SELECT changes FROM batch"), 200);
    assert_int_equal(number(fx, "SELECT max(batch) FROM journal"), batch);
    fixture_end(fx);
}

/* A row that the batch made itself needs no image. */
static void own_rows_have_no_images(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_memory(fx);
    begin(fx);
    tend_id ann = add_person(fx, "Ann");
    OK(tend_row_set(fx->store, TEND_T_person, ann, TEND_C_person_name, tend_str(TEND_TEXT("B"))));
    tend_id note = add_note(fx, ann, "x");
    OK(tend_row_delete(fx->store, TEND_T_note, note));
    commit(fx);
    assert_int_equal(number(fx, "SELECT count(*) FROM journal WHERE page IS NOT NULL"), 0);
    assert_int_equal(number(fx, "SELECT changes FROM batch"), 1);
    fixture_end(fx);
}

static void a_mark_takes_the_log_back(void **state)
{
    (void)state;
    struct tend_log log = { 0 };
    struct tend_entry entry = { .kind = TEND_ENTRY_UPDATE, .table = TEND_T_note, .id = 1,
                                .mask = 1 };
    tend_log_reset(&log);
    tend_log_insert(&log, TEND_T_note, 5);
    tend_log_entry(&log, &entry);
    struct tend_log_mark mark = tend_log_mark(&log);
    tend_log_freeze(&log);
    tend_log_insert(&log, TEND_T_note, 6);
    entry.table = TEND_T_tag;
    for (int i = 0; i < 20000; i++) {
        tend_log_entry(&log, &entry);
    }
    assert_true(log.cuts.n > 0);
    assert_int_equal(log.ranges.n, 2);
    assert_int_equal(log.changes, 20003);
    tend_log_rollback(&log, &mark);
    assert_int_equal(log.cuts.n, 0);
    assert_int_equal(log.ranges.n, 1);
    assert_int_equal(log.ranges.at[0].last, 5);
    assert_int_equal(log.changes, 2);
    struct tend_page page;
    entry.table = TEND_T_note;
    tend_log_entry(&log, &entry);
    assert_int_equal(tend_codec_open(&page, tend_buffer_text(&log.images)), TEND_OK);
    assert_int_equal(tend_codec_next(&page, &entry), 1);
    assert_int_equal(tend_codec_next(&page, &entry), 1);
    assert_int_equal(entry.table, TEND_T_note);
    assert_int_equal(tend_codec_next(&page, &entry), 0);
    tend_log_finish(&log);
}

/* A text larger than a page is one page of its own. */
static void a_page_grows_with_its_entry(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    struct tend_undo undo;
    int64_t len = 3 << 20;
    char *text = malloc((size_t)len);
    memset(text, 'x', (size_t)len);
    fixture_memory(fx);
    begin(fx);
    tend_id note = add_note(fx, add_person(fx, "Ann"), "small");
    commit(fx);
    struct facts before = facts_of(fx);
    for (int pass = 0; pass < 2; pass++) {
        begin(fx);
        OK(tend_row_set(fx->store, TEND_T_note, note, TEND_C_note_text,
                        tend_str((struct tend_text){ text, len - pass })));
        commit(fx);
    }
    OK(tend_store_undo(fx->store, 0, 0, false, &fx->arena, &undo));
    assert_int_equal(number(fx, "SELECT length(text) FROM note"), len);
    OK(tend_store_undo(fx->store, 0, 0, false, &fx->arena, &undo));
    struct facts now = facts_of(fx);
    assert_facts(&before, &now, "undo of a large text");
    assert_clean(fx);
    fixture_end(fx);
    free(text);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(neighbours_are_one_range),
        cmocka_unit_test(own_rows_have_no_images),
        cmocka_unit_test(a_mark_takes_the_log_back),
        cmocka_unit_test(a_page_grows_with_its_entry),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
