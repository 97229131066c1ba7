/* Schedules of wall time: what an instant has to do with them. */
#include "desk/hours.h"

#define DAY (24 * 60)

bool tend_hours_weekday(const struct tend_hours *hours, int32_t weekday)
{
    for (int32_t i = 0; i < hours->n; i++)
        if (hours->span[i].days & (1u << (weekday - 1)))
            return true;
    return false;
}

static int64_t wall_of(const struct tend_zone *zone, int64_t instant)
{
    struct tend_civil c = tend_zone_civil(zone, instant);

    return c.hour * TEND_HOUR + c.minute * TEND_MINUTE + c.second * TEND_SECOND + c.micro;
}

bool tend_hours_has(const struct tend_hours *hours, const struct tend_zone *zone, int64_t instant)
{
    int64_t minute = wall_of(zone, instant) / TEND_MINUTE;
    int32_t weekday = tend_date_weekday(tend_zone_day(zone, instant));
    uint32_t today = 1u << (weekday - 1), yesterday = 1u << ((weekday + 5) % 7);

    for (int32_t i = 0; i < hours->n; i++) {
        const struct tend_hours_span *span = &hours->span[i];

        if ((span->days & today) && minute >= span->from && minute < span->to)
            return true;
        if ((span->days & yesterday) && minute < span->to - DAY)
            return true;
    }
    return false;
}

/* The first instant after `from`, up to `to`, that has the offset of `to`. */
static int64_t clock_change(const struct tend_zone *zone, int64_t from, int64_t to)
{
    int32_t offset = tend_zone_offset(zone, to);

    while (to - from > 1) {
        int64_t middle = from + (to - from) / 2;

        if (tend_zone_offset(zone, middle) == offset)
            to = middle;
        else
            from = middle;
    }
    return to;
}

int64_t tend_hours_change(const struct tend_hours *hours, const struct tend_zone *zone,
                          int64_t instant)
{
    int64_t wall = wall_of(zone, instant), next = DAY * TEND_MINUTE, there;

    for (int32_t i = 0; i < hours->n; i++) {
        const struct tend_hours_span *span = &hours->span[i];
        const int64_t ends[] = { span->from, span->to, span->to - DAY };

        for (size_t k = 0; k < sizeof ends / sizeof *ends; k++)
            if (ends[k] * TEND_MINUTE > wall && ends[k] * TEND_MINUTE < next)
                next = ends[k] * TEND_MINUTE;
    }
    there = instant + next - wall;
    return tend_zone_offset(zone, there) == tend_zone_offset(zone, instant)
               ? there
               : clock_change(zone, instant, there);
}

/* --- words ---------------------------------------------------------------- */

static void say_days(struct tend_buffer *out, uint32_t days)
{
    const char *between = "";

    for (int32_t first = 0; first < 7; first++) {
        int32_t last = first;

        if (!(days & (1u << first)))
            continue;
        while (last < 6 && (days & (1u << (last + 1))))
            last++;
        for (int32_t i = 0; i < 2; i++) {
            const char *name = tend_date_weekday_name((i ? last : first) + 1);

            tend_buffer_adds(out, i ? (last > first + 1 ? "-" : " ") : between);
            tend_buffer_addf(out, "%c%s", name[0] | 0x20, name + 1);
            if (first == last)
                break;
        }
        between = " ";
        first = last;
    }
}

void tend_hours_say(struct tend_buffer *out, const struct tend_hours *hours)
{
    uint32_t before = 0x7f;

    if (hours->n == 0)
        tend_buffer_adds(out, "off");
    for (int32_t i = 0; i < hours->n; i++) {
        const struct tend_hours_span *span = &hours->span[i];
        int32_t to = span->to > DAY ? span->to - DAY : span->to;
        bool whole = span->from == 0 && span->to == DAY;

        if (i)
            tend_buffer_adds(out, span->days == before && !whole ? " " : ", ");
        if (span->days != before || (i == 0 && whole)) {
            say_days(out, span->days);
            tend_buffer_adds(out, whole ? "" : " ");
        }
        if (!whole)
            tend_buffer_addf(out, "%02d:%02d-%02d:%02d", span->from / 60, span->from % 60, to / 60,
                             to % 60);
        before = span->days;
    }
}
