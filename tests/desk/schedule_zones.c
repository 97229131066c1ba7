/* A year of a person's schedules in every zone of the system: what tend_schedule_next and
 * tend_schedule_due plan is libical's floating expansion, made instants by the rule of
 * base/zone.h: in a gap forward by its length, in an overlap the first. */
#include "../needs.h"
#include "desk/schedule.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#ifdef HAVE_ICAL
#include <libical/ical.h>
#define ICAL 1
#else
#define ICAL 0
#endif

#define ZONES "/usr/share/zoneinfo/zone1970.tab"

#if ICAL
static const struct {
    const char *ours, *rrule;
} rules[] = {
    { "day", "FREQ=DAILY" },
    { "week on mon thu", "FREQ=WEEKLY;BYDAY=MO,TH" },
    { "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY;BYMONTHDAY=31" },
    { "month on last sun", "FREQ=MONTHLY;BYDAY=-1SU" },
    { "year", "FREQ=YEARLY" },
};

/* The same wall time, found from the other side: of all instants that show it the first;
 * where none does, the offset before the gap counts. */
static int64_t by_rule(const struct tend_zone *zone, int64_t day, int64_t wall)
{
    int64_t local = day * 24 * TEND_HOUR + wall, best = INT64_MAX;
    int64_t before = local - tend_zone_offset(zone, local - 26 * TEND_HOUR) * TEND_SECOND;
    int64_t after = local - tend_zone_offset(zone, local + 26 * TEND_HOUR) * TEND_SECOND;

    if (before + tend_zone_offset(zone, before) * TEND_SECOND == local)
        best = before;
    if (after + tend_zone_offset(zone, after) * TEND_SECOND == local && after < best)
        best = after;
    return best == INT64_MAX ? before : best;
}

static int64_t a_year(const struct tend_zone *zone, size_t rule, int64_t wall)
{
    struct icalrecurrencetype recur = icalrecurrencetype_from_string(rules[rule].rrule);
    struct icaltimetype start = icaltime_null_time(), t;
    struct tend_schedule s = { .zone = zone, .wall = wall };
    struct tend_error err = { 0 };
    icalrecur_iterator *walk;
    int64_t slot, n = 0;

    start.year = 2026;
    start.month = 1;
    start.day = 1;
    start.is_date = 1;
    walk = icalrecur_iterator_new(recur, start);
    assert_non_null(walk);
    s.from = tend_date_days(2026, 1, 1);
    assert_int_equal(tend_recur_parse(tend_text_of(rules[rule].ours), &s.rule, &err), TEND_OK);
    slot = s.from - 1;
    for (t = icalrecur_iterator_next(walk); t.year == 2026; t = icalrecur_iterator_next(walk)) {
        int64_t day = tend_date_days(t.year, t.month, t.day);

        slot = tend_schedule_next(&s, slot);
        assert_int_equal(slot, day);
        if (tend_schedule_due(&s, slot) != by_rule(zone, day, wall))
            print_error("%s, day %lld\n", tend_zone_name(zone), (long long)day);
        assert_int_equal(tend_schedule_due(&s, slot), by_rule(zone, day, wall));
        n++;
    }
    icalrecur_iterator_free(walk);
    return n;
}
#endif

static void every_zone(void **state)
{
    (void)state;
    CHECK_NEEDS("libical", ICAL);
#if ICAL
    FILE *file = fopen(ZONES, "r");
    char line[400], name[100];
    int64_t zones = 0, instants = 0;

    CHECK_NEEDS(ZONES, file);
    while (fgets(line, sizeof line, file)) {
        const struct tend_zone *zone;
        struct tend_error err = { 0 };

        if (line[0] == '#' || sscanf(line, "%*s %*s %99s", name) != 1)
            continue;
        assert_int_equal(tend_zone_open(name, &zone, &err), TEND_OK);
        zones++;
        for (size_t rule = 0; rule < sizeof rules / sizeof *rules; rule++)
            for (int64_t half = 0; half < 48; half += 5)    /* 00:00, 02:30... and 01:30 */
                instants += a_year(zone, rule, half * TEND_HOUR / 2);
    }
    fclose(file);
    print_message("# %lld zones, %lld instants\n", (long long)zones, (long long)instants);
    assert_true(zones > 300);
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(every_zone) };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
