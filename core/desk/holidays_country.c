/* Public holidays that a whole country keeps, as rules. Facts of their laws; what
 * only a region keeps is left to the user, who adds it by its date. */
#include "desk/holidays.h"

enum rule_form {
    FIXED,                      /* month, day */
    NEAREST,                    /* the same; on Sat the Friday before, on Sun the Monday after */
    MONDAY,                     /* the same; on Sat or Sun also the next weekday that is free */
    EASTER,                     /* day days after Easter Sunday */
    NTH                         /* the week-th (5: last) weekday of the month */
};

struct rule {
    char country[3];
    uint8_t form, month;
    int8_t day;
    uint8_t weekday, week;
    const char *name;
};

#define FIX(c, m, d, n) { c, FIXED, m, d, 0, 0, n }
#define NEAR(c, m, d, n) { c, NEAREST, m, d, 0, 0, n }
#define MON(c, m, d, n) { c, MONDAY, m, d, 0, 0, n }
#define EAS(c, d, n) { c, EASTER, 0, d, 0, 0, n }
#define NTHDAY(c, m, wd, w, n) { c, NTH, m, 0, wd, w, n }

/* By country. */
static const struct rule rules[] = {
    FIX("AT", 1, 1, "New Year's Day"), FIX("AT", 1, 6, "Epiphany"), EAS("AT", 1, "Easter Monday"),
    FIX("AT", 5, 1, "Labour Day"), EAS("AT", 39, "Ascension Day"), EAS("AT", 50, "Whit Monday"),
    EAS("AT", 60, "Corpus Christi"), FIX("AT", 8, 15, "Assumption Day"),
    FIX("AT", 10, 26, "National Day"), FIX("AT", 11, 1, "All Saints' Day"),
    FIX("AT", 12, 8, "Immaculate Conception"), FIX("AT", 12, 25, "Christmas Day"),
    FIX("AT", 12, 26, "Saint Stephen's Day"),

    FIX("BE", 1, 1, "New Year's Day"), EAS("BE", 1, "Easter Monday"), FIX("BE", 5, 1, "Labour Day"),
    EAS("BE", 39, "Ascension Day"), EAS("BE", 50, "Whit Monday"), FIX("BE", 7, 21, "National Day"),
    FIX("BE", 8, 15, "Assumption Day"), FIX("BE", 11, 1, "All Saints' Day"),
    FIX("BE", 11, 11, "Armistice Day"), FIX("BE", 12, 25, "Christmas Day"),

    MON("CA", 1, 1, "New Year's Day"), EAS("CA", -2, "Good Friday"), MON("CA", 7, 1, "Canada Day"),
    NTHDAY("CA", 9, 1, 1, "Labour Day"), MON("CA", 12, 25, "Christmas Day"),

    FIX("CH", 1, 1, "New Year's Day"), EAS("CH", 39, "Ascension Day"), FIX("CH", 8, 1, "National Day"),
    FIX("CH", 12, 25, "Christmas Day"),

    FIX("CZ", 1, 1, "New Year's Day"), EAS("CZ", -2, "Good Friday"), EAS("CZ", 1, "Easter Monday"),
    FIX("CZ", 5, 1, "Labour Day"), FIX("CZ", 5, 8, "Victory Day"),
    FIX("CZ", 7, 5, "Saints Cyril and Methodius Day"), FIX("CZ", 7, 6, "Jan Hus Day"),
    FIX("CZ", 9, 28, "Statehood Day"), FIX("CZ", 10, 28, "Independence Day"),
    FIX("CZ", 11, 17, "Freedom and Democracy Day"), FIX("CZ", 12, 24, "Christmas Eve"),
    FIX("CZ", 12, 25, "Christmas Day"), FIX("CZ", 12, 26, "Saint Stephen's Day"),

    FIX("DE", 1, 1, "New Year's Day"), EAS("DE", -2, "Good Friday"), EAS("DE", 1, "Easter Monday"),
    FIX("DE", 5, 1, "Labour Day"), EAS("DE", 39, "Ascension Day"), EAS("DE", 50, "Whit Monday"),
    FIX("DE", 10, 3, "German Unity Day"), FIX("DE", 12, 25, "Christmas Day"),
    FIX("DE", 12, 26, "Saint Stephen's Day"),

    FIX("DK", 1, 1, "New Year's Day"), EAS("DK", -3, "Maundy Thursday"), EAS("DK", -2, "Good Friday"),
    EAS("DK", 0, "Easter Sunday"), EAS("DK", 1, "Easter Monday"), EAS("DK", 39, "Ascension Day"),
    EAS("DK", 49, "Whit Sunday"), EAS("DK", 50, "Whit Monday"), FIX("DK", 12, 25, "Christmas Day"),
    FIX("DK", 12, 26, "Second Day of Christmas"),

    FIX("ES", 1, 1, "New Year's Day"), FIX("ES", 1, 6, "Epiphany"), EAS("ES", -2, "Good Friday"),
    FIX("ES", 5, 1, "Labour Day"), FIX("ES", 8, 15, "Assumption Day"),
    FIX("ES", 10, 12, "National Day"), FIX("ES", 11, 1, "All Saints' Day"),
    FIX("ES", 12, 6, "Constitution Day"), FIX("ES", 12, 8, "Immaculate Conception"),
    FIX("ES", 12, 25, "Christmas Day"),

    FIX("FR", 1, 1, "New Year's Day"), EAS("FR", 1, "Easter Monday"), FIX("FR", 5, 1, "Labour Day"),
    FIX("FR", 5, 8, "Victory Day"), EAS("FR", 39, "Ascension Day"), EAS("FR", 50, "Whit Monday"),
    FIX("FR", 7, 14, "National Day"), FIX("FR", 8, 15, "Assumption Day"),
    FIX("FR", 11, 1, "All Saints' Day"), FIX("FR", 11, 11, "Armistice Day"),
    FIX("FR", 12, 25, "Christmas Day"),

    MON("GB", 1, 1, "New Year's Day"), EAS("GB", -2, "Good Friday"), EAS("GB", 1, "Easter Monday"),
    NTHDAY("GB", 5, 1, 1, "Early May Bank Holiday"), NTHDAY("GB", 5, 1, 5, "Spring Bank Holiday"),
    NTHDAY("GB", 8, 1, 5, "Summer Bank Holiday"), MON("GB", 12, 25, "Christmas Day"),
    MON("GB", 12, 26, "Boxing Day"),

    FIX("HU", 1, 1, "New Year's Day"), FIX("HU", 3, 15, "National Day"), EAS("HU", -2, "Good Friday"),
    EAS("HU", 0, "Easter Sunday"), EAS("HU", 1, "Easter Monday"), FIX("HU", 5, 1, "Labour Day"),
    EAS("HU", 49, "Whit Sunday"), EAS("HU", 50, "Whit Monday"), FIX("HU", 8, 20, "State Foundation Day"),
    FIX("HU", 10, 23, "Memorial Day of 1956"), FIX("HU", 11, 1, "All Saints' Day"),
    FIX("HU", 12, 25, "Christmas Day"), FIX("HU", 12, 26, "Second Day of Christmas"),

    FIX("IE", 1, 1, "New Year's Day"), FIX("IE", 3, 17, "Saint Patrick's Day"),
    EAS("IE", 1, "Easter Monday"), NTHDAY("IE", 5, 1, 1, "May Day"),
    NTHDAY("IE", 6, 1, 1, "June Bank Holiday"), NTHDAY("IE", 8, 1, 1, "August Bank Holiday"),
    NTHDAY("IE", 10, 1, 5, "October Bank Holiday"), FIX("IE", 12, 25, "Christmas Day"),
    FIX("IE", 12, 26, "Saint Stephen's Day"),

    FIX("IT", 1, 1, "New Year's Day"), FIX("IT", 1, 6, "Epiphany"), EAS("IT", 0, "Easter Sunday"),
    EAS("IT", 1, "Easter Monday"), FIX("IT", 4, 25, "Liberation Day"), FIX("IT", 5, 1, "Labour Day"),
    FIX("IT", 6, 2, "Republic Day"), FIX("IT", 8, 15, "Assumption Day"),
    FIX("IT", 11, 1, "All Saints' Day"), FIX("IT", 12, 8, "Immaculate Conception"),
    FIX("IT", 12, 25, "Christmas Day"), FIX("IT", 12, 26, "Saint Stephen's Day"),

    FIX("LU", 1, 1, "New Year's Day"), EAS("LU", 1, "Easter Monday"), FIX("LU", 5, 1, "Labour Day"),
    FIX("LU", 5, 9, "Europe Day"), EAS("LU", 39, "Ascension Day"), EAS("LU", 50, "Whit Monday"),
    FIX("LU", 6, 23, "National Day"), FIX("LU", 8, 15, "Assumption Day"),
    FIX("LU", 11, 1, "All Saints' Day"), FIX("LU", 12, 25, "Christmas Day"),
    FIX("LU", 12, 26, "Saint Stephen's Day"),

    FIX("NO", 1, 1, "New Year's Day"), EAS("NO", -3, "Maundy Thursday"), EAS("NO", -2, "Good Friday"),
    EAS("NO", 0, "Easter Sunday"), EAS("NO", 1, "Easter Monday"), FIX("NO", 5, 1, "Labour Day"),
    FIX("NO", 5, 17, "Constitution Day"), EAS("NO", 39, "Ascension Day"),
    EAS("NO", 49, "Whit Sunday"), EAS("NO", 50, "Whit Monday"), FIX("NO", 12, 25, "Christmas Day"),
    FIX("NO", 12, 26, "Second Day of Christmas"),

    FIX("PT", 1, 1, "New Year's Day"), EAS("PT", -2, "Good Friday"), EAS("PT", 0, "Easter Sunday"),
    FIX("PT", 4, 25, "Freedom Day"), FIX("PT", 5, 1, "Labour Day"), EAS("PT", 60, "Corpus Christi"),
    FIX("PT", 6, 10, "Portugal Day"), FIX("PT", 8, 15, "Assumption Day"),
    FIX("PT", 10, 5, "Republic Day"), FIX("PT", 11, 1, "All Saints' Day"),
    FIX("PT", 12, 1, "Restoration of Independence"), FIX("PT", 12, 8, "Immaculate Conception"),
    FIX("PT", 12, 25, "Christmas Day"),

    FIX("SI", 1, 1, "New Year's Day"), FIX("SI", 1, 2, "New Year's Holiday"),
    FIX("SI", 2, 8, "Preseren Day"), EAS("SI", 0, "Easter Sunday"), EAS("SI", 1, "Easter Monday"),
    FIX("SI", 4, 27, "Resistance Day"), FIX("SI", 5, 1, "Labour Day"),
    FIX("SI", 5, 2, "Labour Day Holiday"), EAS("SI", 49, "Whit Sunday"),
    FIX("SI", 6, 25, "Statehood Day"), FIX("SI", 8, 15, "Assumption Day"),
    FIX("SI", 10, 31, "Reformation Day"), FIX("SI", 11, 1, "All Saints' Day"),
    FIX("SI", 12, 25, "Christmas Day"), FIX("SI", 12, 26, "Independence and Unity Day"),

    NEAR("US", 1, 1, "New Year's Day"), NTHDAY("US", 1, 1, 3, "Martin Luther King Day"),
    NTHDAY("US", 2, 1, 3, "Presidents' Day"), NTHDAY("US", 5, 1, 5, "Memorial Day"),
    NEAR("US", 6, 19, "Juneteenth"), NEAR("US", 7, 4, "Independence Day"),
    NTHDAY("US", 9, 1, 1, "Labor Day"), NTHDAY("US", 10, 1, 2, "Columbus Day"),
    NEAR("US", 11, 11, "Veterans Day"), NTHDAY("US", 11, 4, 4, "Thanksgiving"),
    NEAR("US", 12, 25, "Christmas Day"),
};
#define N_RULES ((int32_t)(sizeof rules / sizeof *rules))

