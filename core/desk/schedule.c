/* What is due of a schedule: which of its days still matter, and when the next is. */
#include "desk/schedule.h"
#include "store/ops_person.h"
#include "store/ops_schedule.h"

#define NAMED 10                /* days let go that are named, of very many */
#define MOST 64                 /* days answered at once */

static const char *text_of(struct tend_arena *arena, const struct tend_value *value)
{
    return value->type == TEND_STR ? tend_arena_str(arena, value->t) : NULL;
}

tend_status tend_schedule_read(struct tend_desk *desk, tend_id schedule, struct tend_arena *arena,
                               struct tend_schedule *s)
{
    struct tend_value v[TEND_N_schedule];
    tend_status status = tend_row_read(desk->store, TEND_T_schedule, schedule, arena, v, NULL);

    if (status != TEND_OK)
        return status;
    *s = (struct tend_schedule){
        .id = schedule,
        .person = v[TEND_C_schedule_person].i,
        .plugin = text_of(arena, &v[TEND_C_schedule_plugin]),
        .key = text_of(arena, &v[TEND_C_schedule_key]),
        .every = text_of(arena, &v[TEND_C_schedule_rule]),
        .lead_text = text_of(arena, &v[TEND_C_schedule_lead]),
        .catch_up = text_of(arena, &v[TEND_C_schedule_catch_up]),
        .grace = text_of(arena, &v[TEND_C_schedule_grace]),
        .from = v[TEND_C_schedule_from_day].i,
        .wall = v[TEND_C_schedule_wall].i,
        .most = v[TEND_C_schedule_most].i,
        .zone = tend_person_zone(desk->store, v[TEND_C_schedule_person].i),
        .cause_kind = (enum tend_ref_kind)v[TEND_C_schedule_cause_kind].i,
        .cause_id = v[TEND_C_schedule_cause_id].i,
        .ended = v[TEND_C_schedule_ended_at].type != TEND_NULL,
    };
    s->once = !s->every;
    if (s->every)
        status = tend_recur_parse(tend_text_of(s->every), &s->rule, desk->err);
    if (status == TEND_OK && s->lead_text)
        status = tend_span_parse(tend_text_of(s->lead_text), &s->lead, desk->err);
    return status;
}

int64_t tend_schedule_next(const struct tend_schedule *s, int64_t after)
{
    if (s->once)
        return after < s->from ? s->from : TEND_RECUR_NEVER;
    return tend_recur_next(&s->rule, s->from, after);
}

int64_t tend_schedule_due(const struct tend_schedule *s, int64_t slot)
{
    int64_t day = tend_date_add_months(slot, -s->lead.months) - s->lead.days;

    return tend_zone_instant(s->zone, day, s->wall) - s->lead.elapsed;
}

tend_status tend_schedule_wait(struct tend_desk *desk, const struct tend_schedule *s,
                               int64_t slot)
{
    struct tend_arena arena = { 0 };
    struct tend_timer_ask ask = {
        .person = s->person,
        .plugin = s->plugin,
        .event = tend_arena_printf(&arena, "%s.%s", s->plugin, s->key),
        .due_at = tend_schedule_due(s, slot),
        .cause_kind = TEND_REF_SCHEDULE,
        .cause_id = s->id,
        .schedule = s->id,
        .slot = slot,
    };
    tend_status status = tend_timer_add(desk->store, &ask, NULL);

    tend_arena_finish(&arena);
    return status;
}

void tend_schedule_words(struct tend_buffer *out, const struct tend_schedule *s)
{
    char day[32];

    tend_buffer_addf(out, "%s%s%s", s->once ? "once, on " : "every ", s->once ? "" : s->every,
                     s->once ? "" : " from ");
    tend_buffer_addf(out, "%s", tend_date_words(day, s->from, INT64_MIN / 4));
    if (s->wall)
        tend_buffer_addf(out, " at %02d:%02d", (int)(s->wall / TEND_HOUR),
                         (int)(s->wall % TEND_HOUR / TEND_MINUTE));
    if (s->lead_text)
        tend_buffer_addf(out, ", %s ahead", s->lead_text);
}

/* --- when it is due ------------------------------------------------------ */

struct firing {
    struct tend_desk *desk;
    struct tend_deed *deed;
    struct tend_schedule s;
    struct tend_span grace;
    bool has_grace;
    int64_t keeps;              /* the newest that still matter, at most so many */
    int64_t slot[MOST];         /* those, a ring */
    int64_t n;                  /* that were put in it */
    struct tend_buffer gone;    /* named, one after the other */
    int64_t n_gone;
};

static void let_go(struct firing *f, int64_t slot)
{
    char day[32];

    if (f->n_gone++ < NAMED)
        tend_buffer_addf(&f->gone, "%s%s", f->n_gone > 1 ? ", " : "",
                         tend_date_words(day, slot, INT64_MIN / 4));
}

/* One that was missed: does it still matter? */
static void pass(struct firing *f, int64_t slot)
{
    int64_t due = tend_schedule_due(&f->s, slot);

    if (f->has_grace && tend_span_instant(&f->grace, f->s.zone, due) < f->deed->now) {
        let_go(f, slot);
        return;
    }
    if (f->n >= f->keeps)
        let_go(f, f->slot[f->n % f->keeps]);
    f->slot[f->n++ % f->keeps] = slot;
}

