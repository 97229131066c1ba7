/* The gate's calendar: days on which nothing is planned, and windows of days
 * that keep clear of them. */
#include "desk/deed.h"
#include "desk/gate_parts.h"

enum tend_gate_shut_by tend_gate_off(const struct tend_rules *rules, int64_t day,
                                     struct tend_buffer *why, int64_t *last)
{
    const char *name;
    char words[32];

    if (tend_away_until(&rules->away, day, last)) {
        if (why)
            tend_buffer_addf(why, "away until %s", tend_date_words(words, *last, day));
        return TEND_GATE_AWAY;
    }
    *last = day;
    name = tend_holidays_name(&rules->holidays, day);
    if (name && why)
        tend_buffer_addf(why, "%s is a holiday%s%s%s", tend_date_words(words, day, day),
                         name[0] ? " (" : "", name, name[0] ? ")" : "");
    return name ? TEND_GATE_HOLIDAY : TEND_GATE_OPEN;
}

/* Why is this day shut? *last is the last day that the same reason shuts. */
static bool is_shut(const struct tend_rules *rules, int64_t day, struct tend_buffer *why,
                    int64_t *last)
{
    char words[32];

    if (tend_gate_off(rules, day, why, last) != TEND_GATE_OPEN)
        return true;
    if (rules->hours.n == 0 || tend_hours_weekday(&rules->hours, tend_date_weekday(day)))
        return false;
    if (why)
        tend_buffer_addf(why, "%s is not worked", tend_date_words(words, day, day));
    return true;
}

bool tend_gate_shut(struct tend_desk *desk, int64_t day)
{
    int64_t last;

    return is_shut(tend_rules_get(desk), day, NULL, &last);
}

#define REASONS_MOST 4          /* that are said */
#define DAYS_MOST 2000          /* that are walked: more than any settings can shut in a row */

tend_status tend_gate_day(struct tend_desk *desk, tend_id person, int64_t day,
                          struct tend_arena *arena, int64_t *open, const char **why)
{
    const struct tend_rules *rules = tend_rules_get(desk);
    struct tend_buffer all = { 0 };
    int64_t reasons = 0, last;

    (void)person;
    *open = day;
    for (int64_t i = 0; i < DAYS_MOST; i++) {
        struct tend_buffer one = { 0 };
        bool shut = is_shut(rules, *open, &one, &last);

        if (shut && reasons < REASONS_MOST)
            tend_buffer_addf(&all, "%s%s", reasons ? "; " : "", one.at);
        else if (shut && reasons == REASONS_MOST)
            tend_buffer_adds(&all, "; and so on");
        tend_buffer_finish(&one);
        if (!shut)
            break;
        reasons++;
        *open = last + 1;
    }
    *why = all.len > 0 ? tend_arena_str(arena, tend_buffer_text(&all)) : NULL;
    tend_buffer_finish(&all);
    return TEND_OK;
}

/* The last day in from..to that is not shut; from itself at the least. */
static int64_t last_open(struct tend_desk *desk, int64_t from, int64_t to)
{
    while (to > from && tend_gate_shut(desk, to))
        to--;
    return to;
}

tend_status tend_gate_window(struct tend_desk *desk, tend_id person, int64_t today,
                             struct tend_arena *arena, struct tend_gate_window *window)
{
    /* what is open already counts from today, unless it is over as well */
    int64_t from = window->closes < today || window->opens > today ? window->opens : today;
    int64_t opens = window->opens, closes = window->closes, first, own;
    const char *why, *own_why;
    tend_status status = tend_gate_day(desk, person, from, arena, &first, &why);

    window->why = NULL;
    if (status == TEND_OK)
        status = tend_gate_day(desk, person, opens, arena, &own, &own_why);
    if (status != TEND_OK)
        return status;
    if (first > closes) {       /* no day of it is left: as long as it was, from the next on */
        window->opens = first;
        window->closes = last_open(desk, first, first + (closes - from));
        window->why = why;
        return TEND_OK;
    }
    window->opens = own;
    window->closes = last_open(desk, own, closes);
    if (window->opens != opens)
        window->why = own_why;
    else if (window->closes != closes)
        status = tend_gate_day(desk, person, window->closes + 1, arena, &first, &window->why);
    return status;
}
