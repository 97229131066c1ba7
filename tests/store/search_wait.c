/* Texts that wait for the search index: covers search_wait.c, and how a batch, undo, check
 * and a rebuild meet them. */
#include "fixture.h"
#include "store/search_wait.h"

#define MANY (TEND_SEARCH_NOW + 500)

static int64_t found(struct fixture *fx, const char *text)
{
    tend_id *persons;
    int64_t n;
    OK(tend_store_search(fx->store, tend_text_of(text), 10, &fx->arena, &persons, &n));
    return n;
}

static int64_t waiting(struct fixture *fx)
{
    int64_t n;
    OK(tend_store_search_waiting(fx->store, &n));
    return n;
}

static void all_is_well(struct fixture *fx)
{
    struct tend_text *problems;
    int64_t n;
    OK(tend_store_check(fx->store, &fx->arena, &problems, &n));
    if (n > 0) {
        fail_msg("%.*s", TEND_FMT(problems[0]));
    }
}

/* Persons 1 to MANY, each with a note that nobody else has. */
static tend_id add_many(struct fixture *fx)
{
    char text[64];
    begin(fx);
    for (int32_t i = 1; i <= MANY; i++) {
        snprintf(text, sizeof text, "Name%d Sample", i);
        tend_id person = add_person(fx, text);
        snprintf(text, sizeof text, "p%d@example.com", i);
        add_point(fx, person, "email", text);
        snprintf(text, sizeof text, "remark%dx", i);
        add_note(fx, person, text);
    }
    tend_id batch = tend_batch_current(fx->store);
    commit(fx);
    return batch;
}

static void notes_of_many_are_found_later(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    int64_t left;
    fixture_memory(fx);
    add_many(fx);
    assert_int_equal(waiting(fx), MANY);
    assert_int_equal(found(fx, "name2077"), 1);               /* at once: names */
    assert_int_equal(found(fx, "P77@example.com"), 1);      /* and addresses */
    assert_int_equal(found(fx, "remark77x"), 0);
    all_is_well(fx);
    OK(tend_store_search_catch_up(fx->store, 0, &left));    /* one slice at least */
    assert_int_equal(left, MANY - 1024);
    assert_int_equal(found(fx, "remark77x"), 1);
    assert_int_equal(found(fx, "remark2400x"), 0);
    all_is_well(fx);
    OK(tend_store_search_catch_up(fx->store, INT64_MAX / 2, &left));
    assert_int_equal(left, 0);
    assert_int_equal(found(fx, "remark2400x"), 1);
    all_is_well(fx);
    fixture_end(fx);
}

/* A person who is changed meanwhile is found by the new text alone, before and after. */
static void what_changes_meanwhile_is_not_lost(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    int64_t left;
    fixture_memory(fx);
    add_many(fx);
    begin(fx);
    add_note(fx, 5, "later word");
    OK(tend_row_delete(fx->store, TEND_T_note, 5));
    commit(fx);
    assert_int_equal(found(fx, "later"), 1);
    all_is_well(fx);
    OK(tend_store_search_catch_up(fx->store, INT64_MAX / 2, &left));
    assert_int_equal(found(fx, "later"), 1);
    assert_int_equal(found(fx, "remark5x"), 0);
    all_is_well(fx);
    fixture_end(fx);
}

static void undo_takes_the_waiting_along(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    struct tend_undo undo;
    int64_t left;
    fixture_memory(fx);
    tend_id batch = add_many(fx);
    OK(tend_store_search_catch_up(fx->store, 0, &left));
    OK(tend_store_undo(fx->store, batch, 0, false, &fx->arena, &undo));
    assert_int_equal(waiting(fx), 0);
    assert_int_equal(found(fx, "name2077"), 0);
    assert_int_equal(found(fx, "remark77x"), 0);
    all_is_well(fx);
    OK(tend_store_redo(fx->store, 0, false, &fx->arena, &undo));
    assert_int_equal(waiting(fx), MANY);
    OK(tend_store_search_catch_up(fx->store, INT64_MAX / 2, &left));
    assert_int_equal(found(fx, "remark77x"), 1);
    assert_int_equal(found(fx, "remark2400x"), 1);
    all_is_well(fx);
    fixture_end(fx);
}

/* An index with more of the past than of today is made anew. */
static void waste_is_cleared(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    int64_t left;
    fixture_memory(fx);
    add_many(fx);
    OK(tend_store_search_catch_up(fx->store, INT64_MAX / 2, &left));
    begin(fx);
    for (tend_id note = 1; note <= MANY; note++) {
        OK(tend_row_set(fx->store, TEND_T_note, note, TEND_C_note_text,
                        tend_str(TEND_TEXT("another"))));
    }
    commit(fx);
    assert_int_equal(fx->store->driver->search_waste(fx->store->db), MANY);
    assert_int_equal(found(fx, "remark77x"), 0);
    OK(tend_store_search_catch_up(fx->store, INT64_MAX / 2, &left));
    begin(fx);
    add_note(fx, 1, "one more");
    commit(fx);
    OK(tend_store_search_catch_up(fx->store, INT64_MAX / 2, &left));
    assert_int_equal(left, 0);
    assert_true(fx->store->driver->search_waste(fx->store->db) < MANY);
    assert_int_equal(found(fx, "another"), 10);
    assert_int_equal(found(fx, "one more"), 1);
    all_is_well(fx);
    fixture_end(fx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(notes_of_many_are_found_later),
        cmocka_unit_test(what_changes_meanwhile_is_not_lost),
        cmocka_unit_test(undo_takes_the_waiting_along),
        cmocka_unit_test(waste_is_cleared),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
