/* Tasks by hand: planned, done, dropped, put off. */
#include "base/text.h"
#include "desk/apply.h"
#include "desk/gate.h"
#include "desk/limit.h"
#include "desk/work.h"
#include "store/ops_merge.h"
#include "store/ops_person.h"

#define BIT(column) (UINT64_C(1) << TEND_C_task_##column)

static tend_status read_open(struct tend_desk *desk, tend_id task, struct tend_arena *arena,
                             struct tend_value *v)
{
    tend_status status = tend_row_read(desk->store, TEND_T_task, task, arena, v, NULL);

    if (status == TEND_NOT_FOUND)
        return tend_error_set(desk->err, TEND_NOT_FOUND, "there is no task t%lld",
                              (long long)task);
    if (status == TEND_OK && v[TEND_C_task_state].i != TEND_TASK_OPEN)
        return tend_error_set(desk->err, TEND_EXISTS, "t%lld is %s already", (long long)task,
                              v[TEND_C_task_state].i == TEND_TASK_DONE ? "done" : "dropped");
    if (status == TEND_OK)
        v[TEND_C_task_person].i = tend_person_root(desk->store, v[TEND_C_task_person].i);
    return status;
}

static void tell(struct tend_deed *deed, const char *effect, tend_id task,
                 const struct tend_value *v, const char *plugin)
{
    tend_deed_tell(deed, &(struct tend_outcome){
        .effect = effect, .kind = TEND_REF_TASK, .id = task, .person = v[TEND_C_task_person].i,
        .plugin = plugin, .title = tend_arena_str(&deed->arena, v[TEND_C_task_title].t),
        .opens_day = v[TEND_C_task_opens_day].i, .closes_day = v[TEND_C_task_closes_day].i,
        .wall = v[TEND_C_task_wall].type == TEND_INT ? v[TEND_C_task_wall].i : -1 });
}

tend_status tend_task_close(struct tend_desk *desk, struct tend_deed *deed, tend_id task,
                            bool done, tend_id touch, const char *plugin)
{
    struct tend_value v[TEND_N_task];
    struct tend_arena arena = { 0 };
    tend_status status = read_open(desk, task, &arena, v);

    if (status == TEND_OK) {
        v[TEND_C_task_state] = tend_int(done ? TEND_TASK_DONE : TEND_TASK_DROPPED);
        v[TEND_C_task_state_at] = tend_int(deed->now);
        v[TEND_C_task_closed_touch] = tend_ref(touch);
        if (done && !plugin && v[TEND_C_task_doer].type == TEND_NULL)
            v[TEND_C_task_doer] = tend_ref(deed->actor);
        status = tend_row_update(desk->store, TEND_T_task, task,
                                 BIT(state) | BIT(state_at) | BIT(closed_touch) | BIT(doer), v);
    }
    if (status == TEND_OK) {
        tell(deed, done ? "closed" : "dropped", task, v, plugin);
        if (done)
            tend_deed_raise(deed, "task.done", v[TEND_C_task_person].i, task, 0, NULL);
    }
    tend_arena_finish(&arena);
    return status;
}

void tend_task_warn_early(struct tend_desk *desk, struct tend_deed *deed, int64_t at,
                          tend_id person, struct tend_text plugin, int64_t opens_day)
{
    int64_t day = tend_zone_day(tend_person_zone(desk->store, person), at);
    char words[32];

    if (day < opens_day)
        tend_deed_warn(deed, "early: the window opens %s%s%.*s%s",
                       opens_day == day + 1 ? "tomorrow"
                                            : tend_date_words(words, opens_day, day),
                       plugin.len > 0 ? " (" : "", TEND_FMT(plugin), plugin.len > 0 ? ")" : "");
}

tend_status tend_task_done(struct tend_desk *desk, struct tend_deed *deed, tend_id task)
{
    struct tend_value v[TEND_N_task];
    tend_status status = read_open(desk, task, &deed->arena, v);

    if (status != TEND_OK)
        return status;
    tend_task_warn_early(desk, deed, deed->now, v[TEND_C_task_person].i, v[TEND_C_task_plugin].t,
                         v[TEND_C_task_opens_day].i);
    return tend_task_close(desk, deed, task, true, 0, NULL);
}

