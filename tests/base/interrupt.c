/* Covers tend_interrupt_ask, _clear, _at, tend_interrupted, tend_interrupt_check. */
#include "base/interrupt.h"
#include "check.h"

static void asked_and_cleared(void **state)
{
    struct tend_error err = { 0 };

    (void)state;
    assert_false(tend_interrupted());
    assert_int_equal(tend_interrupt_check(&err), TEND_OK);
    tend_interrupt_ask();
    assert_true(tend_interrupted());
    assert_int_equal(tend_interrupt_check(&err), TEND_CANCELLED);
    assert_string_equal(err.text, "interrupted: nothing was written");
    tend_interrupt_clear();
    assert_int_equal(tend_interrupt_check(&err), TEND_OK);
}

static void asked_at_a_look(void **state)
{
    struct tend_error err = { 0 };

    (void)state;
    assert_false(tend_interrupt_at(3));
    assert_false(tend_interrupted());
    assert_int_equal(tend_interrupt_check(&err), TEND_OK);
    assert_true(tend_interrupted());
    assert_int_equal(tend_interrupt_check(&err), TEND_CANCELLED);
    assert_true(tend_interrupt_at(0));
    for (int i = 0; i < 9; i++)
        assert_false(tend_interrupted());
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(asked_and_cleared),
                                       cmocka_unit_test(asked_at_a_look) };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
