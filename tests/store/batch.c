/* Batches and savepoints: covers tend_batch_begin, tend_batch_commit,
 * tend_batch_abort, tend_batch_current, tend_batch_rename, tend_savepoint_begin,
 * tend_savepoint_release, tend_savepoint_rollback, tend_store_history,
 * tend_store_batch_changes, tend_counter_*. */
#include "fixture.h"

static void a_batch_without_changes_leaves_nothing(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_memory(fx);
    assert_int_equal(tend_batch_current(fx->store), 0);
    begin(fx);
    assert_int_equal(tend_batch_current(fx->store), 1);
    assert_int_equal(commit(fx), 0);
    assert_int_equal(number(fx, "SELECT count(*) FROM batch"), 0);
    assert_int_equal(number(fx, "SELECT count(*) FROM counter"), 0);
    begin(fx);
    add_person(fx, "Ann");
    assert_int_equal(commit(fx), 1);
    fixture_end(fx);
}

static void an_abort_takes_all_back(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_memory(fx);
    begin(fx);
    tend_id ann = add_person(fx, "Ann");
    OK(tend_derive_flush(fx->store));
    tend_batch_abort(fx->store);
    tend_batch_abort(fx->store);
    assert_int_equal(number(fx, "SELECT count(*) FROM person"), 0);
    assert_int_equal(number(fx, "SELECT count(*) FROM person_word"), 0);
    begin(fx);
    assert_int_equal(add_person(fx, "Bob"), ann);
    commit(fx);
    assert_clean(fx);
    fixture_end(fx);
}

/* Outside of a batch, twice a batch, no savepoint: an error that says so. */
static void misuse_is_refused(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    struct tend_value v[TEND_N_person] = { 0 };
    tend_id id;
    fixture_memory(fx);
    assert_int_equal(tend_row_insert(fx->store, TEND_T_person, v, &id), TEND_INTERNAL);
    assert_int_equal(tend_row_update(fx->store, TEND_T_person, 1, 1, v), TEND_INTERNAL);
    assert_int_equal(tend_row_delete(fx->store, TEND_T_person, 1), TEND_INTERNAL);
    assert_int_equal(tend_batch_commit(fx->store, &id), TEND_INTERNAL);
    assert_int_equal(tend_savepoint_begin(fx->store), TEND_INTERNAL);
    assert_int_equal(tend_savepoint_release(fx->store), TEND_INTERNAL);
    tend_savepoint_rollback(fx->store);
    begin(fx);
    assert_int_equal(tend_batch_begin(fx->store, TEND_BATCH_COMMAND, "x", 0), TEND_INTERNAL);
    assert_int_equal(tend_row_insert(fx->store, TEND_T_person_word, v, &id), TEND_INTERNAL);
    assert_int_equal(tend_savepoint_release(fx->store), TEND_INTERNAL);
    for (int i = 0; i < TEND_SAVEPOINTS; i++) {
        OK(tend_savepoint_begin(fx->store));
    }
    assert_int_equal(tend_savepoint_begin(fx->store), TEND_LIMIT);
    fixture_end(fx);
}

static void ids_are_never_used_again(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_file(fx);
    begin(fx);
    tend_id ann = add_person(fx, "Ann");
    tend_id note = add_note(fx, ann, "hello");
    commit(fx);
    begin(fx);
    OK(tend_row_delete(fx->store, TEND_T_note, note));
    commit(fx);
    tend_store_close(fx->store);
    struct tend_store_options options = fixture_options(fx);
    OK(tend_store_open(&fx->store, fx->path, &options, &fx->err));
    begin(fx);
    assert_int_equal(add_note(fx, ann, "again"), note + 1);
    commit(fx);
    assert_clean(fx);
    fixture_end(fx);
}

/* Rows, journal, ids and marks since the savepoint go; what came before and
 * after stays, in savepoints inside of savepoints too. */
