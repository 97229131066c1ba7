/* Recurrence as people write it: "2 weeks on mon thu", "month on last fri",
 * "year on 14 mar", "weekday", "month on 1 15 until 2027-12-31". */
#include "base/recur.h"
#include "base/text.h"

struct reading {
    struct tend_text text, rest;
    struct tend_text word;      /* empty at the end */
    struct tend_recur *rule;
    struct tend_error *err;
};

static const char *const weekday_names[] = { "monday", "tuesday",  "wednesday", "thursday",
                                             "friday", "saturday", "sunday",    NULL };
static const char *const month_names[] = { "january",   "february", "march",    "april",
                                           "may",       "june",     "july",     "august",
                                           "september", "october",  "november", "december",
                                           NULL };

static void advance(struct reading *r)
{
    do {
        if (!tend_text_word(&r->rest, &r->word))
            r->word = (struct tend_text){ "", 0 };
    } while (tend_text_is_nocase(r->word, "and"));
}

static bool is(const struct reading *r, const char *word)
{
    return tend_text_is_nocase(r->word, word);
}

static bool take(struct reading *r, const char *word)
{
    bool same = is(r, word);

    if (same)
        advance(r);
    return same;
}

static bool is_plural(struct tend_text word, const char *name)
{
    struct tend_text one = { word.at, word.len - 1 };

    return word.len > 1 && (word.at[word.len - 1] | 0x20) == 's' && tend_text_is_nocase(one, name);
}

/* "mon", "tues", "monday", "mondays": 1 for the first of the list, 0 for none. */
static int32_t named(struct tend_text word, const char *const *names)
{
    for (int32_t i = 0; names[i]; i++) {
        int64_t len = (int64_t)strlen(names[i]);

        if (is_plural(word, names[i]))
            return i + 1;
        for (int64_t k = 3; k <= len; k++) {
            char part[16];

            memcpy(part, names[i], (size_t)k);
            part[k] = '\0';
            if (tend_text_is_nocase(word, part))
                return i + 1;
        }
    }
    return 0;
}

/* 1st, second, last...; 0 for none. */
static int32_t ordinal(struct tend_text word)
{
    static const char *const words[] = { "first", "second", "third", "fourth", "fifth", NULL };
    struct tend_text digits = word, tail;
    int64_t number;

    if (tend_text_is_nocase(word, "last"))
        return -1;
    for (int32_t i = 0; words[i]; i++)
        if (tend_text_is_nocase(word, words[i]))
            return i + 1;
    if (word.len < 3)
        return 0;
    digits.len = word.len - 2;
    tail = (struct tend_text){ word.at + digits.len, 2 };
    if (!tend_text_is_nocase(tail, "st") && !tend_text_is_nocase(tail, "nd") &&
        !tend_text_is_nocase(tail, "rd") && !tend_text_is_nocase(tail, "th"))
        return 0;
    return tend_text_int(digits, &number) && number >= 1 && number <= 31 ? (int32_t)number : 0;
}

static tend_status expected(struct reading *r, const char *what)
{
    if (r->word.len > 0)
        return tend_error_set(r->err, TEND_INVALID, "\"%.*s\": expected %s at \"%.*s\"",
                              TEND_FMT(tend_text_clip(r->text, 80)), what,
                              TEND_FMT(tend_text_clip(r->word, 40)));
    return tend_error_set(r->err, TEND_INVALID, "\"%.*s\": expected %s at the end",
                          TEND_FMT(tend_text_clip(r->text, 80)), what);
}

static tend_status too_many(struct reading *r)
{
    return tend_error_set(r->err, TEND_LIMIT, "\"%.*s\" lists more than %d days",
                          TEND_FMT(tend_text_clip(r->text, 80)), TEND_RECUR_LISTED);
}

static bool add_weekday(struct tend_recur *rule, int32_t which, int32_t day)
{
    if (rule->n_weekdays == TEND_RECUR_LISTED)
        return false;
    rule->weekday[rule->n_weekdays++] = (struct tend_recur_weekday){ which, day };
    return true;
}

static bool add_weekdays(struct tend_recur *rule, int32_t first, int32_t last)
{
    bool room = true;

    for (int32_t day = first; day <= last; day++)
        room = room && add_weekday(rule, 0, day);
    return room;
}

