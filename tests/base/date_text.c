/* Dates and instants as text, both ways. */
#include "base/date.h"
#include "base/text.h"
#include "check.h"

/* tend_date_parse, tend_date_format */
static void dates(void **state)
{
    (void)state;
    static const char *const good[] = { "2026-12-01",  "1970-01-01", "2024-02-29", "9999-12-31",
                                        "-9999-01-01", "0000-03-01", "-0044-03-15" };
    static const char *const bad[] = {
        "",           "2026",        "2026-12",     "2026-12-1",   "26-12-01",   "2026-13-01",
        "2026-02-29", "2026-12-01 ", " 2026-12-01", "2026-12-01x", "2026/12/01", "+2026-12-01",
        "20261201",   "2026-12-0a",  "2026-12-00",  "--026-12-01"
    };
    char text[16];
    int64_t days = 5;

    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(tend_date_parse(tend_text_of(good[i]), &days));
        assert_string_equal(tend_date_format(text, days), good[i]);
    }
    days = 5;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (tend_date_parse(tend_text_of(bad[i]), &days))
            fail_msg("\"%s\" was taken", bad[i]);
        assert_int_equal(days, 5);
    }
    assert_string_equal(tend_date_format(text, INT64_MAX), "9999-12-31");
    assert_string_equal(tend_date_format(text, INT64_MIN), "-9999-01-01");
}

/* tend_date_words */
static void words(void **state)
{
    (void)state;
    int64_t today = tend_date_days(2026, 11, 21);
    char text[32];

    assert_string_equal(tend_date_words(text, tend_date_days(2026, 11, 28), today), "Sat 28 Nov");
    assert_string_equal(tend_date_words(text, tend_date_days(2026, 1, 1), today), "Thu 1 Jan");
    assert_string_equal(tend_date_words(text, tend_date_days(2027, 1, 1), today), "Fri 1 Jan 2027");
    assert_string_equal(tend_date_words(text, tend_date_days(2025, 12, 31), today),
                        "Wed 31 Dec 2025");
}

static int64_t instant_of(int64_t year, int64_t month, int64_t day, int64_t micros)
{
    return tend_date_days(year, month, day) * 24 * TEND_HOUR + micros;
}

/* tend_instant_format */
static void instants_out(void **state)
{
    (void)state;
    int64_t at = instant_of(2026, 11, 28, 8 * TEND_HOUR);
    char text[40];

    assert_string_equal(tend_instant_format(text, at, 3600), "2026-11-28T09:00:00+01:00");
    assert_string_equal(tend_instant_format(text, at, 0), "2026-11-28T08:00:00Z");
    assert_string_equal(tend_instant_format(text, at + 1, 0), "2026-11-28T08:00:00.000001Z");
    assert_string_equal(tend_instant_format(text, at, -9 * 3600), "2026-11-27T23:00:00-09:00");
    assert_string_equal(tend_instant_format(text, at, 20700), "2026-11-28T13:45:00+05:45");
    assert_string_equal(tend_instant_format(text, at, 3921), "2026-11-28T09:05:21+01:05:21");
    assert_string_equal(tend_instant_format(text, -1, 0), "1969-12-31T23:59:59.999999Z");
    /* whatever comes, it fits */
    assert_true(strlen(tend_instant_format(text, INT64_MIN, INT32_MIN)) < sizeof text);
    assert_true(strlen(tend_instant_format(text, INT64_MAX, INT32_MAX)) < sizeof text);
}

static void check_instant(const char *from, int64_t expected, bool expected_local)
{
    int64_t instant = 0;
    bool local = !expected_local;

    if (!tend_instant_parse(tend_text_of(from), &instant, &local))
        fail_msg("\"%s\" was refused", from);
    if (instant != expected || local != expected_local)
        fail_msg("\"%s\" is %lld, local %d", from, (long long)instant, local);
}

/* tend_instant_parse */
static void instants_in(void **state)
{
    (void)state;
    int64_t at = instant_of(2026, 11, 28, 8 * TEND_HOUR);

    check_instant("2026-11-28T08:00:00Z", at, false);
    check_instant("2026-11-28t08:00:00z", at, false);
    check_instant("2026-11-28 08:00Z", at, false);
    check_instant("2026-11-28T09:00:00+01:00", at, false);
    check_instant("2026-11-28T09:00:00+0100", at, false);
    check_instant("2026-11-28T09:00+01", at, false);
    check_instant("2026-11-28T03:30:00-04:30", at, false);
    check_instant("2026-11-28T09:05:21+01:05:21", at, false);
    check_instant("2026-11-28T08:00:00.5Z", at + 500000, false);
    check_instant("2026-11-28T08:00:00,000001Z", at + 1, false);
    check_instant("2026-11-28T08:00:00.1234567899Z", at + 123456, false);
    check_instant("2026-11-28T08:00:00", at, true);
    check_instant("2026-11-28 08:00", at, true);
    check_instant("2026-11-28", at - 8 * TEND_HOUR, true);
    check_instant("1969-12-31T23:59:59.999999Z", -1, false);
}

/* tend_instant_parse: what is no instant */
static void no_instants(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "now",
        "2026-11-28T",
        "2026-11-28Z",
        "2026-11-28T08",
        "2026-11-28T8:00",
        "2026-11-28T08:00:",
        "2026-11-28T24:00:00",
        "2026-11-28T08:60:00",
        "2026-11-28T08:00:60",
        "2026-11-28T08:00:00.Z",
        "2026-11-28T08:00:00+",
        "2026-11-28T08:00:00+1",
        "2026-11-28T08:00:00+01:",
        "2026-11-28T08:00:00+01:0",
        "2026-11-28T08:00:00+24:00",
        "2026-11-28T08:00:00+01:60",
        "2026-11-28T08:00:00ZZ",
        "2026-11-28T08:00:00 ",
        "2026-11-28  08:00:00",
        "2026-02-30T08:00:00Z",
        "2026-11-28T08:00:00+010",
    };
    int64_t instant = 5;
    bool local = true;

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (tend_instant_parse(tend_text_of(bad[i]), &instant, &local))
            fail_msg("\"%s\" was taken", bad[i]);
    assert_false(
        tend_instant_parse((struct tend_text){ "2026-11-28T08:00:00Z\0", 21 }, &instant, &local));
    assert_int_equal(instant, 5);
    assert_true(local);
}

/* tend_instant_format, tend_instant_parse: there and back */
static void instants_round_trip(void **state)
{
    (void)state;
    static const int32_t offsets[] = { 0, 3600, -3600, 20700, -34200, 50400, 3921, -10 };
    char text[40];

    for (int64_t at = instant_of(-9998, 1, 1, 0); at < instant_of(9999, 12, 1, 0);
         at += INT64_C(9876543210987654)) {
        for (size_t i = 0; i < sizeof offsets / sizeof *offsets; i++) {
            int64_t again = 0;
            bool local = true;

            tend_instant_format(text, at, offsets[i]);
            assert_true(tend_instant_parse(tend_text_of(text), &again, &local));
            assert_int_equal(again, at);
            assert_false(local);
        }
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(dates),        cmocka_unit_test(words),
    cmocka_unit_test(instants_out), cmocka_unit_test(instants_in),
    cmocka_unit_test(no_instants),  cmocka_unit_test(instants_round_trip),
};

CHECK_MAIN(tests)
