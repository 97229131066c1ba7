/* From a rule to its days. A rule is a sequence of periods (days, weeks, months,
 * years), each with a few days: the period of a date is found by arithmetic, and
 * only its days are looked at. */
#include "base/recur.h"
#include "base/text.h"

#define DAYS_MOST 366                   /* of a period */
#define LAST_YEAR 9999
#define LAST_DAY INT64_C(2932896)       /* 9999-12-31 */

struct period {                 /* days that it has, ascending */
    int64_t day[DAYS_MOST];
    int32_t n;
};

struct month {
    int64_t year, first;        /* the day number of its first */
    int32_t month, length;
};

static struct month month_of(int64_t year, int64_t month)
{
    return (struct month){ year, tend_date_days(year, month, 1), (int32_t)month,
                           tend_date_month_days(year, month) };
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static int64_t week_of(const struct tend_recur *rule, int64_t day)
{
    return day - (tend_date_weekday(day) - rule->week_start + 7) % 7;
}

static bool month_fits(const struct tend_recur *rule, int32_t month)
{
    return rule->months == 0 || (rule->months >> month & 1) != 0;
}

/* Ordinals are counted in what begins at `first` and has so many days. */
static bool weekday_fits(const struct tend_recur *rule, int64_t day, int64_t first, int64_t length)
{
    int32_t weekday = tend_date_weekday(day);

    for (int32_t i = 0; i < rule->n_weekdays; i++) {
        int32_t ordinal = rule->weekday[i].ordinal;

        if (rule->weekday[i].day == weekday &&
            (ordinal == 0 || ordinal == (day - first) / 7 + 1 ||
             ordinal == -((first + length - 1 - day) / 7 + 1)))
            return true;
    }
    return false;
}

static bool day_fits(const struct tend_recur *rule, int32_t day, int32_t length, int32_t listed)
{
    if (listed < 0)
        return length + listed + 1 == day;
    return listed == day || (listed > length && rule->lack == TEND_RECUR_LAST && day == length);
}

static bool any_day_fits(const struct tend_recur *rule, int32_t day, int32_t length)
{
    for (int32_t i = 0; i < rule->n_days; i++)
        if (day_fits(rule, day, length, rule->day[i]))
            return true;
    return false;
}

static void add(struct period *period, int64_t day)
{
    if (period->n < DAYS_MOST)
        period->day[period->n++] = day;
}

/* The days of a month that a rule lists. first, length: where weekdays are
 * counted; own: the day of a rule that lists none, 0 for each. */
static void days_of_month(const struct tend_recur *rule, const struct month *m, int64_t first,
                          int64_t length, int32_t own, struct period *period)
{
    for (int32_t day = 1; day <= m->length; day++) {
        int64_t date = m->first + day - 1;

        if (rule->n_days > 0 && !any_day_fits(rule, day, m->length))
            continue;
        if (rule->n_weekdays > 0 && !weekday_fits(rule, date, first, length))
            continue;
        if (rule->n_days == 0 && rule->n_weekdays == 0 && own &&
            !day_fits(rule, day, m->length, own))
            continue;
        add(period, date);
    }
}

/* One day a year: not looked for, since most rules of people are this. 29
 * February is what it is for in other years. */
static void day_of_year(const struct tend_recur *rule, int64_t year, int32_t month, int32_t day,
                        struct period *period)
{
    int32_t length = tend_date_month_days(year, month);

    if (day < 0)
        day = length + day + 1;
    if (day < 1 || (day > length && rule->lack == TEND_RECUR_SKIP))
        return;
    if (day > length && rule->lack == TEND_RECUR_LAST)
        day = length;
    /* the day after the last is the first of the next */
    add(period, tend_date_days(year, month, 1) + (day > length ? length : day - 1));
}

static bool is_single(uint32_t months)
{
    return months != 0 && (months & (months - 1)) == 0;
}

static void days_of_year(const struct tend_recur *rule, int64_t year, int64_t from,
                         struct period *period)
{
    int64_t first = tend_date_days(year, 1, 1), length = tend_date_days(year + 1, 1, 1) - first;
    int32_t y, month, day, only = 0;

    tend_date_civil(from, &y, &month, &day);
    for (int32_t m = 1; m <= 12; m++)
        only = rule->months >> m & 1 ? m : only;
    if (rule->n_weekdays == 0 && rule->n_days <= 1 &&
        (is_single(rule->months) || (rule->months == 0 && rule->n_days == 0))) {
        day_of_year(rule, year, only ? only : month, rule->n_days ? rule->day[0] : day, period);
        return;
    }
    for (int32_t m = 1; m <= 12; m++) {
        struct month its = month_of(year, m);

        if (!month_fits(rule, m))
            continue;
        days_of_month(rule, &its, rule->months ? its.first : first,
                      rule->months ? its.length : length, rule->months ? day : 0, period);
    }
}

/* Days of the period with this number, counted from that of `from`. */
static void days_of(const struct tend_recur *rule, int64_t from, int64_t number,
                    struct period *period)
{
    int32_t year, month, day;

