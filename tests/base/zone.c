/* Offsets and wall times: fixed cases that people have been bitten by, and
 * every change of the years 2020 to 2037 as the system's own zdump sees it. */
#include "base/zone.h"
#include "base/text.h"
#include "check.h"
#include <stdio.h>
#include <unistd.h>

#define DAY (24 * TEND_HOUR)

static const struct tend_zone *zone_of(const char *name)
{
    const struct tend_zone *zone = NULL;
    struct tend_error err = { 0 };

    if (tend_zone_open(name, &zone, &err) != TEND_OK)
        fail_msg("%s: %s", name, err.text);
    return zone;
}

static int64_t utc(const char *text)
{
    int64_t instant = 0;
    bool local = false;

    assert_true(tend_instant_parse(tend_text_of(text), &instant, &local));
    return instant;
}

/* At this instant the clocks of the zone show `wall`. */
static void check_wall(const char *name, const char *instant, const char *wall)
{
    const struct tend_zone *zone = zone_of(name);
    int64_t at = utc(instant);
    struct tend_civil civil = tend_zone_civil(zone, at);
    char text[64];

    snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02d", civil.year, civil.month, civil.day,
             civil.hour, civil.minute, civil.second);
    assert_string_equal(text, wall);
    assert_int_equal(tend_zone_day(zone, at), tend_date_days(civil.year, civil.month, civil.day));
    assert_int_equal(at + tend_zone_offset(zone, at) * TEND_SECOND, utc(wall));
}

static int64_t instant_of(const struct tend_zone *zone, const char *wall)
{
    int64_t local = utc(wall), day = local / DAY - (local % DAY < 0);

    return tend_zone_instant(zone, day, local - day * DAY);
}

/* This wall time is that instant. */
static void check_instant(const char *name, const char *wall, const char *instant)
{
    char text[40];

    tend_instant_format(text, instant_of(zone_of(name), wall), 0);
    assert_string_equal(text, instant);
}

