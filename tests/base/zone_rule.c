/* The footer's rule: its grammar, and where its changes fall. */
#include "base/text.h"
#include "base/zone_parts.h"
#include "check.h"

/* tend_zone_rule_parse */
static void rules_that_are(void **state)
{
    (void)state;
    struct tend_zone_rule rule;

    assert_true(tend_zone_rule_parse(TEND_TEXT("UTC0"), &rule));
    assert_false(rule.changes);
    assert_int_equal(rule.standard, 0);
    assert_true(tend_zone_rule_parse(TEND_TEXT("<+0545>-5:45"), &rule));
    assert_int_equal(rule.standard, 20700);
    assert_true(tend_zone_rule_parse(TEND_TEXT("ABC+1:02:03"), &rule));
    assert_int_equal(rule.standard, -3723);

    assert_true(tend_zone_rule_parse(TEND_TEXT("CET-1CEST,M3.5.0,M10.5.0/3"), &rule));
    assert_true(rule.changes);
    assert_int_equal(rule.standard, 3600);
    assert_int_equal(rule.summer, 7200);
    assert_int_equal(rule.start.form, TEND_ZONE_WEEKDAY);
    assert_int_equal(rule.start.month, 3);
    assert_int_equal(rule.start.week, 5);
    assert_int_equal(rule.start.day, 0);
    assert_int_equal(rule.start.time, 7200);
    assert_int_equal(rule.end.time, 10800);

    assert_true(tend_zone_rule_parse(TEND_TEXT("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0"), &rule));
    assert_int_equal(rule.standard, 37800);
    assert_int_equal(rule.summer, 39600);
    assert_true(tend_zone_rule_parse(TEND_TEXT("IST-1GMT0,M10.5.0,M3.5.0/1"), &rule));
    assert_int_equal(rule.summer, 0);
    assert_true(tend_zone_rule_parse(TEND_TEXT("XXX3EDT4,0/0,J365/23"), &rule));
    assert_int_equal(rule.start.form, TEND_ZONE_COUNTED);
    assert_int_equal(rule.end.form, TEND_ZONE_JULIAN);
    assert_int_equal(rule.end.day, 365);
    assert_true(tend_zone_rule_parse(TEND_TEXT("<-02>2<-01>,M3.5.0/-1,M10.5.0/167:59:59"), &rule));
    assert_int_equal(rule.start.time, -3600);
    assert_int_equal(rule.end.time, 168 * 3600 - 1);
}

/* tend_zone_rule_parse */
static void rules_that_are_not(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "CET",
        "CE-1",
        "-1",
        "<CET-1",
        "<+1>-1",
        "CET-25",
        "CET-1:60",
        "CET-1:00:60",
        "CET-1x",
        "CET-1CEST",
        "CET-1CEST,M3.5.0",
        "CET-1CEST,M3.5.0,",
        "CET-1CEST,M3.5.0,M10.5.0,",
        "CET-1CEST,M0.5.0,M10.5.0",
        "CET-1CEST,M13.5.0,M10.5.0",
        "CET-1CEST,M3.0.0,M10.5.0",
        "CET-1CEST,M3.6.0,M10.5.0",
        "CET-1CEST,M3.5.7,M10.5.0",
        "CET-1CEST,M3.5,M10.5.0",
        "CET-1CEST,J0,J365",
        "CET-1CEST,J366,J1",
        "CET-1CEST,366,1",
        "CET-1CEST,1/168,2",
        "CET-1CEST,1/,2",
        "CET-1CEST,1/-,2",
        "CET-1CEST,99999999999,2",
        "CET-99999999999",
        "CET-1CEST,M3.5.0,M10.5.0/3 ",
        "CE1-1",
    };
    struct tend_zone_rule rule = { .standard = 77 };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (tend_zone_rule_parse(tend_text_of(bad[i]), &rule))
            fail_msg("\"%s\" was taken", bad[i]);
    assert_int_equal(rule.standard, 77);
    assert_false(tend_zone_rule_parse((struct tend_text){ "UTC0\0", 5 }, &rule));
}

static int64_t second_of(const char *utc)
{
    int64_t instant = 0;
    bool local;

    assert_true(tend_instant_parse(tend_text_of(utc), &instant, &local));
    return instant / TEND_SECOND;
}

