/* Civil dates: days since 1970-01-01 in the proleptic Gregorian calendar, and
 * texts of instants. Source of the day formulas: H. Hinnant, "chrono-
 * compatible low-level date algorithms". Years -9999 to 9999. */
#ifndef TEND_BASE_DATE_H
#define TEND_BASE_DATE_H

#include <stdbool.h>
#include <tend/types.h>

#define TEND_SECOND INT64_C(1000000)                /* microseconds */
#define TEND_MINUTE (60 * TEND_SECOND)
#define TEND_HOUR (60 * TEND_MINUTE)

struct tend_civil {             /* a wall clock, anywhere */
    int32_t year, month, day;   /* month and day from 1 */
    int32_t hour, minute, second, micro;
};

int64_t tend_date_days(int64_t year, int64_t month, int64_t day);
void tend_date_civil(int64_t days, int32_t *year, int32_t *month, int32_t *day);
int32_t tend_date_month_days(int64_t year, int64_t month);
int32_t tend_date_weekday(int64_t days);            /* 1 Monday .. 7 Sunday (ISO 8601) */
bool tend_date_valid(int64_t year, int64_t month, int64_t day);
/* Adds months; the day is clamped to the month's last (31 Jan + 1 = 28 Feb). */
int64_t tend_date_add_months(int64_t days, int64_t months);
/* "2026-12-01" to days; false if it is not one, whole. */
bool tend_date_parse(struct tend_text text, int64_t *days);
/* Writes "2026-12-01" and a NUL; at least 16 bytes. Returns out. */
char *tend_date_format(char *out, int64_t days);
/* "Sat 28 Nov", with the year when it is not that of `today_days`. 32 bytes. */
char *tend_date_words(char *out, int64_t days, int64_t today_days);
const char *tend_date_weekday_name(int32_t weekday);    /* "Mon" */
const char *tend_date_month_name(int32_t month);        /* "Jan" */
/* An instant with its offset in seconds: "2026-11-28T09:00:00+01:00" (micro-
 * seconds only when there are any; offset 0 is written "Z"). 40 bytes. */
char *tend_instant_format(char *out, int64_t instant, int32_t offset);
/* ISO 8601 with "Z" or an offset, "T" or a space; without an offset *local is
 * true and *instant is the wall time taken as UTC. A day alone is midnight,
 * local. false if it is not one, whole. */
bool tend_instant_parse(struct tend_text text, int64_t *instant, bool *local);

#endif
