/* Covers tend_recur_parse and tend_recur_parse_rrule: what each text means, and what
 * is said of those that mean nothing. */
#include "base/recur.h"
#include "base/text.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
/* cmocka wants the four above first */
#include <cmocka.h>

/* The first days of a rule, as text. */
static const char *days(const char *text, const char *from, int n)
{
    static char out[400];
    struct tend_recur rule;
    struct tend_error err = { 0 };
    int64_t first, day;
    size_t len = 0;

    if (tend_recur_parse(tend_text_of(text), &rule, &err) != TEND_OK)
        print_error("%s\n", err.text);
    assert_int_equal(err.code, TEND_OK);
    assert_true(tend_date_parse(tend_text_of(from), &first));
    out[0] = '\0';
    for (day = first - 1; n > 0; n--) {
        char one[16];

        day = tend_recur_next(&rule, first, day);
        if (day == TEND_RECUR_NEVER)
            break;
        len += (size_t)snprintf(out + len, sizeof out - len, "%s%s", len ? " " : "",
                                tend_date_format(one, day));
    }
    return out;
}

static void words(void **state)
{
    (void)state;
    assert_string_equal(days("day", "2026-11-26", 3), "2026-11-26 2026-11-27 2026-11-28");
    assert_string_equal(days("every 3 days", "2026-11-26", 3), "2026-11-26 2026-11-29 2026-12-02");
    assert_string_equal(days("weekday", "2026-11-27", 3), "2026-11-27 2026-11-30 2026-12-01");
    assert_string_equal(days("weekend", "2026-11-26", 3), "2026-11-28 2026-11-29 2026-12-05");
    assert_string_equal(days("mon thu", "2026-11-26", 3), "2026-11-26 2026-11-30 2026-12-03");
    assert_string_equal(days("2 weeks on mon, thu", "2026-11-26", 4),
                        "2026-11-26 2026-12-07 2026-12-10 2026-12-21");
    assert_string_equal(days("every other week", "2026-11-26", 2), "2026-11-26 2026-12-10");
    assert_string_equal(days("Week on Tuesday and Fridays", "2026-11-26", 2),
                        "2026-11-27 2026-12-01");
    assert_string_equal(days("month on 31", "2026-01-31", 4),
                        "2026-01-31 2026-02-28 2026-03-31 2026-04-30");
    assert_string_equal(days("month", "2026-01-31", 3), "2026-01-31 2026-02-28 2026-03-31");
    assert_string_equal(days("month on 30 31", "2026-01-30", 4),
                        "2026-01-30 2026-01-31 2026-02-28 2026-03-30");
    assert_string_equal(days("month on 1 15", "2026-01-02", 3),
                        "2026-01-15 2026-02-01 2026-02-15");
    assert_string_equal(days("month on last fri", "2026-11-01", 2), "2026-11-27 2026-12-25");
    assert_string_equal(days("month on 2nd tue", "2026-11-01", 2), "2026-11-10 2026-12-08");
    assert_string_equal(days("month on first weekday", "2026-11-01", 2), "2026-11-02 2026-12-01");
    assert_string_equal(days("month on last day", "2026-11-01", 2), "2026-11-30 2026-12-31");
    assert_string_equal(days("month on 3rd", "2026-11-01", 2), "2026-11-03 2026-12-03");
    assert_string_equal(days("quarter on 1", "2026-01-01", 3), "2026-01-01 2026-04-01 2026-07-01");
    assert_string_equal(days("month on 1 in mar sep", "2026-01-01", 3),
                        "2026-03-01 2026-09-01 2027-03-01");
    assert_string_equal(days("year on 14 mar", "2026-11-26", 2), "2027-03-14 2028-03-14");
    assert_string_equal(days("year on mar 14", "2026-11-26", 1), "2027-03-14");
    assert_string_equal(days("year on last thu in nov", "2026-01-01", 2), "2026-11-26 2027-11-25");
    assert_string_equal(days("day 2 times", "2026-11-26", 5), "2026-11-26 2026-11-27");
    assert_string_equal(days("week until 2026-12-04", "2026-11-26", 5), "2026-11-26 2026-12-03");
}

