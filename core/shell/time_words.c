/* Reads the words of times: names of days and months, spans, dates in digits,
 * times of day. Words come in lower case. */
#include "shell/time_words.h"
#include "base/span.h"
#include <stdio.h>

#define SPAN_MOST 36600         /* days; a hundred years is far enough */

static const char *const weekdays[] = { "monday", "tuesday", "wednesday", "thursday",
                                        "friday", "saturday", "sunday" };
static const char *const months[] = { "january", "february", "march", "april",
                                      "may", "june", "july", "august",
                                      "september", "october", "november", "december" };
static const char *const nearest[] = {
    "today", "tomorrow", "yesterday", "now", "noon", "midnight", "next", "last", "this",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "january", "february", "march", "april", "june", "july", "august", "september",
    "october", "november", "december", "mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL
};

const char *tend_when_nearest(struct tend_text word)
{
    return word.len > 2 ? tend_text_nearest(word, nearest) : NULL;
}

/* Three letters at least of a name; "tues", "thur" and "sept" come so too. */
static int32_t find_name(struct tend_text word, const char *const *names, int32_t n)
{
    if (word.len > 3 && word.at[word.len - 1] == '.')
        word.len--;
    for (int32_t i = 0; i < n; i++) {
        if (word.len >= 3 && word.len <= (int64_t)strlen(names[i]) &&
            memcmp(word.at, names[i], (size_t)word.len) == 0)
            return i + 1;
    }
    return 0;
}

static int32_t find_weekday(struct tend_text word)
{
    return find_name(word, weekdays, 7);
}

static void from_today(struct tend_when_parts *parts, int64_t month_count, int64_t days)
{
    parts->kind = TEND_DAY_FROM_TODAY;
    parts->months = month_count;
    parts->days = days;
}

int64_t tend_when_day_word(struct tend_when_parts *parts, const struct tend_text *w, int64_t n)
{
    if (n < 1)
        return 0;
    if (tend_text_is(w[0], "today"))
        from_today(parts, 0, 0);
    else if (tend_text_is(w[0], "tomorrow"))
        from_today(parts, 0, 1);
    else if (tend_text_is(w[0], "yesterday"))
        from_today(parts, 0, -1);
    else if (tend_text_is(w[0], "eow")) {
        parts->kind = TEND_DAY_WEEK;
        parts->weekday = 7;
    } else if (tend_text_is(w[0], "eom") || tend_text_is(w[0], "eoy")) {
        parts->kind = TEND_DAY_MONTH_END;
        parts->month = tend_text_is(w[0], "eoy") ? 12 : 0;
    } else if (tend_text_is(w[0], "now") && parts->wall < 0) {
        parts->kind = TEND_DAY_ABSOLUTE;
        parts->exact = parts->relative = true;
    } else
        return 0;
    return 1;
}

int64_t tend_when_weekday(struct tend_when_parts *parts, const struct tend_text *w, int64_t n)
{
    int32_t weekday = n > 0 ? find_weekday(w[0]) : 0;

    if (weekday == 0)
        return 0;
    parts->kind = TEND_DAY_WEEKDAY;
    parts->weekday = weekday;
    return 1;
}

/* next mon, last fri, this sun, next week, last month */
int64_t tend_when_next(struct tend_when_parts *parts, const struct tend_text *w, int64_t n)
{
    int64_t step;

    if (n < 2)
        return 0;
    if (tend_text_is(w[0], "next"))
        step = 1;
    else if (tend_text_is(w[0], "last"))
        step = -1;
    else if (tend_text_is(w[0], "this"))
        step = 0;
    else
        return 0;
    if (find_weekday(w[1]) != 0) {
        parts->kind = TEND_DAY_WEEK;
        parts->weekday = find_weekday(w[1]);
        parts->days = step;
    } else if (step == 0)
        return 0;
    else if (tend_text_is(w[1], "week"))
        from_today(parts, 0, 7 * step);
    else if (tend_text_is(w[1], "month"))
        from_today(parts, step, 0);
    else if (tend_text_is(w[1], "year"))
        from_today(parts, 12 * step, 0);
    else
        return 0;
    return 2;
}

