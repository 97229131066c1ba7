/* tend_desk_setup: the core's normalisers are there after it. */
#include "desk/normal.h"
#include "world.h"

static void test_setup(void **state)
{
    struct world *w = *state;
    struct tend_text values[] = { T("Ann@Example.com"), T("nothing") }, keys[2];

    assert_int_equal(tend_desk_setup(&w->desk), TEND_OK);
    assert_int_equal(tend_normal_keys(&w->desk, T("email"), 2, values, NULL, keys, &w->arena),
                     TEND_OK);
    assert_true(tend_text_is(keys[0], "ann@example.com"));
    assert_int_equal(keys[1].len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { WORLD_TEST(test_setup) };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
