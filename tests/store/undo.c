/* Undo, case by case: covers tend_store_undo, tend_store_redo and what they
 * keep (tend_undo_keep, tend_undo_dangling, tend_undo_images, tend_undo_remove). */
#include "fixture.h"

static struct tend_undo undo_of(struct fixture *fx, tend_id batch)
{
    struct tend_undo undo;
    OK(tend_store_undo(fx->store, batch, 0, false, &fx->arena, &undo));
    assert_clean(fx);
    return undo;
}

static struct tend_undo redo_of(struct fixture *fx)
{
    struct tend_undo undo;
    OK(tend_store_redo(fx->store, 0, false, &fx->arena, &undo));
    assert_clean(fx);
    return undo;
}

/* A later change keeps the row, what the row needs, and what is a part of it. */
static void a_later_change_keeps_a_person(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_memory(fx);
    struct tend_value import[TEND_N_import] = { 0 };
    tend_id made;
    begin(fx);
    OK(tend_row_insert(fx->store, TEND_T_import, import, &made));
    tend_id ann = add_person(fx, "Ann"), bob = add_person(fx, "Bob");
    OK(tend_row_set(fx->store, TEND_T_person, ann, TEND_C_person_import, tend_int(made)));
    OK(tend_row_set(fx->store, TEND_T_person, bob, TEND_C_person_import, tend_int(made)));
    add_point(fx, ann, "email", "ann@example.com");
    add_point(fx, bob, "email", "bob@example.com");
    tend_id batch = commit(fx);
    begin(fx);
    OK(tend_row_set(fx->store, TEND_T_person, ann, TEND_C_person_name,
                    tend_str(TEND_TEXT("Ann Lee"))));
    tend_id later = commit(fx);
    struct tend_undo undo = undo_of(fx, batch);
    assert_int_equal(undo.undone, batch);
    assert_int_equal(undo.batch.kind, TEND_BATCH_UNDO);
    assert_int_equal(undo.n_conflicts, 1);
    assert_int_equal(undo.conflict[0].table, TEND_T_person);
    assert_int_equal(undo.conflict[0].id, ann);
    assert_int_equal(undo.conflict[0].rev, later);
    assert_null(undo.conflict[0].column);
    assert_int_equal(number(fx, "SELECT count(*) FROM person"), 1);
    assert_int_equal(number(fx, "SELECT count(*) FROM contact_point"), 1);
    assert_int_equal(number(fx, "SELECT count(*) FROM import"), 1);
    assert_int_equal(undo.changes, 2);
    redo_of(fx);
    assert_int_equal(number(fx, "SELECT count(*) FROM person"), 2);
    assert_int_equal(number(fx, "SELECT count(*) FROM contact_point"), 2);
    fixture_end(fx);
}

static void a_later_row_keeps_what_it_needs(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_memory(fx);
    begin(fx);
    tend_id ann = add_person(fx, "Ann");
    add_person(fx, "Bob");
    tend_id batch = commit(fx);
    begin(fx);
    add_note(fx, ann, "a note");
    tend_id later = commit(fx);
    struct tend_undo undo = undo_of(fx, batch);
    assert_int_equal(undo.n_conflicts, 1);
    assert_int_equal(undo.conflict[0].id, ann);
    assert_int_equal(undo.conflict[0].rev, 0);
    assert_int_equal(number(fx, "SELECT count(*) FROM person"), 1);
    redo_of(fx);
    undo_of(fx, later);
    assert_int_equal(undo_of(fx, batch).n_conflicts, 0);
    assert_int_equal(number(fx, "SELECT count(*) FROM person"), 0);
    fixture_end(fx);
}

