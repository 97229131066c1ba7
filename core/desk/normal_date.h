/* Dates as people and programs write them, as ISO 8601. */
#ifndef TEND_DESK_NORMAL_DATE_H
#define TEND_DESK_NORMAL_DATE_H

#include "base/text.h"

/* What stands first in 3/4/1990; a column tells it by its other values. */
enum tend_date_order { TEND_DATE_UNKNOWN, TEND_DATE_DAY_FIRST, TEND_DATE_MONTH_FIRST };

enum tend_date_is {
    TEND_DATE_NONE,   /* not a date */
    TEND_DATE_READ,   /* written to out */
    TEND_DATE_UNSURE, /* day or month first? */
    TEND_DATE_SERIAL, /* a spreadsheet's count of days */
};

#define TEND_DATE_ISO 40

/* "12 Mar 2024", "7-Feb-22", "--03-15", "15.3.1990", "3/15/1990", "1990年3月15日".
 * Years of two digits are the latest that are not after today (days since 1970).
 * Without a year: "--03-15". order is for those that can be read in two ways. */
enum tend_date_is tend_date_read(struct tend_text text, enum tend_date_order order, int64_t today,
                                 char out[TEND_DATE_ISO]);
/* What this value tells of its column; unknown where it can be read in both. */
enum tend_date_order tend_date_tells(struct tend_text text);
/* What a country writes: month first in the United States and few others; unknown
 * for an empty one and for Canada. */
enum tend_date_order tend_date_of_region(struct tend_text region);

#endif