static char upper(char c)
{
    return (char)(c >= 'a' && c <= 'z' ? c - 0x20 : c);
}

int32_t tend_holidays_country(struct tend_text code)
{
    for (int32_t i = 0; code.len == 2 && i < N_RULES; i++)
        if (rules[i].country[0] == upper(code.at[0]) && rules[i].country[1] == upper(code.at[1]))
            return i;
    return -1;
}

static bool same_country(int32_t a, int32_t b)
{
    return b < N_RULES && strcmp(rules[a].country, rules[b].country) == 0;
}

void tend_holidays_countries(struct tend_buffer *out)
{
    for (int32_t i = 0; i < N_RULES; i++)
        if (i == 0 || !same_country(i - 1, i))
            tend_buffer_addf(out, "%s%s", i ? " " : "", rules[i].country);
}

static int64_t nth(const struct rule *rule, int32_t year)
{
    int64_t first = tend_date_days(year, rule->month, 1), day;

    day = first + (rule->weekday + 7 - tend_date_weekday(first)) % 7 + 7 * (rule->week - 1);
    if (day >= first + tend_date_month_days(year, rule->month))
        day -= 7;
    return day;
}

/* The day of a rule as the law names it. */
static int64_t named_day(const struct rule *rule, int32_t year)
{
    if (rule->form == EASTER)
        return tend_easter(year) + rule->day;
    return rule->form == NTH ? nth(rule, year) : tend_date_days(year, rule->month, rule->day);
}

