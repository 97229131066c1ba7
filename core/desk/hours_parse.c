/* Reads schedules as people write them: weekdays and times in any order that
 * makes sense, a comma between what is different. */
#include "desk/hours.h"
#include <string.h>

#define DAY (24 * 60)
#define EVERY_DAY 0x7fu

struct reading {
    struct tend_hours *hours;
    uint8_t days;               /* named since the last times; 0: none */
    uint8_t of_times;           /* the days that times of this piece are for; 0: not known */
    bool full;
};

/* Lower case; a dash without blanks, whatever dash it is; "to" is one too. */
static void plain(struct tend_buffer *out, struct tend_text text)
{
    struct tend_text rest = text, word;
    struct tend_buffer ascii = { 0 };

    for (int64_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        bool dash = i + 2 < text.len && memcmp(text.at + i, "\xe2\x80", 2) == 0 &&
                    ((unsigned char)text.at[i + 2] | 7) == 0x97;

        if (dash)
            i += 2;
        if (dash || c == '-')
            tend_buffer_adds(&ascii, " - ");
        else if (c == ',' || c == ';' || c == '\n')
            tend_buffer_adds(&ascii, " ; ");
        else
            tend_buffer_addc(&ascii, (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c));
    }
    rest = tend_buffer_text(&ascii);
    for (bool joined = true; tend_text_word(&rest, &word);) {
        bool dash = tend_text_is(word, "-") || tend_text_is(word, "to") ||
                    tend_text_is(word, "until");

        if (!joined && !dash)
            tend_buffer_addc(out, ' ');
        if (dash)
            tend_buffer_addc(out, '-');
        else
            tend_buffer_add(out, word);
        joined = dash;
    }
    tend_buffer_finish(&ascii);
}

/* "9", "9:00", "18.30", "6pm", "noon", up to 24:00. */
static bool read_time(struct tend_text text, int32_t *minutes)
{
    int64_t hour = 0, minute = 0, i = 0;
    bool am, pm;

    if (tend_text_is(text, "noon") || tend_text_is(text, "midnight")) {
        *minutes = text.at[0] == 'n' ? 12 * 60 : DAY;
        return true;
    }
    for (; i < text.len && text.at[i] >= '0' && text.at[i] <= '9' && i < 2; i++)
        hour = hour * 10 + (text.at[i] - '0');
    if (i == 0)
        return false;
    if (i + 2 < text.len && (text.at[i] == ':' || text.at[i] == '.')) {
        char ten = text.at[i + 1], one = text.at[i + 2];

        if (ten < '0' || ten > '5' || one < '0' || one > '9')
            return false;
        minute = (ten - '0') * 10 + (one - '0');
        i += 3;
    }
    text = (struct tend_text){ text.at + i, text.len - i };
    am = tend_text_is(text, "am");
    pm = tend_text_is(text, "pm");
    if ((text.len > 0 && !am && !pm) || ((am || pm) && (hour < 1 || hour > 12)))
        return false;
    if (am || pm)
        hour = hour % 12 + (pm ? 12 : 0);
    *minutes = (int32_t)(hour * 60 + minute);
    return *minutes <= DAY;
}

/* The number of a weekday by a beginning of its name, 0 Monday; -1. */
static int32_t read_day(struct tend_text word)
{
    static const char *const names[] = { "monday", "tuesday", "wednesday", "thursday", "friday",
                                         "saturday", "sunday" };

    for (int32_t i = 0; word.len >= 2 && i < 7; i++)
        if ((size_t)word.len <= strlen(names[i]) &&
            memcmp(names[i], word.at, (size_t)word.len) == 0)
            return i;
    return -1;
}

