/* Times as people write them: tend_when_parse, tend_when_take, tend_order_of,
 * tend_when_say, tend_wall_say. Now is Sat 21 Nov 2026, 21:05 in Vienna. */
#include "check.h"
#include "shell/time.h"

#define NOW INT64_C(1795291500000000)

struct time_case {
    const char *text;
    bool back;
    const char *want;           /* "2026-11-22", "2026-11-22 15:00", or NULL: refused */
};

static const struct time_case cases[] = {
    /* words for days */
    { "today", false, "2026-11-21" },
    { "Today", false, "2026-11-21" },
    { "tomorrow", false, "2026-11-22" },
    { "TOMORROW", false, "2026-11-22" },
    { "yesterday", false, "2026-11-20" },
    { "yesterday", true, "2026-11-20" },
    { "now", false, "2026-11-21 21:05" },
    { "now", true, "2026-11-21 21:05" },
    /* days of the week look the way of the argument, and never mean today alone */
    { "mon", false, "2026-11-23" },
    { "monday", false, "2026-11-23" },
    { "Mon.", false, "2026-11-23" },
    { "tues", false, "2026-11-24" },
    { "thurs", false, "2026-11-26" },
    { "sun", false, "2026-11-22" },
    { "sat", false, "2026-11-28" },
    { "fri", false, "2026-11-27" },
    { "mon", true, "2026-11-16" },
    { "fri", true, "2026-11-20" },
    { "sat", true, "2026-11-14" },
    { "sun", true, "2026-11-15" },
    { "on mon", false, "2026-11-23" },
    /* with a time of day it is today as long as that time is to come, or past */
    { "sat 22:00", false, "2026-11-21 22:00" },
    { "sat 9am", false, "2026-11-28 09:00" },
    { "sat 9am", true, "2026-11-21 09:00" },
    { "sat 22:00", true, "2026-11-14 22:00" },
    { "fri 9am", false, "2026-11-27 09:00" },
    { "fri 19:00", true, "2026-11-20 19:00" },
    { "9am fri", false, "2026-11-27 09:00" },
    { "on fri at 9am", false, "2026-11-27 09:00" },
    { "thu 19:00", false, "2026-11-26 19:00" },
    /* next, last, this: of the ISO week */
    { "next mon", false, "2026-11-23" },
    { "next sat", false, "2026-11-28" },
    { "next sun", false, "2026-11-29" },
    { "last mon", false, "2026-11-09" },
    { "last mon", true, "2026-11-09" },
    { "last fri", true, "2026-11-13" },
    { "this sun", false, "2026-11-22" },
    { "this mon", true, "2026-11-16" },
    { "next week", false, "2026-11-28" },
    { "last week", true, "2026-11-14" },
    { "next month", false, "2026-12-21" },
    { "last month", true, "2026-10-21" },
    { "next year", false, "2027-11-21" },
    { "next mon 10:00", false, "2026-11-23 10:00" },
    { "next", false, NULL },
    { "next call", false, NULL },
    /* ends */
    { "eow", false, "2026-11-22" },
    { "eom", false, "2026-11-30" },
    { "eoy", false, "2026-12-31" },
    /* spans */
    { "+3d", false, "2026-11-24" },
    { "3d", false, "2026-11-24" },
    { "-2d", false, "2026-11-19" },
    { "3d", true, "2026-11-18" },
    { "-3d", true, "2026-11-18" },
    { "+3d", true, "2026-11-24" },
    { "+2w", false, "2026-12-05" },
    { "+1m", false, "2026-12-21" },
    { "+1y", false, "2027-11-21" },
    { "+3d 15:00", false, "2026-11-24 15:00" },
    { "+72h", false, "2026-11-24 21:05" },
    { "+30min", false, "2026-11-21 21:35" },
    { "30min", true, "2026-11-21 20:35" },
    { "in 3 days", false, "2026-11-24" },
    { "in a week", false, "2026-11-28" },
    { "in 2 weeks", false, "2026-12-05" },
    { "in one month", false, "2026-12-21" },
    { "in 2 hours", false, "2026-11-21 23:05" },
    { "in 4 hours", false, "2026-11-22 01:05" },
    { "in an hour", false, "2026-11-21 22:05" },
    { "in 2w", false, "2026-12-05" },
    { "in 3 days 9am", false, "2026-11-24 09:00" },
    { "3 days", false, "2026-11-24" },
    { "3 days", true, "2026-11-18" },
    { "3 days ago", true, "2026-11-18" },
    { "a week ago", true, "2026-11-14" },
    { "2w ago", true, "2026-11-07" },
    { "2 hours ago", true, "2026-11-21 19:05" },
    { "90 minutes ago", true, "2026-11-21 19:35" },
    { "ago", true, NULL },
    { "3 parsecs", false, NULL },
    { "+999999d", false, NULL },
    { "+3d +2d", false, NULL },
    { "+2h 15:00", false, NULL },
    /* times of day */
    { "15:00", false, "2026-11-22 15:00" },
    { "22:30", false, "2026-11-21 22:30" },
    { "21:05", false, "2026-11-22 21:05" },
    { "15:00", true, "2026-11-21 15:00" },
    { "22:30", true, "2026-11-20 22:30" },
    { "3pm", false, "2026-11-22 15:00" },
    { "3 pm", false, "2026-11-22 15:00" },
    { "3:30pm", false, "2026-11-22 15:30" },
    { "12am", false, "2026-11-22 00:00" },
    { "12pm", false, "2026-11-22 12:00" },
    { "noon", false, "2026-11-22 12:00" },
    { "noon", true, "2026-11-21 12:00" },
    { "midnight", false, "2026-11-22 00:00" },
    { "at 3pm", false, "2026-11-22 15:00" },
    { "7:05", false, "2026-11-22 07:05" },
    { "25:00", false, NULL },
    { "12:60", false, NULL },
    { "13pm", false, NULL },
    { "0am", false, NULL },
    { "3", false, NULL },
    { "at", false, NULL },
    { "3pm 4pm", false, NULL },
    /* both */
    { "tomorrow 3pm", false, "2026-11-22 15:00" },
    { "3pm tomorrow", false, "2026-11-22 15:00" },
    { "today 22:00", false, "2026-11-21 22:00" },
    { "tomorrow noon", false, "2026-11-22 12:00" },
    { "tomorrow at 15:00", false, "2026-11-22 15:00" },
    { "tomorrow 3pmm", false, NULL },
    { "tomorow", false, NULL },
    { "tomorrow call her", false, NULL },
    { "tomorrow monday", false, NULL },
    /* days of a month */
    { "jan 5", false, "2027-01-05" },
    { "5 jan", false, "2027-01-05" },
    { "jan 5", true, "2026-01-05" },
    { "12 dec", false, "2026-12-12" },
    { "12 dec", true, "2025-12-12" },
    { "december 12", false, "2026-12-12" },
    { "12th december", false, "2026-12-12" },
    { "1st of december", false, "2026-12-01" },
    { "3rd dec", false, "2026-12-03" },
    { "nov 21", false, "2026-11-21" },
    { "nov 21", true, "2026-11-21" },
    { "nov 20", false, "2027-11-20" },
    { "12. dec", false, "2026-12-12" },
    { "dec 12, 2027", false, "2027-12-12" },
    { "12 dec 2027", false, "2027-12-12" },
    { "feb 29", false, "2028-02-29" },
    { "feb 29", true, "2024-02-29" },
    { "feb 29 2027", false, NULL },
    { "31 feb", false, NULL },
    { "0 dec", false, NULL },
    { "dec", false, NULL },
    { "12 dec 15:00", false, "2026-12-12 15:00" },
    { "sept 3", false, "2027-09-03" },
    /* in digits */
    { "2026-12-01", false, "2026-12-01" },
    { "2026-12-01 15:00", false, "2026-12-01 15:00" },
    { "2026-12-01T15:00", false, "2026-12-01 15:00" },
    { "2026-12-01T15:00:00Z", false, "2026-12-01 16:00" },
    { "2026-12-01T15:00:00+01:00", false, "2026-12-01 15:00" },
    { "2026-02-30", false, NULL },
    { "2026-13-01", false, NULL },
    { "12/11", false, "2027-11-12" },
    { "12/11/2026", false, "2026-11-12" },
    { "12.11.", false, "2027-11-12" },
    { "12.11.2026", true, "2026-11-12" },
    { "31.2.", false, NULL },
    { "1/2/3/4", false, NULL },
    /* the change of the clocks: 28 March 2027, 02:30 is not there */
    { "2027-03-28 02:30", false, "2027-03-28 03:30" },
    { "", false, NULL },
    { "   ", false, NULL },
    { "soon", false, NULL },
    { "2026-02-29", false, NULL },
};