static int64_t kept_day(int32_t country, const struct rule *rule, int32_t year);

/* Is the day a holiday already, or kept for one that stands before this rule? */
static bool is_taken(int32_t country, const struct rule *rule, int32_t year, int64_t day)
{
    for (int32_t i = country; same_country(country, i); i++)
        if (&rules[i] != rule && (named_day(&rules[i], year) == day ||
                                  (&rules[i] < rule && kept_day(country, &rules[i], year) == day)))
            return true;
    return false;
}

/* A holiday on a weekend may be kept on another day. */
static int64_t kept_day(int32_t country, const struct rule *rule, int32_t year)
{
    int64_t day = named_day(rule, year);
    int32_t weekday = tend_date_weekday(day);

    if (rule->form == NEAREST)
        return weekday == 6 ? day - 1 : weekday == 7 ? day + 1 : day;
    if (rule->form == MONDAY && weekday > 5)
        while (tend_date_weekday(day) > 5 || is_taken(country, rule, year, day))
            day++;
    return day;
}

const char *tend_holidays_of(int32_t country, int64_t day)
{
    int32_t year, month, of_month;

    tend_date_civil(day, &year, &month, &of_month);
    for (int32_t i = country; same_country(country, i); i++) {
        const struct rule *rule = &rules[i];

        /* New Year's Day on a Saturday is kept in the old year */
        if (named_day(rule, year) == day || kept_day(country, rule, year) == day ||
            (rule->form == NEAREST && kept_day(country, rule, year + 1) == day))
            return rule->name;
    }
    return NULL;
}