/* "mon", "mon-fri", "weekdays", "weekends", "daily". */
static uint8_t read_days(struct tend_text word)
{
    struct tend_text last = word, first;
    int32_t from, to;
    uint32_t days = 0;

    if (tend_text_is(word, "weekdays") || tend_text_is(word, "weekday"))
        return 0x1f;
    if (tend_text_is(word, "weekends") || tend_text_is(word, "weekend"))
        return 0x60;
    if (tend_text_is(word, "daily") || tend_text_is(word, "always"))
        return EVERY_DAY;
    tend_text_cut(&last, "-", &first);
    from = read_day(first);
    to = last.len > 0 ? read_day(last) : from;
    if (from < 0 || to < 0)
        return 0;
    for (int32_t day = from;; day = (day + 1) % 7) {
        days |= 1u << day;
        if (day == to)
            return (uint8_t)days;
    }
}

static void add(struct reading *r, uint8_t days, int32_t from, int32_t to)
{
    if (r->hours->n == TEND_HOURS_MOST) {
        r->full = true;
        return;
    }
    r->hours->span[r->hours->n++] = (struct tend_hours_span){ days, (int16_t)from, (int16_t)to };
}

static void add_times(struct reading *r, int32_t from, int32_t to)
{
    if (r->days)
        r->of_times = r->days;
    else if (!r->of_times)
        r->of_times = EVERY_DAY;
    r->days = 0;
    add(r, r->of_times, from, to <= from ? to + DAY : to);
}

/* One word, with `after` and `before` the next one too. */
static bool read_word(struct reading *r, struct tend_text word, struct tend_text *rest)
{
    struct tend_text last = word, first;
    int32_t from, to;
    uint8_t days = read_days(word);

    if (days) {
        r->days |= days;
        return true;
    }
    if (tend_text_is(word, "and") || tend_text_is(word, "at") || tend_text_is(word, "from") ||
        tend_text_is(word, "every") || tend_text_is(word, "day"))
        return true;
    if (tend_text_is(word, "after") || tend_text_is(word, "before")) {
        bool after = word.at[0] == 'a';

        if (!tend_text_word(rest, &last) || !read_time(last, &from) ||
            from == (after ? DAY : 0))
            return false;
        add_times(r, after ? from : 0, after ? DAY : from);
        return true;
    }
    if (!tend_text_cut(&last, "-", &first) || !read_time(first, &from) || !read_time(last, &to))
        return false;
    if (from % DAY == to % DAY && (from != 0 || to != DAY))
        return false;
    add_times(r, from % DAY, to == 0 ? DAY : to);
    return true;
}

static bool read_all(struct reading *r, struct tend_text text, struct tend_text *bad)
{
    struct tend_text word;

    while (tend_text_word(&text, &word)) {
        if (tend_text_is(word, ";")) {
            if (!r->days)
                r->of_times = 0;        /* what follows has days of its own, or every day */
            continue;
        }
        *bad = word;
        if (!read_word(r, word, &text))
            return false;
    }
    if (r->days)                        /* "sat sun": all day */
        add(r, r->days, 0, DAY);
    *bad = (struct tend_text){ "", 0 };
    return r->hours->n > 0 && !r->full;
}

tend_status tend_hours_parse(struct tend_text text, struct tend_hours *hours,
                             struct tend_error *err)
{
    static const char *const form = "hours are written 18:00-21:00, or mon-fri 18:00-21:00, sat "
                                    "9:00-17:00, or weekdays after 17:00";
    struct reading r = { .hours = hours };
    struct tend_buffer words = { 0 };
    struct tend_text bad = { "", 0 };
    tend_status status = TEND_OK;

    memset(hours, 0, sizeof *hours);
    text = tend_text_trim(text);
    if (text.len == 0 || tend_text_is_nocase(text, "off"))
        return TEND_OK;
    plain(&words, text);
    if (!read_all(&r, tend_buffer_text(&words), &bad)) {
        hours->n = 0;
        status = r.full ? tend_error_set(err, TEND_INVALID, "that are too many hours: at most %d "
                                         "times of day", TEND_HOURS_MOST)
                 : bad.len > 0
                     ? tend_error_set(err, TEND_INVALID, "\"%.*s\" is no weekday and no time; %s",
                                      TEND_FMT(tend_text_clip(bad, 40)), form)
                     : tend_error_set(err, TEND_INVALID, "%s", form);
    }
    tend_buffer_finish(&words);
    return status;
}
