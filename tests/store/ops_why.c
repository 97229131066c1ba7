/* tend_decision_about, _against, _find; tend_batch_read. */
#include "fixture.h"
#include "store/ops_why.h"

static tend_id decide(struct fixture *fx, tend_id person, const char *effect, tend_id subject,
                      const char *text)
{
    struct tend_value v[TEND_N_decision] = { 0 };
    tend_id id;

    v[TEND_C_decision_person] = tend_int(person);
    v[TEND_C_decision_plugin] = tend_str(TEND_TEXT("p"));
    v[TEND_C_decision_effect] = tend_str(tend_text_of(effect));
    v[TEND_C_decision_cause_kind] = tend_int(TEND_REF_TOUCH);
    v[TEND_C_decision_cause_id] = tend_int(9);
    v[TEND_C_decision_subject_kind] = tend_int(TEND_REF_TASK);
    v[TEND_C_decision_subject_id] = tend_ref(subject);
    v[TEND_C_decision_text] = tend_str(tend_text_of(text));
    OK(tend_row_insert(fx->store, TEND_T_decision, v, &id));
    return id;
}

static void test_decisions(void **state)
{
    struct fixture here, *fx = &here;
    struct tend_decision_view *list;
    struct tend_text p = TEND_TEXT("p"), note = TEND_TEXT("note");
    tend_id ann, second, keyed;
    int64_t n;

    (void)state;
    fixture_memory(fx);
    begin(fx);
    ann = add_person(fx, "Ann Lee");
    decide(fx, ann, "task", 3, "first");
    second = decide(fx, ann, "task", 3, "second\nline");
    decide(fx, ann, "refused", 0, "no");
    decide(fx, ann, "veto", 0, "never");
    keyed = decide(fx, ann, "note", 4, "note a\nmore");
    commit(fx);
    OK(tend_decision_about(fx->store, TEND_REF_TASK, 3, &fx->arena, &list, &n));
    assert_int_equal(n, 2);
    assert_int_equal(list[0].id, second);
    assert_true(tend_text_is(list[0].text, "second\nline"));
    assert_int_equal(list[0].cause_id, 9);
    OK(tend_decision_about(fx->store, TEND_REF_STAGE, 3, &fx->arena, &list, &n));
    assert_int_equal(n, 0);
    OK(tend_decision_against(fx->store, ann, 10, &fx->arena, &list, &n));
    assert_int_equal(n, 2);
    assert_true(tend_text_is(list[0].effect, "veto"));
    OK(tend_decision_against(fx->store, ann, 1, &fx->arena, &list, &n));
    assert_int_equal(n, 1);
    assert_int_equal(tend_decision_find(fx->store, ann, p, note, TEND_REF_TOUCH, 9,
                                        TEND_TEXT("note a")), keyed);
    assert_int_equal(tend_decision_find(fx->store, ann, p, note, TEND_REF_TOUCH, 9,
                                        TEND_TEXT("note")), 0);
    assert_int_equal(tend_decision_find(fx->store, ann, p, note, TEND_REF_TOUCH, 8,
                                        TEND_TEXT("note a")), 0);
    fixture_end(fx);
}

static void test_batch(void **state)
{
    struct fixture here, *fx = &here;
    struct tend_batch batch;
    tend_id id;

    (void)state;
    fixture_memory(fx);
    begin(fx);
    add_person(fx, "Ann Lee");
    id = commit(fx);
    OK(tend_batch_read(fx->store, id, &fx->arena, &batch));
    assert_int_equal(batch.id, id);
    assert_true(tend_text_is(batch.command, "test"));
    assert_int_equal(batch.at, FIXTURE_NOW);
    assert_int_equal(batch.changes, 1);
    assert_int_equal(tend_batch_read(fx->store, 99, &fx->arena, &batch), TEND_NOT_FOUND);
    fixture_end(fx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decisions),
        cmocka_unit_test(test_batch),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
