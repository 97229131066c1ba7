/* Effects on tasks: made, re-timed, done, dropped. A window is counted in the
 * person's own zone and kept as local days. */
#include "desk/apply.h"
#include "desk/gate.h"
#include "store/ops_person.h"
#include "store/ops_task.h"

struct planned {                /* a window, resolved */
    int64_t anchor, opens, closes;
    struct tend_buffer text;    /* of the decision */
};

static tend_status resolve(const struct tend_applying *a, tend_id person, const char *title,
                           const char *span, int64_t anchor, struct planned *p)
{
    const struct tend_zone *zone = tend_person_zone(a->desk->store, person);
    struct tend_gate_window allowed = { 0 }, wanted;
    struct tend_window window;
    char opens[32], closes[32];
    int64_t day;
    tend_status status = tend_window_parse(tend_text_of(span), &window, a->desk->err);

    if (status != TEND_OK)
        return status;
    day = tend_zone_day(zone, anchor);
    p->anchor = anchor;
    allowed.opens = tend_span_day(&window.min, zone, anchor);
    allowed.closes = tend_span_day(&window.max, zone, anchor);
    if (allowed.closes < allowed.opens)
        allowed.closes = allowed.opens;
    wanted = allowed;
    status = tend_gate_window(a->desk, person, tend_zone_day(zone, a->deed->now), a->arena,
                              &allowed);
    if (status != TEND_OK)
        return status;
    p->opens = allowed.opens;
    p->closes = allowed.closes;
    tend_buffer_addf(&p->text, "%s: window %s from ", title, span);
    tend_words_moment(&p->text, zone, anchor);
    tend_buffer_addf(&p->text, " in %s\nopens %s, closes %s", tend_zone_name(zone),
                     tend_date_words(opens, p->opens, day),
                     tend_date_words(closes, p->closes, day));
    tend_words_gate(&p->text, day, &wanted, &allowed);
    tend_words_changes(&p->text, zone, day, p->closes);
    return TEND_OK;
}

/* Is the person archived, or the gate shut? Then that is told, and all is well. */
static tend_status refused(const struct tend_applying *a, tend_id person, struct tend_text channel,
                           const char *title, bool *shut)
{
    struct tend_value v[TEND_N_person];
    struct tend_gate_answer gate = { .open = true };
    const char *text, *who = "";
    tend_status status = tend_row_read(a->desk->store, TEND_T_person, person, a->arena, v, NULL);

    if (status == TEND_OK && v[TEND_C_person_archived_at].type == TEND_INT)
        gate = (struct tend_gate_answer){ .why = "archived" };
    else if (status == TEND_OK) {
        status = tend_gate_ask(a->desk, a->deed, person, channel, &gate);
        who = " by the gate";
    }
    *shut = status == TEND_OK && !gate.open;
    if (!*shut)
        return status;
    text = tend_arena_printf(a->arena, "%s\nrefused%s: %s", title, who, gate.why);
    tend_deed_tell(a->deed, &(struct tend_outcome){
        .effect = "refused", .person = person, .plugin = a->cause->plugin,
        .title = tend_arena_printf(a->arena, "%s: %s", title, gate.why), .wall = -1 });
    return tend_deed_decide(a->desk, a->deed, person, a->cause, "refused", TEND_REF_NONE, 0,
                            tend_text_of(text));
}

static void tell(const struct tend_applying *a, const char *effect, tend_id task, tend_id person,
                 const char *title, const struct planned *p)
{
    tend_deed_tell(a->deed, &(struct tend_outcome){
        .effect = effect, .kind = TEND_REF_TASK, .id = task, .person = person,
        .plugin = a->cause->plugin, .title = title, .opens_day = p->opens,
        .closes_day = p->closes, .wall = -1 });
}