/* N of a unit, in both directions; false if the word is no unit. */
static bool add_units(struct tend_when_parts *parts, int64_t count, struct tend_text unit)
{
    if (unit.len > 1 && unit.at[unit.len - 1] == 's')
        unit.len--;
    if (tend_text_is(unit, "day"))
        from_today(parts, 0, count);
    else if (tend_text_is(unit, "week"))
        from_today(parts, 0, 7 * count);
    else if (tend_text_is(unit, "month"))
        from_today(parts, count, 0);
    else if (tend_text_is(unit, "year"))
        from_today(parts, 12 * count, 0);
    else if (tend_text_is(unit, "hour") || tend_text_is(unit, "minute") ||
             tend_text_is(unit, "min")) {
        if (parts->wall >= 0)
            return false;
        parts->kind = TEND_DAY_ABSOLUTE;
        parts->exact = parts->relative = true;
        parts->instant = count * (tend_text_is(unit, "hour") ? TEND_HOUR : TEND_MINUTE);
    } else
        return false;
    return true;
}

static bool read_count(struct tend_text word, int64_t *count)
{
    if (tend_text_is(word, "a") || tend_text_is(word, "an") || tend_text_is(word, "one")) {
        *count = 1;
        return true;
    }
    return word.len > 0 && word.at[0] >= '0' && word.at[0] <= '9' && tend_text_int(word, count) &&
           *count <= SPAN_MOST;
}

/* A span in one word, +3d; sign: what one without a sign means. */
static bool read_span(struct tend_when_parts *parts, struct tend_text word, int64_t sign)
{
    struct tend_error ignored;
    struct tend_span span;

    if (word.len < 2 || tend_span_parse(word, &span, &ignored) != TEND_OK)
        return false;
    if (word.at[0] == '+' || word.at[0] == '-')
        sign = 1;
    if (span.days > SPAN_MOST || span.days < -SPAN_MOST || span.months > 1200 ||
        span.months < -1200 || span.elapsed > SPAN_MOST * 24 * TEND_HOUR ||
        span.elapsed < -SPAN_MOST * 24 * TEND_HOUR) {
        snprintf(parts->trouble, sizeof parts->trouble, "%.*s is more than a hundred years",
                 TEND_FMT(word));
        return true;
    }
    if (span.elapsed != 0) {
        if (parts->wall >= 0)
            return false;
        parts->kind = TEND_DAY_ABSOLUTE;
        parts->exact = parts->relative = true;
        parts->instant = sign * span.elapsed;
    } else {
        from_today(parts, sign * span.months, sign * span.days);
    }
    return true;
}

/* in 3 days, in a week, in 2w */
int64_t tend_when_in(struct tend_when_parts *parts, const struct tend_text *w, int64_t n)
{
    int64_t count;

    if (n < 2 || !tend_text_is(w[0], "in"))
        return 0;
    if (n >= 3 && read_count(w[1], &count) && add_units(parts, count, w[2]))
        return 3;
    return read_span(parts, w[1], 1) ? 2 : 0;
}

/* 3 days ago, a week ago, 2w ago */
int64_t tend_when_ago(struct tend_when_parts *parts, const struct tend_text *w, int64_t n)
{
    int64_t count;

    if (n >= 3 && tend_text_is(w[2], "ago") && read_count(w[0], &count) &&
        add_units(parts, -count, w[1]))
        return 3;
    if (n >= 2 && tend_text_is(w[1], "ago") && w[0].len > 0 && w[0].at[0] != '-' &&
        w[0].at[0] != '+' && read_span(parts, w[0], -1))
        return 2;
    return 0;
}

static void no_such_day(struct tend_when_parts *parts, int64_t day, int64_t month, int64_t year)
{
    if (month < 1 || month > 12)
        snprintf(parts->trouble, sizeof parts->trouble, "there is no month %lld", (long long)month);
    else if (year == 0)
        snprintf(parts->trouble, sizeof parts->trouble, "there is no %lld %s", (long long)day,
                 tend_date_month_name((int32_t)month));
    else
        snprintf(parts->trouble, sizeof parts->trouble, "there is no %lld %s %lld",
                 (long long)day, tend_date_month_name((int32_t)month), (long long)year);
}

