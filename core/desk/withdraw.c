/* What a touch has caused is taken back when the touch turns out to have been another:
 * tasks, moves and holds that nobody has touched since, and what these caused. */
#include "desk/apply.h"
#include "desk/withdraw.h"
#include "store/ops_rows.h"
#include "store/ops_why.h"

#define DEEP 8

static void tell(struct tend_withdrawing *w, enum tend_ref_kind kind, tend_id id,
                 struct tend_text title)
{
    tend_deed_tell(w->deed, &(struct tend_outcome){
        .effect = kind == TEND_REF_TASK ? "withdrawn" : "taken back", .kind = kind, .id = id,
        .person = w->person, .title = tend_arena_str(&w->arena, title), .wall = -1 });
}

/* The causes that had a hand in a task before this one: they are looked at again. */
static tend_status remember_others(struct tend_withdrawing *w, tend_id task,
                                   enum tend_ref_kind kind, tend_id id)
{
    struct tend_decision_view *decisions;
    int64_t n;
    tend_status status = tend_decision_about(w->desk->store, TEND_REF_TASK, task, &w->arena,
                                             &decisions, &n);

    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        tend_id touch = decisions[i].cause_id;
        bool known = false;

        if (decisions[i].cause_kind != TEND_REF_TOUCH || (kind == TEND_REF_TOUCH && touch == id))
            continue;
        for (int64_t k = 0; k < w->again.n; k++)
            known = known || w->again.at[k] == touch;
        if (!known)
            TEND_PUSH(&w->again, touch);
    }
    return status;
}

/* Holds that this very batch has ended are open again. */
static tend_status reopen_holds(struct tend_withdrawing *w, tend_id rev)
{
    tend_id *holds;
    int64_t n;
    tend_status status = tend_rows_holds_ended(w->desk->store, w->person, rev, &w->arena, &holds,
                                               &n);

    for (int64_t i = 0; status == TEND_OK && i < n; i++)
        status = tend_row_set(w->desk->store, TEND_T_hold, holds[i], TEND_C_hold_ended_at,
                              (struct tend_value){ 0 });
    return status;
}

static tend_status take_back_task(struct tend_withdrawing *w, tend_id task,
                                  enum tend_ref_kind kind, tend_id id, tend_id rev, int depth,
                                  bool *done)
{
    struct tend_value v[TEND_N_task];
    tend_id now;
    tend_status status = tend_row_read(w->desk->store, TEND_T_task, task, &w->arena, v, &now);

    if (status != TEND_OK || v[TEND_C_task_state].i != TEND_TASK_OPEN || now != rev ||
        v[TEND_C_task_cause_kind].i != (int64_t)kind || v[TEND_C_task_cause_id].i != id)
        return status;
    status = remember_others(w, task, kind, id);
    if (status == TEND_OK)
        status = tend_withdraw_cause(w, TEND_REF_TASK, task, depth + 1);
    if (status == TEND_OK)
        status = tend_row_delete(w->desk->store, TEND_T_task, task);
    if (status == TEND_OK)
        tell(w, TEND_REF_TASK, task, v[TEND_C_task_title].t);
    *done = status == TEND_OK;
    return status;
}

tend_status tend_task_reopen(struct tend_desk *desk, struct tend_deed *deed, tend_id task)
{
    struct tend_value v[TEND_N_task];
    tend_status status = tend_row_read(desk->store, TEND_T_task, task, &deed->arena, v, NULL);

    if (status != TEND_OK)
        return status;
    v[TEND_C_task_state] = tend_int(TEND_TASK_OPEN);
    v[TEND_C_task_state_at] = v[TEND_C_task_known_at];
    v[TEND_C_task_closed_touch] = (struct tend_value){ 0 };
    status = tend_row_update(desk->store, TEND_T_task, task,
                             UINT64_C(1) << TEND_C_task_state |
                                 UINT64_C(1) << TEND_C_task_state_at |
                                 UINT64_C(1) << TEND_C_task_closed_touch,
                             v);
    if (status == TEND_OK)
        tend_deed_tell(deed, &(struct tend_outcome){
            .effect = "reopened", .kind = TEND_REF_TASK, .id = task,
            .person = v[TEND_C_task_person].i,
            .title = tend_arena_str(&deed->arena, v[TEND_C_task_title].t), .wall = -1 });
    return status;
}

/* A task that a plugin ended for this cause, and that is as it left it. */
static tend_status take_back_end(struct tend_withdrawing *w, tend_id task, tend_id rev, bool *done)
{
    struct tend_value v[TEND_N_task];
    tend_id now;
    tend_status status = tend_row_read(w->desk->store, TEND_T_task, task, &w->arena, v, &now);

    if (status != TEND_OK || v[TEND_C_task_state].i == TEND_TASK_OPEN || now != rev)
        return status;
    *done = true;
    return tend_task_reopen(w->desk, w->deed, task);
}

