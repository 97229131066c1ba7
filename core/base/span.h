/* Spans of time as people and plugins write them, and windows made of two.
 *
 * `3d` is three local days, `2w` fourteen, `1m` a calendar month (clamped),
 * `1y` a year; `72h` and `30min` are elapsed time. A window is "min..max", or
 * one span for both ends. */
#ifndef TEND_BASE_SPAN_H
#define TEND_BASE_SPAN_H

#include "base/zone.h"

struct tend_span {              /* days and months of the calendar, then elapsed time */
    int64_t months, days;
    int64_t elapsed;            /* microseconds */
};

struct tend_window {
    struct tend_span min, max;
};

/* All of it, with an optional sign; else TEND_INVALID, saying what was expected. */
tend_status tend_span_parse(struct tend_text text, struct tend_span *span, struct tend_error *err);
tend_status tend_window_parse(struct tend_text text, struct tend_window *window,
                              struct tend_error *err);
/* The local day on which a span from an instant ends. */
int64_t tend_span_day(const struct tend_span *span, const struct tend_zone *zone, int64_t anchor);
/* The instant at which it ends: same wall time for days, then elapsed time. */
int64_t tend_span_instant(const struct tend_span *span, const struct tend_zone *zone,
                          int64_t anchor);

#endif
