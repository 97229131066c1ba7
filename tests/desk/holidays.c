/* Holidays by country, date and distance from Easter; being away. */
#include "desk/holidays.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static int64_t day_of(const char *text)
{
    int64_t day;

    assert_true(tend_date_parse(tend_text_of(text), &day));
    return day;
}

static struct tend_holidays read_holidays(const char *text)
{
    struct tend_holidays holidays;
    struct tend_error err = { 0 };

    assert_int_equal(tend_holidays_parse(tend_text_of(text), &holidays, &err), TEND_OK);
    return holidays;
}

static void test_easter(void **state)
{
    static const char *const days[] = { "1818-03-22", "1943-04-25", "2000-04-23", "2008-03-23",
                                        "2011-04-24", "2024-03-31", "2025-04-20", "2026-04-05",
                                        "2027-03-28", "2038-04-25", "2049-04-18" };

    (void)state;
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        int32_t year, month, day;

        tend_date_civil(day_of(days[i]), &year, &month, &day);
        assert_int_equal(tend_easter(year), day_of(days[i]));
    }
}

static void test_countries(void **state)
{
    static const struct {
        const char *set, *day, *name;
    } cases[] = {
        { "AT", "2026-10-26", "National Day" },
        { "at", "2026-05-14", "Ascension Day" },
        { "AT", "2026-06-04", "Corpus Christi" },
        { "AT", "2026-04-03", NULL },
        { "DE", "2026-04-03", "Good Friday" },
        { "US", "2026-11-26", "Thanksgiving" },
        { "US", "2026-05-25", "Memorial Day" },
        { "US", "2026-07-03", "Independence Day" },     /* the 4th is a Saturday */
        { "US", "2026-07-04", "Independence Day" },
        { "US", "2021-12-31", "New Year's Day" },       /* of 2022 */
        { "US", "2026-11-27", NULL },
        { "GB", "2026-12-28", "Boxing Day" },           /* the 26th is a Saturday */
        { "GB", "2021-12-27", "Christmas Day" },        /* Saturday and Sunday */
        { "GB", "2021-12-28", "Boxing Day" },
        { "GB", "2022-12-27", "Christmas Day" },        /* Sunday and Monday */
        { "GB", "2022-12-26", "Boxing Day" },
        { "GB", "2022-12-28", NULL },
        { "GB", "2026-08-31", "Summer Bank Holiday" },
        { "CA", "2023-01-02", "New Year's Day" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tend_holidays holidays = read_holidays(cases[i].set);
        const char *name = tend_holidays_name(&holidays, day_of(cases[i].day));

        if (cases[i].name == NULL)
            assert_null(name);
        else
            assert_string_equal(name, cases[i].name);
    }
}

static void test_dates(void **state)
{
    struct tend_holidays h = read_holidays("AT 12-24, 2026-11-27 easter-2, not 12-08 02-29");

    (void)state;
    assert_string_equal(tend_holidays_name(&h, day_of("2026-12-24")), "");
    assert_string_equal(tend_holidays_name(&h, day_of("2030-12-24")), "");
    assert_string_equal(tend_holidays_name(&h, day_of("2026-11-27")), "");
    assert_null(tend_holidays_name(&h, day_of("2027-11-27")));
    assert_string_equal(tend_holidays_name(&h, day_of("2026-04-03")), "");
    assert_null(tend_holidays_name(&h, day_of("2026-12-08")));
    assert_string_equal(tend_holidays_name(&h, day_of("2026-12-25")), "Christmas Day");
    assert_string_equal(tend_holidays_name(&h, day_of("2028-02-29")), "");
    assert_null(tend_holidays_name(&h, day_of("2027-03-01")));
    h = read_holidays("off");
    assert_int_equal(h.n, 0);
}

static void test_refused(void **state)
{
    static const char *const bad[] = { "XX", "RU", "AUT", "13-01", "02-30", "2026-02-29", "easter+",
                                       "easter+999", "not", "not AT", "xmas", "1-1-1", "--1" };
    struct tend_holidays holidays;
    struct tend_error err = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(tend_holidays_parse(tend_text_of(bad[i]), &holidays, &err),
                         TEND_INVALID);
        assert_non_null(strstr(err.text, "12-24"));
    }
}

static void test_away(void **state)
{
    struct tend_away away;
    struct tend_error err = { 0 };
    int64_t last;

    (void)state;
    assert_int_equal(tend_away_parse(TEND_TEXT("2027-01-04..2027-01-06, 2026-12-20..2027-01-03 "
                                               "2027-02-01"), &away, &err), TEND_OK);
    assert_false(tend_away_until(&away, day_of("2026-12-19"), &last));
    assert_true(tend_away_until(&away, day_of("2026-12-20"), &last));
    assert_int_equal(last, day_of("2027-01-06"));       /* the two touch */
    assert_true(tend_away_until(&away, day_of("2027-01-06"), &last));
    assert_false(tend_away_until(&away, day_of("2027-01-07"), &last));
    assert_true(tend_away_until(&away, day_of("2027-02-01"), &last));
    assert_int_equal(tend_away_parse(TEND_TEXT("soon"), &away, &err), TEND_INVALID);
    assert_int_equal(tend_away_parse(TEND_TEXT("2027-01-03..2026-12-20"), &away, &err),
                     TEND_INVALID);
    assert_non_null(strstr(err.text, "ends before it begins"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_easter),  cmocka_unit_test(test_countries),
        cmocka_unit_test(test_dates),   cmocka_unit_test(test_refused),
        cmocka_unit_test(test_away),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