static tend_status make(const struct tend_applying *a, const struct tend_fx_task *fx,
                        struct planned *p)
{
    struct tend_value v[TEND_N_task] = {
        [TEND_C_task_person] = tend_int(fx->fx.person),
        [TEND_C_task_kind] = tend_str(tend_text_of(fx->type)),
        [TEND_C_task_title] = tend_str(tend_text_of(fx->title)),
        [TEND_C_task_why] = tend_str(tend_text_of(fx->why)),
        [TEND_C_task_plugin] = tend_str(tend_text_of(a->cause->plugin)),
        [TEND_C_task_key] = tend_str(tend_text_of(fx->fx.key)),
        [TEND_C_task_cause_kind] = tend_ref(a->cause->kind),
        [TEND_C_task_cause_id] = tend_ref(a->cause->id),
        [TEND_C_task_anchor] = tend_int(p->anchor),
        [TEND_C_task_span] = tend_str(tend_text_of(fx->window)),
        [TEND_C_task_opens_day] = tend_int(p->opens),
        [TEND_C_task_closes_day] = tend_int(p->closes),
        [TEND_C_task_closed_by] = tend_str(tend_text_of(fx->closed_by)),
        [TEND_C_task_state] = tend_int(TEND_TASK_OPEN),
        [TEND_C_task_state_at] = tend_int(a->deed->now),
        [TEND_C_task_known_at] = tend_int(a->deed->now),
    };
    tend_id task;
    tend_status status = tend_row_insert(a->desk->store, TEND_T_task, v, &task);

    if (status != TEND_OK)
        return status;
    tell(a, "task", task, fx->fx.person, fx->title, p);
    tend_deed_raise(a->deed, "task.opened", fx->fx.person, task, 0, NULL);
    return tend_deed_decide(a->desk, a->deed, fx->fx.person, a->cause, "task", TEND_REF_TASK, task,
                            tend_buffer_text(&p->text));
}

#define BIT(column) (UINT64_C(1) << TEND_C_task_##column)

/* What is written down late does not move a window back in time. */
static tend_status later_counts(const struct tend_applying *a, tend_id task, tend_id person)
{
    const char *text = tend_arena_printf(a->arena, "t%lld stays as it is: it is counted from "
                                                   "something later", (long long)task);

    return tend_deed_decide(a->desk, a->deed, person, a->cause, "task", TEND_REF_TASK, task,
                            tend_text_of(text));
}

/* The window of an open task is another now. fx: NULL when only that changes. */
static tend_status retime(const struct tend_applying *a, tend_id task, tend_id person,
                          const char *span, const char *why, const struct tend_fx_task *fx,
                          struct planned *p)
{
    struct tend_value v[TEND_N_task];
    uint64_t mask = BIT(anchor) | BIT(span) | BIT(opens_day) | BIT(closes_day);
    tend_status status = tend_row_read(a->desk->store, TEND_T_task, task, a->arena, v, NULL);
    const char *title;

    if (status != TEND_OK)
        return status;
    if (v[TEND_C_task_opens_day].i == p->opens && v[TEND_C_task_closes_day].i == p->closes &&
        v[TEND_C_task_cause_kind].i == a->cause->kind && v[TEND_C_task_cause_id].i == a->cause->id)
        return TEND_OK;         /* asked again: it is there as it should be */
    if (fx && v[TEND_C_task_anchor].i > p->anchor)
        return later_counts(a, task, person);
    title = fx ? fx->title : tend_arena_str(a->arena, v[TEND_C_task_title].t);
    v[TEND_C_task_anchor] = tend_int(p->anchor);
    v[TEND_C_task_span] = tend_str(tend_text_of(span));
    v[TEND_C_task_opens_day] = tend_int(p->opens);
    v[TEND_C_task_closes_day] = tend_int(p->closes);
    if (why) {
        v[TEND_C_task_why] = tend_str(tend_text_of(why));
        mask |= BIT(why);
    }
    if (fx) {
        v[TEND_C_task_kind] = tend_str(tend_text_of(fx->type));
        v[TEND_C_task_title] = tend_str(tend_text_of(fx->title));
        v[TEND_C_task_closed_by] = tend_str(tend_text_of(fx->closed_by));
        v[TEND_C_task_cause_kind] = tend_ref(a->cause->kind);
        v[TEND_C_task_cause_id] = tend_ref(a->cause->id);
        v[TEND_C_task_wall] = (struct tend_value){ 0 };
        mask |= BIT(kind) | BIT(title) | BIT(closed_by) | BIT(cause_kind) | BIT(cause_id) |
                BIT(wall);
    }
    status = tend_row_update(a->desk->store, TEND_T_task, task, mask, v);
    if (status != TEND_OK)
        return status;
    tend_buffer_addf(&p->text, "\nre-timed: t%lld was open with the same key", (long long)task);
    tell(a, "retime", task, person, title, p);
    return tend_deed_decide(a->desk, a->deed, person, a->cause, "task", TEND_REF_TASK, task,
                            tend_buffer_text(&p->text));
}