tend_status tend_task_drop(struct tend_desk *desk, struct tend_deed *deed, tend_id task)
{
    return tend_task_close(desk, deed, task, false, 0, NULL);
}

tend_status tend_task_plan(struct tend_desk *desk, struct tend_deed *deed,
                           const struct tend_plan_ask *ask, tend_id *task)
{
    struct tend_gate_answer gate;
    struct tend_text title = ask->title.len > 0 ? ask->title : ask->kind;
    int64_t closes = ask->closes_day < ask->opens_day ? ask->opens_day : ask->closes_day;
    struct tend_value v[TEND_N_task] = {
        [TEND_C_task_person] = tend_int(ask->person),
        [TEND_C_task_kind] = tend_str(ask->kind),
        [TEND_C_task_title] = tend_str(title),
        [TEND_C_task_anchor] = tend_int(deed->now),
        [TEND_C_task_opens_day] = tend_int(ask->opens_day),
        [TEND_C_task_closes_day] = tend_int(closes),
        [TEND_C_task_wall] = ask->wall < 0 ? (struct tend_value){ 0 } : tend_int(ask->wall),
        [TEND_C_task_closed_by] = tend_str(ask->kind),
        [TEND_C_task_state] = tend_int(TEND_TASK_OPEN),
        [TEND_C_task_state_at] = tend_int(deed->now),
        [TEND_C_task_known_at] = tend_int(deed->now),
    };
    tend_status status = tend_person_there(desk, ask->person);

    *task = 0;
    if (status == TEND_OK)
        status = tend_limit_name(desk, "the title of a task", title);
    if (status == TEND_OK && ask->kind.len > 0)
        status = tend_word_check(desk, TEND_WORD_KIND, "kind of touch", ask->kind);
    if (status == TEND_OK)
        status = tend_gate_ask(desk, deed, ask->person, ask->kind, &gate);
    if (status == TEND_OK && !gate.open)
        status = tend_error_set(desk->err, TEND_DENIED, "nothing is planned for p%lld: %s",
                                (long long)ask->person, gate.why);
    if (status == TEND_OK)
        status = tend_row_insert(desk->store, TEND_T_task, v, task);
    if (status != TEND_OK)
        return status;
    tell(deed, "task", *task, v, NULL);
    tend_deed_raise(deed, "task.opened", ask->person, *task, 0, NULL);
    return TEND_OK;
}

tend_status tend_task_snooze(struct tend_desk *desk, struct tend_deed *deed, tend_id task,
                             int64_t day, int64_t wall)
{
    struct tend_value v[TEND_N_task];
    struct tend_arena arena = { 0 };
    tend_status status = read_open(desk, task, &arena, v);
    const char *text;
    char words[32];

    if (status == TEND_OK) {
        tend_id person = v[TEND_C_task_person].i;
        int64_t today = tend_zone_day(tend_person_zone(desk->store, person), deed->now);
        int64_t length = v[TEND_C_task_closes_day].i - v[TEND_C_task_opens_day].i;

        if (day < today)
            status = tend_error_set(desk->err, TEND_INVALID,
                                    "%s is past: a task is put off to a day to come",
                                    tend_date_words(words, day, today));
        v[TEND_C_task_opens_day] = tend_int(day);
        v[TEND_C_task_closes_day] = tend_int(day + length);
        v[TEND_C_task_wall] = wall < 0 ? (struct tend_value){ 0 } : tend_int(wall);
        if (status == TEND_OK)
            status = tend_row_update(desk->store, TEND_T_task, task,
                                     BIT(opens_day) | BIT(closes_day) | BIT(wall), v);
        if (status == TEND_OK) {
            tell(deed, "retime", task, v, NULL);
            text = tend_arena_printf(&arena, "put off to %s", tend_date_words(words, day, today));
            status = tend_deed_decide(desk, deed, person, &(struct tend_cause){ 0 }, "snooze",
                                      TEND_REF_TASK, task, tend_text_of(text));
        }
    }
    tend_arena_finish(&arena);
    return status;
}
