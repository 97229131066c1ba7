/* tend_task_read, _due, _of, _by_key. */
#include "fixture.h"
#include "store/ops_task.h"

#define DAY(n) (FIXTURE_NOW + (n) * 24 * TEND_HOUR)

static int64_t today(void)
{
    return FIXTURE_NOW / (24 * TEND_HOUR);
}

static tend_id add_touch(struct fixture *fx, tend_id person, const char *text, int64_t at)
{
    struct tend_value v[TEND_N_touch] = { 0 }, party[TEND_N_touch_party] = { 0 };
    tend_id touch;

    v[TEND_C_touch_person] = tend_int(person);
    v[TEND_C_touch_kind] = tend_str(TEND_TEXT("call"));
    v[TEND_C_touch_text] = tend_str(tend_text_of(text));
    v[TEND_C_touch_at] = tend_int(at);
    OK(tend_row_insert(fx->store, TEND_T_touch, v, &touch));
    party[TEND_C_touch_party_touch] = tend_int(touch);
    party[TEND_C_touch_party_person] = tend_int(person);
    OK(tend_row_insert(fx->store, TEND_T_touch_party, party, NULL));
    return touch;
}

static void test_due(void **state)
{
    struct fixture here, *fx = &here;
    struct tend_task_view *tasks;
    tend_id ann, bob;
    int64_t n;

    (void)state;
    fixture_memory(fx);
    OK(tend_meta_set(fx->store, "zone", TEND_TEXT("UTC")));
    begin(fx);
    ann = add_person(fx, "Ann Lee");
    bob = add_person(fx, "Bob Ray");
    add_point(fx, ann, "email", "ann@example.com");
    add_point(fx, ann, "phone", "0664 1");
    add_point(fx, ann, "phone", "0664 2");
    add_touch(fx, ann, "later words", 20);
    add_touch(fx, ann, "first words", 10);
    add_touch(fx, ann, "", 30);
    add_task(fx, ann, today(), today() + 3);            /* 1: due */
    add_task(fx, ann, today() - 5, today() - 1);        /* 2: overdue */
    add_task(fx, ann, today() + 1, today() + 1);        /* 3: not yet */
    add_task(fx, bob, today(), today());                /* 4: somebody archived */
    add_task(fx, ann, today(), today());                /* 5: done */
    OK(tend_row_set(fx->store, TEND_T_person, bob, TEND_C_person_archived_at, tend_int(1)));
    OK(tend_row_set(fx->store, TEND_T_task, 5, TEND_C_task_state, tend_int(TEND_TASK_DONE)));
    OK(tend_task_due(fx->store, DAY(0), false, &fx->arena, &tasks, &n));    /* within the batch */
    assert_int_equal(n, 2);
    commit(fx);

    OK(tend_task_due(fx->store, DAY(0), false, &fx->arena, &tasks, &n));
    assert_int_equal(n, 2);
    assert_int_equal(tasks[0].id, 2);
    assert_true(tasks[0].overdue);
    assert_int_equal(tasks[1].id, 1);
    assert_false(tasks[1].overdue);
    assert_int_equal(tasks[1].wall, -1);
    assert_true(tend_text_is(tasks[1].name, "Ann Lee"));
    assert_true(tend_text_is(tasks[1].phone, "0664 1"));
    assert_true(tend_text_is(tasks[1].said, "later words"));
    OK(tend_task_due(fx->store, DAY(0), true, &fx->arena, &tasks, &n));
    assert_int_equal(n, 3);
    OK(tend_task_due(fx->store, DAY(0) - 1, false, &fx->arena, &tasks, &n));
    assert_int_equal(n, 1);
    OK(tend_task_of(fx->store, ann, DAY(0), &fx->arena, &tasks, &n));
    assert_int_equal(n, 3);
    assert_int_equal(tasks[0].id, 2);
    OK(tend_task_of(fx->store, 99, DAY(0), &fx->arena, &tasks, &n));
    assert_int_equal(n, 0);
    fixture_end(fx);
}

