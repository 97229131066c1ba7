/* Rows: covers tend_row_insert, tend_row_set, tend_row_update, tend_row_delete,
 * tend_row_read, tend_value_same. */
#include "fixture.h"

static void a_row_is_read_as_written(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    struct tend_value v[TEND_N_task] = { 0 }, r[TEND_N_task];
    tend_id id, rev;
    fixture_memory(fx);
    begin(fx);
    tend_id ann = add_person(fx, "Ann");
    v[TEND_C_task_person] = tend_int(ann);
    v[TEND_C_task_title] = tend_str(TEND_TEXT("caf\xc3\xa9 \x00 with a zero"));
    v[TEND_C_task_anchor] = tend_int(INT64_MIN);
    v[TEND_C_task_known_at] = tend_int(INT64_MAX);
    v[TEND_C_task_kind] = tend_str(TEND_TEXT(""));
    OK(tend_row_insert(fx->store, TEND_T_task, v, &id));
    tend_id batch = commit(fx);
    OK(tend_row_read(fx->store, TEND_T_task, id, &fx->arena, r, &rev));
    assert_int_equal(rev, batch);
    for (int32_t c = 0; c < TEND_N_task; c++) {
        assert_true(tend_value_same(&v[c], &r[c]));
    }
    assert_int_equal(r[TEND_C_task_kind].type, TEND_NULL);
    assert_int_equal(tend_row_read(fx->store, TEND_T_task, id + 1, &fx->arena, r, NULL),
                     TEND_NOT_FOUND);
    fixture_end(fx);
}

static void an_equal_value_changes_nothing(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    struct tend_value v[TEND_N_person] = { 0 };
    fixture_memory(fx);
    begin(fx);
    tend_id ann = add_person(fx, "Ann");
    commit(fx);
    begin(fx);
    OK(tend_row_set(fx->store, TEND_T_person, ann, TEND_C_person_name,
                    tend_str(TEND_TEXT("Ann"))));
    OK(tend_row_set(fx->store, TEND_T_person, ann, TEND_C_person_zone, tend_str(TEND_TEXT(""))));
    assert_int_equal(commit(fx), 0);
    begin(fx);
    v[TEND_C_person_name] = tend_str(TEND_TEXT("Ann"));
    v[TEND_C_person_given] = tend_str(TEND_TEXT("A."));
    OK(tend_row_update(fx->store, TEND_T_person, ann,
                       UINT64_C(1) << TEND_C_person_name | UINT64_C(1) << TEND_C_person_given, v));
    assert_int_equal(commit(fx), 2);
    assert_int_equal(number(fx, "SELECT rev FROM person"), 2);
    fixture_end(fx);
}

static void rows_that_are_not_there(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_memory(fx);
    begin(fx);
    assert_int_equal(tend_row_set(fx->store, TEND_T_person, 9, TEND_C_person_name, tend_int(1)),
                     TEND_NOT_FOUND);
    assert_non_null(strstr(fx->err.text, "person 9"));
    assert_int_equal(tend_row_delete(fx->store, TEND_T_note, 9), TEND_NOT_FOUND);
    assert_int_equal(commit(fx), 0);
    fixture_end(fx);
}

/* A value that the table refuses leaves no entry in the journal. */
static void a_wrong_type_is_refused(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    fixture_memory(fx);
    begin(fx);
    tend_id ann = add_person(fx, "Ann");
    commit(fx);
    begin(fx);
    assert_int_not_equal(tend_row_set(fx->store, TEND_T_person, ann, TEND_C_person_known_at,
                                      tend_str(TEND_TEXT("soon"))),
                         TEND_OK);
    assert_int_equal(commit(fx), 0);
    fixture_end(fx);
}

/* More masks than statements are kept. */
static void any_mask_works(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    struct tend_value r[TEND_N_person];
    fixture_memory(fx);
    begin(fx);
    tend_id ann = add_person(fx, "Ann");
    for (uint64_t mask = 1; mask < 64; mask++) {
        struct tend_value v[TEND_N_person] = { 0 };
        for (int32_t c = 0; c < 6; c++) {
            v[c] = tend_str(tend_text_of(tend_arena_printf(&fx->arena, "%d-%d", (int)mask, c)));
        }
        OK(tend_row_update(fx->store, TEND_T_person, ann, mask, v));
        OK(tend_row_read(fx->store, TEND_T_person, ann, &fx->arena, r, NULL));
        for (int32_t c = 0; c < 6; c++) {
            assert_int_equal(tend_value_same(&v[c], &r[c]), (mask >> c & 1) != 0);
        }
    }
    commit(fx);
    fixture_end(fx);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_is_read_as_written), cmocka_unit_test(an_equal_value_changes_nothing),
        cmocka_unit_test(rows_that_are_not_there),  cmocka_unit_test(a_wrong_type_is_refused),
        cmocka_unit_test(any_mask_works),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
