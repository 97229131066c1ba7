/* Dates as people and programs write them, as ISO 8601: numbers and the name of
 * a month, in the order that the separators and the numbers themselves tell. */
#include "desk/normal_date.h"
#include "base/date.h"
#include "base/utf8.h"
#include <stdio.h>

#define MOST_PARTS 3

struct parts {
    int32_t number[MOST_PARTS];
    int32_t digits[MOST_PARTS];
    int32_t n;
    int32_t month; /* by its name; 0 none */
    int32_t month_at; /* how many numbers stood before it */
    bool dots, years_first; /* 15.3.1990; 1990年 */
    bool no_year;           /* --03-15 */
};

/* The beginnings of months in the languages of address books, without accents;
 * the first that fits decides. */
static int32_t month_named(const char *word)
{
    static const struct {
        char begins[8];
        int8_t month;
    } months[] = {
        { "jan", 1 },   { "gen", 1 },   { "ene", 1 },  { "styc", 1 },
        { "feb", 2 },   { "fev", 2 },  { "lut", 2 },   { "marz", 3 }, { "mar", 3 },
        { "mae", 3 },   { "mrt", 3 },   { "maa", 3 },  { "mrz", 3 },   { "apr", 4 },  { "avr", 4 },
        { "abr", 4 },   { "kwi", 4 },   { "mai", 5 },  { "may", 5 },   { "mei", 5 },  { "mag", 5 },
        { "maj", 5 },   { "juni", 6 },  { "juin", 6 }, { "jun", 6 },   { "giu", 6 },  { "cze", 6 },
        { "juil", 7 },  { "jul", 7 },   { "lug", 7 },   { "aug", 8 },  { "aou", 8 },
        { "ago", 8 },   { "sie", 8 },   { "sep", 9 },  { "set", 9 },   { "wrz", 9 },  { "oct", 10 },
        { "okt", 10 },  { "ott", 10 },  { "out", 10 }, { "paz", 10 },  { "nov", 11 },
        { "dec", 12 },  { "dez", 12 },  { "dic", 12 }, { "des", 12 },  { "gru", 12 },
    };

    for (size_t i = 0; i < sizeof months / sizeof months[0]; i++)
        if (strncmp(word, months[i].begins, strlen(months[i].begins)) == 0)
            return months[i].month;
    return 0;
}

/* Words that a date may have beside: of, the, days of the week, st, nd, rd, th. */
static bool is_filler(const char *word)
{
    static const char *const words[] = {
        "de", "del", "of", "the", "st", "nd", "rd", "th", "le", "den", "er",
        "mon", "tue", "wed", "thu", "fri", "sat", "sun",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
        "mo", "di", "mi", "do", "fr", "sa", "so",
    };

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(word, words[i]) == 0)
            return true;
    return false;
}

static char plain(int32_t code)
{
    if (code >= 'A' && code <= 'Z')
        return (char)(code + 32);
    if (code >= 'a' && code <= 'z')
        return (char)code;
    if (code == 0xE4 || code == 0xC4)
        return 'a';
    if (code == 0xE9 || code == 0xC9)
        return 'e';
    if (code == 0xFB || code == 0xDB)
        return 'u';
    if (code == 0xE7 || code == 0xC7)
        return 'c';
    return '\0';
}

static bool take_word(struct tend_text text, int64_t *at, struct parts *p)
{
    char word[16] = "";
    int32_t n = 0, month;

    while (*at < text.len) {
        int64_t pos = *at;
        char letter = plain(tend_utf8_next(text, &pos));

        if (!letter)
            break;
        if (n < 15)
            word[n++] = letter;
        *at = pos;
    }
    if (is_filler(word))
        return true;
    month = n >= 3 ? month_named(word) : 0;
    if (!month || p->month)
        return false;
    p->month = month;
    p->month_at = p->n;
    return true;
}

static bool take_number(struct tend_text text, int64_t *at, struct parts *p)
{
    int32_t value = 0, digits = 0;

    if (p->n == MOST_PARTS)
        return false;
    while (*at < text.len && text.at[*at] >= '0' && text.at[*at] <= '9' && digits < 9) {
        value = value * 10 + (text.at[*at] - '0');
        digits++;
        (*at)++;
    }
    p->number[p->n] = value;
    p->digits[p->n++] = digits;
    return true;
}

/* "T10:00:00Z", " 00:00", "12:30 PM": the time that a program wrote behind a date. */
static bool is_time(struct tend_text text, int64_t at, const struct parts *p)
{
    int64_t digits = 0;

    if (p->n + (p->month > 0) < 3 || (text.at[at] != 'T' && text.at[at] != ' '))
        return false;
    for (at++; at < text.len && text.at[at] >= '0' && text.at[at] <= '9'; at++)
        digits++;
    return digits > 0 && digits < 3 && at < text.len && text.at[at] == ':';
}

static bool read_parts(struct tend_text text, struct parts *p)
{
    int64_t at = 0;

    *p = (struct parts){ .n = 0 };
    if (tend_text_starts(text, "--")) {
        p->no_year = true;
        at = 2;
    }
    while (at < text.len) {
        int64_t pos = at;
        int32_t code = tend_utf8_next(text, &pos);

        if (is_time(text, at, p))
            return true;
        if (code >= '0' && code <= '9') {
            if (!take_number(text, &at, p))
                return false;
        } else if (plain(code)) {
            if (!take_word(text, &at, p))
                return false;
        } else if (strchr("-/., ", code < 128 ? (char)code : 'x') || code == 0x5E74 ||
                   code == 0x6708 || code == 0x65E5 || code == 0xB0 || code == 0xA0) {
            p->dots = p->dots || (code == '.' && p->month == 0);
            p->years_first = p->years_first || code == 0x5E74;
            at = pos;
        } else {
            return false;
        }
    }
    return p->n > 0;
}