static const struct tend_zone *vienna(void)
{
    const struct tend_zone *zone;
    struct tend_error err;

    assert_int_equal(tend_zone_open("Europe/Vienna", &zone, &err), TEND_OK);
    return zone;
}

/* tend_when_parse */
static void table(void **state)
{
    struct tend_when_ask ask = { .now = NOW, .zone = vienna(), .order = TEND_ORDER_DMY };

    (void)state;
    assert_true(sizeof cases / sizeof *cases >= 100);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tend_when when;
        struct tend_error err = { 0 };
        struct tend_buffer got = { 0 };
        char day[16];
        tend_status status;

        ask.backward = cases[i].back;
        status = tend_when_parse(tend_text_of(cases[i].text), &ask, &when, &err);
        if ((status == TEND_OK) != (cases[i].want != NULL))
            fail_msg("\"%s\" %s", cases[i].text, status == TEND_OK ? "was taken" : err.text);
        if (status != TEND_OK) {
            assert_int_equal(status, TEND_USAGE);
            assert_true(err.text[0] != '\0');
            continue;
        }
        tend_buffer_adds(&got, tend_date_format(day, when.day));
        if (when.wall >= 0) {
            tend_buffer_addc(&got, ' ');
            tend_wall_say(&got, when.wall);
        }
        if (strcmp(got.at, cases[i].want) != 0)
            fail_msg("\"%s\"%s: %s, not %s", cases[i].text, cases[i].back ? " (back)" : "", got.at,
                     cases[i].want);
        tend_buffer_finish(&got);
    }
}

