/* Dates as they are written. Covers tend_date_read, tend_date_tells,
 * tend_date_of_region. */
#include "desk/normal_date.h"
#include "base/date.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void reads_in(const char *typed, enum tend_date_order order, const char *expected)
{
    char iso[TEND_DATE_ISO] = "";
    enum tend_date_is is =
        tend_date_read(tend_text_of(typed), order, tend_date_days(2026, 6, 1), iso);

    if (is != TEND_DATE_READ)
        iso[0] = '\0';
    if (strcmp(iso, expected) != 0)
        print_message("# %s: %s, not %s\n", typed, iso, expected);
    assert_string_equal(iso, expected);
}

static void reads(const char *typed, const char *expected)
{
    reads_in(typed, TEND_DATE_UNKNOWN, expected);
}

static void is(const char *typed, enum tend_date_is expected)
{
    char iso[TEND_DATE_ISO];

    assert_int_equal(tend_date_read(tend_text_of(typed), TEND_DATE_UNKNOWN,
                                    tend_date_days(2026, 6, 1), iso),
                     expected);
}

static void iso(void **state)
{
    (void)state;
    reads("1990-03-15", "1990-03-15");
    reads("1990-3-5", "1990-03-05");
    reads("1990/03/15", "1990-03-15");
    reads("1990.03.15", "1990-03-15");
    reads("19900315", "1990-03-15");
    reads("--03-15", "--03-15");
    reads("--0315", "--03-15");
    reads("--02-29", "--02-29");
    reads("1990-03-15T00:00:00Z", "1990-03-15");
    reads("1990-03-15 00:00:00", "1990-03-15");
    reads(" 1990-03-15 ", "1990-03-15");
}

static void words(void **state)
{
    (void)state;
    reads("12 Mar 2024", "2024-03-12");
    reads("7-Feb-22", "2022-02-07");
    reads("7-Feb-62", "1962-02-07");
    reads("Mar 12, 2024", "2024-03-12");
    reads("March 12th, 2024", "2024-03-12");
    reads("Tue, 12 Mar 2024", "2024-03-12");
    reads("12. März 1990", "1990-03-12");
    reads("12 mars 1990", "1990-03-12");
    reads("12 de marzo de 1990", "1990-03-12");
    reads("1 août 1990", "1990-08-01");
    reads("12 Mar", "--03-12");
    reads("2024 Mar 12", "2024-03-12");
    reads("12-DEC-1990", "1990-12-12");
    reads("1990年3月15日", "1990-03-15");
    reads("12 Mar 2024 10:30", "2024-03-12");
}

static void numbers(void **state)
{
    (void)state;
    reads("15.3.1990", "1990-03-15");
    reads("3.4.1990", "1990-04-03");
    reads("15. 3. 1990", "1990-03-15");
    reads("15.3.90", "1990-03-15");
    reads("15.3.", "--03-15");
    reads("3/15/1990", "1990-03-15");
    reads("15/3/1990", "1990-03-15");
    reads("15-03-1990", "1990-03-15");
    reads("4/4/1990", "1990-04-04");
    reads_in("3/4/1990", TEND_DATE_DAY_FIRST, "1990-04-03");
    reads_in("3/4/1990", TEND_DATE_MONTH_FIRST, "1990-03-04");
    reads_in("3/4/90", TEND_DATE_MONTH_FIRST, "1990-03-04");
    reads_in("3/4/26", TEND_DATE_MONTH_FIRST, "2026-03-04");
    reads_in("3/4/27", TEND_DATE_MONTH_FIRST, "1927-03-04");
    reads_in("3/15", TEND_DATE_MONTH_FIRST, "--03-15");
    reads_in("3/4/1990 0:00", TEND_DATE_DAY_FIRST, "1990-04-03");
    is("3/4/1990", TEND_DATE_UNSURE);
    is("3/4", TEND_DATE_UNSURE);
}

static void none(void **state)
{
    static const char *const odd[] = {
        "",           "n/a",        "1990",     "0.0.00",        "00/00/0000", "0000-00-00",
        "31.2.1990",  "2/30/1990",  "13/13/90", "yesterday",     "3",          "Mar",
        "Mar 2024",   "1.2.3.4",    "12 Foo 90", "1990-13-01",   "1990-02-30", "--02-30",
        "1/2/3",      "99999999999999999999", "123",
        "a long text that only happens to have 12 Mar 1990 in it somewhere",
    };

    (void)state;
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++)
        is(odd[i], TEND_DATE_NONE);
    is("32947", TEND_DATE_SERIAL);
}

static void tells(void **state)
{
    (void)state;
    assert_int_equal(tend_date_tells(TEND_TEXT("15/3/1990")), TEND_DATE_DAY_FIRST);
    assert_int_equal(tend_date_tells(TEND_TEXT("3/15/1990")), TEND_DATE_MONTH_FIRST);
    assert_int_equal(tend_date_tells(TEND_TEXT("3/4/1990")), TEND_DATE_UNKNOWN);
    assert_int_equal(tend_date_tells(TEND_TEXT("15.3.1990")), TEND_DATE_UNKNOWN);
    assert_int_equal(tend_date_tells(TEND_TEXT("1990-03-15")), TEND_DATE_UNKNOWN);
    assert_int_equal(tend_date_tells(TEND_TEXT("12 Mar 90")), TEND_DATE_UNKNOWN);
    assert_int_equal(tend_date_of_region(TEND_TEXT("us")), TEND_DATE_MONTH_FIRST);
    assert_int_equal(tend_date_of_region(TEND_TEXT("AT")), TEND_DATE_DAY_FIRST);
    assert_int_equal(tend_date_of_region(TEND_TEXT("CA")), TEND_DATE_UNKNOWN);
    assert_int_equal(tend_date_of_region(TEND_TEXT("")), TEND_DATE_UNKNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(iso),  cmocka_unit_test(words), cmocka_unit_test(numbers),
        cmocka_unit_test(none), cmocka_unit_test(tells),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
