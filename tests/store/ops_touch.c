/* tend_touch_read, tend_touch_of; tend_rows_party. */
#include "fixture.h"
#include "store/ops_rows.h"
#include "store/ops_touch.h"

static tend_id add_touch(struct fixture *fx, const char *kind, int64_t at, tend_id a, tend_id b)
{
    struct tend_value v[TEND_N_touch] = { 0 };
    tend_id both[2] = { a, b }, touch;

    v[TEND_C_touch_person] = tend_int(a);
    v[TEND_C_touch_kind] = tend_str(tend_text_of(kind));
    v[TEND_C_touch_at] = tend_int(at);
    v[TEND_C_touch_significant] = tend_int(1);
    OK(tend_row_insert(fx->store, TEND_T_touch, v, &touch));
    for (int i = 0; i < 2 && both[i]; i++) {
        struct tend_value party[TEND_N_touch_party] = { 0 };

        party[TEND_C_touch_party_touch] = tend_int(touch);
        party[TEND_C_touch_party_person] = tend_int(both[i]);
        party[TEND_C_touch_party_disposition] = tend_str(TEND_TEXT("reached"));
        OK(tend_row_insert(fx->store, TEND_T_touch_party, party, NULL));
    }
    return touch;
}

static void test_touch(void **state)
{
    struct fixture here, *fx = &here;
    struct tend_touch_view one, *list;
    tend_id ann, bob, late, early;
    int64_t n;

    (void)state;
    fixture_memory(fx);
    begin(fx);
    ann = add_person(fx, "Ann Lee");
    bob = add_person(fx, "Bob Ray");
    late = add_touch(fx, "call", 200, ann, bob);
    early = add_touch(fx, "card", 100, bob, 0);
    commit(fx);
    OK(tend_touch_read(fx->store, late, &fx->arena, &one));
    assert_true(tend_text_is(one.kind, "call"));
    assert_int_equal(one.person, ann);
    assert_true(one.significant);
    assert_int_equal(one.n_parties, 2);
    assert_true(tend_text_is(one.parties[1].name, "Bob Ray"));
    assert_true(tend_text_is(one.parties[1].disposition, "reached"));
    assert_int_equal(tend_touch_read(fx->store, 99, &fx->arena, &one), TEND_NOT_FOUND);
    OK(tend_touch_of(fx->store, bob, -1, &fx->arena, &list, &n));
    assert_int_equal(n, 2);
    assert_int_equal(list[0].id, late);
    assert_int_equal(list[1].id, early);
    assert_int_equal(list[1].n_parties, 1);
    OK(tend_touch_of(fx->store, bob, 1, &fx->arena, &list, &n));
    assert_int_equal(n, 1);
    OK(tend_touch_of(fx->store, ann, -1, &fx->arena, &list, &n));
    assert_int_equal(n, 1);
    assert_true(tend_rows_party(fx->store, late, bob) > 0);
    assert_int_equal(tend_rows_party(fx->store, early, ann), 0);
    fixture_end(fx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_touch),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