/* tend_zone_offset, tend_zone_civil, tend_zone_day */
static void walls(void **state)
{
    (void)state;
    check_wall("UTC", "2026-07-01T12:00:00Z", "2026-07-01T12:00:00");
    check_wall("Europe/Vienna", "2026-01-01T00:30:00Z", "2026-01-01T01:30:00");
    check_wall("Europe/Vienna", "2026-03-29T00:59:59Z", "2026-03-29T01:59:59");
    check_wall("Europe/Vienna", "2026-03-29T01:00:00Z", "2026-03-29T03:00:00");
    check_wall("Europe/Vienna", "2026-10-25T00:59:59Z", "2026-10-25T02:59:59");
    check_wall("Europe/Vienna", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00");
    check_wall("Europe/Vienna", "1880-01-01T00:00:00Z", "1880-01-01T01:05:21");
    check_wall("America/New_York", "2026-03-08T06:59:59Z", "2026-03-08T01:59:59");
    check_wall("America/New_York", "2026-03-08T07:00:00Z", "2026-03-08T03:00:00");
    check_wall("America/New_York", "2026-11-01T06:00:00Z", "2026-11-01T01:00:00");
    check_wall("America/New_York", "2026-01-01T04:59:59Z", "2025-12-31T23:59:59");
    check_wall("Australia/Lord_Howe", "2026-04-04T14:59:59Z", "2026-04-05T01:59:59");
    check_wall("Australia/Lord_Howe", "2026-04-04T15:00:00Z", "2026-04-05T01:30:00");
    check_wall("Australia/Lord_Howe", "2026-10-03T15:30:00Z", "2026-10-04T02:30:00");
    check_wall("Africa/Casablanca", "2025-01-15T12:00:00Z", "2025-01-15T13:00:00");
    check_wall("Africa/Casablanca", "2025-03-15T12:00:00Z", "2025-03-15T12:00:00");
    check_wall("Asia/Kathmandu", "2026-06-15T12:00:00Z", "2026-06-15T17:45:00");
    check_wall("Pacific/Apia", "2011-12-30T09:59:59Z", "2011-12-29T23:59:59");
    check_wall("Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31T00:00:00");
    check_wall("Europe/Dublin", "2026-07-01T12:00:00Z", "2026-07-01T13:00:00");
    check_wall("Europe/Dublin", "2026-12-01T12:00:00Z", "2026-12-01T12:00:00");
}

/* tend_zone_offset, tend_zone_instant: where only the footer's rule reaches */
static void far_future(void **state)
{
    (void)state;
    check_wall("Europe/Vienna", "2090-03-26T00:59:59Z", "2090-03-26T01:59:59");
    check_wall("Europe/Vienna", "2090-03-26T01:00:00Z", "2090-03-26T03:00:00");
    check_wall("Europe/Vienna", "2090-10-29T01:00:00Z", "2090-10-29T02:00:00");
    check_wall("America/New_York", "2090-03-12T07:00:00Z", "2090-03-12T03:00:00");
    check_wall("America/New_York", "2090-11-05T05:59:59Z", "2090-11-05T01:59:59");
    check_wall("Australia/Lord_Howe", "2090-01-15T12:00:00Z", "2090-01-15T23:00:00");
    check_wall("Australia/Lord_Howe", "2090-07-15T12:00:00Z", "2090-07-15T22:30:00");
    check_wall("Asia/Kathmandu", "2090-07-15T12:00:00Z", "2090-07-15T17:45:00");
    check_wall("Europe/Vienna", "9999-07-15T12:00:00Z", "9999-07-15T14:00:00");
    check_instant("Europe/Vienna", "2090-03-26T02:30:00", "2090-03-26T01:30:00Z");
    check_instant("Europe/Vienna", "2090-10-29T02:30:00", "2090-10-29T00:30:00Z");
    check_instant("Europe/Vienna", "9999-12-01T12:00:00", "9999-12-01T11:00:00Z");
}

/* tend_zone_instant: a gap moves forward by its length */
static void gaps(void **state)
{
    (void)state;
    check_instant("Europe/Vienna", "2026-03-29T01:59:59", "2026-03-29T00:59:59Z");
    check_instant("Europe/Vienna", "2026-03-29T02:00:00", "2026-03-29T01:00:00Z");
    check_instant("Europe/Vienna", "2026-03-29T02:30:00", "2026-03-29T01:30:00Z");
    check_instant("Europe/Vienna", "2026-03-29T02:59:59.999999", "2026-03-29T01:59:59.999999Z");
    check_instant("Europe/Vienna", "2026-03-29T03:00:00", "2026-03-29T01:00:00Z");
    check_instant("America/New_York", "2026-03-08T02:30:00", "2026-03-08T07:30:00Z");
    check_instant("Australia/Lord_Howe", "2026-10-04T02:10:00", "2026-10-03T15:40:00Z");
    check_instant("Pacific/Apia", "2011-12-30T12:00:00", "2011-12-30T22:00:00Z");
    check_wall("Pacific/Apia", "2011-12-30T22:00:00Z", "2011-12-31T12:00:00");
}

/* tend_zone_instant: an overlap is the first of the two */
static void overlaps(void **state)
{
    (void)state;
    check_instant("Europe/Vienna", "2026-10-25T01:59:59", "2026-10-24T23:59:59Z");
    check_instant("Europe/Vienna", "2026-10-25T02:00:00", "2026-10-25T00:00:00Z");
    check_instant("Europe/Vienna", "2026-10-25T02:59:59.999999", "2026-10-25T00:59:59.999999Z");
    check_instant("Europe/Vienna", "2026-10-25T03:00:00", "2026-10-25T02:00:00Z");
    check_instant("America/New_York", "2026-11-01T01:30:00", "2026-11-01T05:30:00Z");
    check_instant("Australia/Lord_Howe", "2026-04-05T01:45:00", "2026-04-04T14:45:00Z");
    check_instant("Africa/Casablanca", "2025-02-23T02:30:00", "2025-02-23T01:30:00Z");
}

/* tend_zone_instant: wall times beyond their day, and numbers beyond any calendar */
static void odd_arguments(void **state)
{
    (void)state;
    const struct tend_zone *zone = zone_of("Europe/Vienna");
    int64_t day = tend_date_days(2026, 3, 28);

    assert_int_equal(tend_zone_instant(zone, day, 26 * TEND_HOUR + TEND_HOUR / 2),
                     utc("2026-03-29T01:30:00Z"));
    assert_int_equal(tend_zone_instant(zone, day + 1, -TEND_HOUR), utc("2026-03-28T22:00:00Z"));
    assert_true(tend_zone_instant(zone, INT64_MAX, INT64_MAX) > utc("9999-12-31"));
    assert_true(tend_zone_instant(zone, INT64_MIN, INT64_MIN) < utc("-9999-01-01"));
    assert_int_equal(tend_zone_civil(zone, INT64_MAX).year, 9999);
    assert_int_equal(tend_zone_civil(zone, INT64_MIN).year, -9999);
    assert_int_equal(tend_zone_offset(zone, INT64_MIN), 3921);
    assert_in_range(tend_zone_offset(zone, INT64_MAX), 3600, 7200);
    assert_true(tend_zone_day(zone, INT64_MAX) > tend_zone_day(zone, INT64_MIN));
}

/* tend_zone_day, tend_zone_instant: the microsecond before an hour is in the hour before */
static void before_1970(void **state)
{
    (void)state;
    const struct tend_zone *zone = zone_of("UTC");

    assert_int_equal(tend_zone_day(zone, -1), -1);
    assert_int_equal(tend_zone_civil(zone, -1).micro, 999999);
    assert_int_equal(tend_zone_civil(zone, -1).second, 59);
    assert_int_equal(tend_zone_instant(zone, -1, DAY - 1), -1);
}

struct seen { /* a line of zdump -V */
    char name[128], month[8];
    int day, hour, minute, second, year;
    long offset;
};

static bool read_line(FILE *from, struct seen *seen)
{
    char line[256];

    if (!fgets(line, sizeof line, from))
        return false;
    assert_int_equal(sscanf(line,
                            "%127s %*s %7s %d %d:%d:%d %d UT = %*s %*s %*d %*s %*d %*s isdst=%*d "
                            "gmtoff=%ld",
                            seen->name, seen->month, &seen->day, &seen->hour, &seen->minute,
                            &seen->second, &seen->year, &seen->offset),
                     8);
    return true;
}

static int64_t seen_instant(const struct seen *seen)
{
    int32_t month = 1;

    while (month <= 12 && strcmp(tend_date_month_name(month), seen->month) != 0)
        month++;
    return tend_date_days(seen->year, month, seen->day) * DAY + seen->hour * TEND_HOUR +
           seen->minute * TEND_MINUTE + seen->second * TEND_SECOND;
}

/* tend_zone_offset, tend_zone_instant: the system's zdump, which prints the second before and
 * the second of every change */
static void agrees_with_zdump(void **state)
{
    (void)state;
    struct seen seen;
    int64_t lines = 0;
    FILE *from;

    CHECK_NEEDS("zdump", system("command -v zdump >/dev/null") == 0);
    CHECK_NEEDS("zone1970.tab", access("/usr/share/zoneinfo/zone1970.tab", R_OK) == 0);
    from = popen("zdump -V -c 2020,2038 $(grep -v '^#' /usr/share/zoneinfo/zone1970.tab | cut -f3)",
                 "r");
    assert_non_null(from);
    while (read_line(from, &seen)) {
        const struct tend_zone *zone = zone_of(seen.name);
        int64_t at = seen_instant(&seen), wall = at + seen.offset * TEND_SECOND, back;
        int64_t day = wall / DAY;

        if (tend_zone_offset(zone, at) != seen.offset)
            fail_msg("%s at %lld: %d, zdump says %ld", seen.name, (long long)at,
                     tend_zone_offset(zone, at), seen.offset);
        back = tend_zone_instant(zone, day, wall - day * DAY);
        /* the same instant, or an earlier one that shows the same wall time */
        if (back > at || back + tend_zone_offset(zone, back) * TEND_SECOND != wall)
            fail_msg("%s at %lld: came back as %lld", seen.name, (long long)at, (long long)back);
        lines++;
    }
    assert_int_equal(pclose(from), 0);
    assert_true(lines > 1000);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(walls),
    cmocka_unit_test(far_future),
    cmocka_unit_test(gaps),
    cmocka_unit_test(overlaps),
    cmocka_unit_test(odd_arguments),
    cmocka_unit_test(before_1970),
    cmocka_unit_test(agrees_with_zdump),
};

CHECK_MAIN_ZONES(tests)