    period->n = 0;
    tend_date_civil(from, &year, &month, &day);
    if (rule->freq == TEND_RECUR_DAY) {
        struct month m;
        int64_t date = from + number * rule->interval;

        tend_date_civil(date, &year, &month, &day);
        m = month_of(year, month);
        if (month_fits(rule, month) && (rule->n_days == 0 || any_day_fits(rule, day, m.length)) &&
            (rule->n_weekdays == 0 || weekday_fits(rule, date, m.first, m.length)))
            add(period, date);
    } else if (rule->freq == TEND_RECUR_WEEK) {
        int64_t first = week_of(rule, from) + number * rule->interval * 7;

        for (int64_t date = first; date < first + 7; date++) {
            int32_t its_year, its_month, its_day;

            tend_date_civil(date, &its_year, &its_month, &its_day);
            if (month_fits(rule, its_month) &&
                (rule->n_weekdays ? weekday_fits(rule, date, first, 7)
                                  : tend_date_weekday(date) == tend_date_weekday(from)))
                add(period, date);
        }
    } else if (rule->freq == TEND_RECUR_MONTH) {
        int64_t months = (int64_t)year * 12 + month - 1 + number * rule->interval;
        struct month m = month_of(floor_div(months, 12), months - floor_div(months, 12) * 12 + 1);

        if (month_fits(rule, m.month))
            days_of_month(rule, &m, m.first, m.length, day, period);
    } else {
        days_of_year(rule, year + number * rule->interval, from, period);
    }
}

/* Keeps the first, the last... of a period's days. */
static void choose(const struct tend_recur *rule, struct period *period)
{
    int32_t n = 0;

    if (rule->n_places == 0)
        return;
    for (int32_t i = 0; i < period->n; i++) {
        bool kept = false;

        for (int32_t k = 0; k < rule->n_places; k++)
            kept = kept || rule->place[k] == i + 1 || rule->place[k] == i - period->n;
        if (kept)
            period->day[n++] = period->day[i];
    }
    period->n = n;
}

/* The number of the period that holds a date, or of the last one before it. */
static int64_t number_of(const struct tend_recur *rule, int64_t from, int64_t date)
{
    int32_t y0, m0, d0, y, m, d;

    tend_date_civil(from, &y0, &m0, &d0);
    tend_date_civil(date, &y, &m, &d);
    if (rule->freq == TEND_RECUR_DAY)
        return floor_div(date - from, rule->interval);
    if (rule->freq == TEND_RECUR_WEEK)
        return floor_div((week_of(rule, date) - week_of(rule, from)) / 7, rule->interval);
    if (rule->freq == TEND_RECUR_MONTH)
        return floor_div((int64_t)(y - y0) * 12 + m - m0, rule->interval);
    return floor_div(y - y0, rule->interval);
}

/* Periods without a day that are looked at before it is plain that none comes:
 * the calendar repeats itself every 400 years. */
static int64_t patience(const struct tend_recur *rule)
{
    static const int64_t periods[] = { 146097, 20871, 4800, 400 };

    return periods[rule->freq] + 1;
}

/* Does the period with this number begin after the last day that can be? */
static bool is_past(const struct tend_recur *rule, int64_t from, int64_t number, int64_t last)
{
    int32_t year, month, day;

    if (rule->freq == TEND_RECUR_DAY)
        return from + number * rule->interval > last;
    if (rule->freq == TEND_RECUR_WEEK)
        return week_of(rule, from) + number * rule->interval * 7 > last;
    tend_date_civil(from, &year, &month, &day);
    if (rule->freq == TEND_RECUR_MONTH)
        return ((int64_t)year * 12 + month - 1 + number * rule->interval) / 12 > LAST_YEAR;
    return year + number * rule->interval > LAST_YEAR;
}

/* Without regard to count. */
static int64_t next_of(const struct tend_recur *rule, int64_t from, int64_t after)
{
    int64_t at = after + 1 > from ? after + 1 : from;
    int64_t last = rule->until < LAST_DAY ? rule->until : LAST_DAY, number;
    struct period period;

    if (at > last)
        return TEND_RECUR_NEVER;
    number = number_of(rule, from, at);
    for (int64_t i = patience(rule); i > 0 && !is_past(rule, from, number, last); i--, number++) {
        days_of(rule, from, number, &period);
        choose(rule, &period);
        for (int32_t k = 0; k < period.n; k++)
            if (period.day[k] >= at)
                return period.day[k] <= last ? period.day[k] : TEND_RECUR_NEVER;
    }
    return TEND_RECUR_NEVER;
}

int64_t tend_recur_next(const struct tend_recur *rule, int64_t from, int64_t after)
{
    int64_t day = from - 1;

    if (rule->count == 0)
        return next_of(rule, from, after);
    for (int64_t i = 0; i < rule->count; i++) {
        day = next_of(rule, from, day);
        if (day == TEND_RECUR_NEVER || day > after)
            return day;
    }
    return TEND_RECUR_NEVER;
}
