/* The rule at the end of a TZif file (POSIX.1-2017, 8.3, with the longer hours
 * of RFC 8536, 3.3.1): reading it, and where its changes fall. */
#include "base/zone_parts.h"

#define DAY 86400

/* After 400 years the calendar repeats, weekdays too. */
#define CYCLE (INT64_C(146097) * DAY)

struct scan {
    const char *at, *end;
};

static bool take(struct scan *scan, char c)
{
    if (scan->at == scan->end || *scan->at != c)
        return false;
    scan->at++;
    return true;
}

static bool is_digit(const struct scan *scan)
{
    return scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9';
}

static bool take_number(struct scan *scan, int32_t low, int32_t high, int32_t *out)
{
    int32_t value = 0;

    if (!is_digit(scan))
        return false;
    for (; is_digit(scan); scan->at++) {
        value = value * 10 + (*scan->at - '0');
        if (value > high)
            return false;
    }
    *out = value;
    return value >= low;
}

/* Three letters or more, or anything of letters, digits and signs in <>. */
static bool take_name(struct scan *scan)
{
    bool quoted = take(scan, '<');
    const char *from = scan->at;

    for (; scan->at < scan->end; scan->at++) {
        char c = *scan->at;
        bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');

        if (!letter && !(quoted && (is_digit(scan) || c == '+' || c == '-')))
            break;
    }
    return scan->at - from >= 3 && (!quoted || take(scan, '>'));
}

/* [+-]h[:mm[:ss]] */
static bool take_time(struct scan *scan, int32_t most_hours, int32_t *out)
{
    bool minus = take(scan, '-');
    int32_t hours, minutes = 0, seconds = 0;

    if (!minus)
        take(scan, '+');
    if (!take_number(scan, 0, most_hours, &hours))
        return false;
    if (take(scan, ':')) {
        if (!take_number(scan, 0, 59, &minutes))
            return false;
        if (take(scan, ':') && !take_number(scan, 0, 59, &seconds))
            return false;
    }
    *out = hours * 3600 + minutes * 60 + seconds;
    if (minus)
        *out = -*out;
    return true;
}

static bool take_change(struct scan *scan, struct tend_zone_change *change)
{
    bool ok;

    if (take(scan, 'J')) {
        change->form = TEND_ZONE_JULIAN;
        ok = take_number(scan, 1, 365, &change->day);
    } else if (take(scan, 'M')) {
        change->form = TEND_ZONE_WEEKDAY;
        ok = take_number(scan, 1, 12, &change->month) && take(scan, '.') &&
             take_number(scan, 1, 5, &change->week) && take(scan, '.') &&
             take_number(scan, 0, 6, &change->day);
    } else {
        change->form = TEND_ZONE_COUNTED;
        ok = take_number(scan, 0, 365, &change->day);
    }
    change->time = 2 * 3600;
    return ok && (!take(scan, '/') || take_time(scan, 167, &change->time));
}

bool tend_zone_rule_parse(struct tend_text text, struct tend_zone_rule *rule)
{
    struct scan scan = { text.at, text.at + text.len };
    struct tend_zone_rule found = { 0 };
    int32_t west;

    if (!take_name(&scan) || !take_time(&scan, 24, &west))
        return false;
    found.standard = -west;
    if (scan.at < scan.end) {
        found.changes = true;
        if (!take_name(&scan))
            return false;
        found.summer = found.standard + 3600;
        if (scan.at < scan.end && *scan.at != ',') {
            if (!take_time(&scan, 24, &west))
                return false;
            found.summer = -west;
        }
        if (!take(&scan, ',') || !take_change(&scan, &found.start) || !take(&scan, ',') ||
            !take_change(&scan, &found.end))
            return false;
    }
    if (scan.at != scan.end || found.standard < TEND_ZONE_WEST || found.standard > TEND_ZONE_EAST ||
        found.summer < TEND_ZONE_WEST || found.summer > TEND_ZONE_EAST)
        return false;
    *rule = found;
    return true;
}

/* Seconds since 1970 of the change's wall time in that year, as if in UTC. */
static int64_t change_wall(const struct tend_zone_change *change, int64_t year)
{
    int64_t day = tend_date_days(year, 1, 1);

    if (change->form == TEND_ZONE_COUNTED) {
        day += change->day;
    } else if (change->form == TEND_ZONE_JULIAN) {
        day += change->day - 1;
        if (change->day >= 60 && tend_date_month_days(year, 2) == 29)
            day++;
    } else {
        int64_t first = tend_date_days(year, change->month, 1);
        int32_t ahead = (change->day - tend_date_weekday(first) + 7) % 7;

        day = first + ahead + (change->week - 1) * 7;
        if (day >= first + tend_date_month_days(year, change->month))
            day -= 7;
    }
    return day * DAY + change->time;
}

struct tend_zone_stretch tend_zone_rule_stretch(const struct tend_zone_rule *rule, int64_t second)
{
    struct tend_zone_stretch found = { INT64_MIN, INT64_MAX, rule->standard };
    int64_t base, near;
    int32_t year, month, day;

    if (!rule->changes)
        return found;
    base = second / CYCLE * CYCLE;
    near = second - base; /* within 400 years of 1970 */
    tend_date_civil(near / DAY - (near % DAY < 0), &year, &month, &day);
    /* A change can lie a week outside its year: look at the years around too. */
    for (int64_t y = (int64_t)year - 2; y <= (int64_t)year + 2; y++) {
        int64_t end = change_wall(&rule->end, y) - rule->summer;
        int64_t start = change_wall(&rule->start, y) - rule->standard;

        /* where both fall together, summer time goes on (RFC 8536, 3.3.1) */
        if (end <= near && end > found.from) {
            found.from = end;
            found.offset = rule->standard;
        }
        if (start <= near && start >= found.from) {
            found.from = start;
            found.offset = rule->summer;
        }
        if (end > near && end < found.to)
            found.to = end;
        if (start > near && start < found.to)
            found.to = start;
    }
    if (base) {
        found.from += base;
        found.to += base;
    }
    return found;
}
