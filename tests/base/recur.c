/* Covers tend_recur_next: beside libical's floating iteration over many made-up rules,
 * and beside itself: a jump comes down where a walk does. */
#include "../needs.h"
#include "base/recur.h"
#include "base/clock.h"
#include "base/text.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
/* cmocka wants the four above first */
#include <cmocka.h>
#ifdef HAVE_ICAL
#include <libical/ical.h>
#define ICAL 1
#else
#define ICAL 0
#endif

static struct tend_clock chance;

static int64_t pick(int64_t n)
{
    return (int64_t)(tend_clock_random(&chance) % (uint64_t)n);
}

static const char *one_of(const char *const *list, int64_t n)
{
    return list[pick(n)];
}

/* A rule at random, of the parts that RFC 5545 lets stand together. */
static void make_rule(char *out, size_t size)
{
    static const char *const freqs[] = { "DAILY", "WEEKLY", "MONTHLY", "YEARLY" };
    static const char *const plain[] = { "MO", "TU,TH", "SA,SU", "MO,TU,WE,TH,FR", "SU" };
    static const char *const counted[] = { "1MO", "-1FR", "2TU,4TU", "-2SU", "5WE", "MO,-1SU" };
    static const char *const days[] = { "1", "15", "31", "-1", "29,30,31", "1,-1", "13" };
    static const char *const months[] = { "2", "1,7", "3,6,9,12", "11", "2,4" };
    static const char *const places[] = { "1", "-1", "2", "1,-1", "3" };
    int64_t freq = pick(4), intervals[] = { 30, 8, 14, 5 };
    bool weekdays = pick(2), by_days = freq != 1 && pick(2), by_months = pick(3) == 0;
    int64_t interval = 1 + pick(intervals[freq]);
    size_t len = (size_t)snprintf(out, size, "INTERVAL=%lld;FREQ=%s",
                                  (long long)interval, freqs[freq]);

    if (weekdays)
        len += (size_t)snprintf(out + len, size - len, ";BYDAY=%s",
                                freq > 1 && !by_days && pick(2) ? one_of(counted, 6)
                                                                : one_of(plain, 5));
    if (by_days)
        len += (size_t)snprintf(out + len, size - len, ";BYMONTHDAY=%s", one_of(days, 7));
    if (by_months)
        len += (size_t)snprintf(out + len, size - len, ";BYMONTH=%s", one_of(months, 5));
    if (freq > 0 && (weekdays || by_days) && pick(3) == 0)
        len += (size_t)snprintf(out + len, size - len, ";BYSETPOS=%s", one_of(places, 5));
    if (pick(4) == 0)
        len += (size_t)snprintf(out + len, size - len, ";COUNT=%lld", (long long)(1 + pick(20)));
    if (pick(3) == 0)
        snprintf(out + len, size - len, ";WKST=%s", pick(2) ? "SU" : "WE");
}

static void read_rule(const char *text, struct tend_recur *rule)
{
    struct tend_error err = { 0 };

    if (tend_recur_parse(tend_text_of(text), rule, &err) != TEND_OK)
        print_error("%s: %s\n", text, err.text);
    assert_int_equal(err.code, TEND_OK);
}

static int64_t some_day(void)
{
    return tend_date_days(1990, 1, 1) + pick(50 * 365);
}

#if ICAL
/* Where libical 3.0 is right: it gets lost with days that leap over months, begins
 * weeks on Sunday, chooses places of weeks otherwise, and takes a year's BYMONTHDAY
 * without BYMONTH for the month of the start. python-dateutil agrees with us in these. */
static bool libical_knows(const char *text)
{
    bool each = strstr(text, "INTERVAL=1;");

    if (strstr(text, "DAILY"))
        return !strstr(text, "BYMONTH");
    if (strstr(text, "WEEKLY"))
        return !strstr(text, "BYSETPOS") &&
               (each || !strstr(text, "BYDAY") || strstr(text, "WKST=SU"));
    if (strstr(text, "YEARLY"))
        return !strstr(text, "BYMONTHDAY") || strstr(text, "BYMONTH=");
    return true;
}

/* The first n days that libical finds; fewer at the rule's end or in a hundred years. */
static int64_t ical_days(const char *text, int64_t from, int64_t *out, int64_t n)
{
    struct icalrecurrencetype rule = icalrecurrencetype_from_string(text);
    int32_t year, month, day;
    struct icaltimetype start = icaltime_null_time(), next;
    icalrecur_iterator *walk;
    int64_t found = 0;

    tend_date_civil(from, &year, &month, &day);
    start.year = year;
    start.month = month;
    start.day = day;
    start.is_date = 1;
    walk = icalrecur_iterator_new(rule, start);
    if (!walk)
        return 0;               /* some that can never be are refused at once */
    while (found < n && !icaltime_is_null_time(next = icalrecur_iterator_next(walk)) &&
           next.year < year + 70)
        out[found++] = tend_date_days(next.year, next.month, next.day);
    icalrecur_iterator_free(walk);
    return found;
}

