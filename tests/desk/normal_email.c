/* Keys of e-mail addresses. Covers tend_normal_email_part, tend_normal_email_why. */
#include "desk/normal.h"
#include "../needs.h"
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

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
    part_is("\"Ann Lee\"@example.com", "\"Ann Lee\"@example.com");
    part_is("ann@example.com (Ann Lee)", "ann@example.com");
    part_is("(Ann (Lee)) ann@example.com", "ann@example.com");
    part_is("ann@[192.0.2.1]", "ann@[192.0.2.1]");
    part_is("ann@[IPv6:2001:db8::1]", "ann@[IPv6:2001:db8::1]");
    part_is("o'hara+x@example.com", "o'hara+x@example.com");
    part_is("jörg@müller.example", "jörg@müller.example");
    part_is("ann@invalid", "ann@invalid");
}

static void none(void **state)
{
    static const char *const wrong[][2] = {
        { "", "it has no @" },
        { "ann", "it has no @" },
        { "n/a", "it has no @" },
        { "@example.com", "nothing stands before the @" },
        { "ann@", "no domain stands behind the @" },
        { "a@b@c", "it has more than one @" },
        { "ann lee@example.com", "it has a space in it" },
        { "ann@exa mple.com", "it has a space in it" },
        { ".ann@example.com", "it begins with a dot" },
        { "ann.@example.com", "there is a dot before the @" },
        { "ann@.com", "there is a dot behind the @" },
        { "ann@a..b", "it has two dots in a row" },
        { "ann..lee@example.com", "it has two dots in a row" },
        { "ann@example.com.", "it ends with a dot" },
        { "ann@-a.com", "a part of its domain begins or ends with a hyphen" },
        { "ann@a-.com", "a part of its domain begins or ends with a hyphen" },
        { "a@x.com, b@x.com",
          "it is more than one address, or has a comma or semicolon too many" },
        { "<ann@example.com", "it has a < or > that does not enclose the address" },
        { "a\x01@example.com", "it has a control character in it" },
        { "ann@example.com\n", "it has a line break in it" },
        { "\"ann@example.com", "a quote is not closed" },
        { "\"ann\"lee@example.com", "something stands between the closing quote and the @" },
        { "(ann@example.com", "a bracket is not closed" },
        { "ann(lee)@example.com", "it has a bracket where none can be" },
        { "ann@[192.0.2.256]", "no IP address stands in the []" },
        { "ann@[192.0.2.1", "a [ is not closed" },
        { "ann@exa/mple.com", "it has a character that no address has" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct tend_text part;
        const char *why = tend_normal_email_why(tend_text_of(wrong[i][0]), &part);

        assert_non_null(why);
        assert_string_equal(why, wrong[i][1]);
        assert_int_equal(part.len, 0);
    }
}

static void too_long(void **state)
{
    char text[300];
    struct tend_text part;

    (void)state;
    memset(text, 'a', sizeof text);
    memcpy(text + 64, "@example.com", 13);
    assert_null(tend_normal_email_why(tend_text_of(text), &part));
    memcpy(text + 64, "a@example.com", 14);
    assert_non_null(tend_normal_email_why(tend_text_of(text), &part));
    memset(text, 'a', sizeof text);
    text[1] = '@';
    text[66] = '\0';
    assert_non_null(tend_normal_email_why(tend_text_of(text), &part));
}

/* The diagnosed addresses, where they are at hand. */
static void diagnosed(void **state)
{
    FILE *file = fopen(TEND_ROOT "/../shared/data/email/tests.jsonl", "r");
    int32_t refused = 0, errors = 0, taken = 0, good = 0;
    char line[2048];

    (void)state;
    CHECK_NEEDS("../shared/data", file != NULL);
    while (fgets(line, sizeof line, file)) {
        json_t *row = json_loads(line, JSON_ALLOW_NUL, NULL);
        json_t *address = json_object_get(row, "address");
        const char *category = json_string_value(json_object_get(row, "category"));
        struct tend_text part, value = { json_string_value(address),
                                         (int64_t)json_string_length(address) };
        bool odd = tend_normal_email_why(value, &part) != NULL;

        assert_non_null(category);
        if (strcmp(category, "ISEMAIL_ERR") == 0) {
            errors++;
            refused += odd;
        } else if (strcmp(category, "ISEMAIL_VALID_CATEGORY") == 0 ||
                   strcmp(category, "ISEMAIL_DNSWARN") == 0 ||
                   strcmp(category, "ISEMAIL_RFC5321") == 0) {
            good++;
            taken += !odd;
            if (odd)
                print_message("# refused: %s\n", line);
        }
        if (strcmp(category, "ISEMAIL_ERR") == 0 && !odd)
            print_message("# taken: %s\n", line);
        json_decref(row);
    }
    fclose(file);
    print_message("# %d of %d refused, %d of %d taken\n", refused, errors, taken, good);
    assert_int_equal(refused, errors);
    assert_int_equal(taken, good);
    assert_true(errors > 60 && good > 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(addresses), cmocka_unit_test(none),
                                        cmocka_unit_test(too_long), cmocka_unit_test(diagnosed) };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