static tend_status take_back_move(struct tend_withdrawing *w, tend_id change, tend_id rev,
                                  int depth, bool *done)
{
    struct tend_store *store = w->desk->store;
    struct tend_value v[TEND_N_stage_change], later[TEND_N_stage_change];
    tend_id *changes;
    int64_t n;
    tend_status status = tend_row_read(store, TEND_T_stage_change, change, &w->arena, v, NULL);

    if (status == TEND_OK)
        status = tend_rows_of(store, TEND_T_stage_change, w->person, &w->arena, &changes, &n);
    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        if (changes[i] <= change)
            continue;
        status = tend_row_read(store, TEND_T_stage_change, changes[i], &w->arena, later, NULL);
        if (status == TEND_OK && tend_text_eq(later[TEND_C_stage_change_track].t,
                                              v[TEND_C_stage_change_track].t))
            return TEND_OK;     /* moved on since: that stays */
    }
    if (status == TEND_OK)
        status = tend_withdraw_cause(w, TEND_REF_STAGE, change, depth + 1);
    if (status == TEND_OK)
        status = tend_row_delete(store, TEND_T_stage_change, change);
    if (status == TEND_OK)
        status = reopen_holds(w, rev);
    if (status == TEND_OK)
        tell(w, TEND_REF_STAGE, change, v[TEND_C_stage_change_to_stage].t);
    w->moved = *done = status == TEND_OK;
    return status;
}

static tend_status take_back_hold(struct tend_withdrawing *w, tend_id hold, tend_id rev,
                                  bool *done)
{
    struct tend_value v[TEND_N_hold];
    tend_id now;
    tend_status status = tend_row_read(w->desk->store, TEND_T_hold, hold, &w->arena, v, &now);

    if (status != TEND_OK || now != rev || v[TEND_C_hold_ended_at].type != TEND_NULL)
        return status;
    status = tend_row_delete(w->desk->store, TEND_T_hold, hold);
    if (status == TEND_OK)
        status = reopen_holds(w, rev);
    if (status == TEND_OK)
        tell(w, TEND_REF_HOLD, hold, v[TEND_C_hold_kind].t);
    *done = status == TEND_OK;
    return status;
}

static tend_status take_back(struct tend_withdrawing *w, const struct tend_value *v, tend_id rev,
                             enum tend_ref_kind kind, tend_id id, int depth, bool *done)
{
    struct tend_text effect = v[TEND_C_decision_effect].t;
    tend_id subject = v[TEND_C_decision_subject_id].i;
    tend_status status = TEND_OK;

    if (tend_text_is(effect, "task"))
        status = take_back_task(w, subject, kind, id, rev, depth, done);
    else if (tend_text_is(effect, "done") || tend_text_is(effect, "drop"))
        status = take_back_end(w, subject, rev, done);
    else if (tend_text_is(effect, "move"))
        status = take_back_move(w, subject, rev, depth, done);
    else if (tend_text_is(effect, "hold"))
        status = take_back_hold(w, subject, rev, done);
    else    /* what was refused is asked again */
        *done = tend_text_is(effect, "veto") || tend_text_is(effect, "refused");
    if (status == TEND_NOT_FOUND) {     /* it is gone already */
        tend_error_clear(w->desk->err);
        *done = true;
        status = TEND_OK;
    }
    return status;
}

tend_status tend_withdraw_cause(struct tend_withdrawing *w, enum tend_ref_kind kind, tend_id id,
                                int depth)
{
    tend_id *decisions;
    int64_t n;
    tend_status status = tend_decision_of(w->desk->store, w->person, kind, id, &w->arena,
                                          &decisions, &n);

    for (int64_t i = n; status == TEND_OK && depth < DEEP && i > 0; i--) {   /* newest first */
        struct tend_value v[TEND_N_decision];
        bool done = false;
        tend_id rev;

        status = tend_row_read(w->desk->store, TEND_T_decision, decisions[i - 1], &w->arena, v,
                               &rev);
        if (status == TEND_OK)
            status = take_back(w, v, rev, kind, id, depth, &done);
        if (status == TEND_OK && done)
            status = tend_row_delete(w->desk->store, TEND_T_decision, decisions[i - 1]);
    }
    return status;
}

void tend_withdraw_finish(struct tend_withdrawing *w)
{
    TEND_ARRAY_FINISH(&w->again);
    tend_arena_finish(&w->arena);
}