/* Only the columns that are still as the batch left them go back. */
static void columns_go_back_one_by_one(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    struct tend_value v[TEND_N_person] = { 0 };
    fixture_memory(fx);
    begin(fx);
    tend_id ann = add_person(fx, "Ann");
    commit(fx);
    begin(fx);
    v[TEND_C_person_name] = tend_str(TEND_TEXT("Ann Lee"));
    v[TEND_C_person_zone] = tend_str(TEND_TEXT("UTC"));
    OK(tend_row_update(fx->store, TEND_T_person, ann,
                       UINT64_C(1) << TEND_C_person_name | UINT64_C(1) << TEND_C_person_zone, v));
    tend_id batch = commit(fx);
    begin(fx);
    OK(tend_row_set(fx->store, TEND_T_person, ann, TEND_C_person_name,
                    tend_str(TEND_TEXT("Anna"))));
    tend_id later = commit(fx);
    struct tend_undo undo = undo_of(fx, batch);
    assert_int_equal(undo.n_conflicts, 1);
    assert_string_equal(undo.conflict[0].column, "name");
    assert_int_equal(undo.conflict[0].rev, later);
    assert_int_equal(number(fx, "SELECT count(*) FROM person WHERE name = 'Anna' AND "
                                "zone IS NULL"), 1);
    redo_of(fx);
    assert_int_equal(number(fx, "SELECT count(*) FROM person WHERE name = 'Anna' AND "
                                "zone = 'UTC'"), 1);
    fixture_end(fx);
}

/* All undone, in any order: nothing is left, and nothing is in conflict. */
static void undone_batches_leave_no_trace(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_memory(fx);
    begin(fx);
    tend_id ann = add_person(fx, "Ann");
    tend_id first = commit(fx);
    begin(fx);
    OK(tend_row_set(fx->store, TEND_T_person, ann, TEND_C_person_given, tend_str(TEND_TEXT("A"))));
    tend_id second = commit(fx);
    begin(fx);
    OK(tend_row_set(fx->store, TEND_T_person, ann, TEND_C_person_zone, tend_str(TEND_TEXT("UTC"))));
    tend_id third = commit(fx);
    assert_int_equal(undo_of(fx, second).n_conflicts, 0);
    assert_int_equal(undo_of(fx, third).n_conflicts, 0);
    assert_int_equal(undo_of(fx, first).n_conflicts, 0);
    assert_int_equal(number(fx, "SELECT count(*) FROM person"), 0);
    fixture_end(fx);
}

static void a_deleted_row_comes_back(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_memory(fx);
    begin(fx);
    tend_id ann = add_person(fx, "Ann");
    tend_id note = add_note(fx, ann, "hello");
    tend_id first = commit(fx);
    struct facts before = facts_of(fx);
    begin(fx);
    OK(tend_row_set(fx->store, TEND_T_note, note, TEND_C_note_text, tend_str(TEND_TEXT("x"))));
    OK(tend_row_delete(fx->store, TEND_T_note, note));
    tend_id batch = commit(fx);
    undo_of(fx, batch);
    struct facts now = facts_of(fx);
    assert_facts(&before, &now, "undo of a delete");
    assert_int_equal(number(fx, "SELECT rev FROM note"), first);
    redo_of(fx);
    assert_int_equal(number(fx, "SELECT count(*) FROM note"), 0);
    undo_of(fx, batch);
    now = facts_of(fx);
    assert_facts(&before, &now, "undo after redo");
    fixture_end(fx);
}

/* A note whose person went meanwhile stays away; a keeper who went is let go. */
static void nothing_comes_back_to_nobody(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_memory(fx);
    begin(fx);
    tend_id ann = add_person(fx, "Ann");
    tend_id note = add_note(fx, ann, "hello");
    tend_id first = commit(fx);
    begin(fx);
    tend_id bob = add_person(fx, "Bob");
    commit(fx);
    begin(fx);
    OK(tend_row_set(fx->store, TEND_T_person, bob, TEND_C_person_keeper, tend_int(ann)));
    commit(fx);
    begin(fx);
    OK(tend_row_delete(fx->store, TEND_T_note, note));
    OK(tend_row_set(fx->store, TEND_T_person, bob, TEND_C_person_keeper, tend_ref(0)));
    tend_id batch = commit(fx);
    undo_of(fx, first);
    assert_int_equal(number(fx, "SELECT count(*) FROM person"), 1);
    struct tend_undo undo = undo_of(fx, batch);
    assert_int_equal(undo.n_conflicts, 2);
    assert_int_equal(number(fx, "SELECT count(*) FROM note"), 0);
    assert_int_equal(number(fx, "SELECT count(*) FROM person WHERE keeper IS NOT NULL"), 0);
    fixture_end(fx);
}

/* When nothing can go back, nothing is written, and it can be undone when what
 * is in the way is gone. What is made and unmade in one batch is no command. */
