/* Civil days: every day of 20,000 years, and the ends. */
#include "base/date.h"
#include "check.h"

/* tend_date_days, tend_date_civil, tend_date_weekday, tend_date_month_days, tend_date_valid:
 * counting day by day */
static void every_day(void **state)
{
    (void)state;
    int64_t days = tend_date_days(-9999, 1, 1);
    int32_t weekday = tend_date_weekday(days);

    for (int32_t year = -9999; year <= 9999; year++)
        for (int32_t month = 1; month <= 12; month++)
            for (int32_t day = 1; day <= tend_date_month_days(year, month); day++) {
                int32_t y, m, d;

                tend_date_civil(days, &y, &m, &d);
                if (y != year || m != month || d != day ||
                    tend_date_days(year, month, day) != days ||
                    tend_date_weekday(days) != weekday || !tend_date_valid(year, month, day))
                    fail_msg("day %d is %d-%d-%d, not %d-%d-%d", (int)days, y, m, d, year, month,
                             day);
                days++;
                weekday = weekday % 7 + 1;
            }
    assert_int_equal(days, tend_date_days(9999, 12, 31) + 1);
}

/* tend_date_days, tend_date_weekday */
static void known_days(void **state)
{
    (void)state;
    assert_int_equal(tend_date_days(1970, 1, 1), 0);
    assert_int_equal(tend_date_days(2000, 3, 1), 11017);
    assert_int_equal(tend_date_days(1969, 12, 31), -1);
    assert_int_equal(tend_date_weekday(0), 4);                            /* Thursday */
    assert_int_equal(tend_date_weekday(tend_date_days(2026, 11, 28)), 6); /* Saturday */
    assert_int_equal(tend_date_weekday(tend_date_days(1900, 1, 1)), 1);
    assert_int_equal(tend_date_weekday(tend_date_days(1969, 12, 28)), 7);
}

/* tend_date_valid, tend_date_month_days */
static void impossible_days(void **state)
{
    (void)state;
    assert_false(tend_date_valid(2026, 2, 29));
    assert_true(tend_date_valid(2024, 2, 29));
    assert_false(tend_date_valid(1900, 2, 29));
    assert_true(tend_date_valid(2000, 2, 29));
    assert_false(tend_date_valid(2026, 0, 1));
    assert_false(tend_date_valid(2026, 13, 1));
    assert_false(tend_date_valid(2026, 4, 31));
    assert_false(tend_date_valid(2026, 4, 0));
    assert_false(tend_date_valid(10000, 1, 1));
    assert_false(tend_date_valid(-10000, 1, 1));
    assert_false(tend_date_valid(INT64_MAX, 1, 1));
    assert_int_equal(tend_date_month_days(2026, 0), 0);
    assert_int_equal(tend_date_month_days(2026, 13), 0);
}

/* tend_date_civil: days beyond the calendar stop at its ends */
static void ends_of_the_calendar(void **state)
{
    (void)state;
    int32_t year, month, day;

    tend_date_civil(INT64_MAX, &year, &month, &day);
    assert_true(year == 9999 && month == 12 && day == 31);
    tend_date_civil(INT64_MIN, &year, &month, &day);
    assert_true(year == -9999 && month == 1 && day == 1);
    assert_in_range(tend_date_weekday(INT64_MAX), 1, 7);
    assert_in_range(tend_date_weekday(INT64_MIN), 1, 7);
}

static void check_months(const char *from, int64_t months, const char *expected)
{
    int64_t days = 0;
    char text[16];

    assert_true(tend_date_parse((struct tend_text){ from, (int64_t)strlen(from) }, &days));
    assert_string_equal(tend_date_format(text, tend_date_add_months(days, months)), expected);
}

/* tend_date_add_months */
static void adding_months(void **state)
{
    (void)state;
    check_months("2026-01-31", 1, "2026-02-28");
    check_months("2024-01-31", 1, "2024-02-29");
    check_months("2026-01-31", 2, "2026-03-31");
    check_months("2026-01-15", 0, "2026-01-15");
    check_months("2026-12-01", 1, "2027-01-01");
    check_months("2026-01-01", -1, "2025-12-01");
    check_months("2026-03-31", -1, "2026-02-28");
    check_months("2024-02-29", 12, "2025-02-28");
    check_months("2026-05-05", -12 * 30, "1996-05-05");
    check_months("0000-01-31", -1, "-0001-12-31");
    check_months("2026-06-15", INT64_MAX, "9999-12-15");
    check_months("2026-06-15", INT64_MIN, "-9999-01-15");
}

/* tend_date_weekday_name, tend_date_month_name */
static void names(void **state)
{
    (void)state;
    assert_string_equal(tend_date_weekday_name(1), "Mon");
    assert_string_equal(tend_date_weekday_name(7), "Sun");
    assert_string_equal(tend_date_weekday_name(0), "?");
    assert_string_equal(tend_date_weekday_name(8), "?");
    assert_string_equal(tend_date_month_name(1), "Jan");
    assert_string_equal(tend_date_month_name(12), "Dec");
    assert_string_equal(tend_date_month_name(0), "?");
    assert_string_equal(tend_date_month_name(13), "?");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_day),       cmocka_unit_test(known_days),
    cmocka_unit_test(impossible_days), cmocka_unit_test(ends_of_the_calendar),
    cmocka_unit_test(adding_months),   cmocka_unit_test(names),
};

CHECK_MAIN(tests)