/* 1..7, and several days under one name: 8 weekday, 9 weekend; 0 is none. */
static int32_t day_name(struct tend_text word)
{
    if (tend_text_is_nocase(word, "weekday") || tend_text_is_nocase(word, "weekdays"))
        return 8;
    if (tend_text_is_nocase(word, "weekend") || tend_text_is_nocase(word, "weekends"))
        return 9;
    return named(word, weekday_names);
}

static bool add_named(struct tend_recur *rule, int32_t name)
{
    if (name <= 7)
        return add_weekday(rule, 0, name);
    return name == 8 ? add_weekdays(rule, 1, 5) : add_weekdays(rule, 6, 7);
}

static tend_status week_days(struct reading *r)
{
    int32_t name;

    while ((name = day_name(r->word)) != 0) {
        if (!add_named(r->rule, name))
            return too_many(r);
        advance(r);
    }
    return r->rule->n_weekdays ? TEND_OK : expected(r, "weekdays, as \"week on mon thu\"");
}

/* "last fri", "2nd tue", "first weekday", "last day", "last" */
static tend_status by_ordinal(struct reading *r, int32_t which)
{
    int32_t name;

    advance(r);
    name = day_name(r->word);
    if (name == 0) {
        if (r->rule->n_days == TEND_RECUR_LISTED)
            return too_many(r);
        r->rule->day[r->rule->n_days++] = which;
        take(r, "day");
        return TEND_OK;
    }
    if (which > 5)
        return expected(r, "1st to 5th, or last, before a weekday");
    advance(r);
    if (name <= 7)
        return add_weekday(r->rule, which, name) ? TEND_OK : too_many(r);
    if (r->rule->n_weekdays > 0)
        return expected(r, "\"first weekday\" alone, without other weekdays");
    r->rule->place[r->rule->n_places++] = which;
    return add_named(r->rule, name) ? TEND_OK : too_many(r);
}

/* Days of a month: numbers, "last", "last fri"; in a year also names of months. */
static tend_status month_days(struct reading *r, bool of_year)
{
    static const char what[] = "days of a month, as \"on 1 15\", \"on 31\" or \"on last fri\"";
    struct tend_recur *rule = r->rule;
    tend_status status = TEND_OK;
    bool any = false;

    for (; status == TEND_OK && r->word.len > 0; any = true) {
        int32_t which = ordinal(r->word), month = of_year ? named(r->word, month_names) : 0;
        int64_t number;

        if (which) {
            status = by_ordinal(r, which);
        } else if (month) {
            rule->months |= UINT32_C(1) << month;
            advance(r);
        } else if (tend_text_int(r->word, &number)) {
            if (number == 0 || number > 31 || number < -31)
                return expected(r, "a day from 1 to 31");
            if (rule->n_days == TEND_RECUR_LISTED)
                return too_many(r);
            rule->day[rule->n_days++] = (int32_t)number;
            advance(r);
        } else {
            break;
        }
    }
    if (status != TEND_OK)
        return status;
    if (!any)
        return expected(r, of_year ? "a day of the year, as \"year on 14 mar\"" : what);
    if (of_year && rule->n_days > 0 && rule->months == 0)
        return expected(r, "a month with the day, as \"year on 14 mar\",");
    if (rule->n_days > 0 && rule->n_weekdays > 0)
        return tend_error_set(r->err, TEND_INVALID,
                              "\"%.*s\" has days by number and by weekday; expected one of them",
                              TEND_FMT(tend_text_clip(r->text, 80)));
    return TEND_OK;
}

