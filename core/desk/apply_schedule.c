/* Effects on schedules: made, planned anew, ended. */
#include "desk/schedule.h"
#include "store/ops_person.h"
#include "store/ops_schedule.h"

#define BIT(column) (UINT64_C(1) << TEND_C_schedule_##column)
#define PLAN (BIT(rule) | BIT(from_day) | BIT(wall) | BIT(lead) | BIT(catch_up) | BIT(grace) | \
              BIT(most))

/* "09:00", as the check of effects let it pass. */
static int64_t wall_of(const char *at)
{
    struct tend_text rest = tend_text_of(at), part;
    int64_t hour = 0, minute = 0;

    if (tend_text_cut(&rest, ":", &part))
        tend_text_int(part, &hour);
    tend_text_int(rest, &minute);
    return hour * TEND_HOUR + minute * TEND_MINUTE;
}

/* A day, or a span from the event. */
static tend_status from_of(const struct tend_applying *a, const struct tend_fx_schedule *fx,
                           const struct tend_zone *zone, int64_t *day)
{
    struct tend_span span;
    tend_status status;

    *day = tend_zone_day(zone, a->cause->at);
    if (!fx->from || !fx->from[0] || tend_date_parse(tend_text_of(fx->from), day))
        return TEND_OK;
    status = tend_span_parse(tend_text_of(fx->from), &span, a->desk->err);
    if (status == TEND_OK)
        *day = tend_span_day(&span, zone, a->cause->at);
    return status;
}

/* The first slot that is not over: a day without a time of day lasts until its end.
 * Without `from` the event is the beginning, and the first comes after it. */
static int64_t first_slot(const struct tend_applying *a, const struct tend_fx_schedule *fx,
                          const struct tend_schedule *s)
{
    int64_t today = tend_zone_day(s->zone, a->deed->now), slot;
    bool named = fx->from && fx->from[0];
    int64_t after = named || s->once ? s->from - 1 : s->from;

    if (s->once)
        return s->from;
    slot = tend_schedule_next(s, after > today - 1 ? after : today - 1);
    if (slot == today && s->wall && tend_zone_instant(s->zone, slot, s->wall) < a->deed->now)
        slot = tend_schedule_next(s, slot);
    while (slot != TEND_RECUR_NEVER && s->id && tend_schedule_slot(a->desk->store, s->id, slot))
        slot = tend_schedule_next(s, slot);
    return slot;
}

static bool same(const struct tend_value *a, const struct tend_value *b, uint64_t mask)
{
    for (int32_t c = 0; c < TEND_N_schedule; c++)
        if ((mask >> c & 1) && (a[c].type != b[c].type || a[c].i != b[c].i ||
                                (a[c].type == TEND_STR && !tend_text_eq(a[c].t, b[c].t))))
            return false;
    return true;
}

static tend_status end_timer(const struct tend_applying *a, tend_id schedule)
{
    tend_id timer = tend_schedule_timer(a->desk->store, schedule);

    return timer ? tend_row_delete(a->desk->store, TEND_T_timer, timer) : TEND_OK;
}

static tend_status decide(const struct tend_applying *a, const struct tend_schedule *s,
                          int64_t slot)
{
    struct tend_buffer text = { 0 };
    char day[32];
    tend_status status;

    tend_buffer_addf(&text, "%s: ", s->key);
    tend_schedule_words(&text, s);
    if (slot == TEND_RECUR_NEVER)
        tend_buffer_addf(&text, "\nthere is no such day to come");
    else
        tend_buffer_addf(&text, "\nnext: %s, looked at ",
                         tend_date_words(day, slot, INT64_MIN / 4));
    if (slot != TEND_RECUR_NEVER)
        tend_words_moment(&text, s->zone, tend_schedule_due(s, slot));
    status = tend_deed_decide(a->desk, a->deed, s->person, a->cause, "schedule",
                              TEND_REF_SCHEDULE, s->id, tend_buffer_text(&text));
    tend_buffer_finish(&text);
    return status;
}

