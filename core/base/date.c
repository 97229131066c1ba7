/* Arithmetic of civil days. Every result stays within the years -9999 to 9999,
 * so that a number typed with too many digits cannot overflow anything. */
#include "base/date.h"

#define YEAR_FIRST (-9999)
#define YEAR_LAST 9999

static int64_t clamp(int64_t value, int64_t low, int64_t high)
{
    return value < low ? low : value > high ? high : value;
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static bool leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Both formulas count years from March, so that the leap day is the last, and
 * days from 0000-03-01 in eras of 400 years. */
int64_t tend_date_days(int64_t year, int64_t month, int64_t day)
{
    int64_t y = year - (month <= 2);
    int64_t era = floor_div(y, 400), year_of_era = y - era * 400;
    int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;

    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           719468;
}

void tend_date_civil(int64_t days, int32_t *year, int32_t *month, int32_t *day)
{
    int64_t z =
        clamp(days, tend_date_days(YEAR_FIRST, 1, 1), tend_date_days(YEAR_LAST, 12, 31)) + 719468;
    int64_t era = floor_div(z, 146097), day_of_era = z - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t from_march = (5 * day_of_year + 2) / 153;

    *day = (int32_t)(day_of_year - (153 * from_march + 2) / 5 + 1);
    *month = (int32_t)(from_march < 10 ? from_march + 3 : from_march - 9);
    *year = (int32_t)(year_of_era + era * 400 + (*month <= 2));
}

int32_t tend_date_month_days(int64_t year, int64_t month)
{
    static const int8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    if (month < 1 || month > 12)
        return 0;
    return days[month - 1] + (month == 2 && leap(year));
}

int32_t tend_date_weekday(int64_t days)
{
    int64_t from_monday = (days % 7 + 3) % 7; /* 1970-01-01 was a Thursday */

    return (int32_t)(from_monday < 0 ? from_monday + 8 : from_monday + 1);
}

bool tend_date_valid(int64_t year, int64_t month, int64_t day)
{
    return year >= YEAR_FIRST && year <= YEAR_LAST && month >= 1 && month <= 12 && day >= 1 &&
           day <= tend_date_month_days(year, month);
}

int64_t tend_date_add_months(int64_t days, int64_t months)
{
    const int64_t first = YEAR_FIRST * 12, last = YEAR_LAST * 12 + 11;
    int32_t year, month, day;
    int64_t count, length;

    tend_date_civil(days, &year, &month, &day);
    count = (int64_t)year * 12 + month - 1;
    count = clamp(count + clamp(months, first - last, last - first), first, last);
    year = (int32_t)floor_div(count, 12);
    month = (int32_t)(count - (int64_t)year * 12 + 1);
    length = tend_date_month_days(year, month);
    return tend_date_days(year, month, day < length ? day : length);
}

const char *tend_date_weekday_name(int32_t weekday)
{
    static const char *const names[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };

    return weekday >= 1 && weekday <= 7 ? names[weekday - 1] : "?";
}

const char *tend_date_month_name(int32_t month)
{
    static const char *const names[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

    return month >= 1 && month <= 12 ? names[month - 1] : "?";
}
