/* The user's days have changed: what plugins have planned keeps clear of them
 * anew. What was planned by hand stays, and is named. */
#include "desk/apply.h"
#include "desk/gate.h"
#include "store/ops_person.h"
#include "store/ops_task.h"

#define BIT(column) (UINT64_C(1) << TEND_C_task_##column)

struct settling {
    struct tend_desk *desk;
    struct tend_deed *deed;
    struct tend_rules before, after;
    struct tend_arena arena;
    struct tend_gate_settled *out;
};

static tend_status window_by(struct settling *s, const struct tend_rules *rules,
                             const struct tend_task_view *task, int64_t today,
                             struct tend_gate_window *window)
{
    *window = (struct tend_gate_window){ task->opens_day, task->closes_day, NULL };
    s->desk->rules = *rules;
    return tend_gate_window(s->desk, task->person, today, &s->arena, window);
}

static tend_status move(struct settling *s, const struct tend_task_view *task, int64_t today,
                        const struct tend_gate_window *now)
{
    struct tend_gate_window old = { task->opens_day, task->closes_day, NULL };
    struct tend_value v[TEND_N_task];
    struct tend_buffer text = { 0 };
    char opens[32], closes[32];
    tend_status status = tend_row_read(s->desk->store, TEND_T_task, task->id, &s->arena, v, NULL);

    if (status == TEND_OK) {
        v[TEND_C_task_opens_day] = tend_int(now->opens);
        v[TEND_C_task_closes_day] = tend_int(now->closes);
        status = tend_row_update(s->desk->store, TEND_T_task, task->id,
                                 BIT(opens_day) | BIT(closes_day), v);
    }
    if (status != TEND_OK)
        return status;
    tend_deed_tell(s->deed, &(struct tend_outcome){
        .effect = "retime", .kind = TEND_REF_TASK, .id = task->id, .person = task->person,
        .plugin = tend_arena_str(&s->arena, task->plugin),
        .title = tend_arena_str(&s->arena, task->title), .opens_day = now->opens,
        .closes_day = now->closes, .wall = task->wall });
    tend_buffer_addf(&text, "%.*s: your days have changed\nopens %s, closes %s",
                     TEND_FMT(task->title), tend_date_words(opens, now->opens, today),
                     tend_date_words(closes, now->closes, today));
    tend_words_gate(&text, today, &old, now);
    status = tend_deed_decide(s->desk, s->deed, task->person, &(struct tend_cause){ 0 }, "gate",
                              TEND_REF_TASK, task->id, tend_buffer_text(&text));
    tend_buffer_finish(&text);
    s->out->moved++;
    return status;
}

/* By hand: named if its day is shut now and was not before. */
static void leave(struct settling *s, const struct tend_task_view *task, int64_t today)
{
    if (task->opens_day < today)
        return;
    s->desk->rules = s->before;
    if (tend_gate_shut(s->desk, task->opens_day))
        return;
    s->desk->rules = s->after;
    if (tend_gate_shut(s->desk, task->opens_day))
        TEND_PUSH(&s->out->left, task->id);
}

static tend_status look(struct settling *s, const struct tend_task_view *task)
{
    int64_t today = tend_zone_day(tend_person_zone(s->desk->store, task->person), s->deed->now);
    struct tend_gate_window now, was;
    tend_status status;

    if (task->plugin.len == 0) {
        leave(s, task, today);
        return TEND_OK;
    }
    status = window_by(s, &s->before, task, today, &was);
    if (status == TEND_OK)
        status = window_by(s, &s->after, task, today, &now);
    /* put off to such a day by the user: that stays */
    if (status != TEND_OK || !now.why || (was.opens == now.opens && was.closes == now.closes))
        return status;
    return move(s, task, today, &now);
}

tend_status tend_gate_settle(struct tend_desk *desk, struct tend_deed *deed,
                             const struct tend_rules *before, struct tend_gate_settled *out)
{
    struct settling s = { .desk = desk, .deed = deed, .before = *before, .out = out };
    struct tend_task_view *tasks;
    int64_t n;
    tend_status status = tend_task_due(desk->store, deed->now, true, &s.arena, &tasks, &n);

    tend_rules_forget(desk);
    s.after = *tend_rules_get(desk);
    for (int64_t i = 0; status == TEND_OK && i < n; i++)
        status = look(&s, &tasks[i]);
    desk->rules = s.after;
    tend_arena_finish(&s.arena);
    return status;
}