/* Written, now its timer: the next slot is waited for, or it is over at once. */
static tend_status plan(const struct tend_applying *a, const struct tend_fx_schedule *fx,
                        tend_id schedule)
{
    struct tend_schedule s;
    int64_t slot = 0;
    tend_status status = tend_schedule_read(a->desk, schedule, a->arena, &s);

    if (status == TEND_OK)
        status = end_timer(a, schedule);
    if (status != TEND_OK)
        return status;
    slot = first_slot(a, fx, &s);
    if (slot == TEND_RECUR_NEVER)
        status = tend_row_set(a->desk->store, TEND_T_schedule, schedule,
                              TEND_C_schedule_ended_at, tend_int(a->deed->now));
    else
        status = tend_schedule_wait(a->desk, &s, slot);
    return status == TEND_OK ? decide(a, &s, slot) : status;
}

tend_status tend_apply_schedule(const struct tend_applying *a, const struct tend_fx_schedule *fx)
{
    struct tend_store *store = a->desk->store;
    struct tend_text plugin = tend_text_of(a->cause->plugin), key = tend_text_of(fx->fx.key);
    tend_id person = fx->fx.person, known = tend_schedule_open(store, person, plugin, key);
    const struct tend_zone *zone = tend_person_zone(store, person);
    const char *catch_up = fx->catch_up && fx->catch_up[0] ? fx->catch_up : "one";
    tend_id over;
    int64_t from;
    tend_status status = from_of(a, fx, zone, &from);
    struct tend_value old[TEND_N_schedule], v[TEND_N_schedule] = {
        [TEND_C_schedule_person] = tend_ref(person),
        [TEND_C_schedule_plugin] = tend_str(plugin),
        [TEND_C_schedule_key] = tend_str(key),
        [TEND_C_schedule_rule] = tend_str(tend_text_of(fx->every)),
        [TEND_C_schedule_from_day] = tend_int(from),
        [TEND_C_schedule_wall] = tend_int(wall_of(fx->at)),
        [TEND_C_schedule_lead] = tend_str(tend_text_of(fx->lead)),
        [TEND_C_schedule_catch_up] = tend_str(tend_text_of(catch_up)),
        [TEND_C_schedule_grace] = tend_str(tend_text_of(fx->grace)),
        [TEND_C_schedule_most] = tend_ref(fx->most),
        [TEND_C_schedule_known_at] = tend_int(a->deed->now),
        [TEND_C_schedule_cause_kind] = tend_ref(a->cause->kind),
        [TEND_C_schedule_cause_id] = tend_ref(a->cause->id),
    };

    if (status != TEND_OK)
        return status;
    /* the same event once more: what was once is over */
    if (!known && !(fx->every && fx->every[0]) && a->cause->kind != TEND_REF_PERSON &&
        (over = tend_schedule_over(store, person, plugin, key, a->cause->kind, a->cause->id))) {
        status = tend_row_read(store, TEND_T_schedule, over, a->arena, old, NULL);
        if (status != TEND_OK || same(old, v, PLAN))
            return status;
    }
    if (!known) {
        status = tend_row_insert(store, TEND_T_schedule, v, &known);
        return status == TEND_OK ? plan(a, fx, known) : status;
    }
    status = tend_row_read(store, TEND_T_schedule, known, a->arena, old, NULL);
    if (status != TEND_OK || same(old, v, PLAN))
        return status;          /* asked again: it is there as it should be */
    status = tend_row_update(store, TEND_T_schedule, known,
                             PLAN | BIT(cause_kind) | BIT(cause_id), v);
    return status == TEND_OK ? plan(a, fx, known) : status;
}

tend_status tend_apply_cancel(const struct tend_applying *a, const struct tend_fx *fx)
{
    tend_id known = tend_schedule_open(a->desk->store, fx->person,
                                       tend_text_of(a->cause->plugin), tend_text_of(fx->key));
    tend_status status;

    if (!known)
        return TEND_OK;
    status = end_timer(a, known);
    if (status == TEND_OK)
        status = tend_row_set(a->desk->store, TEND_T_schedule, known, TEND_C_schedule_ended_at,
                              tend_int(a->deed->now));
    if (status != TEND_OK)
        return status;
    return tend_deed_decide(a->desk, a->deed, fx->person, a->cause, "cancel", TEND_REF_SCHEDULE,
                            known, tend_text_of(tend_arena_printf(a->arena, "%s: no more",
                                                                  fx->key)));
}
