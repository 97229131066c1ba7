/* All keys read at once: covers key_filter.c. Who has a key is found as without it. */
#include "fixture.h"
#include "store/ops_intake.h"

static tend_id whose(struct fixture *fx, const char *key)
{
    tend_id person;
    OK(tend_intake_by_key(fx->store, TEND_TEXT("email"), tend_text_of(key), &person));
    return person;
}

static void who_has_a_key_is_found_all_the_same(void **state)
{
    (void)state;
    struct fixture f, *fx = &f;
    char key[64];
    tend_id persons[4];
    int64_t n;
    fixture_memory(fx);
    begin(fx);
    for (int32_t i = 1; i <= 500; i++) {
        snprintf(key, sizeof key, "p%d@example.com", i);
        add_point(fx, add_person(fx, "Ann"), "email", key);
    }
    commit(fx);
    begin(fx);
    OK(tend_intake_expect(fx->store, 1));           /* not worth it */
    assert_null(fx->store->key_filter.bits);
    OK(tend_intake_expect(fx->store, 500));
    assert_non_null(fx->store->key_filter.bits);
    for (int32_t i = 1; i <= 500; i++) {
        snprintf(key, sizeof key, "p%d@example.com", i);
        assert_int_equal(whose(fx, key), i);
    }
    OK(tend_intake_holders(fx->store, TEND_TEXT("email"), TEND_TEXT("p7@example.com"), 4, persons,
                           &n));
    assert_int_equal(n, 1);
    assert_int_equal(whose(fx, "nobody@example.com"), 0);
    OK(tend_intake_holders(fx->store, TEND_TEXT("email"), TEND_TEXT("nobody@example.com"), 4,
                           persons, &n));
    assert_int_equal(n, 0);
    tend_id late = add_person(fx, "Late");          /* a key that came after */
    add_point(fx, late, "email", "nobody@example.com");
    OK(tend_derive_flush(fx->store));
    assert_int_equal(whose(fx, "nobody@example.com"), late);
    commit(fx);
    assert_null(fx->store->key_filter.bits);
    fixture_end(fx);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_has_a_key_is_found_all_the_same),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
