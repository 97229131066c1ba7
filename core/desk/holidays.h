/* Days of the calendar on which nobody works: holidays by name of a country, by
 * date, by their distance from Easter; and the time when the user is away.
 *
 *     AT, 12-24, 2026-12-25, easter+1, not 12-08      2026-12-20..2027-01-03 */
#ifndef TEND_DESK_HOLIDAYS_H
#define TEND_DESK_HOLIDAYS_H

#include "base/date.h"
#include "base/error.h"
#include "base/text.h"

#define TEND_HOLIDAYS_MOST 64
#define TEND_AWAY_MOST 32

enum tend_holiday_form {
    TEND_HOLIDAY_COUNTRY,       /* all of a country's: day is its place in the table */
    TEND_HOLIDAY_DATE,          /* once: day */
    TEND_HOLIDAY_YEARLY,        /* month and day */
    TEND_HOLIDAY_EASTER         /* day days after Easter Sunday (of the West) */
};

struct tend_holidays {
    int32_t n;
    struct tend_holiday_item {
        uint8_t form;
        bool worked;            /* "not 12-08": it is a holiday, but not for the user */
        uint8_t month;
        int64_t day;
    } item[TEND_HOLIDAYS_MOST];
};

struct tend_away {
    int32_t n;
    struct {
        int64_t from, to;       /* days, both included */
    } range[TEND_AWAY_MOST];
};

/* TEND_INVALID says what was expected. Empty gives none. */
tend_status tend_holidays_parse(struct tend_text text, struct tend_holidays *holidays,
                                struct tend_error *err);
/* Is the day one? Its name, or "" where it was given by its date; else NULL. */
const char *tend_holidays_name(const struct tend_holidays *holidays, int64_t day);
int64_t tend_easter(int32_t year);

/* The place of a country in the table; -1. */
int32_t tend_holidays_country(struct tend_text code);
/* The name of the country's holiday on this day; NULL. */
const char *tend_holidays_of(int32_t country, int64_t day);
/* "AT AU ..." */
void tend_holidays_countries(struct tend_buffer *out);

tend_status tend_away_parse(struct tend_text text, struct tend_away *away, struct tend_error *err);
/* The last day of being away that began on or before `day`; false if not away.
 * Ranges that touch are one. */
bool tend_away_until(const struct tend_away *away, int64_t day, int64_t *last);

#endif
