/* tend_intake_known, tend_intake_any_key, tend_intake_by_key, tend_intake_unkeyed. */
#include "store/ops_intake.h"
#include "fixture.h"

struct seen {
    tend_id ids[8];
    int64_t n;
};

static void see(void *data, tend_id person, struct tend_text name, struct tend_text source)
{
    struct seen *seen = data;

    (void)source;
    assert_true(name.len > 0 && seen->n < 8);
    seen->ids[seen->n++] = person;
}

static void test_known(void **state)
{
    struct fixture here, *fx = &here;
    struct tend_value tag[TEND_N_tag] = { 0 }, note[TEND_N_note] = { 0 };
    struct tend_value attribute[TEND_N_attribute] = { 0 };
    struct tend_known known;
    tend_id ann;

    (void)state;
    fixture_memory(fx);
    begin(fx);
    ann = add_person(fx, "Ann Lee");
    add_point(fx, ann, "phone", "+436645551234");
    tag[TEND_C_tag_person] = note[TEND_C_note_person] = attribute[TEND_C_attribute_person] =
        tend_int(ann);
    tag[TEND_C_tag_tag] = tend_str(TEND_TEXT("yoga"));
    note[TEND_C_note_text] = tend_str(TEND_TEXT("likes tea"));
    attribute[TEND_C_attribute_name] = tend_str(TEND_TEXT("title"));
    attribute[TEND_C_attribute_value] = tend_str(TEND_TEXT("Boss"));
    OK(tend_row_insert(fx->store, TEND_T_tag, tag, NULL));
    OK(tend_row_insert(fx->store, TEND_T_note, note, NULL));
    OK(tend_row_insert(fx->store, TEND_T_attribute, attribute, NULL));
    OK(tend_intake_known(fx->store, ann, &fx->arena, &known));
    assert_true(tend_text_is(known.name, "Ann Lee"));
    assert_int_equal(known.n_points, 1);
    assert_true(tend_text_is(known.points[0].key, "+436645551234"));
    assert_int_equal(known.n_attributes, 1);
    assert_true(tend_text_is(known.attributes[0].value, "Boss"));
    assert_int_equal(known.n_tags, 1);
    assert_true(tend_text_is(known.tags[0], "yoga"));
    assert_int_equal(known.n_notes, 1);
    assert_true(tend_text_is(known.notes[0], "likes tea"));
    OK(tend_intake_known(fx->store, ann + 1, &fx->arena, &known));
    assert_int_equal(known.name.len + known.n_points + known.n_notes, 0);
    fixture_end(fx);
}

static void test_keys(void **state)
{
    struct fixture here, *fx = &here;
    struct seen seen = { .n = 0 };
    tend_id ann, bob, cara, who;
    bool any;

    (void)state;
    fixture_memory(fx);
    begin(fx);
    ann = add_person(fx, "Ann Lee");
    OK(tend_intake_any_key(fx->store, &any));
    assert_false(any);
    bob = add_person(fx, "Bob Ray");
    cara = add_person(fx, "Cara Novak");
    add_point(fx, bob, "email", "bob@example.com");
    add_point(fx, cara, "url", "https://example.com");
    OK(tend_intake_any_key(fx->store, &any));
    assert_true(any);
    OK(tend_intake_by_key(fx->store, TEND_TEXT("email"), TEND_TEXT("bob@example.com"), &who));
    assert_int_equal(who, bob);
    OK(tend_intake_by_key(fx->store, TEND_TEXT("phone"), TEND_TEXT("bob@example.com"), &who));
    assert_int_equal(who, 0);
    OK(tend_intake_unkeyed(fx->store, see, &seen));
    assert_int_equal(seen.n, 2);
    assert_int_equal(seen.ids[0], ann);
    assert_int_equal(seen.ids[1], cara);
    fixture_end(fx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known),
        cmocka_unit_test(test_keys),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
