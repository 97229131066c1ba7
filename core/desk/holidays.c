/* Reads holidays and absences, and says whether a day is one of them. */
#include "desk/holidays.h"

/* The anonymous Gregorian computus (Nature, 20 April 1876). */
int64_t tend_easter(int32_t year)
{
    int32_t a = year % 19, b = year / 100, c = year % 100;
    int32_t d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
    int32_t h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4;
    int32_t l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
    int32_t sum = h + l - 7 * m + 114;

    return tend_date_days(year, sum / 31, sum % 31 + 1);
}

static bool is_it(const struct tend_holiday_item *item, int64_t day)
{
    int32_t year, month, of_month;

    if (item->form == TEND_HOLIDAY_DATE)
        return item->day == day;
    tend_date_civil(day, &year, &month, &of_month);
    if (item->form == TEND_HOLIDAY_YEARLY)
        return item->month == month && item->day == of_month;
    return item->form == TEND_HOLIDAY_EASTER && tend_easter(year) + item->day == day;
}

const char *tend_holidays_name(const struct tend_holidays *holidays, int64_t day)
{
    const char *name = NULL;

    for (int32_t i = 0; i < holidays->n; i++) {
        const struct tend_holiday_item *item = &holidays->item[i];

        if (item->form == TEND_HOLIDAY_COUNTRY && !name)
            name = tend_holidays_of((int32_t)item->day, day);
        else if (item->form != TEND_HOLIDAY_COUNTRY && is_it(item, day)) {
            if (item->worked)
                return NULL;
            name = name ? name : "";
        }
    }
    return name;
}

/* "12-25"; 29 February comes when there is one. */
static bool read_month_day(struct tend_text text, int64_t *month, int64_t *day)
{
    struct tend_text first;

    return tend_text_cut(&text, "-", &first) && first.len > 0 && first.len <= 2 &&
           first.at[0] >= '0' && first.at[0] <= '9' && text.len > 0 && text.len <= 2 &&
           text.at[0] >= '0' && text.at[0] <= '9' && tend_text_int(first, month) &&
           tend_text_int(text, day) && tend_date_valid(2024, *month, *day);
}

static bool read_easter(struct tend_text text, int64_t *after)
{
    *after = 0;
    if (!tend_text_starts(text, "easter"))
        return false;
    text = (struct tend_text){ text.at + 6, text.len - 6 };
    return text.len == 0 || ((text.at[0] == '+' || text.at[0] == '-') &&
                             tend_text_int(text, after) && *after >= -80 && *after <= 220);
}

static bool read_item(struct tend_text word, struct tend_holiday_item *item)
{
    int64_t month;

    if (tend_date_parse(word, &item->day)) {
        item->form = TEND_HOLIDAY_DATE;
    } else if (read_month_day(word, &month, &item->day)) {
        item->form = TEND_HOLIDAY_YEARLY;
        item->month = (uint8_t)month;
    } else if (read_easter(word, &item->day)) {
        item->form = TEND_HOLIDAY_EASTER;
    } else if (!item->worked && tend_holidays_country(word) >= 0) {
        item->form = TEND_HOLIDAY_COUNTRY;
        item->day = tend_holidays_country(word);
    } else {
        return false;
    }
    return true;
}

static tend_status no_holiday(struct tend_text word, struct tend_error *err)
{
    static const char *const form = "holidays are written AT (a country), 2026-12-25 (once), 12-24 "
                                    "(every year), easter+1, not 12-08";
    struct tend_buffer all = { 0 };
    bool country = word.len == 2 && (word.at[0] | 0x20) >= 'a' && (word.at[0] | 0x20) <= 'z';

    tend_holidays_countries(&all);
    if (country)
        tend_error_set(err, TEND_INVALID, "the holidays of %.*s are not known; countries are: "
                       "%.*s. Days can be given: 12-24 (every year), 2026-12-25 (once), easter+1",
                       TEND_FMT(word), TEND_FMT(tend_buffer_text(&all)));
    else
        tend_error_set(err, TEND_INVALID, "\"%.*s\" is no holiday; %s",
                       TEND_FMT(tend_text_clip(word, 40)), form);
    tend_buffer_finish(&all);
    return TEND_INVALID;
}

tend_status tend_holidays_parse(struct tend_text text, struct tend_holidays *holidays,
                                struct tend_error *err)
{
    struct tend_text word;

    holidays->n = 0;
    if (tend_text_is_nocase(tend_text_trim(text), "off"))
        return TEND_OK;
    while (tend_text_word(&text, &word)) {
        struct tend_holiday_item item = { .worked = tend_text_is(word, "not") };

        if (item.worked && !tend_text_word(&text, &word))
            return no_holiday(TEND_TEXT("not"), err);
        if (!read_item(word, &item))
            return no_holiday(word, err);
        if (holidays->n == TEND_HOLIDAYS_MOST)
            return tend_error_set(err, TEND_INVALID, "that are too many holidays: at most %d",
                                  TEND_HOLIDAYS_MOST);
        holidays->item[holidays->n++] = item;
    }
    return TEND_OK;
}

tend_status tend_away_parse(struct tend_text text, struct tend_away *away, struct tend_error *err)
{
    struct tend_text word;

    away->n = 0;
    while (tend_text_word(&text, &word)) {
        struct tend_text last = word, first;
        int64_t from, to;

        tend_text_cut(&last, "..", &first);
        if (!tend_date_parse(first, &from) ||
            !tend_date_parse(last.len > 0 ? last : first, &to))
            return tend_error_set(err, TEND_INVALID, "\"%.*s\" is no time away; it is written "
                                                     "2026-12-20..2027-01-03, or one day "
                                                     "2026-12-20; several with commas",
                                  TEND_FMT(tend_text_clip(word, 40)));
        if (to < from)
            return tend_error_set(err, TEND_INVALID, "%.*s ends before it begins",
                                  TEND_FMT(word));
        if (away->n == TEND_AWAY_MOST)
            return tend_error_set(err, TEND_INVALID, "away takes %d times at most; leave out what "
                                                     "is past", TEND_AWAY_MOST);
        away->range[away->n].from = from;
        away->range[away->n++].to = to;
    }
    return TEND_OK;
}

bool tend_away_until(const struct tend_away *away, int64_t day, int64_t *last)
{
    int64_t free = day;

    for (int32_t i = 0; i < away->n; i++) {
        if (away->range[i].from > free || away->range[i].to < free)
            continue;
        free = away->range[i].to + 1;
        i = -1;                 /* another may begin there */
    }
    *last = free - 1;
    return free > day;
}
