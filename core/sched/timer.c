/* Making and taking timers. They are facts like any other, so that undo takes
 * them along. */
#include "sched/timer.h"
#include "base/date.h"
#include "base/text.h"
#include "store/ops_timer.h"

tend_status tend_timer_add(struct tend_store *store, const struct tend_timer_ask *ask,
                           tend_id *timer)
{
    bool parked = ask->attempt > TEND_TIMER_ATTEMPTS;
    struct tend_value v[TEND_N_timer] = {
        [TEND_C_timer_person] = tend_ref(ask->person),
        [TEND_C_timer_plugin] = tend_str(tend_text_of(ask->plugin)),
        [TEND_C_timer_event] = tend_str(tend_text_of(ask->event)),
        [TEND_C_timer_subject] = tend_ref(ask->subject),
        [TEND_C_timer_due_at] = tend_int(ask->due_at),
        [TEND_C_timer_state] = tend_int(parked ? TEND_TIMER_PARKED : TEND_TIMER_WAITING),
        [TEND_C_timer_attempt] = tend_int(ask->attempt),
        [TEND_C_timer_fence] = tend_int(0),
        [TEND_C_timer_error] = tend_str(tend_text_of(ask->error)),
        [TEND_C_timer_cause_kind] = tend_ref(ask->cause_kind),
        [TEND_C_timer_cause_id] = tend_ref(ask->cause_id),
    };

    return tend_row_insert(store, TEND_T_timer, v, timer);
}

int64_t tend_timer_backoff(int32_t attempt)
{
    int64_t wait = TEND_MINUTE;

    for (int32_t i = 1; i < attempt && wait < 24 * TEND_HOUR; i++)
        wait *= 5;
    return wait < 24 * TEND_HOUR ? wait : 24 * TEND_HOUR;
}

static const char *text_of(struct tend_arena *arena, const struct tend_value *value)
{
    return value->type == TEND_STR ? tend_arena_str(arena, value->t) : NULL;
}

tend_status tend_timer_next(struct tend_store *store, int64_t until, struct tend_arena *arena,
                            struct tend_timer_claim *claim)
{
    struct tend_value v[TEND_N_timer];
    tend_status status;

    *claim = (struct tend_timer_claim){ 0 };
    status = tend_timer_first(store, until, &claim->id);
    if (status != TEND_OK || claim->id == 0)
        return status;
    status = tend_row_read(store, TEND_T_timer, claim->id, arena, v, NULL);
    if (status != TEND_OK)
        return status;
    claim->ask = (struct tend_timer_ask){
        .person = v[TEND_C_timer_person].i,
        .subject = v[TEND_C_timer_subject].i,
        .plugin = text_of(arena, &v[TEND_C_timer_plugin]),
        .event = tend_arena_str(arena, v[TEND_C_timer_event].t),
        .due_at = v[TEND_C_timer_due_at].i,
        .attempt = (int32_t)v[TEND_C_timer_attempt].i,
        .error = text_of(arena, &v[TEND_C_timer_error]),
        .cause_kind = (enum tend_ref_kind)v[TEND_C_timer_cause_kind].i,
        .cause_id = v[TEND_C_timer_cause_id].i,
    };
    return TEND_OK;
}

tend_status tend_timer_take(struct tend_store *store, const struct tend_timer_claim *claim)
{
    return tend_row_delete(store, TEND_T_timer, claim->id);
}
