/* Times as people write them. Words are read one after the other into a day
 * and a time of day; what they mean is worked out when both are known, since
 * `sat` at noon on a Saturday depends on the hour that follows. */
#include "shell/time.h"
#include "base/span.h"
#include "shell/time_words.h"
#include <stdio.h>

#define DAY (24 * TEND_HOUR)

/* What a single word can be, tried in this order at every place. */
typedef int64_t (*reader)(struct tend_when_parts *parts, const struct tend_text *words, int64_t n);

static const reader day_readers[] = { tend_when_day_word,   tend_when_weekday, tend_when_next,
                                      tend_when_in,         tend_when_ago,     tend_when_iso,
                                      tend_when_month_day,  tend_when_numbers, tend_when_span };

static int64_t read_day(struct tend_when_parts *parts, const struct tend_text *words, int64_t n)
{
    if (parts->kind != TEND_DAY_NONE)
        return 0;
    for (size_t i = 0; i < sizeof day_readers / sizeof *day_readers; i++) {
        int64_t used = day_readers[i](parts, words, n);

        if (used != 0)
            return used;
    }
    return 0;
}

static int64_t read_wall(struct tend_when_parts *parts, const struct tend_text *words, int64_t n)
{
    return parts->wall >= 0 || parts->exact ? 0 : tend_when_wall(parts, words, n);
}

/* Words that only lead on: "on mon", "at 3pm". */
static bool is_filler(struct tend_text word)
{
    return tend_text_is(word, "at") || tend_text_is(word, "on");
}

static int64_t read_words(struct tend_when_parts *parts, const struct tend_text *words, int64_t n)
{
    int64_t i = 0;

    while (i < n && parts->trouble[0] == '\0') {
        int64_t filler = is_filler(words[i]) && i + 1 < n ? 1 : 0;
        int64_t used = read_day(parts, words + i + filler, n - i - filler);

        if (used == 0 && parts->trouble[0] == '\0')
            used = read_wall(parts, words + i + filler, n - i - filler);
        if (used == 0)
            break;
        i += filler + used;
    }
    return i;
}

/* --- what it means -------------------------------------------------------- */

static int64_t nearest_weekday(const struct tend_when_parts *parts, int64_t today, int64_t wall_now)
{
    int32_t from = tend_date_weekday(today);
    bool back = parts->ask->backward;
    int64_t away = (back ? from - parts->weekday + 7 : parts->weekday - from + 7) % 7;

    if (away == 0) {
        bool still = back ? parts->wall >= 0 && parts->wall <= wall_now : parts->wall > wall_now;

        away = still ? 0 : 7;
    }
    return back ? today - away : today + away;
}

/* The next or last year in which there is such a day, on this side of today. */
static int64_t nearest_month_day(const struct tend_when_parts *parts, int64_t today)
{
    bool back = parts->ask->backward;
    int32_t year, month, day;

    tend_date_civil(today, &year, &month, &day);
    for (int32_t step = 0; step <= 8; step++) {
        int32_t y = back ? year - step : year + step;
        int64_t days;

        if (!tend_date_valid(y, parts->month, parts->day))
            continue;
        days = tend_date_days(y, parts->month, parts->day);
        if (back ? days <= today : days >= today)
            return days;
    }
    return today;
}

static int64_t floor_days(int64_t instant)
{
    return instant >= 0 ? instant / DAY : -((-instant + DAY - 1) / DAY);
}

static void resolve(const struct tend_when_parts *parts, struct tend_when *when)
{
    const struct tend_when_ask *ask = parts->ask;
    int64_t today = tend_zone_day(ask->zone, ask->now);
    struct tend_civil civil = tend_zone_civil(ask->zone, ask->now);
    int64_t wall_now = civil.hour * TEND_HOUR + civil.minute * TEND_MINUTE +
                       civil.second * TEND_SECOND + civil.micro;

    when->wall = parts->wall;
    switch (parts->kind) {
    case TEND_DAY_NONE:
        when->day = today;
        if (ask->backward && parts->wall > wall_now)
            when->day--;
        if (!ask->backward && parts->wall <= wall_now)
            when->day++;
        break;
    case TEND_DAY_FROM_TODAY:
        when->day = tend_date_add_months(today, parts->months) + parts->days;
        break;
    case TEND_DAY_ABSOLUTE:
        when->day = parts->days;
        break;
    case TEND_DAY_WEEKDAY:
        when->day = nearest_weekday(parts, today, wall_now);
        break;
    case TEND_DAY_WEEK:
        when->day = today - tend_date_weekday(today) + parts->weekday + 7 * parts->days;
        break;
    case TEND_DAY_MONTH_END: {
        int32_t year, month, day;

        tend_date_civil(today, &year, &month, &day);
        month = parts->month != 0 ? parts->month : month;
        when->day = tend_date_days(year, month, tend_date_month_days(year, month));
        break;
    }
    case TEND_DAY_MONTH_DAY:
        when->day = nearest_month_day(parts, today);
        break;
    }
    when->at = tend_zone_instant(ask->zone, when->day, when->wall >= 0 ? when->wall : 0);
    if (when->wall >= 0 && !parts->exact) {     /* 02:30 may not be, in spring */
        civil = tend_zone_civil(ask->zone, when->at);
        when->wall = civil.hour * TEND_HOUR + civil.minute * TEND_MINUTE;
    }
    if (parts->exact) {
        when->at = parts->relative ? ask->now + parts->instant : parts->instant;
        if (parts->local)               /* a wall time written as an instant */
            when->at = tend_zone_instant(ask->zone, floor_days(parts->instant),
                                         parts->instant - floor_days(parts->instant) * DAY);
        when->day = tend_zone_day(ask->zone, when->at);
        civil = tend_zone_civil(ask->zone, when->at);
        when->wall = civil.hour * TEND_HOUR + civil.minute * TEND_MINUTE;
    }
}