static void undo_of_what_cannot_go_back(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_memory(fx);
    begin(fx);
    tend_id ann = add_person(fx, "Ann");
    commit(fx);
    begin(fx);
    OK(tend_row_delete(fx->store, TEND_T_note, add_note(fx, ann, "gone")));
    assert_int_equal(commit(fx), 0);
    begin(fx);
    OK(tend_row_set(fx->store, TEND_T_person, ann, TEND_C_person_name, tend_str(TEND_TEXT("B"))));
    tend_id second = commit(fx);
    OK(tend_batch_begin(fx->store, TEND_BATCH_COMMAND, "set", ann));
    OK(tend_row_set(fx->store, TEND_T_person, ann, TEND_C_person_name, tend_str(TEND_TEXT("C"))));
    tend_id third = commit(fx);
    int64_t batches = number(fx, "SELECT count(*) FROM batch");
    for (int i = 0; i < 2; i++) {       /* as often as one likes */
        struct tend_undo undo = undo_of(fx, i == 0 ? 0 : second);
        assert_int_equal(undo.undone, second);
        assert_int_equal(undo.batch.id, 0);
        assert_int_equal(undo.changes, 0);
        assert_int_equal(undo.n_conflicts, 1);
        assert_int_equal(undo.conflict[0].rev, third);
        assert_int_equal(number(fx, "SELECT count(*) FROM batch"), batches);
        assert_int_equal(number(fx, "SELECT count(*) FROM batch WHERE undone_by IS NOT NULL"), 0);
    }
    assert_int_equal(number(fx, "SELECT count(*) FROM person WHERE name = 'C'"), 1);
    assert_int_equal(undo_of(fx, third).n_conflicts, 0);
    assert_int_equal(undo_of(fx, second).n_conflicts, 0);
    assert_int_equal(number(fx, "SELECT count(*) FROM person WHERE name = 'Ann'"), 1);
    fixture_end(fx);
}

/* The batch that made whoever types stays. */
static void i_am_not_undone(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    struct tend_undo undo;
    fixture_memory(fx);
    begin(fx);
    tend_id ann = add_person(fx, "Ann");
    tend_id batch = commit(fx);
    OK(tend_meta_set(fx->store, "me", TEND_TEXT("1")));
    assert_int_equal(tend_store_me(fx->store), ann);
    assert_int_equal(tend_store_undo(fx->store, batch, 0, false, &fx->arena, &undo), TEND_VETO);
    assert_non_null(strstr(fx->err.text, "p1"));
    assert_int_equal(number(fx, "SELECT count(*) FROM person"), 1);
    assert_int_equal(number(fx, "SELECT count(*) FROM batch"), 1);
    fixture_end(fx);
}

/* Whose, which and when: a tick only by its id, others' commands not, a redo
 * only when nothing came after, sealed never, twice never. */
static void which_batch_is_meant(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    struct tend_undo undo;
    fixture_memory(fx);
    assert_int_equal(tend_store_undo(fx->store, 0, 0, false, &fx->arena, &undo), TEND_NOT_FOUND);
    assert_int_equal(tend_store_undo(fx->store, 9, 0, false, &fx->arena, &undo), TEND_NOT_FOUND);
    assert_int_equal(tend_store_redo(fx->store, 0, false, &fx->arena, &undo), TEND_NOT_FOUND);
    begin(fx);
    tend_id ann = add_person(fx, "Ann");
    tend_id first = commit(fx);
    OK(tend_batch_begin(fx->store, TEND_BATCH_COMMAND, "note", ann));
    add_note(fx, ann, "by ann");
    tend_id anns = commit(fx);
    OK(tend_batch_begin(fx->store, TEND_BATCH_TICK, "tick", 0));
    add_note(fx, ann, "by the clock");
    tend_id tick = commit(fx);
    OK(tend_store_undo(fx->store, 0, ann, false, &fx->arena, &undo));
    assert_int_equal(undo.undone, anns);
    assert_int_equal(undo.batch.actor, ann);
    assert_true(tend_text_is(undo.batch.command, "undo b2"));
    assert_int_equal(tend_store_undo(fx->store, anns, 0, false, &fx->arena, &undo), TEND_EXISTS);
    assert_int_equal(tend_store_redo(fx->store, 0, false, &fx->arena, &undo), TEND_NOT_FOUND);
    OK(tend_store_redo(fx->store, ann, false, &fx->arena, &undo));
    assert_int_equal(undo.batch.kind, TEND_BATCH_REDO);
    assert_int_equal(undo_of(fx, undo.batch.id).undone, anns);  /* of a redo: the command */
    assert_int_equal(undo_of(fx, tick).undone, tick);
    assert_int_equal(undo_of(fx, 0).undone, first);
    begin(fx);
    add_person(fx, "Bob");
    tend_id bob = commit(fx);
    assert_int_equal(tend_store_redo(fx->store, 0, false, &fx->arena, &undo), TEND_NOT_FOUND);
    OK(tend_store_exec(fx->store, "UPDATE batch SET sealed = 1"));
    assert_int_equal(tend_store_undo(fx->store, bob, 0, false, &fx->arena, &undo), TEND_VETO);
    fixture_end(fx);
}