/* 2026-02-29: written as a day, and none; false if it is not written so. */
static bool iso_shape(struct tend_text word, int64_t *year, int64_t *month, int64_t *day)
{
    return word.len == 10 && word.at[4] == '-' && word.at[7] == '-' &&
           tend_text_int((struct tend_text){ word.at, 4 }, year) && word.at[5] >= '0' &&
           word.at[5] <= '9' && tend_text_int((struct tend_text){ word.at + 5, 2 }, month) &&
           word.at[8] >= '0' && word.at[8] <= '9' &&
           tend_text_int((struct tend_text){ word.at + 8, 2 }, day);
}

int64_t tend_when_iso(struct tend_when_parts *parts, const struct tend_text *w, int64_t n)
{
    struct tend_text word;
    char upper[40];
    int64_t days, instant, year, month, day;
    bool local;

    if (n < 1 || w[0].len < 8 || w[0].at[0] < '0' || w[0].at[0] > '9')
        return 0;
    if (tend_date_parse(w[0], &days)) {
        parts->kind = TEND_DAY_ABSOLUTE;
        parts->days = days;
        return 1;
    }
    if (iso_shape(w[0], &year, &month, &day)) {
        no_such_day(parts, day, month, year);
        return 1;
    }
    word = w[0];                        /* the words came in lower case: t and z */
    for (int64_t i = 0; i < word.len && i < (int64_t)sizeof upper; i++)
        upper[i] = word.at[i] == 't' || word.at[i] == 'z' ? (char)(word.at[i] - 32) : word.at[i];
    word.at = upper;
    if (parts->wall >= 0 || !tend_instant_parse(word, &instant, &local))
        return 0;
    parts->kind = TEND_DAY_ABSOLUTE;
    parts->exact = true;
    parts->local = local;
    parts->instant = instant;
    return 1;
}

/* 5, 5., 5th, 5, */
static bool read_month_day(struct tend_text word, int32_t *day)
{
    int64_t number;

    if (word.len > 1 && (word.at[word.len - 1] == '.' || word.at[word.len - 1] == ','))
        word.len--;
    if (word.len > 2) {
        struct tend_text end = { word.at + word.len - 2, 2 };

        if (tend_text_is(end, "st") || tend_text_is(end, "nd") || tend_text_is(end, "rd") ||
            tend_text_is(end, "th"))
            word.len -= 2;
    }
    if (word.len > 2 || word.len < 1 || word.at[0] < '0' || word.at[0] > '9' ||
        !tend_text_int(word, &number) || number < 1)
        return false;
    *day = (int32_t)number;
    return true;
}

static bool read_year(struct tend_text word, int64_t *year)
{
    return word.len == 4 && word.at[0] >= '1' && word.at[0] <= '9' && tend_text_int(word, year);
}

/* year 0: none was given; then 29 Feb is a day of some year. */
static void set_date(struct tend_when_parts *parts, int64_t day, int64_t month, int64_t year)
{
    if (!tend_date_valid(year != 0 ? year : 2024, month, day)) {
        no_such_day(parts, day, month, year);
    } else if (year != 0) {
        parts->kind = TEND_DAY_ABSOLUTE;
        parts->days = tend_date_days(year, month, day);
    } else {
        parts->kind = TEND_DAY_MONTH_DAY;
        parts->month = (int32_t)month;
        parts->day = (int32_t)day;
    }
}

/* 12 dec, dec 12, 12th of december 2026 */
int64_t tend_when_month_day(struct tend_when_parts *parts, const struct tend_text *w, int64_t n)
{
    int32_t month, day;
    int64_t year = 0, used = 2;

    if (n < 2)
        return 0;
    month = find_name(w[0], months, 12);
    if (month != 0) {
        if (!read_month_day(w[1], &day))
            return 0;
    } else {
        if (!read_month_day(w[0], &day))
            return 0;
        if (n > 2 && tend_text_is(w[1], "of"))
            used = 3;
        month = find_name(w[used - 1], months, 12);
        if (month == 0)
            return 0;
    }
    if (n > used && read_year(w[used], &year))
        used++;
    set_date(parts, day, month, year);
    return used;
}

/* Two or three numbers with one sign between them; how many. */
static int64_t split_numbers(struct tend_text word, char sign, int64_t out[3])
{
    char sep[2] = { sign, '\0' };
    struct tend_text rest = word, piece;
    int64_t n = 0;

    while (rest.len > 0 && tend_text_cut(&rest, sep, &piece)) {
        if (n == 3 || piece.len > 4 || piece.len == 0 || piece.at[0] < '0' ||
            piece.at[0] > '9' || !tend_text_int(piece, &out[n]))
            return 0;
        n++;
    }
    return n;
}