/* --- texts and tokens ----------------------------------------------------- */

#define WORDS_MOST 8

static struct tend_text lowered(char *out, size_t size, struct tend_text word)
{
    int64_t n = word.len < (int64_t)size ? word.len : (int64_t)size;

    for (int64_t i = 0; i < n; i++)
        out[i] = word.at[i] >= 'A' && word.at[i] <= 'Z' ? (char)(word.at[i] - 'A' + 'a')
                                                        : word.at[i];
    return (struct tend_text){ out, n };
}

/* used < 0 words are not a time; the slot says why. */
static int64_t read_and_resolve(const struct tend_text *words, int64_t n, bool all,
                                const struct tend_when_ask *ask, struct tend_when *when,
                                struct tend_error *err)
{
    struct tend_when_parts parts = { .ask = ask, .wall = -1 };
    char text[WORDS_MOST][40];
    struct tend_text lower[WORDS_MOST];
    int64_t used, count = n < WORDS_MOST ? n : WORDS_MOST;

    for (int64_t i = 0; i < count; i++)
        lower[i] = lowered(text[i], sizeof text[i], words[i]);
    used = read_words(&parts, lower, count);
    *when = (struct tend_when){ .wall = -1 };
    if (parts.trouble[0] != '\0') {
        tend_error_set(err, TEND_USAGE, "%s", parts.trouble);
        return 0;
    }
    if (used == 0 || (all && used < n)) {
        struct tend_text odd = lower[used < count ? used : count - 1];
        const char *near = tend_when_nearest(odd);

        when->odd = words[used < n ? used : n - 1];

        if (near != NULL && tend_text_is(odd, near)) {     /* a second day */
            tend_error_set(err, TEND_USAGE, "\"%.*s\" is one word too many for a time",
                           TEND_FMT(odd));
            return 0;
        }
        tend_error_set(err, TEND_USAGE, "\"%.*s\" is no %stime; %s%s%s",
                       TEND_FMT(words[used < n ? used : n - 1]), used > 0 ? "part of a " : "",
                       near != NULL ? "did you mean " : "",
                       near != NULL ? near
                                    : "write tomorrow 3pm, fri 19:00, +3d, jan 5 or 2026-12-01",
                       near != NULL ? "?" : "");
        return 0;
    }
    if (!ask->shape_only)
        resolve(&parts, when);
    return used;
}

tend_status tend_when_parse(struct tend_text text, const struct tend_when_ask *ask,
                            struct tend_when *when, struct tend_error *err)
{
    struct tend_text words[WORDS_MOST], rest = text, word;
    int64_t n = 0;

    while (rest.len > 0) {
        int64_t len = 0;

        while (len < rest.len && rest.at[len] != ' ' && rest.at[len] != '\t')
            len++;
        word = (struct tend_text){ rest.at, len };
        rest.at += len < rest.len ? len + 1 : len;
        rest.len -= len < rest.len ? len + 1 : len;
        if (word.len == 0)
            continue;
        if (n == WORDS_MOST)
            return tend_error_set(err, TEND_USAGE, "a time has no more than %d words", WORDS_MOST);
        words[n++] = word;
    }
    if (n == 0)
        return tend_error_set(err, TEND_USAGE, "a time is missing; write tomorrow 3pm, fri 19:00, "
                                               "+3d, jan 5 or 2026-12-01");
    return read_and_resolve(words, n, true, ask, when, err) > 0 ? TEND_OK : TEND_USAGE;
}

int64_t tend_when_take(const struct tend_token *words, int64_t n,
                       const struct tend_when_ask *ask, struct tend_when *when,
                       struct tend_error *err)
{
    struct tend_text text[WORDS_MOST];
    int64_t count = 0;

    if (n > 0 && words[0].quoted)
        return tend_when_parse(words[0].text, ask, when, err) == TEND_OK ? 1 : 0;
    while (count < n && count < WORDS_MOST && !words[count].quoted) {
        text[count] = words[count].text;
        count++;
    }
    if (count == 0) {
        tend_error_set(err, TEND_USAGE, "a time is missing");
        return 0;
    }
    return read_and_resolve(text, count, false, ask, when, err);
}

enum tend_order tend_order_of(struct tend_text text)
{
    if (tend_text_is(text, "dmy"))
        return TEND_ORDER_DMY;
    if (tend_text_is(text, "mdy"))
        return TEND_ORDER_MDY;
    return tend_text_is(text, "ymd") ? TEND_ORDER_YMD : TEND_ORDER_NONE;
}

void tend_wall_say(struct tend_buffer *buf, int64_t wall)
{
    tend_buffer_addf(buf, "%02d:%02d", (int)(wall / TEND_HOUR),
                     (int)(wall % TEND_HOUR / TEND_MINUTE));
}

void tend_when_say(struct tend_buffer *buf, int64_t day, int64_t wall, int64_t today)
{
    char text[32];

    tend_buffer_adds(buf, tend_date_words(text, day, today));
    if (wall >= 0) {
        tend_buffer_addc(buf, ' ');
        tend_wall_say(buf, wall);
    }
}
