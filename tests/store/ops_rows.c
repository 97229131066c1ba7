/* tend_rows_of, tend_rows_state, tend_rows_stage_since, tend_rows_uids. (_party: ops_touch.c) */
#include "fixture.h"
#include "store/ops_rows.h"

static void test_rows(void **state)
{
    struct fixture here, *fx = &here;
    struct tend_value v[TEND_N_plugin_state] = { 0 };
    struct tend_text plugin = TEND_TEXT("p"), name = TEND_TEXT("count");
    tend_id ann, *ids;
    int64_t n;

    (void)state;
    fixture_memory(fx);
    begin(fx);
    ann = add_person(fx, "Ann Lee");
    add_note(fx, ann, "one");
    add_note(fx, ann, "two");
    add_task(fx, ann, 1, 2);
    OK(tend_row_set(fx->store, TEND_T_task, add_task(fx, ann, 1, 2), TEND_C_task_state,
                    tend_int(TEND_TASK_DROPPED)));
    OK(tend_rows_of(fx->store, TEND_T_note, ann, &fx->arena, &ids, &n));
    assert_int_equal(n, 2);
    assert_int_equal(ids[1], 2);
    OK(tend_rows_of(fx->store, TEND_T_task, ann, &fx->arena, &ids, &n));
    assert_int_equal(n, 1);
    for (enum tend_table t = TEND_T_role; t < TEND_T_none; t++)
        if (t == TEND_T_role || t == TEND_T_contact_point || t == TEND_T_attribute ||
            t == TEND_T_tag || t == TEND_T_link || t == TEND_T_hold || t == TEND_T_dnc ||
            t == TEND_T_timer) {
            OK(tend_rows_of(fx->store, t, ann, &fx->arena, &ids, &n));
            assert_int_equal(n, 0);
        }
    assert_int_equal(tend_rows_of(fx->store, TEND_T_batch, ann, &fx->arena, &ids, &n),
                     TEND_INTERNAL);

    v[TEND_C_plugin_state_plugin] = tend_str(plugin);
    v[TEND_C_plugin_state_name] = tend_str(name);
    OK(tend_row_insert(fx->store, TEND_T_plugin_state, v, NULL));
    assert_int_equal(tend_rows_state(fx->store, 0, plugin, name), 1);
    assert_int_equal(tend_rows_state(fx->store, ann, plugin, name), 0);
    v[TEND_C_plugin_state_person] = tend_int(ann);
    OK(tend_row_insert(fx->store, TEND_T_plugin_state, v, NULL));
    assert_int_equal(tend_rows_state(fx->store, ann, plugin, name), 2);
    assert_int_equal(tend_rows_state(fx->store, ann, TEND_TEXT("q"), name), 0);
    add_stage(fx, ann, "product", "trying", 77);
    assert_int_equal(tend_rows_stage_since(fx->store, ann, TEND_TEXT("product")), 77);
    assert_int_equal(tend_rows_stage_since(fx->store, ann, TEND_TEXT("other")), 0);
    commit(fx);
    fixture_end(fx);
}

static void see_uid(void *data, tend_id person, struct tend_text uid)
{
    tend_buffer_addf(data, "%lld=%.*s ", (long long)person, TEND_FMT(uid));
}

static void test_uids(void **state)
{
    struct fixture here, *fx = &here;
    struct tend_buffer seen = { 0 };
    tend_id ann, bob;

    (void)state;
    fixture_memory(fx);
    begin(fx);
    ann = add_person(fx, "Ann Lee");
    bob = add_person(fx, "Bob Ray");
    OK(tend_row_set(fx->store, TEND_T_person, ann, TEND_C_person_uid, tend_str(TEND_TEXT("U1"))));
    OK(tend_row_set(fx->store, TEND_T_person, bob, TEND_C_person_uid,
                    (struct tend_value){ 0 }));
    OK(tend_rows_uids(fx->store, see_uid, &seen));
    assert_string_equal(seen.at, "1=U1 ");
    tend_buffer_finish(&seen);
    commit(fx);
    fixture_end(fx);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_rows),
                                        cmocka_unit_test(test_uids) };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
