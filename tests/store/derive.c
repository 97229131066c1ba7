/* Derived data: covers tend_derive_flush, tend_derive_rebuild, tend_derive_note,
 * tend_derive_split, tend_derive_words, tend_derive_stages, tend_derive_due,
 * tend_derive_search, tend_meta_set of the zone, tend_bulk_*. */
#include "fixture.h"
#include "store/derive.h"

static void add_word(void *data, struct tend_text word)
{
    tend_buffer_add(data, word);
    tend_buffer_addc(data, '|');
}

static void assert_split(const char *name, const char *words)
{
    struct tend_buffer out = { 0 };
    struct tend_arena arena = { 0 };
    tend_derive_split(&arena, tend_text_of(name), add_word, &out);
    assert_string_equal(out.at != NULL ? out.at : "", words);
    tend_buffer_finish(&out);
    tend_arena_finish(&arena);
}

static void names_are_split(void **state)
{
    (void)state;
    assert_split("ann lee", "ann|lee|");
    assert_split("  j.r.  smith, jr", "j|r|smith|jr|");
    assert_split("anne-marie", "anne|marie|anne-marie|annemarie|");
    assert_split("o'brien", "o|brien|o'brien|obrien|");
    assert_split("d\xe2\x80\x99" "arc", "d|arc|d'arc|darc|");
    assert_split("\xe6\x9d\x8e \xe5\xb0\x8f", "\xe6\x9d\x8e|\xe5\xb0\x8f|");
    assert_split("", "");
    assert_split(" . ", "");
    assert_split("-", "");
    assert_split("--ann", "ann|--ann|");
}

static void words_follow_the_name(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_memory(fx);
    begin(fx);
    tend_id ann = add_person(fx, "Jos\xc3\xa9 O'Brien");
    assert_int_equal(number(fx, "SELECT count(*) FROM person_word"), 0);
    OK(tend_derive_flush(fx->store));
    assert_int_equal(number(fx, "SELECT count(*) FROM person_word WHERE word = 'jose'"), 1);
    assert_int_equal(number(fx, "SELECT count(*) FROM person_word WHERE word = 'brien'"), 1);
    assert_int_equal(number(fx, "SELECT count(*) FROM person_word WHERE word = 'obrien'"), 1);
    OK(tend_row_set(fx->store, TEND_T_person, ann, TEND_C_person_name,
                    tend_str(TEND_TEXT("Ann"))));
    OK(tend_row_set(fx->store, TEND_T_person, ann, TEND_C_person_family,
                    tend_str(TEND_TEXT("Stra\xc3\x9f" "er"))));
    commit(fx);
    assert_int_equal(number(fx, "SELECT count(*) FROM person_word"), 2);
    assert_int_equal(number(fx, "SELECT count(*) FROM person_word WHERE word = 'strasser'"), 1);
    assert_clean(fx);
    fixture_end(fx);
}

/* The newest by time; of equal times the later id; each track alone. */
static void the_newest_stage_counts(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_memory(fx);
    begin(fx);
    tend_id ann = add_person(fx, "Ann");
    add_stage(fx, ann, "opportunity", "listed", 10);
    add_stage(fx, ann, "opportunity", "member", 30);
    tend_id late = add_stage(fx, ann, "opportunity", "prospect", 20);
    add_stage(fx, ann, "product", "a", 5);
    add_stage(fx, ann, "product", "b", 5);
    commit(fx);
    assert_int_equal(number(fx, "SELECT count(*) FROM person_stage"), 2);
    assert_int_equal(number(fx, "SELECT at FROM person_stage WHERE stage = 'member'"), 30);
    assert_int_equal(number(fx, "SELECT count(*) FROM person_stage WHERE stage = 'b'"), 1);
    begin(fx);
    OK(tend_row_set(fx->store, TEND_T_stage_change, late, TEND_C_stage_change_at, tend_int(99)));
    commit(fx);
    assert_int_equal(number(fx, "SELECT at FROM person_stage WHERE stage = 'prospect'"), 99);
    begin(fx);
    OK(tend_row_delete(fx->store, TEND_T_stage_change, late));
    commit(fx);
    assert_int_equal(number(fx, "SELECT at FROM person_stage WHERE stage = 'member'"), 30);
    assert_clean(fx);
    fixture_end(fx);
}

static int64_t opens(struct fixture *fx)
{
    return number(fx, "SELECT opens_at FROM task_due");
}