/* Undo by the id of an undo is its redo. */
static void an_undo_can_be_undone(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_memory(fx);
    begin(fx);
    add_person(fx, "Ann");
    commit(fx);
    struct tend_undo undo = undo_of(fx, 0);
    undo = undo_of(fx, undo.batch.id);
    assert_int_equal(undo.batch.kind, TEND_BATCH_REDO);
    assert_true(tend_text_is(undo.batch.command, "redo b1"));
    assert_int_equal(number(fx, "SELECT count(*) FROM person"), 1);
    assert_int_equal(number(fx, "SELECT count(*) FROM batch WHERE undone_by IS NULL"), 2);
    fixture_end(fx);
}

static void a_dry_run_changes_nothing(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    struct tend_undo undo;
    fixture_memory(fx);
    begin(fx);
    tend_id ann = add_person(fx, "Ann");
    add_note(fx, ann, "x");
    tend_id batch = commit(fx);
    OK(tend_store_undo(fx->store, 0, 0, true, &fx->arena, &undo));
    assert_int_equal(undo.undone, batch);
    assert_int_equal(undo.changes, 2);
    assert_int_equal(number(fx, "SELECT count(*) FROM person"), 1);
    assert_int_equal(number(fx, "SELECT count(*) FROM batch"), 1);
    undo_of(fx, 0);
    OK(tend_store_redo(fx->store, 0, true, &fx->arena, &undo));
    assert_int_equal(number(fx, "SELECT count(*) FROM person"), 0);
    fixture_end(fx);
}

static void a_damaged_journal_is_named(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    struct tend_undo undo;
    struct tend_text *problems;
    int64_t n;
    fixture_memory(fx);
    begin(fx);
    tend_id ann = add_person(fx, "Ann");
    commit(fx);
    begin(fx);
    OK(tend_row_set(fx->store, TEND_T_person, ann, TEND_C_person_name, tend_str(TEND_TEXT("B"))));
    commit(fx);
    OK(tend_store_exec(fx->store, "UPDATE journal SET page = x'544a0101ff' "
                                  "WHERE page IS NOT NULL"));
    assert_int_equal(tend_store_undo(fx->store, 0, 0, false, &fx->arena, &undo), TEND_INVALID);
    assert_non_null(strstr(fx->err.text, "b2"));
    assert_int_equal(number(fx, "SELECT count(*) FROM person WHERE name = 'B'"), 1);
    OK(tend_store_check(fx->store, &fx->arena, &problems, &n));
    assert_int_equal(n, 1);
    fixture_end(fx);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_later_change_keeps_a_person),
        cmocka_unit_test(a_later_row_keeps_what_it_needs),
        cmocka_unit_test(columns_go_back_one_by_one),
        cmocka_unit_test(undone_batches_leave_no_trace),
        cmocka_unit_test(a_deleted_row_comes_back),
        cmocka_unit_test(nothing_comes_back_to_nobody),
        cmocka_unit_test(undo_of_what_cannot_go_back),
        cmocka_unit_test(i_am_not_undone),
        cmocka_unit_test(which_batch_is_meant),
        cmocka_unit_test(an_undo_can_be_undone),
        cmocka_unit_test(a_dry_run_changes_nothing),
        cmocka_unit_test(a_damaged_journal_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
