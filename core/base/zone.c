/* From instants to wall clocks and back, given a zone's transitions and rule. */
#include "base/zone_parts.h"

#define DAY 86400
/* beyond every year that a date can have; keeps the sums below from overflow */
#define INSTANT_MOST INT64_C(400000000000000000)

static int64_t clamp(int64_t value)
{
    return value < -INSTANT_MOST ? -INSTANT_MOST : value > INSTANT_MOST ? INSTANT_MOST : value;
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static struct tend_zone_stretch stretch_at(const struct tend_zone *zone, int64_t second)
{
    int64_t low = 0, high = zone->n; /* the transitions that are not later */
    struct tend_zone_stretch found = { INT64_MIN, INT64_MAX, zone->first };

    while (low < high) {
        int64_t mid = low + (high - low) / 2;

        if (zone->at[mid] <= second)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == zone->n && zone->has_rule) {
        found = tend_zone_rule_stretch(&zone->rule, second);
        if (low > 0 && found.from < zone->at[low - 1])
            found.from = zone->at[low - 1];
        return found;
    }
    if (low > 0) {
        found.from = zone->at[low - 1];
        found.offset = zone->offset[low - 1];
    }
    if (low < zone->n)
        found.to = zone->at[low];
    return found;
}

const char *tend_zone_name(const struct tend_zone *zone)
{
    return zone->name;
}

int32_t tend_zone_offset(const struct tend_zone *zone, int64_t instant)
{
    return stretch_at(zone, floor_div(clamp(instant), TEND_SECOND)).offset;
}

struct tend_civil tend_zone_civil(const struct tend_zone *zone, int64_t instant)
{
    int64_t wall = clamp(instant) + tend_zone_offset(zone, instant) * TEND_SECOND;
    int64_t days = floor_div(wall, DAY * TEND_SECOND), rest = wall - days * DAY * TEND_SECOND;
    int32_t second = (int32_t)(rest / TEND_SECOND);
    struct tend_civil civil;

    tend_date_civil(days, &civil.year, &civil.month, &civil.day);
    civil.hour = second / 3600;
    civil.minute = second / 60 % 60;
    civil.second = second % 60;
    civil.micro = (int32_t)(rest % TEND_SECOND);
    return civil;
}

int64_t tend_zone_day(const struct tend_zone *zone, int64_t instant)
{
    return floor_div(clamp(instant) + tend_zone_offset(zone, instant) * TEND_SECOND,
                     DAY * TEND_SECOND);
}

/* Walks the stretches that could show this wall time, in order of time: the
 * first that does is the answer. If one ends before and the next begins after
 * it, the wall time fell into the gap between them: the offset from before the
 * gap moves it forward by the gap's length. */
int64_t tend_zone_instant(const struct tend_zone *zone, int64_t day, int64_t wall)
{
    const int64_t most_days = INSTANT_MOST / (DAY * TEND_SECOND);
    int64_t days = day < -most_days ? -most_days : day > most_days ? most_days : day;
    int64_t local = clamp(days * DAY * TEND_SECOND + clamp(wall));
    int64_t second = floor_div(local, TEND_SECOND), part = local - second * TEND_SECOND;
    struct tend_zone_stretch stretch = stretch_at(zone, second - TEND_ZONE_EAST);

    while (second - stretch.offset >= stretch.to) {
        struct tend_zone_stretch next = stretch_at(zone, stretch.to);

        if (second - next.offset < next.from)
            break;
        stretch = next;
    }
    return (second - stretch.offset) * TEND_SECOND + part;
}
