/* Dates and instants as text, both ways: ISO 8601 for machines and files, and
 * the few words that a list shows. */
#include "base/date.h"
#include <stdio.h>
#include <string.h>

/* beyond every year that a date can have; keeps the sums below from overflow */
#define INSTANT_MOST INT64_C(400000000000000000)

struct scan {
    const char *at;
    int64_t left;
};

static bool take_char(struct scan *scan, const char *any)
{
    if (scan->left == 0 || scan->at[0] == '\0' || !strchr(any, scan->at[0]))
        return false;
    scan->at++;
    scan->left--;
    return true;
}

/* Exactly n digits. */
static bool take_digits(struct scan *scan, int n, int64_t *out)
{
    int64_t value = 0;

    if (scan->left < n)
        return false;
    for (int i = 0; i < n; i++) {
        int digit = scan->at[i] - '0';

        if (digit < 0 || digit > 9)
            return false;
        value = value * 10 + digit;
    }
    scan->at += n;
    scan->left -= n;
    *out = value;
    return true;
}

static bool take_date(struct scan *scan, int64_t *days)
{
    bool before = take_char(scan, "-");
    int64_t year, month, day;

    if (!take_digits(scan, 4, &year) || !take_char(scan, "-") || !take_digits(scan, 2, &month) ||
        !take_char(scan, "-") || !take_digits(scan, 2, &day))
        return false;
    year = before ? -year : year;
    if (!tend_date_valid(year, month, day))
        return false;
    *days = tend_date_days(year, month, day);
    return true;
}

/* HH:MM[:SS[.fraction]]; what is finer than a microsecond is dropped. */
static bool take_time(struct scan *scan, int64_t *micros)
{
    int64_t hour, minute, second = 0, part = 0, digit;

    if (!take_digits(scan, 2, &hour) || !take_char(scan, ":") || !take_digits(scan, 2, &minute))
        return false;
    if (take_char(scan, ":")) {
        if (!take_digits(scan, 2, &second))
            return false;
        if (take_char(scan, ".,")) {
            int64_t unit = TEND_SECOND / 10;

            if (!take_digits(scan, 1, &digit))
                return false;
            do {
                part += digit * unit;
                unit /= 10;
            } while (take_digits(scan, 1, &digit));
        }
    }
    if (hour > 23 || minute > 59 || second > 59)
        return false;
    *micros = hour * TEND_HOUR + minute * TEND_MINUTE + second * TEND_SECOND + part;
    return true;
}

/* Z, +HH, +HHMM, +HH:MM or +HH:MM:SS; nothing at all is local time. */
static bool take_offset(struct scan *scan, int64_t *micros, bool *local)
{
    int64_t hour, minute = 0, second = 0;
    bool west;

    *micros = 0;
    *local = scan->left == 0;
    if (*local || take_char(scan, "Zz"))
        return true;
    west = take_char(scan, "-");
    if ((!west && !take_char(scan, "+")) || !take_digits(scan, 2, &hour))
        return false;
    if (take_char(scan, ":")) {
        if (!take_digits(scan, 2, &minute))
            return false;
        if (take_char(scan, ":") && !take_digits(scan, 2, &second))
            return false;
    } else if (scan->left > 0 && !take_digits(scan, 2, &minute)) {
        return false;
    }
    if (hour > 23 || minute > 59 || second > 59)
        return false;
    *micros = hour * TEND_HOUR + minute * TEND_MINUTE + second * TEND_SECOND;
    if (west)
        *micros = -*micros;
    return true;
}

bool tend_date_parse(struct tend_text text, int64_t *days)
{
    struct scan scan = { text.at, text.len };
    int64_t found;

    if (!take_date(&scan, &found) || scan.left > 0)
        return false;
    *days = found;
    return true;
}

bool tend_instant_parse(struct tend_text text, int64_t *instant, bool *local)
{
    struct scan scan = { text.at, text.len };
    int64_t days, micros = 0, offset = 0;
    bool is_local = true;

    if (!take_date(&scan, &days))
        return false;
    if (scan.left > 0 && (!take_char(&scan, "Tt ") || !take_time(&scan, &micros) ||
                          !take_offset(&scan, &offset, &is_local) || scan.left > 0))
        return false;
    *instant = days * (24 * TEND_HOUR) + micros - offset;
    *local = is_local;
    return true;
}

/* Written by hand: exports write some hundred thousand of them. */
static char *put_digits(char *out, int n, int32_t value)
{
    for (int i = n - 1; i >= 0; i--, value /= 10)
        out[i] = (char)('0' + value % 10);
    return out + n;
}

char *tend_date_format(char *out, int64_t days)
{
    int32_t year, month, day;
    char *at = out;

    tend_date_civil(days, &year, &month, &day);
    if (year < 0)
        *at++ = '-';
    at = put_digits(at, 4, year < 0 ? -year : year);
    *at++ = '-';
    at = put_digits(at, 2, month);
    *at++ = '-';
    at = put_digits(at, 2, day);
    *at = '\0';
    return out;
}

char *tend_date_words(char *out, int64_t days, int64_t today_days)
{
    int32_t year, month, day, this_year, this_month, this_day;
    int len;

    tend_date_civil(days, &year, &month, &day);
    tend_date_civil(today_days, &this_year, &this_month, &this_day);
    len = snprintf(out, 32, "%s %d %s", tend_date_weekday_name(tend_date_weekday(days)), day,
                   tend_date_month_name(month));
    if (year != this_year)
        snprintf(out + len, 32 - (size_t)len, " %d", year);
    return out;
}

/* HH:MM or HH:MM:SS */
static char *put_clock(char *out, int32_t seconds, bool with_seconds)
{
    out = put_digits(out, 2, seconds / 3600);
    *out++ = ':';
    out = put_digits(out, 2, seconds / 60 % 60);
    if (with_seconds) {
        *out++ = ':';
        out = put_digits(out, 2, seconds % 60);
    }
    return out;
}

char *tend_instant_format(char *out, int64_t instant, int32_t offset)
{
    const int64_t day = 24 * TEND_HOUR;
    int32_t east = offset > 99 * 3600 ? 99 * 3600 : offset < -99 * 3600 ? -99 * 3600 : offset;
    int32_t size = east < 0 ? -east : east;
    int64_t wall, days;
    int32_t second, micro;
    char *at = out;

    instant = instant < -INSTANT_MOST  ? -INSTANT_MOST
              : instant > INSTANT_MOST ? INSTANT_MOST
                                       : instant;
    wall = instant + east * TEND_SECOND;
    days = wall / day - (wall % day < 0);
    second = (int32_t)((wall - days * day) / TEND_SECOND);
    micro = (int32_t)((wall - days * day) % TEND_SECOND);
    at += strlen(tend_date_format(at, days));
    *at++ = 'T';
    at = put_clock(at, second, true);
    if (micro) {
        *at++ = '.';
        at = put_digits(at, 6, micro);
    }
    if (east == 0) {
        *at++ = 'Z';
    } else {
        *at++ = east < 0 ? '-' : '+';
        at = put_clock(at, size, size % 60 != 0); /* seconds: mean times of long ago */
    }
    *at = '\0';
    return out;
}