/* task.zone, else the person's, else the user's, else UTC; a wall time moves
 * the opening; closing is the start of the day after. */
static void windows_are_instants(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    const int64_t day = INT64_C(86400000000);
    fixture_memory(fx);
    begin(fx);
    tend_id ann = add_person(fx, "Ann");
    tend_id task = add_task(fx, ann, 20000, 20004);
    commit(fx);
    assert_int_equal(opens(fx), 20000 * day);
    assert_int_equal(number(fx, "SELECT closes_at FROM task_due"), 20005 * day);
    OK(tend_meta_set(fx->store, "zone", TEND_TEXT("Asia/Tokyo")));
    assert_int_equal(opens(fx), 20000 * day - 9 * TEND_HOUR);
    begin(fx);
    OK(tend_row_set(fx->store, TEND_T_person, ann, TEND_C_person_zone,
                    tend_str(TEND_TEXT("Asia/Kolkata"))));
    commit(fx);
    assert_int_equal(opens(fx), 20000 * day - 330 * TEND_MINUTE);
    OK(tend_meta_set(fx->store, "zone", TEND_TEXT("UTC")));
    assert_int_equal(opens(fx), 20000 * day - 330 * TEND_MINUTE);
    begin(fx);
    OK(tend_row_set(fx->store, TEND_T_task, task, TEND_C_task_zone,
                    tend_str(TEND_TEXT("Asia/Tokyo"))));
    OK(tend_row_set(fx->store, TEND_T_task, task, TEND_C_task_wall, tend_int(15 * TEND_HOUR)));
    commit(fx);
    assert_int_equal(opens(fx), 20000 * day + 6 * TEND_HOUR);
    begin(fx);
    OK(tend_row_set(fx->store, TEND_T_task, task, TEND_C_task_zone,
                    tend_str(TEND_TEXT("No/Such"))));
    commit(fx);
    assert_int_equal(opens(fx), 20000 * day + 15 * TEND_HOUR);
    assert_clean(fx);
    begin(fx);
    OK(tend_row_set(fx->store, TEND_T_task, task, TEND_C_task_state, tend_int(TEND_TASK_DONE)));
    commit(fx);
    assert_int_equal(number(fx, "SELECT count(*) FROM task_due"), 0);
    assert_clean(fx);
    fixture_end(fx);
}

/* Many persons at once, old and new mixed, give what a rebuild gives. */
static void a_bulk_is_as_one_by_one(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    char name[40];
    fixture_memory(fx);
    for (int pass = 0; pass < 3; pass++) {
        begin(fx);
        for (int i = 0; i < 1500; i++) {
            snprintf(name, sizeof name, "Ann%d Mc-%d", i % 40, i);
            tend_id p = add_person(fx, name);
            add_stage(fx, p, "opportunity", "listed", i);
            add_point(fx, p, "email", name);
            add_task(fx, p, 20000 + i, 20000 + i);
            if (pass > 0 && i % 3 == 0) {
                OK(tend_row_set(fx->store, TEND_T_person, i + 1, TEND_C_person_name,
                                tend_str(tend_text_of(name))));
                add_note(fx, i + 1, "a note");
                add_stage(fx, i + 1, "opportunity", "member", i * pass);
            }
        }
        commit(fx);
        assert_clean(fx);
    }
    OK(tend_derive_rebuild(fx->store));
    assert_clean(fx);
    assert_int_equal(number(fx, "SELECT count(*) FROM person_stage"), 4500);
    fixture_end(fx);
}

/* What was derived inside of a savepoint and rolled back is derived again. */
static void a_rollback_marks_again(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_memory(fx);
    begin(fx);
    tend_id ann = add_person(fx, "Ann");
    tend_id task = add_task(fx, ann, 20000, 20001);
    OK(tend_savepoint_begin(fx->store));
    OK(tend_savepoint_begin(fx->store));
    OK(tend_derive_flush(fx->store));
    OK(tend_savepoint_release(fx->store));
    tend_savepoint_rollback(fx->store);
    commit(fx);
    assert_int_equal(number(fx, "SELECT count(*) FROM person_word"), 1);
    assert_int_equal(number(fx, "SELECT task FROM task_due"), task);
    assert_clean(fx);
    fixture_end(fx);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_split),         cmocka_unit_test(words_follow_the_name),
        cmocka_unit_test(the_newest_stage_counts), cmocka_unit_test(windows_are_instants),
        cmocka_unit_test(a_bulk_is_as_one_by_one), cmocka_unit_test(a_rollback_marks_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