static tend_status write_gone(struct firing *f)
{
    struct tend_cause cause = { .plugin = f->s.plugin, .kind = f->s.cause_kind,
                                .id = f->s.cause_id };
    struct tend_buffer text = { 0 };
    tend_status status;

    if (f->n_gone == 0)
        return TEND_OK;
    tend_buffer_addf(&text, "%s: let go %s", f->s.key, f->gone.at);
    if (f->n_gone > NAMED)
        tend_buffer_addf(&text, " and %lld more", (long long)(f->n_gone - NAMED));
    tend_buffer_addf(&text, "\ncatch up: %s", f->s.catch_up);
    if (f->s.grace)
        tend_buffer_addf(&text, ", what is later than %s is let go", f->s.grace);
    status = tend_deed_decide(f->desk, f->deed, f->s.person, &cause, "let_go", TEND_REF_SCHEDULE,
                              f->s.id, tend_buffer_text(&text));
    tend_buffer_finish(&text);
    return status;
}

/* The slot is a fact from now on; asked once more, it has been answered. */
static tend_status raise(struct firing *f, const char *event, int64_t slot)
{
    int64_t due = tend_schedule_due(&f->s, slot), now = f->deed->now;
    struct tend_value v[TEND_N_slot] = {
        [TEND_C_slot_person] = tend_ref(f->s.person),
        [TEND_C_slot_schedule] = tend_ref(f->s.id),
        [TEND_C_slot_day] = tend_int(slot),
        [TEND_C_slot_due_at] = tend_int(due),
        [TEND_C_slot_missed] = tend_int(f->n_gone),
        [TEND_C_slot_late] = tend_int(tend_zone_day(f->s.zone, now) -
                                      tend_zone_day(f->s.zone, due)),
        [TEND_C_slot_known_at] = tend_int(now),
    };
    tend_id id;
    tend_status status = tend_row_insert(f->desk->store, TEND_T_slot, v, &id);

    if (status == TEND_OK) {
        tend_deed_raise(f->deed, event, f->s.person, id, due, NULL);
        f->deed->queue->event.at[f->deed->queue->event.n - 1].plugin =
            tend_arena_str(&f->deed->arena, tend_text_of(f->s.plugin));
    }
    return status;
}

/* Where the schedule goes on: its next timer, or its end. */
static tend_status go_on(struct firing *f, int64_t last, int64_t next)
{
    struct tend_value v[TEND_N_schedule] = { 0 };
    uint64_t mask = UINT64_C(1) << TEND_C_schedule_last_slot;

    v[TEND_C_schedule_last_slot] = tend_int(last);
    if (next == TEND_RECUR_NEVER) {
        v[TEND_C_schedule_ended_at] = tend_int(f->deed->now);
        mask |= UINT64_C(1) << TEND_C_schedule_ended_at;
    } else {
        tend_status status = tend_schedule_wait(f->desk, &f->s, next);

        if (status != TEND_OK)
            return status;
    }
    return tend_row_update(f->desk->store, TEND_T_schedule, f->s.id, mask, v);
}

static tend_status catch_up_of(struct firing *f)
{
    const char *rule = f->s.catch_up ? f->s.catch_up : "one";
    const char *grace = f->s.grace ? f->s.grace : strcmp(rule, "skip") == 0 ? "1d" : NULL;

    f->keeps = 1;
    if (strcmp(rule, "each") == 0)
        f->keeps = f->s.most > 0 && f->s.most < MOST ? f->s.most : f->s.most ? MOST : 5;
    f->has_grace = grace != NULL;
    return grace ? tend_span_parse(tend_text_of(grace), &f->grace, f->desk->err) : TEND_OK;
}

tend_status tend_schedule_fire(struct tend_desk *desk, struct tend_deed *deed,
                               const struct tend_timer_claim *claim)
{
    struct firing f = { .desk = desk, .deed = deed };
    int64_t slot = claim->ask.slot, last = slot;
    tend_status status = tend_schedule_read(desk, claim->ask.schedule, &deed->arena, &f.s);

    if (status == TEND_NOT_FOUND) {
        tend_error_clear(desk->err);
        return TEND_OK;
    }
    if (status == TEND_OK)
        status = catch_up_of(&f);
    if (status != TEND_OK || f.s.ended)
        return status;
    /* its zone may have become another since: then it is not time yet */
    if (tend_schedule_due(&f.s, slot) > deed->now)
        return tend_schedule_wait(desk, &f.s, slot);
    for (; slot != TEND_RECUR_NEVER && tend_schedule_due(&f.s, slot) <= deed->now;
         slot = tend_schedule_next(&f.s, slot)) {
        if (!tend_schedule_slot(desk->store, f.s.id, slot))
            pass(&f, slot);
        last = slot;
    }
    status = write_gone(&f);
    for (int64_t i = f.n > f.keeps ? f.n - f.keeps : 0; status == TEND_OK && i < f.n; i++)
        status = raise(&f, claim->ask.event, f.slot[i % f.keeps]);
    if (status == TEND_OK)
        status = go_on(&f, last, slot);
    tend_buffer_finish(&f.gone);
    return status;
}
