/* Finding what is wrong: covers tend_store_check, tend_check_derived,
 * tend_store_checksum. */
#include "fixture.h"

static void assert_problem(struct fixture *fx, const char *sql, const char *word)
{
    struct tend_text *problems;
    int64_t n;
    OK(tend_store_exec(fx->store, sql));
    OK(tend_store_check(fx->store, &fx->arena, &problems, &n));
    if (n != 1 || memmem(problems[0].at, (size_t)problems[0].len, word, strlen(word)) == NULL) {
        fail_msg("%s: %lld problems, the first: %.*s", sql, (long long)n,
                 n > 0 ? (int)problems[0].len : 0, n > 0 ? problems[0].at : "");
    }
}

static void every_damage_is_named(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_memory(fx);
    begin(fx);
    tend_id ann = add_person(fx, "Ann");
    add_note(fx, ann, "hello");
    add_stage(fx, ann, "opportunity", "listed", 1);
    add_task(fx, ann, 20000, 20001);
    commit(fx);
    assert_clean(fx);
    assert_problem(fx, "UPDATE person_word SET word = 'bob'", "person 1: the words");
    OK(tend_derive_rebuild(fx->store));
    assert_problem(fx, "DELETE FROM person_stage", "person 1: the stage");
    OK(tend_derive_rebuild(fx->store));
    assert_problem(fx, "UPDATE task_due SET opens_at = 1", "task 1: the window");
    OK(tend_derive_rebuild(fx->store));
    assert_problem(fx, "INSERT INTO person_search_doc (person, turn, print) VALUES (77, 0, 5)",
                   "person 77: the search text");
    OK(tend_derive_rebuild(fx->store));
    assert_problem(fx, "INSERT INTO tag (id, person, tag, rev) VALUES (1, 55, 'x', 1); "
                       "INSERT INTO counter (name, next) VALUES ('tag', 2)", "person 55");
    OK(tend_store_exec(fx->store, "DELETE FROM tag"));
    assert_problem(fx, "UPDATE note SET rev = 44", "batch 44");
    OK(tend_store_exec(fx->store, "UPDATE note SET rev = 1"));
    assert_problem(fx, "UPDATE counter SET next = 1 WHERE name = 'note'", "note 1");
    OK(tend_store_exec(fx->store, "UPDATE counter SET next = 2 WHERE name = 'note'"));
    assert_problem(fx, "UPDATE journal SET tbl = 'nonsense' WHERE tbl = 'note'", "journal");
    OK(tend_store_exec(fx->store, "UPDATE journal SET tbl = 'note' WHERE tbl = 'nonsense'"));
    assert_clean(fx);
    fixture_end(fx);
}

/* A check changes nothing, and is not for the middle of a batch. */
static void a_check_only_looks(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    struct tend_text *problems;
    int64_t n;
    fixture_memory(fx);
    begin(fx);
    assert_int_equal(tend_store_check(fx->store, &fx->arena, &problems, &n), TEND_INTERNAL);
    add_person(fx, "Ann");
    commit(fx);
    OK(tend_store_exec(fx->store, "DELETE FROM person_word"));
    OK(tend_store_check(fx->store, &fx->arena, &problems, &n));
    assert_int_equal(n, 1);
    assert_int_equal(number(fx, "SELECT count(*) FROM person_word"), 0);
    fixture_end(fx);
}

static void a_sum_is_of_the_facts(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    uint64_t empty, one, two, again;
    int64_t rows;
    fixture_memory(fx);
    OK(tend_store_checksum(fx->store, TEND_T_note, &empty, &rows));
    assert_int_equal(rows, 0);
    begin(fx);
    tend_id ann = add_person(fx, "Ann");
    tend_id note = add_note(fx, ann, "hello");
    commit(fx);
    OK(tend_store_checksum(fx->store, TEND_T_note, &one, &rows));
    assert_int_equal(rows, 1);
    assert_true(one != empty);
    begin(fx);
    OK(tend_row_set(fx->store, TEND_T_note, note, TEND_C_note_at, tend_int(1)));
    commit(fx);
    OK(tend_store_checksum(fx->store, TEND_T_note, &two, &rows));
    assert_true(two != one);
    begin(fx);
    OK(tend_row_set(fx->store, TEND_T_note, note, TEND_C_note_at, tend_ref(0)));
    commit(fx);
    OK(tend_store_checksum(fx->store, TEND_T_note, &again, &rows));
    assert_true(again == one);
    OK(tend_store_checksum(fx->store, TEND_T_person_word, &one, &rows));
    assert_int_equal(rows, 1);
    fixture_end(fx);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_damage_is_named),
        cmocka_unit_test(a_check_only_looks),
        cmocka_unit_test(a_sum_is_of_the_facts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
