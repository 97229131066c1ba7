/* tend_person_by_name, _by_key, _near. */
#include "fixture.h"
#include "store/ops_person.h"

static const char *found(struct fixture *fx, const char *text, int64_t most)
{
    struct tend_buffer all = { 0 };
    tend_id *persons;
    const char *out;
    int64_t n;

    OK(tend_person_by_name(fx->store, tend_text_of(text), most, &fx->arena, &persons, &n));
    for (int64_t i = 0; i < n; i++)
        tend_buffer_addf(&all, "%lld ", (long long)persons[i]);
    out = tend_arena_str(&fx->arena, tend_buffer_text(&all));
    tend_buffer_finish(&all);
    return out;
}

static void test_name(void **state)
{
    struct fixture here, *fx = &here;

    (void)state;
    fixture_memory(fx);
    begin(fx);
    add_person(fx, "Anna Lindner");         /* 1 */
    add_person(fx, "Ann Lee");              /* 2 */
    add_person(fx, "Joanne Ann Lee-Smith"); /* 3 */
    add_person(fx, "Ann");                  /* 4 */
    add_person(fx, "José Ángel");           /* 5 */
    add_person(fx, "Ann Lee");              /* 6 */
    OK(tend_row_set(fx->store, TEND_T_person, 2, TEND_C_person_archived_at, tend_int(1)));
    commit(fx);
    assert_string_equal(found(fx, "ann", -1), "4 1 3 6 2 ");    /* exact first, archived last */
    assert_string_equal(found(fx, "ann l", -1), "1 3 6 2 ");
    assert_string_equal(found(fx, "ann.l", -1), "1 3 6 2 ");
    assert_string_equal(found(fx, "Ann Lee", -1), "6 3 2 ");
    assert_string_equal(found(fx, "lee ann", -1), "3 6 2 ");
    assert_string_equal(found(fx, "smith", -1), "3 ");
    assert_string_equal(found(fx, "lee-smith", -1), "3 ");
    assert_string_equal(found(fx, "JOSE", -1), "5 ");
    assert_string_equal(found(fx, "angel jos", -1), "5 ");
    assert_string_equal(found(fx, "nn", -1), "");
    assert_string_equal(found(fx, "", -1), "");
    assert_string_equal(found(fx, " . ", -1), "");
    assert_string_equal(found(fx, "ann", 2), "4 1 ");
    assert_string_equal(found(fx, "ann", 0), "");
    fixture_end(fx);
}

static void test_key(void **state)
{
    struct fixture here, *fx = &here;
    tend_id ann, bob;

    (void)state;
    fixture_memory(fx);
    begin(fx);
    ann = add_person(fx, "Ann Lee");
    bob = add_person(fx, "Bob Ray");
    add_point(fx, ann, "phone", "+436645551234");
    add_point(fx, bob, "phone", "+436645551234");
    add_point(fx, bob, "email", "bob@example.com");
    commit(fx);
    assert_int_equal(tend_person_by_key(fx->store, TEND_TEXT("phone"), TEND_TEXT("+436645551234")),
                     ann);
    assert_int_equal(tend_person_by_key(fx->store, TEND_TEXT("email"),
                                        TEND_TEXT("bob@example.com")), bob);
    assert_int_equal(tend_person_by_key(fx->store, TEND_TEXT("email"),
                                        TEND_TEXT("+436645551234")), 0);
    assert_int_equal(tend_person_by_key(fx->store, TEND_TEXT("email"), TEND_TEXT("")), 0);
    fixture_end(fx);
}

/* With or without its apostrophe, its hyphen, one of several. */
static void test_joined(void **state)
{
    struct fixture here, *fx = &here;
    tend_id *persons;
    int64_t n;

    (void)state;
    fixture_memory(fx);
    begin(fx);
    tend_id brien = add_person(fx, "Pat O'Brien");
    tend_id marie = add_person(fx, "Anne-Marie Roy");
    commit(fx);
    static const char *const typed[] = { "obrien", "obr", "o'brien", "o\u2019brien", "brien",
                                         "pat obrien" };
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        OK(tend_person_by_name(fx->store, tend_text_of(typed[i]), 5, &fx->arena, &persons, &n));
        assert_int_equal(n, 1);
        assert_int_equal(persons[0], brien);
    }
    OK(tend_person_by_name(fx->store, TEND_TEXT("annemarie"), 5, &fx->arena, &persons, &n));
    assert_int_equal(n, 1);
    assert_int_equal(persons[0], marie);
    assert_clean(fx);
    fixture_end(fx);
}

static void test_near(void **state)
{
    struct fixture here, *fx = &here;
    struct tend_text *names;
    int64_t n;

    (void)state;
    fixture_memory(fx);
    begin(fx);
    add_person(fx, "Anna Lindner");
    add_person(fx, "Lindener Karl");
    add_person(fx, "Tom Ray");
    commit(fx);
    OK(tend_person_near(fx->store, TEND_TEXT("Lindnr"), 5, &fx->arena, &names, &n));
    assert_int_equal(n, 2);
    assert_true(tend_text_is(names[0], "Anna Lindner"));    /* the nearest first */
    assert_true(tend_text_is(names[1], "Lindener Karl"));
    OK(tend_person_near(fx->store, TEND_TEXT("Lindnr"), 1, &fx->arena, &names, &n));
    assert_int_equal(n, 1);
    assert_true(tend_text_is(names[0], "Anna Lindner"));
    OK(tend_person_near(fx->store, TEND_TEXT("tom rey"), 5, &fx->arena, &names, &n));
    assert_int_equal(n, 1);
    OK(tend_person_near(fx->store, TEND_TEXT("zzzzzz"), 5, &fx->arena, &names, &n));
    assert_int_equal(n, 0);
    fixture_end(fx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_name),
        cmocka_unit_test(test_key),
        cmocka_unit_test(test_joined),
        cmocka_unit_test(test_near),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