/* tend_when_parse: the instants, also over a change of the clocks */
static void instants(void **state)
{
    struct tend_when_ask ask = { .now = NOW, .zone = vienna() };
    struct tend_when when;
    struct tend_error err;

    (void)state;
    assert_int_equal(tend_when_parse(TEND_TEXT("2026-12-01 15:00"), &ask, &when, &err), TEND_OK);
    assert_int_equal(when.at, tend_zone_instant(ask.zone, when.day, 15 * TEND_HOUR));
    assert_int_equal(tend_when_parse(TEND_TEXT("tomorrow"), &ask, &when, &err), TEND_OK);
    assert_int_equal(when.at, tend_zone_instant(ask.zone, when.day, 0));
    assert_int_equal(tend_when_parse(TEND_TEXT("now"), &ask, &when, &err), TEND_OK);
    assert_int_equal(when.at, NOW);
    assert_int_equal(tend_when_parse(TEND_TEXT("2027-03-28 02:30"), &ask, &when, &err), TEND_OK);
    assert_int_equal(tend_zone_civil(ask.zone, when.at).hour, 3);
}

/* tend_when_parse: 12/11 needs an order, and says how to set one */
static void orders(void **state)
{
    struct tend_when_ask ask = { .now = NOW, .zone = vienna() };
    struct tend_when when;
    struct tend_error err;
    char day[16];

    (void)state;
    assert_int_equal(tend_when_parse(TEND_TEXT("12/11"), &ask, &when, &err), TEND_USAGE);
    SAYS(err.text, "config date_order");
    ask.order = tend_order_of(TEND_TEXT("mdy"));
    assert_int_equal(tend_when_parse(TEND_TEXT("12/11"), &ask, &when, &err), TEND_OK);
    assert_string_equal(tend_date_format(day, when.day), "2026-12-11");
    ask.order = tend_order_of(TEND_TEXT("ymd"));
    assert_int_equal(tend_when_parse(TEND_TEXT("2027/1/2"), &ask, &when, &err), TEND_OK);
    assert_string_equal(tend_date_format(day, when.day), "2027-01-02");
    assert_int_equal(tend_order_of(TEND_TEXT("dym")), TEND_ORDER_NONE);
}

/* tend_when_take: as many words as make a time */
static void takes(void **state)
{
    struct tend_when_ask ask = { .shape_only = true };
    struct tend_token words[] = {
        { .text = TEND_TEXT("thu") },
        { .text = TEND_TEXT("19:00") },
        { .text = TEND_TEXT("my"), .quoted = true },
        { .text = TEND_TEXT("tomorrow 3pm"), .quoted = true },
    };
    struct tend_when when;
    struct tend_error err;

    (void)state;
    assert_int_equal(tend_when_take(words, 4, &ask, &when, &err), 2);
    assert_int_equal(tend_when_take(words, 1, &ask, &when, &err), 1);
    assert_int_equal(tend_when_take(words + 1, 1, &ask, &when, &err), 1);
    assert_int_equal(tend_when_take(words + 2, 2, &ask, &when, &err), 0);
    assert_int_equal(tend_when_take(words + 3, 1, &ask, &when, &err), 1);
    assert_int_equal(tend_when_take(words, 0, &ask, &when, &err), 0);
}

/* tend_when_parse: the nearest word is suggested */
static void suggests(void **state)
{
    struct tend_when_ask ask = { .now = NOW, .zone = vienna() };
    struct tend_when when;
    struct tend_error err;

    (void)state;
    tend_when_parse(TEND_TEXT("tomorow"), &ask, &when, &err);
    SAYS(err.text, "did you mean tomorrow?");
    tend_when_parse(TEND_TEXT("tomorrow xyzzy"), &ask, &when, &err);
    SAYS(err.text, "\"xyzzy\" is no part of a time");
}

/* tend_when_say, tend_wall_say */
static void says(void **state)
{
    struct tend_buffer buf = { 0 };
    int64_t today = tend_date_days(2026, 11, 21);

    (void)state;
    tend_when_say(&buf, tend_date_days(2026, 11, 26), 19 * TEND_HOUR, today);
    assert_string_equal(buf.at, "Thu 26 Nov 19:00");
    tend_buffer_reset(&buf);
    tend_when_say(&buf, tend_date_days(2027, 1, 11), -1, today);
    assert_string_equal(buf.at, "Mon 11 Jan 2027");
    tend_buffer_finish(&buf);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(table),    cmocka_unit_test(instants), cmocka_unit_test(orders),
    cmocka_unit_test(takes),    cmocka_unit_test(suggests), cmocka_unit_test(says),
};
CHECK_MAIN(tests)
