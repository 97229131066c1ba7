/* Recurrence as calendars write it: the RRULE of RFC 5545, its days alone. */
#include "base/recur.h"
#include "base/text.h"

static const char *const freqs[] = { "DAILY", "WEEKLY", "MONTHLY", "YEARLY", NULL };
static const char *const weekdays[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU", NULL };

static int32_t place_of(struct tend_text word, const char *const *words)
{
    for (int32_t i = 0; words[i]; i++)
        if (tend_text_is_nocase(word, words[i]))
            return i;
    return -1;
}

static tend_status refuse(struct tend_text name, struct tend_text value, const char *expected,
                          struct tend_error *err)
{
    return tend_error_set(err, TEND_INVALID, "%.*s=%.*s is no part of an RRULE; expected %s",
                          TEND_FMT(tend_text_clip(name, 40)), TEND_FMT(tend_text_clip(value, 40)),
                          expected);
}

/* Numbers from 1 to most, and from the end with a minus. */
static bool numbers(struct tend_text list, int32_t most, int32_t *out, int32_t *n)
{
    struct tend_text word;

    *n = 0;
    while (tend_text_cut(&list, ",", &word)) {
        int64_t number;

        if (*n == TEND_RECUR_LISTED || !tend_text_int(word, &number) || number == 0 ||
            number > most || number < -most)
            return false;
        out[(*n)++] = (int32_t)number;
    }
    return *n > 0;
}

static bool months(struct tend_text list, uint32_t *out)
{
    int32_t number[TEND_RECUR_LISTED], n;

    if (!numbers(list, 12, number, &n))
        return false;
    for (int32_t i = 0; i < n; i++) {
        if (number[i] < 0)
            return false;
        *out |= UINT32_C(1) << number[i];
    }
    return true;
}

/* MO, 2TU, -1FR */
static bool by_day(struct tend_text list, struct tend_recur *rule)
{
    struct tend_text word;

    rule->n_weekdays = 0;
    while (tend_text_cut(&list, ",", &word)) {
        struct tend_recur_weekday *out = &rule->weekday[rule->n_weekdays];
        struct tend_text name = word, ordinal = word;
        int64_t number = 0;

        if (rule->n_weekdays == TEND_RECUR_LISTED || word.len < 2)
            return false;
        name.at += word.len - 2;
        name.len = 2;
        ordinal.len -= 2;
        if (ordinal.len > 0 &&
            (!tend_text_int(ordinal, &number) || number == 0 || number > 53 || number < -53))
            return false;
        out->ordinal = (int32_t)number;
        out->day = place_of(name, weekdays) + 1;
        if (out->day == 0)
            return false;
        rule->n_weekdays++;
    }
    return rule->n_weekdays > 0;
}

/* 20271231, 20271231T235959Z; the day counts. */
static bool until(struct tend_text value, int64_t *day)
{
    char date[16];

    if (value.len < 8 || (value.len > 8 && value.at[8] != 'T'))
        return false;
    memcpy(date, value.at, 4);
    date[4] = date[7] = '-';
    memcpy(date + 5, value.at + 4, 2);
    memcpy(date + 8, value.at + 6, 2);
    return tend_date_parse((struct tend_text){ date, 10 }, day);
}

static tend_status part(struct tend_text name, struct tend_text value, struct tend_recur *rule,
                        struct tend_error *err)
{
    int32_t number;

    if (tend_text_is_nocase(name, "FREQ")) {
        number = place_of(value, freqs);
        if (number < 0)
            return refuse(name, value, "DAILY, WEEKLY, MONTHLY or YEARLY", err);
        rule->freq = (enum tend_recur_freq)number;
    } else if (tend_text_is_nocase(name, "INTERVAL")) {
        if (!tend_text_int(value, &rule->interval) || rule->interval < 1 || rule->interval > 9999)
            return refuse(name, value, "a number from 1 to 9999", err);
    } else if (tend_text_is_nocase(name, "COUNT")) {
        if (!tend_text_int(value, &rule->count) || rule->count < 1 ||
            rule->count > TEND_RECUR_COUNT_MOST)
            return refuse(name, value, "a number from 1 to 10000", err);
    } else if (tend_text_is_nocase(name, "UNTIL")) {
        if (!until(value, &rule->until))
            return refuse(name, value, "a day as 20271231", err);
    } else if (tend_text_is_nocase(name, "BYDAY")) {
        if (!by_day(value, rule))
            return refuse(name, value, "weekdays as MO,TH or 2TU or -1FR, at most 16", err);
    } else if (tend_text_is_nocase(name, "BYMONTHDAY")) {
        if (!numbers(value, 31, rule->day, &rule->n_days))
            return refuse(name, value, "days as 1,15 or -1, at most 16", err);
    } else if (tend_text_is_nocase(name, "BYMONTH")) {
        if (!months(value, &rule->months))
            return refuse(name, value, "months as 3,11", err);
    } else if (tend_text_is_nocase(name, "BYSETPOS")) {
        if (!numbers(value, 366, rule->place, &rule->n_places))
            return refuse(name, value, "places as 1 or -1, at most 16", err);
    } else if (tend_text_is_nocase(name, "WKST")) {
        rule->week_start = place_of(value, weekdays) + 1;
        if (rule->week_start == 0)
            return refuse(name, value, "a weekday as MO", err);
    } else if (tend_text_is_nocase(name, "SKIP")) {     /* RFC 7529 */
        if (tend_text_is_nocase(value, "OMIT"))
            rule->lack = TEND_RECUR_SKIP;
        else if (tend_text_is_nocase(value, "BACKWARD"))
            rule->lack = TEND_RECUR_LAST;
        else
            return refuse(name, value, "OMIT or BACKWARD", err);
    } else if (!tend_text_is_nocase(name, "RSCALE") || !tend_text_is_nocase(value, "GREGORIAN")) {
        return refuse(name, value, "FREQ INTERVAL COUNT UNTIL BYDAY BYMONTHDAY BYMONTH BYSETPOS "
                                   "WKST or SKIP",
                      err);
    }
    return TEND_OK;
}

/* What has no meaning, or one that RFC 5545 forbids. */
static tend_status whole(const struct tend_recur *rule, struct tend_error *err)
{
    bool by_ordinal = false;

    for (int32_t i = 0; i < rule->n_weekdays; i++)
        by_ordinal = by_ordinal || rule->weekday[i].ordinal != 0;
    if (by_ordinal && rule->freq < TEND_RECUR_MONTH)
        return tend_error_set(err, TEND_INVALID,
                              "weekdays with a number, as 2TU, are of months and years; expected "
                              "BYDAY=TU, or FREQ=MONTHLY");
    if (rule->freq == TEND_RECUR_WEEK && rule->n_days > 0)
        return tend_error_set(err, TEND_INVALID,
                              "a week has no BYMONTHDAY; expected BYDAY, or FREQ=MONTHLY");
    if (rule->n_places > 0 && rule->n_weekdays == 0 && rule->n_days == 0 && rule->months == 0)
        return tend_error_set(err, TEND_INVALID,
                              "BYSETPOS chooses among days; expected BYDAY or BYMONTHDAY too");
    if (rule->count && rule->until != TEND_RECUR_NEVER)
        return tend_error_set(err, TEND_INVALID, "a rule has a COUNT or an UNTIL, not both");
    return TEND_OK;
}

tend_status tend_recur_parse_rrule(struct tend_text text, struct tend_recur *rule,
                                   struct tend_error *err)
{
    struct tend_text rest = tend_text_trim(text), word, name;
    bool has_freq = false;

    *rule = (struct tend_recur){ .interval = 1, .until = TEND_RECUR_NEVER, .week_start = 1 };
    if (tend_text_starts(rest, "RRULE:")) {
        rest.at += 6;
        rest.len -= 6;
    }
    while (tend_text_cut(&rest, ";", &word)) {
        struct tend_text value = word;
        tend_status status;

        if (!tend_text_cut(&value, "=", &name) || value.len == 0)
            return refuse(word, (struct tend_text){ "", 0 }, "NAME=VALUE, as FREQ=WEEKLY", err);
        has_freq = has_freq || tend_text_is_nocase(name, "FREQ");
        status = part(name, tend_text_trim(value), rule, err);
        if (status != TEND_OK)
            return status;
    }
    if (!has_freq)
        return tend_error_set(err, TEND_INVALID,
                              "an RRULE needs FREQ, as FREQ=WEEKLY;BYDAY=MO,TH");
    return whole(rule, err);
}
