/* The kinds of words that times are made of; for time.c alone. Each reader says
 * how many words it took (0: not mine) and fills the parts, or their trouble. */
#ifndef TEND_SHELL_TIME_WORDS_H
#define TEND_SHELL_TIME_WORDS_H

#include "shell/time.h"

enum tend_day_kind {
    TEND_DAY_NONE,
    TEND_DAY_FROM_TODAY,    /* months, then days on */
    TEND_DAY_ABSOLUTE,      /* days since 1970 */
    TEND_DAY_WEEKDAY,       /* the nearest on this side of today */
    TEND_DAY_WEEK,          /* a weekday of the week that is `days` weeks on */
    TEND_DAY_MONTH_END,     /* of `month`, 0 this one */
    TEND_DAY_MONTH_DAY      /* month and day without a year */
};

struct tend_when_parts {
    const struct tend_when_ask *ask;
    enum tend_day_kind kind;
    int64_t days, months;
    int32_t weekday, month, day;
    int64_t wall;               /* < 0: none */
    bool exact;                 /* an instant: now, +72h, 2026-12-01T15:00Z */
    bool relative, local;       /* counted from now; a wall time */
    int64_t instant;
    char trouble[160];          /* understood, and impossible: "there is no 31 Feb" */
};

int64_t tend_when_day_word(struct tend_when_parts *parts, const struct tend_text *w, int64_t n);
int64_t tend_when_weekday(struct tend_when_parts *parts, const struct tend_text *w, int64_t n);
int64_t tend_when_next(struct tend_when_parts *parts, const struct tend_text *w, int64_t n);
int64_t tend_when_in(struct tend_when_parts *parts, const struct tend_text *w, int64_t n);
int64_t tend_when_ago(struct tend_when_parts *parts, const struct tend_text *w, int64_t n);
int64_t tend_when_iso(struct tend_when_parts *parts, const struct tend_text *w, int64_t n);
int64_t tend_when_month_day(struct tend_when_parts *parts, const struct tend_text *w, int64_t n);
int64_t tend_when_numbers(struct tend_when_parts *parts, const struct tend_text *w, int64_t n);
int64_t tend_when_span(struct tend_when_parts *parts, const struct tend_text *w, int64_t n);
int64_t tend_when_wall(struct tend_when_parts *parts, const struct tend_text *w, int64_t n);
const char *tend_when_nearest(struct tend_text word);

#endif
