/* Making timers. They are facts like any other, so that undo takes them along. */
#include "sched/timer.h"
#include "base/date.h"
#include "base/text.h"

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