static tend_status unit(struct reading *r)
{
    static const struct {
        const char *name;
        enum tend_recur_freq freq;
        int64_t each;
    } units[] = {
        { "day", TEND_RECUR_DAY, 1 },     { "daily", TEND_RECUR_DAY, 1 },
        { "week", TEND_RECUR_WEEK, 1 },   { "weekly", TEND_RECUR_WEEK, 1 },
        { "month", TEND_RECUR_MONTH, 1 }, { "monthly", TEND_RECUR_MONTH, 1 },
        { "quarter", TEND_RECUR_MONTH, 3 }, { "quarterly", TEND_RECUR_MONTH, 3 },
        { "year", TEND_RECUR_YEAR, 1 },   { "yearly", TEND_RECUR_YEAR, 1 },
    };

    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (!is(r, units[i].name) && !is_plural(r->word, units[i].name))
            continue;
        r->rule->freq = units[i].freq;
        r->rule->interval *= units[i].each;
        advance(r);
        return TEND_OK;
    }
    if (day_name(r->word)) {    /* "mon thu" is "week on mon thu" */
        r->rule->freq = TEND_RECUR_WEEK;
        return week_days(r);
    }
    return expected(r, "day, week, month, quarter, year, weekday or names of weekdays");
}

static tend_status days(struct reading *r)
{
    switch (r->rule->freq) {
    case TEND_RECUR_DAY:
        return expected(r, "no \"on\" after days; weekdays are of a week");
    case TEND_RECUR_WEEK:
        return week_days(r);
    case TEND_RECUR_MONTH:
        return month_days(r, false);
    default:
        return month_days(r, true);
    }
}

static tend_status months(struct reading *r)
{
    int32_t month;

    while ((month = named(r->word, month_names)) != 0) {
        r->rule->months |= UINT32_C(1) << month;
        advance(r);
    }
    return r->rule->months ? TEND_OK : expected(r, "names of months after \"in\"");
}

/* "else 1 mar": where a birthday of 29 February goes in other years. */
static tend_status in_other_years(struct reading *r)
{
    bool turned = named(r->word, month_names) == 3;

    if (r->rule->freq == TEND_RECUR_YEAR) {
        if (turned)
            advance(r);
        if (is(r, "1") || is(r, "1st")) {
            advance(r);
            if (turned || named(r->word, month_names) == 3) {
                if (!turned)
                    advance(r);
                r->rule->lack = TEND_RECUR_FIRST;
                return TEND_OK;
            }
        }
    }
    return expected(r, "\"year else 1 mar\": where 29 February goes in other years");
}

static tend_status ending(struct reading *r)
{
    int64_t number;

    if (take(r, "in"))
        return months(r);
    if (take(r, "else"))
        return in_other_years(r);
    if (take(r, "until")) {
        if (!tend_date_parse(r->word, &r->rule->until))
            return expected(r, "a day as 2027-12-31");
        advance(r);
        return TEND_OK;
    }
    if (tend_text_int(r->word, &number)) {
        if (number < 1 || number > TEND_RECUR_COUNT_MOST)
            return expected(r, "a number of times from 1 to 10000");
        r->rule->count = number;
        advance(r);
        if (take(r, "times") || take(r, "time"))
            return TEND_OK;
        return expected(r, "\"times\" after the number");
    }
    return expected(r, "on, in, until, else, or a number of times");
}

tend_status tend_recur_parse(struct tend_text text, struct tend_recur *rule,
                             struct tend_error *err)
{
    struct reading r = { .text = tend_text_trim(text), .rule = rule, .err = err };
    tend_status status = TEND_OK;

    if (memchr(text.at ? text.at : "", '=', (size_t)text.len) || tend_text_starts(r.text, "RRULE:"))
        return tend_recur_parse_rrule(text, rule, err);
    *rule = (struct tend_recur){ .interval = 1, .until = TEND_RECUR_NEVER, .week_start = 1,
                                 .lack = TEND_RECUR_LAST };
    r.rest = r.text;
    advance(&r);
    take(&r, "every");
    if (take(&r, "other")) {
        rule->interval = 2;
    } else if (tend_text_int(r.word, &rule->interval)) {
        if (rule->interval < 1 || rule->interval > 9999)
            return expected(&r, "a number from 1 to 9999");
        advance(&r);
    } else {
        rule->interval = 1;
    }
    status = unit(&r);
    if (status == TEND_OK && take(&r, "on"))
        status = days(&r);
    while (status == TEND_OK && r.word.len > 0)
        status = ending(&r);
    if (status == TEND_OK && rule->count && rule->until != TEND_RECUR_NEVER)
        return tend_error_set(err, TEND_INVALID, "\"%.*s\" ends twice; expected until, or times",
                              TEND_FMT(tend_text_clip(r.text, 80)));
    return status;
}