static void test_read(void **state)
{
    struct fixture here, *fx = &here;
    struct tend_task_view task;
    tend_id id;

    (void)state;
    fixture_memory(fx);
    OK(tend_meta_set(fx->store, "zone", TEND_TEXT("UTC")));
    begin(fx);
    id = add_task(fx, add_person(fx, "Ann Lee"), today(), today());
    OK(tend_row_set(fx->store, TEND_T_task, id, TEND_C_task_wall, tend_int(9 * TEND_HOUR)));
    commit(fx);
    OK(tend_task_read(fx->store, id, DAY(1), &fx->arena, &task));
    assert_int_equal(task.wall, 9 * TEND_HOUR);
    assert_int_equal(task.closes_at, DAY(1));
    assert_true(task.overdue);
    begin(fx);
    OK(tend_row_set(fx->store, TEND_T_task, id, TEND_C_task_state, tend_int(TEND_TASK_DONE)));
    commit(fx);
    OK(tend_task_read(fx->store, id, DAY(1), &fx->arena, &task));
    assert_false(task.overdue);
    assert_int_equal(task.state, TEND_TASK_DONE);
    assert_int_equal(tend_task_read(fx->store, 99, 0, &fx->arena, &task), TEND_NOT_FOUND);
    fixture_end(fx);
}

static tend_id keyed(struct fixture *fx, tend_id person, const char *key, tend_id cause,
                     enum tend_task_state how)
{
    struct tend_value v[TEND_N_task] = { 0 };
    tend_id id;

    v[TEND_C_task_person] = tend_int(person);
    v[TEND_C_task_plugin] = tend_str(TEND_TEXT("followup"));
    v[TEND_C_task_key] = tend_str(tend_text_of(key));
    v[TEND_C_task_cause_kind] = tend_int(TEND_REF_TOUCH);
    v[TEND_C_task_cause_id] = tend_int(cause);
    v[TEND_C_task_state] = tend_int(how);
    OK(tend_row_insert(fx->store, TEND_T_task, v, &id));
    return id;
}

static void test_key(void **state)
{
    struct fixture here, *fx = &here;
    struct tend_text plugin = TEND_TEXT("followup"), a = TEND_TEXT("a"), b = TEND_TEXT("b");
    tend_id ann, done, open;

    (void)state;
    fixture_memory(fx);
    begin(fx);
    ann = add_person(fx, "Ann Lee");
    done = keyed(fx, ann, "a", 5, TEND_TASK_DONE);
    open = keyed(fx, ann, "a", 6, TEND_TASK_OPEN);
    keyed(fx, ann, "b", 5, TEND_TASK_DROPPED);
    assert_int_equal(tend_task_by_key(fx->store, ann, plugin, a, TEND_REF_TOUCH, 5, false), done);
    assert_int_equal(tend_task_by_key(fx->store, ann, plugin, a, TEND_REF_TOUCH, 5, true), 0);
    assert_int_equal(tend_task_by_key(fx->store, ann, plugin, a, TEND_REF_TOUCH, 6, true), open);
    assert_int_equal(tend_task_by_key(fx->store, ann, plugin, a, TEND_REF_NONE, 0, true), open);
    assert_int_equal(tend_task_by_key(fx->store, ann, plugin, a, TEND_REF_STAGE, 6, false), 0);
    assert_int_equal(tend_task_by_key(fx->store, ann, plugin, b, TEND_REF_NONE, 0, true), 0);
    assert_int_equal(tend_task_by_key(fx->store, ann + 1, plugin, a, TEND_REF_NONE, 0, false), 0);
    assert_int_equal(tend_task_by_key(fx->store, ann, TEND_TEXT("x"), a, TEND_REF_NONE, 0, false),
                     0);
    commit(fx);
    fixture_end(fx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_due),
        cmocka_unit_test(test_read),
        cmocka_unit_test(test_key),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