/* Summer time of this rule starts and ends at these instants. */
static void check_changes(const char *text, const char *start, const char *end)
{
    struct tend_zone_rule rule = { 0 };
    int64_t from = second_of(start), to = second_of(end);
    struct tend_zone_stretch stretch;

    assert_true(tend_zone_rule_parse(tend_text_of(text), &rule));
    stretch = tend_zone_rule_stretch(&rule, from);
    assert_int_equal(stretch.from, from);
    assert_int_equal(stretch.to, to);
    assert_int_equal(stretch.offset, rule.summer);
    stretch = tend_zone_rule_stretch(&rule, from - 1);
    assert_int_equal(stretch.to, from);
    assert_int_equal(stretch.offset, rule.standard);
    stretch = tend_zone_rule_stretch(&rule, to);
    assert_int_equal(stretch.from, to);
    assert_int_equal(stretch.offset, rule.standard);
}

/* tend_zone_rule_stretch: every form of day, hours outside the day, both hemispheres */
static void changes_fall_where_they_should(void **state)
{
    (void)state;
    check_changes("CET-1CEST,M3.5.0,M10.5.0/3", "2050-03-27T01:00:00Z", "2050-10-30T01:00:00Z");
    check_changes("EST5EDT,M3.2.0,M11.1.0", "2050-03-13T07:00:00Z", "2050-11-06T06:00:00Z");
    /* the southern summer spans the new year */
    check_changes("NZST-12NZDT,M9.5.0,M4.1.0/3", "2050-09-24T14:00:00Z", "2051-04-01T14:00:00Z");
    /* Nuuk: an hour before midnight of the last Sunday is a Saturday */
    check_changes("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2050-03-27T01:00:00Z",
                  "2050-10-30T01:00:00Z");
    /* Gaza: 50 hours after a Thursday's midnight */
    check_changes("EET-2EEST,M3.4.4/50,M10.4.4/50", "2050-03-26T00:00:00Z", "2050-10-28T23:00:00Z");
    /* 29 February: J60 is 1 March in every year, 60 is it in leap years only */
    check_changes("AAA0BBB,J60/0,J100/0", "2052-03-01T00:00:00Z", "2052-04-09T23:00:00Z");
    check_changes("AAA0BBB,J59/0,J100/0", "2052-02-28T00:00:00Z", "2052-04-09T23:00:00Z");
    check_changes("AAA0BBB,59/0,100/0", "2052-02-29T00:00:00Z", "2052-04-09T23:00:00Z");
    check_changes("AAA0BBB,59/0,100/0", "2051-03-01T00:00:00Z", "2051-04-10T23:00:00Z");
    /* a change that a week of hours carries into the year before */
    check_changes("AAA0BBB,0/-167,J100/0", "2049-12-25T01:00:00Z", "2050-04-09T23:00:00Z");
    /* before 1970, and after more than one cycle of the calendar */
    check_changes("CET-1CEST,M3.5.0,M10.5.0/3", "1950-03-26T01:00:00Z", "1950-10-29T01:00:00Z");
    check_changes("CET-1CEST,M3.5.0,M10.5.0/3", "9999-03-28T01:00:00Z", "9999-10-31T01:00:00Z");
    check_changes("CET-1CEST,M3.5.0,M10.5.0/3", "0001-03-25T01:00:00Z", "0001-10-28T01:00:00Z");
}

/* tend_zone_rule_stretch: summer time all year, and no summer time */
static void without_changes(void **state)
{
    (void)state;
    struct tend_zone_rule rule = { 0 };
    int64_t at = second_of("2049-12-01T00:00:00Z");

    assert_true(tend_zone_rule_parse(TEND_TEXT("XXX3EDT4,0/0,J365/23"), &rule));
    for (int i = 0; i < 24 * 100; i++)
        assert_int_equal(tend_zone_rule_stretch(&rule, at + i * 3600).offset, -4 * 3600);
    assert_true(tend_zone_rule_parse(TEND_TEXT("UTC0"), &rule));
    assert_true(tend_zone_rule_stretch(&rule, at).from == INT64_MIN);
    assert_true(tend_zone_rule_stretch(&rule, at).to == INT64_MAX);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(rules_that_are),
    cmocka_unit_test(rules_that_are_not),
    cmocka_unit_test(changes_fall_where_they_should),
    cmocka_unit_test(without_changes),
};

CHECK_MAIN(tests)
