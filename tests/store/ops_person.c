/* tend_person_read, _name, _count, _dnc, _stage, _zone. */
#include "fixture.h"
#include "store/ops_person.h"

static int64_t count_people(struct tend_store *store)
{
    int64_t n = -1;

    assert_int_equal(tend_person_count(store, &n), TEND_OK);
    return n;
}

static void test_read(void **state)
{
    struct fixture here, *fx = &here;
    struct tend_person_view view;
    struct tend_value tag[TEND_N_tag] = { 0 }, hold[TEND_N_hold] = { 0 }, role[TEND_N_role] = { 0 };
    tend_id ann;

    (void)state;
    fixture_memory(fx);
    begin(fx);
    ann = add_person(fx, "Ann Lee");
    add_point(fx, ann, "phone", "+436645551234");
    add_point(fx, ann, "email", "ann@example.com");
    add_stage(fx, ann, "product", "trying", 20);
    add_stage(fx, ann, "opportunity", "listed", 10);
    add_stage(fx, ann, "opportunity", "prospect", 30);
    tag[TEND_C_tag_person] = hold[TEND_C_hold_person] = role[TEND_C_role_person] = tend_int(ann);
    tag[TEND_C_tag_tag] = tend_str(TEND_TEXT("yoga"));
    hold[TEND_C_hold_kind] = tend_str(TEND_TEXT("not_now"));
    hold[TEND_C_hold_until_day] = tend_int(40000);
    role[TEND_C_role_role] = tend_str(TEND_TEXT("member"));
    OK(tend_row_insert(fx->store, TEND_T_tag, tag, NULL));
    OK(tend_row_insert(fx->store, TEND_T_hold, hold, NULL));
    hold[TEND_C_hold_until_day] = tend_int(100);    /* one that has run out */
    OK(tend_row_insert(fx->store, TEND_T_hold, hold, NULL));
    hold[TEND_C_hold_ended_at] = tend_int(5);
    OK(tend_row_insert(fx->store, TEND_T_hold, hold, NULL));
    OK(tend_row_insert(fx->store, TEND_T_role, role, NULL));
    role[TEND_C_role_to_at] = tend_int(5);
    OK(tend_row_insert(fx->store, TEND_T_role, role, NULL));

    OK(tend_person_read(fx->store, ann, &fx->arena, &view));    /* within the batch */
    assert_true(tend_text_is(view.name, "Ann Lee"));
    assert_int_equal(view.n_points, 2);
    assert_true(tend_text_is(view.points[0].kind, "phone"));
    assert_int_equal(view.n_stages, 2);
    assert_true(tend_text_is(view.stages[0].name, "opportunity"));
    assert_true(tend_text_is(view.stages[0].value, "prospect"));
    assert_int_equal(view.stages[0].at, 30);
    assert_int_equal(view.n_tags, 1);
    assert_int_equal(view.n_holds, 1);
    assert_int_equal(view.holds[0].until_day, 40000);
    assert_int_equal(view.n_roles, 1);
    assert_int_equal(view.n_dnc, 0);
    assert_int_equal(tend_person_read(fx->store, 99, &fx->arena, &view), TEND_NOT_FOUND);
    assert_string_equal(fx->err.text, "there is no person p99");
    assert_true(tend_text_is(tend_person_name(fx->store, ann, &fx->arena), "Ann Lee"));
    assert_int_equal(tend_person_name(fx->store, 99, &fx->arena).len, 0);
    assert_true(tend_text_is(tend_person_stage(fx->store, ann, "product", &fx->arena), "trying"));
    assert_int_equal(tend_person_stage(fx->store, ann, "none", &fx->arena).len, 0);
    commit(fx);
    fixture_end(fx);
}

static void test_dnc(void **state)
{
    struct fixture here, *fx = &here;
    struct tend_value v[TEND_N_dnc] = { 0 };
    tend_id ann, point;

    (void)state;
    fixture_memory(fx);
    begin(fx);
    ann = add_person(fx, "Ann Lee");
    point = add_point(fx, ann, "phone", "+436645551234");
    assert_int_equal(tend_person_dnc(fx->store, ann, &fx->arena).len, 0);
    v[TEND_C_dnc_person] = tend_int(ann);
    v[TEND_C_dnc_channel] = tend_str(TEND_TEXT("call"));
    OK(tend_row_insert(fx->store, TEND_T_dnc, v, NULL));
    v[TEND_C_dnc_channel] = tend_str(TEND_TEXT("all"));
    OK(tend_row_insert(fx->store, TEND_T_dnc, v, NULL));
    v[TEND_C_dnc_channel] = tend_str(TEND_TEXT("text"));
    v[TEND_C_dnc_ended_at] = tend_int(1);       /* lifted */
    OK(tend_row_insert(fx->store, TEND_T_dnc, v, NULL));
    v[TEND_C_dnc_ended_at] = (struct tend_value){ 0 };
    v[TEND_C_dnc_contact_point] = tend_int(point);      /* of one number only */
    OK(tend_row_insert(fx->store, TEND_T_dnc, v, NULL));
    assert_true(tend_text_is(tend_person_dnc(fx->store, ann, &fx->arena), "call,all"));
    commit(fx);
    fixture_end(fx);
}

static void test_zone_count(void **state)
{
    struct fixture here, *fx = &here;
    tend_id me, ann, bob;

    (void)state;
    fixture_memory(fx);
    OK(tend_meta_set(fx->store, "zone", TEND_TEXT("Europe/Vienna")));
    begin(fx);
    me = add_person(fx, "Mira Berg");
    ann = add_person(fx, "Ann Lee");
    bob = add_person(fx, "Bob Ray");
    assert_string_equal(tend_zone_name(tend_person_zone(fx->store, ann)), "Europe/Vienna");
    OK(tend_row_set(fx->store, TEND_T_person, ann, TEND_C_person_zone,
                    tend_str(TEND_TEXT("America/New_York"))));
    OK(tend_row_set(fx->store, TEND_T_person, bob, TEND_C_person_zone,
                    tend_str(TEND_TEXT("Nowhere/At_All"))));
    assert_string_equal(tend_zone_name(tend_person_zone(fx->store, ann)), "America/New_York");
    assert_string_equal(tend_zone_name(tend_person_zone(fx->store, bob)), "Europe/Vienna");
    assert_non_null(tend_person_zone(fx->store, 99));
    commit(fx);
    OK(tend_meta_set(fx->store, "me", TEND_TEXT("1")));
    assert_int_equal(me, 1);
    assert_int_equal(count_people(fx->store), 2);
    begin(fx);
    OK(tend_row_set(fx->store, TEND_T_person, bob, TEND_C_person_archived_at, tend_int(1)));
    commit(fx);
    assert_int_equal(count_people(fx->store), 1);
    fixture_end(fx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),
        cmocka_unit_test(test_dnc),
        cmocka_unit_test(test_zone_count),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
