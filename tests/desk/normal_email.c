/* Keys of e-mail addresses. Covers tend_normal_email_part. */
#include "desk/normal.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void part_is(const char *typed, const char *expected)
{
    struct tend_text part = tend_normal_email_part(tend_text_of(typed));

    assert_true(tend_text_is(part, expected));
}

static void addresses(void **state)
{
    (void)state;
    part_is("ann@example.com", "ann@example.com");
    part_is("  Ann.Lee+x@Example.com\t", "Ann.Lee+x@Example.com");
    part_is("Ann Lee <ann@example.com>", "ann@example.com");
    part_is("mailto:ann@example.com", "ann@example.com");
    part_is("ann@example.com.", "ann@example.com");
    part_is("jörg@müller.example", "jörg@müller.example");
    part_is("ann@invalid", "ann@invalid");
}

static void none(void **state)
{
    static const char *const wrong[] = {
        "",
        "ann",
        "@example.com",
        "ann@",
        "a@b@c",
        "ann lee@example.com",
        "ann@exa mple.com",
        ".ann@example.com",
        "ann.@example.com",
        "ann@.com",
        "ann@a..b",
        "ann@-a.com",
        "n/a",
        "ann@exa;mple.com",
        "<>",
        "a\x01@example.com",
    };

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        part_is(wrong[i], "");
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(addresses), cmocka_unit_test(none) };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
