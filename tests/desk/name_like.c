/* Which names may be one person's, and which are two who share a telephone.
 * Covers tend_name_compatible, tend_name_given_like. */
#include "desk/name_like.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static bool may_be(const char *a, const char *b)
{
    struct tend_arena scratch = { 0 };
    bool one = tend_name_compatible(&scratch, tend_text_of(a), tend_text_of(b));
    bool other = tend_name_compatible(&scratch, tend_text_of(b), tend_text_of(a));

    tend_arena_finish(&scratch);
    assert_int_equal(one, other);
    return one;
}

static void one_person(void **state)
{
    static const char *const pairs[][2] = {
        { "Ann Lee", "ann  LEE" },         { "Ann Lee", "Lee, Ann" },
        { "Ann Lee", "Lee Ann" },          { "Ann Lee", "A. Lee" },
        { "Ann Lee", "A Lee" },            { "Ann Lee", "Ann" },
        { "Ann Lee", "Lee" },              { "Ann Lee", "" },
        { "Ann Marie Lee", "Ann Lee" },    { "Dr. Ann Lee", "Ann Lee" },
        { "Robert Ray", "Bob Ray" },       { "Johann Huber", "Hans Huber" },
        { "Susanne Mayr", "Susi Mayr" },   { "Alexander Koch", "Alex Koch" },
        { "Ann Lee", "Ann Huber" },        { "Ann Lee-Huber", "Ann Lee" },
        { "Stephen Cole", "Stehpen Cole" }, { "José Núñez", "Jose Nunez" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (!may_be(pairs[i][0], pairs[i][1]))
            fail_msg("\"%s\" and \"%s\" may be one", pairs[i][0], pairs[i][1]);
}

static void two_of_a_household(void **state)
{
    static const char *const pairs[][2] = {
        { "Ann Lee", "Ben Lee" },           { "Hilde Mayr", "Petra Mayr" },
        { "Martin Huber", "Martina Huber" }, { "Stefan Koch", "Stefanie Koch" },
        { "Mario Rossi", "Maria Rossi" },   { "Jan Novak", "Jana Novak" },
        { "Ann Lee", "Tom Koller" },        { "A. Lee", "B. Lee" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (may_be(pairs[i][0], pairs[i][1]))
            fail_msg("\"%s\" and \"%s\" are two", pairs[i][0], pairs[i][1]);
}

static void given_names(void **state)
{
    (void)state;
    assert_true(tend_name_given_like(TEND_TEXT("bob"), TEND_TEXT("robert")));
    assert_true(tend_name_given_like(TEND_TEXT("r."), TEND_TEXT("robert")));
    assert_true(tend_name_given_like(TEND_TEXT("."), TEND_TEXT("robert")));
    assert_true(tend_name_given_like(TEND_TEXT(""), TEND_TEXT("robert")));
    assert_false(tend_name_given_like(TEND_TEXT("rob"), TEND_TEXT("bill")));
    assert_false(tend_name_given_like(TEND_TEXT("al"), TEND_TEXT("alina")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_person),
        cmocka_unit_test(two_of_a_household),
        cmocka_unit_test(given_names),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