static void differs(const char *text, int64_t from, int64_t i, int64_t got, int64_t want)
{
    char a[16], b[16], c[16];

    print_error("%s from %s, %lld: %s here, %s of libical\n", text, tend_date_format(a, from),
                (long long)i, got == TEND_RECUR_NEVER ? "never" : tend_date_format(b, got),
                tend_date_format(c, want));
}
#endif

static void beside_libical(void **state)
{
    (void)state;
    CHECK_NEEDS("libical", ICAL);
#if ICAL
    int64_t rules = 0, days = 0;

    tend_clock_seed(&chance, 20261122);
    for (int i = 0; i < 6000; i++) {
        struct tend_recur rule;
        char text[200];
        int64_t from = some_day(), want[40], n, day = from - 1;

        make_rule(text, sizeof text);
        if (!libical_knows(text))
            continue;
        read_rule(text, &rule);
        /* libical walks for ever where there is nothing to come to */
        for (n = 0; n < 40 && day < from + 60 * 365; n++)
            day = tend_recur_next(&rule, from, day);
        n -= day >= from + 60 * 365;
        n = n > 0 ? ical_days(text, from, want, n) : 0;
        day = from - 1;
        for (int64_t k = 0; k < n; k++) {
            day = tend_recur_next(&rule, from, day);
            if (day != want[k])
                differs(text, from, k, day, want[k]);
            assert_int_equal(day, want[k]);
        }
        rules++;
        days += n;
    }
    print_message("# %lld rules, %lld days\n", (long long)rules, (long long)days);
    assert_true(rules > 3000 && days > 50000);
#endif
}

/* From wherever one asks, the answer is the day that a walk would come to. */
static void jumps(void **state)
{
    (void)state;
    tend_clock_seed(&chance, 7);
    for (int i = 0; i < 2000; i++) {
        struct tend_recur rule;
        char text[200];
        int64_t from = some_day(), after, day = from - 1;

        make_rule(text, sizeof text);
        read_rule(text, &rule);
        after = from - 100 + pick(3000);
        do
            day = tend_recur_next(&rule, from, day);
        while (day <= after && day != TEND_RECUR_NEVER);
        assert_int_equal(tend_recur_next(&rule, from, after), day);
    }
}

/* Rules of our own, day by day: the last day stands for one that a month lacks. */
static void clamped(void **state)
{
    struct tend_recur rule;
    int64_t from = tend_date_days(2023, 12, 31), day = from - 1;

    (void)state;
    read_rule("month on 29 31", &rule);
    for (int64_t date = from; date < from + 3000; date++) {
        int32_t y, m, d, last;

        tend_date_civil(date, &y, &m, &d);
        last = tend_date_month_days(y, m);
        if (d != last && d != 29)
            continue;
        day = tend_recur_next(&rule, from, day);
        assert_int_equal(day, date);
    }
}

/* Rules that never come, or not any more, are seen to be so. */
static void never(void **state)
{
    struct tend_recur rule;

    (void)state;
    read_rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", &rule);
    assert_int_equal(tend_recur_next(&rule, 0, 0), TEND_RECUR_NEVER);
    read_rule("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", &rule);
    assert_int_equal(tend_recur_next(&rule, 0, 0), TEND_RECUR_NEVER);
    read_rule("FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31", &rule);
    assert_int_equal(tend_recur_next(&rule, tend_date_days(2026, 4, 1), 0), TEND_RECUR_NEVER);
    read_rule("9999 years", &rule);
    assert_int_equal(tend_recur_next(&rule, 0, 0), TEND_RECUR_NEVER);
    assert_int_equal(tend_recur_next(&rule, 0, -1), 0);
    read_rule("day", &rule);
    assert_int_equal(tend_recur_next(&rule, 0, tend_date_days(9999, 12, 30)),
                     tend_date_days(9999, 12, 31));
    assert_int_equal(tend_recur_next(&rule, 0, tend_date_days(9999, 12, 31)), TEND_RECUR_NEVER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(beside_libical),
        cmocka_unit_test(jumps),
        cmocka_unit_test(clamped),
        cmocka_unit_test(never),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
