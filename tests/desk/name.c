/* tend_name_split. */
#include "world.h"

static void splits(const char *name, const char *given, const char *family)
{
    struct tend_text g, f;

    tend_name_split(tend_text_of(name), &g, &f);
    assert_true(tend_text_is(g, given));
    assert_true(tend_text_is(f, family));
}

static void test_split(void **state)
{
    (void)state;
    splits("Ann Lee", "Ann", "Lee");
    splits("Ann Marie Lee", "Ann Marie", "Lee");
    splits("  Ann\tLee ", "Ann", "Lee");
    splits("Lee, Ann", "Ann", "Lee");
    splits("Lee,Ann Marie", "Ann Marie", "Lee");
    splits("Lee,", "", "Lee");
    splits(",Ann", "Ann", "");
    splits("Madonna", "Madonna", "");
    splits("", "", "");
    splits("   ", "", "");
    splits("Søren Kierkegård", "Søren", "Kierkegård");
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_split) };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
