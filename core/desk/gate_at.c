/* The gate at an instant: whether it is open, else from when, and why, one
 * reason after the other. */
#include "base/text.h"
#include "desk/deed.h"
#include "desk/gate_parts.h"

#define STEPS_MOST 1000         /* nothing suits for more than a year */

struct looking {
    struct tend_desk *desk;
    const struct tend_rules *rules;
    struct tend_gate_person person;
    struct tend_arena *arena;
};

struct closed {                 /* why an instant is shut, and until when at least */
    enum tend_gate_shut_by by;
    const struct tend_zone *zone;
    int64_t until, day;
};

static struct closed shut(enum tend_gate_shut_by by, const struct tend_zone *zone, int64_t until)
{
    return (struct closed){ .by = by, .zone = zone, .until = until };
}

/* Does this one reason shut the instant? Then *why says until when at least. */
static bool shuts(const struct looking *l, enum tend_gate_shut_by by, int64_t at,
                  struct closed *why)
{
    const struct tend_zone *own = tend_store_zone(l->desk->store);
    const struct tend_gate_person *p = &l->person;
    int64_t day = tend_zone_day(own, at), last;

    if (by == TEND_GATE_AWAY || by == TEND_GATE_HOLIDAY) {
        if (tend_gate_off(l->rules, day, NULL, &last) != by)
            return false;
        *why = shut(by, own, tend_zone_instant(own, last + 1, 0));
        why->day = day;
        return true;
    }
    if (by == TEND_GATE_HOURS) {
        *why = shut(by, own, tend_hours_change(&l->rules->hours, own, at));
        return l->rules->hours.n > 0 && !tend_hours_has(&l->rules->hours, own, at);
    }
    for (int64_t i = 0; i < p->n_zones; i++) {
        const struct tend_hours *hours = by == TEND_GATE_QUIET ? &p->quiet : &p->hours;

        if (hours->n > 0 &&
            tend_hours_has(hours, p->zone[i], at) == (by == TEND_GATE_QUIET)) {
            *why = shut(by, p->zone[i], tend_hours_change(hours, p->zone[i], at));
            return true;
        }
    }
    return false;
}

/* What shuts this instant first, for as long as that goes on: quiet hours are one
 * night, not two days, and where several zones count, over in the last of them. */
static struct closed look_at(const struct looking *l, int64_t at)
{
    static const enum tend_gate_shut_by order[] = {
        TEND_GATE_AWAY, TEND_GATE_HOLIDAY, TEND_GATE_TIMES, TEND_GATE_QUIET, TEND_GATE_HOURS,
    };
    struct closed why = shut(TEND_GATE_OPEN, NULL, at), more;
    size_t i = 0;

    while (i < sizeof order / sizeof *order && !shuts(l, order[i], at, &why))
        i++;
    if (i == sizeof order / sizeof *order)
        return shut(TEND_GATE_OPEN, NULL, at);
    for (int steps = 0; order[i] < TEND_GATE_AWAY && steps < STEPS_MOST &&
                        shuts(l, order[i], why.until, &more);
         steps++) {
        why.zone = more.zone;
        why.until = more.until;
    }
    return why;
}

static void add_time(struct tend_buffer *out, const struct tend_zone *zone, int64_t at,
                     int64_t today)
{
    struct tend_civil c = tend_zone_civil(zone, at);
    int64_t day = tend_zone_day(zone, at);
    char words[32];

    if (day != today)
        tend_buffer_addf(out, "%s ", tend_date_words(words, day, today));
    tend_buffer_addf(out, "%02d:%02d", c.hour, c.minute);
}

/* "21:40 there: quiet until Fri 27 Nov 08:00 (Europe/Vienna)" */
static const char *words_of(const struct looking *l, int64_t at, const struct closed *why)
{
    static const char *const what[] = {
        [TEND_GATE_QUIET] = "quiet",
        [TEND_GATE_TIMES] = "outside of their good times",
        [TEND_GATE_HOURS] = "outside of your hours",
    };
    struct tend_buffer out = { 0 };
    int64_t today = tend_zone_day(why->zone, at), last;
    const char *text;

    if (why->by == TEND_GATE_AWAY || why->by == TEND_GATE_HOLIDAY) {
        tend_gate_off(l->rules, why->day, &out, &last);
    } else {
        add_time(&out, why->zone, at, today);
        tend_buffer_addf(&out, "%s: %s until ", why->by == TEND_GATE_HOURS ? "" : " there",
                         what[why->by]);
        add_time(&out, why->zone, why->until, today);
        if (why->by != TEND_GATE_HOURS)
            tend_buffer_addf(&out, " (%s%s%s)", tend_zone_name(why->zone),
                             l->person.by ? ", " : "", l->person.by ? l->person.by : "");
    }
    text = tend_arena_str(l->arena, tend_buffer_text(&out));
    tend_buffer_finish(&out);
    return text;
}

static tend_status marked(struct tend_desk *desk, tend_id person, struct tend_text channel,
                          struct tend_arena *arena, struct tend_gate_moment *moment)
{
    struct tend_gate_answer answer;
    tend_status status = tend_gate_marked(desk, person, channel, arena, &answer);

    if (status == TEND_OK && !answer.open) {
        moment->open = false;
        moment->never = true;
        moment->by = TEND_GATE_DNC;
        moment->reason[moment->n++] = answer.why;
    }
    return status;
}

tend_status tend_gate_at(struct tend_desk *desk, tend_id person, struct tend_text channel,
                         int64_t instant, struct tend_arena *arena,
                         struct tend_gate_moment *moment)
{
    struct looking l = { .desk = desk, .rules = tend_rules_get(desk), .arena = arena };
    int64_t steps = 0;
    tend_status status;

    *moment = (struct tend_gate_moment){ .open = true, .from = instant };
    status = marked(desk, person, channel, arena, moment);
    if (status != TEND_OK || moment->never)
        return status;
    status = tend_gate_person(desk, person, arena, &l.person);
    while (status == TEND_OK && steps++ < STEPS_MOST) {
        struct closed why = look_at(&l, moment->from);

        if (why.by == TEND_GATE_OPEN)
            return TEND_OK;
        if (moment->open) {
            moment->open = false;
            moment->by = why.by;
            moment->zone = why.zone;
            moment->until = why.until;
        }
        if (moment->n < TEND_GATE_REASONS)
            moment->reason[moment->n++] = words_of(&l, moment->from, &why);
        moment->from = why.until;
    }
    moment->never = status == TEND_OK;
    return status;
}

tend_status tend_gate_quiet(struct tend_desk *desk, tend_id person, int64_t instant,
                            struct tend_arena *arena, struct tend_gate_moment *moment)
{
    struct looking l = { .desk = desk, .rules = tend_rules_get(desk), .arena = arena };
    tend_status status = tend_gate_person(desk, person, arena, &l.person);
    struct closed why;

    *moment = (struct tend_gate_moment){ .open = true, .from = instant };
    for (int steps = 0; status == TEND_OK && steps < STEPS_MOST; steps++) {
        if (!shuts(&l, TEND_GATE_TIMES, moment->from, &why) &&
            !shuts(&l, TEND_GATE_QUIET, moment->from, &why))
            break;
        if (moment->open)
            moment->by = why.by;
        moment->open = false;
        moment->zone = why.zone;
        moment->from = moment->until = why.until;
    }
    if (status == TEND_OK && !moment->open) {
        why = shut(moment->by, moment->zone, moment->from);
        moment->reason[moment->n++] = words_of(&l, instant, &why);
    }
    return status;
}