static void leap_days(void **state)
{
    (void)state;
    assert_string_equal(days("year", "1984-02-29", 6),
                        "1984-02-29 1985-02-28 1986-02-28 1987-02-28 1988-02-29 1989-02-28");
    assert_string_equal(days("year else 1 mar", "1984-02-29", 5),
                        "1984-02-29 1985-03-01 1986-03-01 1987-03-01 1988-02-29");
    assert_string_equal(days("year else mar 1", "1984-02-29", 2), "1984-02-29 1985-03-01");
    assert_string_equal(days("year on 29 feb", "2026-01-01", 3),
                        "2026-02-28 2027-02-28 2028-02-29");
    assert_string_equal(days("FREQ=YEARLY", "1984-02-29", 3), "1984-02-29 1988-02-29 1992-02-29");
    assert_string_equal(days("FREQ=YEARLY;SKIP=BACKWARD", "1984-02-29", 2),
                        "1984-02-29 1985-02-28");
    assert_string_equal(days("FREQ=MONTHLY", "2026-01-31", 3), "2026-01-31 2026-03-31 2026-05-31");
}

static void rrules(void **state)
{
    (void)state;
    assert_string_equal(days("RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;WKST=SU", "2026-11-26", 3),
                        "2026-11-26 2026-12-07 2026-12-10");
    assert_string_equal(days("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-11-01", 2),
                        "2026-11-30 2026-12-31");
    assert_string_equal(days("freq=daily;count=2", "2026-11-26", 5), "2026-11-26 2026-11-27");
    assert_string_equal(days("FREQ=DAILY;UNTIL=20261127T235959Z", "2026-11-26", 5),
                        "2026-11-26 2026-11-27");
    assert_string_equal(days("FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "2026-01-01", 2),
                        "2026-11-26 2027-11-25");
}

/* Each says what was expected, and where. */
static void errors(void **state)
{
    static const struct {
        const char *text, *says;
    } wrong[] = {
        { "", "expected day, week, month" },
        { "fortnight", "expected day, week, month" },
        { "0 days", "a number from 1 to 9999" },
        { "-2 weeks", "a number from 1 to 9999" },
        { "99999 years", "a number from 1 to 9999" },
        { "day on mon", "no \"on\" after days" },
        { "week on 31", "weekdays, as" },
        { "week on", "at the end" },
        { "month on 32", "a day from 1 to 31" },
        { "month on the moon", "days of a month" },
        { "month on 6th fri", "1st to 5th" },
        { "month on 1 last fri", "by number and by weekday" },
        { "year on 15", "a month with the day" },
        { "year until tomorrow", "a day as 2027-12-31" },
        { "week in space", "names of months" },
        { "month else 1 mar", "year else 1 mar" },
        { "year else 2 mar", "year else 1 mar" },
        { "day 3", "\"times\" after the number" },
        { "day 0 times", "1 to 10000" },
        { "day 3 times until 2027-01-01", "ends twice" },
        { "day and then some", "on, in, until, else" },
        { "month on 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17", "more than 16" },
        { "mon mon mon mon mon mon mon mon mon mon mon mon mon mon mon mon mon", "more than 16" },
        { "FREQ=HOURLY", "DAILY, WEEKLY, MONTHLY or YEARLY" },
        { "INTERVAL=2", "needs FREQ" },
        { "FREQ=DAILY;INTERVAL=0", "1 to 9999" },
        { "FREQ=DAILY;COUNT=x", "1 to 10000" },
        { "FREQ=DAILY;UNTIL=soon", "20271231" },
        { "FREQ=DAILY;UNTIL=20270230", "20271231" },
        { "FREQ=WEEKLY;BYDAY=XX", "MO,TH" },
        { "FREQ=WEEKLY;BYDAY=1MO", "of months and years" },
        { "FREQ=WEEKLY;BYMONTHDAY=1", "a week has no BYMONTHDAY" },
        { "FREQ=MONTHLY;BYMONTHDAY=0", "1,15 or -1" },
        { "FREQ=MONTHLY;BYMONTH=13", "3,11" },
        { "FREQ=MONTHLY;BYSETPOS=1", "chooses among days" },
        { "FREQ=MONTHLY;WKST=2", "a weekday" },
        { "FREQ=YEARLY;SKIP=FORWARD", "OMIT or BACKWARD" },
        { "FREQ=YEARLY;BYYEARDAY=100", "FREQ INTERVAL COUNT" },
        { "FREQ=DAILY;BYHOUR", "NAME=VALUE" },
        { "FREQ=DAILY;COUNT=2;UNTIL=20270101", "not both" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct tend_recur rule;
        struct tend_error err = { 0 };
        tend_status status = tend_recur_parse(tend_text_of(wrong[i].text), &rule, &err);

        if (status == TEND_OK || !strstr(err.text, wrong[i].says))
            print_error("%s: %s\n", wrong[i].text, err.text);
        assert_int_not_equal(status, TEND_OK);
        assert_non_null(strstr(err.text, wrong[i].says));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words),
        cmocka_unit_test(leap_days),
        cmocka_unit_test(rrules),
        cmocka_unit_test(errors),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