static void a_rollback_takes_back_to_the_mark(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    struct tend_undo undo;
    fixture_memory(fx);
    begin(fx);
    tend_id ann = add_person(fx, "Ann");
    OK(tend_savepoint_begin(fx->store));
    tend_id bob = add_person(fx, "Bob");
    OK(tend_row_set(fx->store, TEND_T_person, ann, TEND_C_person_name, tend_str(TEND_TEXT("X"))));
    OK(tend_savepoint_begin(fx->store));
    add_person(fx, "Cara");
    OK(tend_savepoint_release(fx->store));
    OK(tend_derive_flush(fx->store));
    tend_savepoint_rollback(fx->store);
    assert_int_equal(add_person(fx, "Dora"), bob);
    OK(tend_savepoint_begin(fx->store));
    add_note(fx, bob, "kept");
    OK(tend_savepoint_release(fx->store));
    tend_id batch = commit(fx);
    assert_int_equal(number(fx, "SELECT count(*) FROM person"), 2);
    assert_int_equal(number(fx, "SELECT count(*) FROM person WHERE name = 'Ann'"), 1);
    assert_int_equal(number(fx, "SELECT count(*) FROM person_word WHERE word = 'dora'"), 1);
    assert_int_equal(number(fx, "SELECT count(*) FROM person_word WHERE word = 'bob'"), 0);
    assert_clean(fx);
    int64_t counts[TEND_TABLES];
    OK(tend_store_batch_changes(fx->store, batch, counts));
    assert_int_equal(counts[TEND_T_person], 2);
    assert_int_equal(counts[TEND_T_note], 1);
    OK(tend_store_undo(fx->store, 0, 0, false, &fx->arena, &undo));
    assert_int_equal(undo.changes, 3);
    assert_int_equal(number(fx, "SELECT count(*) FROM person"), 0);
    fixture_end(fx);
}

static void history_names_what_was_done(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    struct tend_batch *all;
    int64_t n;
    fixture_memory(fx);
    begin(fx);
    tend_id ann = add_person(fx, "Ann");
    commit(fx);
    OK(tend_batch_begin(fx->store, TEND_BATCH_TICK, "tick", ann));
    add_note(fx, ann, "one");
    add_note(fx, ann, "two");
    tend_batch_rename(fx->store, "tick n1");
    commit(fx);
    OK(tend_store_history(fx->store, 0, 10, &fx->arena, &all, &n));
    assert_int_equal(n, 2);
    assert_int_equal(all[0].id, 2);
    assert_int_equal(all[0].kind, TEND_BATCH_TICK);
    assert_int_equal(all[0].actor, ann);
    assert_int_equal(all[0].changes, 2);
    assert_int_equal(all[0].at, FIXTURE_NOW);
    assert_true(tend_text_is(all[0].command, "tick n1"));
    assert_false(all[0].sealed);
    OK(tend_store_history(fx->store, 2, 10, &fx->arena, &all, &n));
    assert_int_equal(n, 1);
    assert_true(tend_text_is(all[0].command, "test"));
    OK(tend_store_history(fx->store, 0, 1, &fx->arena, &all, &n));
    assert_int_equal(n, 1);
    fixture_end(fx);
}

/* Many updates are written before the commit, and undone from there. */
static void a_large_batch_spills(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    struct tend_undo undo;
    char text[2001];
    fixture_memory(fx);
    memset(text, 'a', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    begin(fx);
    tend_id ann = add_person(fx, "Ann");
    for (int i = 0; i < 1500; i++) {
        add_note(fx, ann, text);
    }
    commit(fx);
    struct facts before = facts_of(fx);
    memset(text, 'b', sizeof text - 1);
    begin(fx);
    for (int i = 1; i <= 1500; i++) {
        OK(tend_row_set(fx->store, TEND_T_note, i, TEND_C_note_text,
                        tend_str(tend_text_of(text))));
    }
    assert_true(fx->store->log.images.len < 1500 * 4000);
    tend_id batch = commit(fx);
    assert_true(number(fx, "SELECT count(*) FROM journal WHERE page IS NOT NULL") > 50);
    assert_true(number(fx, "SELECT max(length(page)) FROM journal") <= 65536);
    int64_t counts[TEND_TABLES];
    OK(tend_store_batch_changes(fx->store, batch, counts));
    assert_int_equal(counts[TEND_T_note], 1500);
    OK(tend_store_undo(fx->store, 0, 0, false, &fx->arena, &undo));
    struct facts now = facts_of(fx);
    assert_facts(&before, &now, "undo of a large batch");
    assert_clean(fx);
    fixture_end(fx);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_batch_without_changes_leaves_nothing),
        cmocka_unit_test(an_abort_takes_all_back),
        cmocka_unit_test(misuse_is_refused),
        cmocka_unit_test(ids_are_never_used_again),
        cmocka_unit_test(a_rollback_takes_back_to_the_mark),
        cmocka_unit_test(history_names_what_was_done),
        cmocka_unit_test(a_large_batch_spills),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