/* 12/11, 12/11/2026 in the user's order; 12.11. and 12.11.2026 day first */
int64_t tend_when_numbers(struct tend_when_parts *parts, const struct tend_text *w, int64_t n)
{
    int64_t number[3] = { 0 }, count;
    enum tend_order order = parts->ask->order;

    if (n < 1)
        return 0;
    count = split_numbers(w[0], '.', number);
    if (count >= 2) {
        set_date(parts, number[0], number[1], count == 3 ? number[2] : 0);
        return 1;
    }
    count = split_numbers(w[0], '/', number);
    if (count < 2)
        return 0;
    if (parts->ask->shape_only) {
        parts->kind = TEND_DAY_ABSOLUTE;
    } else if (order == TEND_ORDER_NONE) {
        snprintf(parts->trouble, sizeof parts->trouble,
                 "%.*s: day or month first? say it once: config date_order=dmy (or mdy)",
                 TEND_FMT(w[0]));
    } else if (order == TEND_ORDER_YMD && count == 3) {
        set_date(parts, number[2], number[1], number[0]);
    } else {
        bool day_first = order == TEND_ORDER_DMY;

        set_date(parts, number[day_first ? 0 : 1], number[day_first ? 1 : 0],
                 count == 3 ? number[2] : 0);
    }
    return 1;
}

int64_t tend_when_span(struct tend_when_parts *parts, const struct tend_text *w, int64_t n)
{
    int64_t count;

    if (n >= 2 && read_count(w[0], &count) && w[0].at[0] >= '0' && w[0].at[0] <= '9' &&
        add_units(parts, parts->ask->backward ? -count : count, w[1]))
        return 2;
    return n >= 1 && read_span(parts, w[0], parts->ask->backward ? -1 : 1) ? 1 : 0;
}

/* 15:00, 3pm, 3:30 pm, noon */
int64_t tend_when_wall(struct tend_when_parts *parts, const struct tend_text *w, int64_t n)
{
    int64_t hour, minute = 0, used = 1;
    struct tend_text word = n > 0 ? w[0] : (struct tend_text){ 0 }, half = { 0 }, piece;
    const char *colon;

    if (tend_text_is(word, "noon") || tend_text_is(word, "midnight")) {
        parts->wall = tend_text_is(word, "noon") ? 12 * TEND_HOUR : 0;
        return 1;
    }
    if (word.len > 2 && word.at[word.len - 1] == 'm')
        half = (struct tend_text){ word.at + word.len - 2, 2 };
    else if (n > 1 && (tend_text_is(w[1], "am") || tend_text_is(w[1], "pm")))
        half = w[1];
    if (half.len > 0 && !tend_text_is(half, "am") && !tend_text_is(half, "pm"))
        return 0;
    if (half.len > 0 && half.at >= word.at && half.at < word.at + word.len)
        word.len -= 2;
    else if (half.len > 0)
        used = 2;
    colon = word.len > 0 ? memchr(word.at, ':', (size_t)word.len) : NULL;
    if (colon == NULL && half.len == 0)
        return 0;
    piece = colon != NULL ? (struct tend_text){ word.at, colon - word.at } : word;
    if (piece.len < 1 || piece.len > 2 || piece.at[0] < '0' || piece.at[0] > '9' ||
        !tend_text_int(piece, &hour))
        return 0;
    if (colon != NULL) {
        piece = (struct tend_text){ colon + 1, word.at + word.len - colon - 1 };
        if (piece.len != 2 || piece.at[0] < '0' || piece.at[0] > '9' ||
            !tend_text_int(piece, &minute))
            return 0;
    }
    if (minute > 59 || hour > (half.len > 0 ? 12 : 23) || (half.len > 0 && hour == 0)) {
        snprintf(parts->trouble, sizeof parts->trouble, "there is no time %.*s", TEND_FMT(w[0]));
        return used;
    }
    if (half.len > 0)
        hour = hour % 12 + (half.at[0] == 'p' ? 12 : 0);
    parts->wall = hour * TEND_HOUR + minute * TEND_MINUTE;
    return used;
}