/* A year of two digits is the latest that is not after today. */
static int32_t whole_year(int32_t year, int32_t digits, int64_t today)
{
    int32_t now, month, day;

    if (digits > 2)
        return year;
    tend_date_civil(today, &now, &month, &day);
    year += now - now % 100;
    return year > now ? year - 100 : year;
}

static bool put(char *out, int32_t year, int32_t month, int32_t day)
{
    if (!tend_date_valid(year < 0 ? 2000 : year, month, day) || (year >= 0 && year < 1000))
        return false;
    if (year < 0)
        snprintf(out, TEND_DATE_ISO, "--%02d-%02d", month, day);
    else
        snprintf(out, TEND_DATE_ISO, "%04d-%02d-%02d", year, month, day);
    return true;
}

static enum tend_date_is if_valid(bool valid)
{
    return valid ? TEND_DATE_READ : TEND_DATE_NONE;
}

/* With the name of its month: 12 Mar 2024; Mar 12, 2024; 12 Mar; 2024 Mar 12. */
static enum tend_date_is with_month(const struct parts *p, int64_t today, char *out)
{
    if (p->n == 1)
        return if_valid(p->digits[0] <= 2 && put(out, -1, p->month, p->number[0]));
    if (p->n != 2)
        return TEND_DATE_NONE;
    if (p->digits[0] == 4)
        return if_valid(put(out, p->number[0], p->month, p->number[1]));
    return if_valid(p->digits[0] <= 2 && p->digits[1] != 3 &&
                    put(out, whole_year(p->number[1], p->digits[1], today), p->month,
                        p->number[0]));
}

/* 19900315, 0315 behind --, 44927 */
static enum tend_date_is one_number(const struct parts *p, char *out)
{
    int32_t all = p->number[0];

    if (p->no_year && p->digits[0] == 4)
        return if_valid(put(out, -1, all / 100, all % 100));
    if (p->digits[0] == 8 && put(out, all / 10000, all / 100 % 100, all % 100))
        return TEND_DATE_READ;
    return p->digits[0] == 5 && all >= 10000 && all < 80000 ? TEND_DATE_SERIAL : TEND_DATE_NONE;
}

/* Two numbers that are day and month in some order. */
static enum tend_date_is day_and_month(const struct parts *p, int32_t year,
                                       enum tend_date_order order, char *out)
{
    int32_t a = p->number[0], b = p->number[1];

    if (p->digits[0] > 2 || p->digits[1] > 2)
        return TEND_DATE_NONE;
    if (p->dots || b <= 0 || a > 12)
        order = TEND_DATE_DAY_FIRST;
    else if (b > 12)
        order = TEND_DATE_MONTH_FIRST;
    else if (a == b)
        order = TEND_DATE_DAY_FIRST;
    if (order == TEND_DATE_UNKNOWN)
        return put(out, year, a, b) || put(out, year, b, a) ? TEND_DATE_UNSURE : TEND_DATE_NONE;
    return if_valid(order == TEND_DATE_DAY_FIRST ? put(out, year, b, a) : put(out, year, a, b));
}

enum tend_date_is tend_date_read(struct tend_text text, enum tend_date_order order, int64_t today,
                                 char out[TEND_DATE_ISO])
{
    struct parts p;

    text = tend_text_trim(text);
    if (text.len > 40 || !read_parts(text, &p))
        return TEND_DATE_NONE;
    if (p.month)
        return with_month(&p, today, out);
    if (p.n == 1)
        return one_number(&p, out);
    if (p.n == 2 && p.no_year)
        return if_valid(put(out, -1, p.number[0], p.number[1]));
    if (p.n == 2)
        return day_and_month(&p, -1, order, out);
    if (p.digits[0] == 4)
        return if_valid(put(out, p.number[0], p.number[1], p.number[2]));
    if (p.digits[2] != 4 && p.digits[2] != 2)
        return TEND_DATE_NONE;
    return day_and_month(&p, whole_year(p.number[2], p.digits[2], today), order, out);
}

enum tend_date_order tend_date_tells(struct tend_text text)
{
    struct parts p;

    text = tend_text_trim(text);
    if (text.len > 40 || !read_parts(text, &p) || p.month || p.dots || p.no_year || p.n < 2 ||
        p.digits[0] > 2 || p.digits[1] > 2)
        return TEND_DATE_UNKNOWN;
    if (p.number[0] > 12 && p.number[0] <= 31 && p.number[1] <= 12)
        return TEND_DATE_DAY_FIRST;
    if (p.number[1] > 12 && p.number[1] <= 31 && p.number[0] <= 12)
        return TEND_DATE_MONTH_FIRST;
    return TEND_DATE_UNKNOWN;
}

enum tend_date_order tend_date_of_region(struct tend_text region)
{
    static const char *const month_first[] = { "US", "PR", "GU", "AS", "MP", "VI",
                                               "FM", "MH", "PW", "PH" };

    if (region.len != 2 || tend_text_is_nocase(region, "CA"))
        return TEND_DATE_UNKNOWN;
    for (size_t i = 0; i < sizeof month_first / sizeof month_first[0]; i++)
        if (tend_text_is_nocase(region, month_first[i]))
            return TEND_DATE_MONTH_FIRST;
    return TEND_DATE_DAY_FIRST;
}
