/* Recurrence on civil days: "2 weeks on mon thu", "month on 31", "year", or the
 * text of an RRULE (RFC 5545). Days only; what time it is then is for whoever
 * asks, since a wall time means another instant in each zone. */
#ifndef TEND_BASE_RECUR_H
#define TEND_BASE_RECUR_H

#include "base/date.h"
#include "base/error.h"

#define TEND_RECUR_LISTED 16            /* entries of one list of a rule */
#define TEND_RECUR_COUNT_MOST 10000
#define TEND_RECUR_NEVER INT64_MAX      /* no such day */

enum tend_recur_freq { TEND_RECUR_DAY, TEND_RECUR_WEEK, TEND_RECUR_MONTH, TEND_RECUR_YEAR };

/* What takes the place of a day that a month lacks: nothing (as RFC 5545 has
 * it), the month's last, or the first of the next. */
enum tend_recur_lack { TEND_RECUR_SKIP, TEND_RECUR_LAST, TEND_RECUR_FIRST };

struct tend_recur_weekday {
    int32_t ordinal;            /* 0 each, 1 the first, -1 the last */
    int32_t day;                /* 1 Monday .. 7 Sunday */
};

struct tend_recur {             /* a list that is empty says nothing */
    enum tend_recur_freq freq;
    enum tend_recur_lack lack;
    int64_t interval;           /* from 1 */
    int64_t count;              /* 0: without end */
    int64_t until;              /* the last day that can be; TEND_RECUR_NEVER: without end */
    uint32_t months;            /* bit 1 January .. bit 12 December */
    int32_t week_start;         /* 1 Monday */
    int32_t n_weekdays, n_days, n_places;
    struct tend_recur_weekday weekday[TEND_RECUR_LISTED];
    int32_t day[TEND_RECUR_LISTED];     /* of the month: 1..31, -1 the last */
    int32_t place[TEND_RECUR_LISTED];   /* which of a period's days: 1.., -1 the last */
};

/* TEND_INVALID says what was expected. */
tend_status tend_recur_parse(struct tend_text text, struct tend_recur *rule,
                             struct tend_error *err);
/* The RRULE alone: "FREQ=WEEKLY;BYDAY=MO,TH". */
tend_status tend_recur_parse_rrule(struct tend_text text, struct tend_recur *rule,
                                   struct tend_error *err);
/* The first day after `after` on which a rule that is counted from `from` falls;
 * `from` is one of them if it fits. TEND_RECUR_NEVER: there is none. Takes as
 * long for the year 9000 as for tomorrow, but for a rule with a count. */
int64_t tend_recur_next(const struct tend_recur *rule, int64_t from, int64_t after);

#endif
