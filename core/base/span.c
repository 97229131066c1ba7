/* Spans: "3d" and "72h" are different things, and this is where they part. */
#include "base/span.h"
#include "base/text.h"

#define YEARS_MOST 1000         /* what instants can hold, and nobody plans */

static bool unit(struct tend_text word, int64_t n, struct tend_span *span)
{
    if (tend_text_is(word, "d") || tend_text_is(word, "day") || tend_text_is(word, "days"))
        span->days += n;
    else if (tend_text_is(word, "w") || tend_text_is(word, "week") || tend_text_is(word, "weeks"))
        span->days += 7 * n;
    else if (tend_text_is(word, "m") || tend_text_is(word, "month") ||
             tend_text_is(word, "months"))
        span->months += n;
    else if (tend_text_is(word, "y") || tend_text_is(word, "year") || tend_text_is(word, "years"))
        span->months += 12 * n;
    else if (tend_text_is(word, "h") || tend_text_is(word, "hour") || tend_text_is(word, "hours"))
        span->elapsed += n * TEND_HOUR;
    else if (tend_text_is(word, "min") || tend_text_is(word, "minutes"))
        span->elapsed += n * TEND_MINUTE;
    else
        return false;
    return true;
}

tend_status tend_span_parse(struct tend_text text, struct tend_span *span, struct tend_error *err)
{
    struct tend_text rest = tend_text_trim(text);
    int64_t n = 0, sign = 1, digits = 0;

    *span = (struct tend_span){ 0 };
    if (rest.len > 0 && (rest.at[0] == '+' || rest.at[0] == '-')) {
        sign = rest.at[0] == '-' ? -1 : 1;
        rest.at++, rest.len--;
    }
    while (rest.len > 0 && rest.at[0] >= '0' && rest.at[0] <= '9' && digits < 6) {
        n = n * 10 + (rest.at[0] - '0');
        rest.at++, rest.len--, digits++;
    }
    rest = tend_text_trim(rest);
    if (digits == 0 || !unit(rest, sign * n, span))
        return tend_error_set(err, TEND_INVALID,
                              "\"%.*s\" is no span of time; write 3d, 2w, 1m, 1y, 72h or 30min",
                              TEND_FMT(text));
    if (span->months > YEARS_MOST * 12 || span->months < -YEARS_MOST * 12 ||
        span->days > YEARS_MOST * 366 || span->days < -YEARS_MOST * 366)
        return tend_error_set(err, TEND_INVALID, "\"%.*s\" is longer than %d years", TEND_FMT(text),
                              YEARS_MOST);
    return TEND_OK;
}

/* Rough length, only to see that a window does not close before it opens. */
static int64_t length(const struct tend_span *span)
{
    return span->months * 30 * 24 * TEND_HOUR + span->days * 24 * TEND_HOUR + span->elapsed;
}

tend_status tend_window_parse(struct tend_text text, struct tend_window *window,
                              struct tend_error *err)
{
    const char *dots = text.len > 0 ? memmem(text.at, (size_t)text.len, "..", 2) : NULL;
    struct tend_text min = text, max = text;
    tend_status status;

    if (dots != NULL) {
        min.len = dots - text.at;
        max = (struct tend_text){ dots + 2, text.at + text.len - dots - 2 };
    }
    status = tend_span_parse(min, &window->min, err);
    if (status == TEND_OK)
        status = tend_span_parse(max, &window->max, err);
    if (status != TEND_OK)
        return tend_error_wrap(err, "\"%.*s\" is no window; write it as 2d..7d", TEND_FMT(text));
    if (length(&window->max) < length(&window->min))
        return tend_error_set(err, TEND_INVALID, "the window \"%.*s\" closes before it opens",
                              TEND_FMT(text));
    return TEND_OK;
}

int64_t tend_span_instant(const struct tend_span *span, const struct tend_zone *zone,
                          int64_t anchor)
{
    int64_t day, wall;
    struct tend_civil civil;

    if (span->months == 0 && span->days == 0)
        return anchor + span->elapsed;
    civil = tend_zone_civil(zone, anchor);
    day = tend_date_days(civil.year, civil.month, civil.day);
    wall = civil.hour * TEND_HOUR + civil.minute * TEND_MINUTE + civil.second * TEND_SECOND +
           civil.micro;
    day = tend_date_add_months(day, span->months) + span->days;
    return tend_zone_instant(zone, day, wall) + span->elapsed;
}

int64_t tend_span_day(const struct tend_span *span, const struct tend_zone *zone, int64_t anchor)
{
    return tend_zone_day(zone, tend_span_instant(span, zone, anchor));
}