tend_status tend_apply_task(const struct tend_applying *a, const struct tend_fx_task *fx)
{
    struct tend_store *store = a->desk->store;
    struct tend_text plugin = tend_text_of(a->cause->plugin), key = tend_text_of(fx->fx.key);
    tend_id person = fx->fx.person, same, open;
    struct planned p = { 0 };
    bool shut;
    tend_status status = refused(a, person, tend_text_of(fx->type), fx->title, &shut);

    if (status != TEND_OK || shut)
        return status;
    status = tend_task_keyed(store, person, plugin, key, a->cause->kind, a->cause->id, &same,
                             &open);
    if (status != TEND_OK)
        return status;
    if (same && same != open)
        return TEND_OK;         /* it was made for this cause already, and is over */
    status = resolve(a, person, fx->title, fx->window, fx->anchor ? fx->anchor : a->cause->at, &p);
    if (status == TEND_OK)
        status = open ? retime(a, open, person, fx->window, fx->why, fx, &p) : make(a, fx, &p);
    tend_buffer_finish(&p.text);
    return status;
}

tend_status tend_apply_retime(const struct tend_applying *a, const struct tend_fx_retime *fx)
{
    struct tend_value v[TEND_N_task];
    struct planned p = { 0 };
    const char *title;
    tend_id person = fx->fx.person;
    tend_id task = tend_task_by_key(a->desk->store, person, tend_text_of(a->cause->plugin),
                                    tend_text_of(fx->fx.key), TEND_REF_NONE, 0, true);
    bool shut;
    tend_status status;

    if (!task)
        return TEND_OK;
    status = tend_row_read(a->desk->store, TEND_T_task, task, a->arena, v, NULL);
    if (status != TEND_OK)
        return status;
    title = tend_arena_str(a->arena, v[TEND_C_task_title].t);
    status = refused(a, person, v[TEND_C_task_kind].t, title, &shut);
    if (status != TEND_OK || shut)
        return status;
    status = resolve(a, person, title, fx->window, a->cause->at, &p);
    if (status == TEND_OK)
        status = retime(a, task, person, fx->window, fx->why, NULL, &p);
    tend_buffer_finish(&p.text);
    return status;
}

tend_status tend_apply_close(const struct tend_applying *a, const struct tend_fx_close *fx,
                             bool done)
{
    tend_id task = tend_task_by_key(a->desk->store, fx->fx.person, tend_text_of(a->cause->plugin),
                                    tend_text_of(fx->fx.key), TEND_REF_NONE, 0, true);
    const char *text;
    tend_status status;

    if (!task)
        return TEND_OK;
    status = tend_task_close(a->desk, a->deed, task, done, 0, a->cause->plugin);
    if (status != TEND_OK)
        return status;
    text = tend_arena_printf(a->arena, "%s by %s%s%s", done ? "done" : "dropped", a->cause->plugin,
                             fx->why ? ": " : "", fx->why ? fx->why : "");
    return tend_deed_decide(a->desk, a->deed, fx->fx.person, a->cause, done ? "done" : "drop",
                            TEND_REF_TASK, task, tend_text_of(text));
}
