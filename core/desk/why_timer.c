/* Timers in a chain of reasons: what waits, what is parked, and what would let it
 * go. */
#include "base/date.h"
#include "base/text.h"
#include "desk/why.h"
#include "sched/timer.h"
#include "store/ops_rows.h"

static const char *what_of(struct tend_why_chain *c, tend_id id, const struct tend_value *v,
                           const char *plugin)
{
    struct tend_text event = v[TEND_C_timer_event].t, error = v[TEND_C_timer_error].t;
    int attempt = (int)v[TEND_C_timer_attempt].i;

    switch (v[TEND_C_timer_state].i) {
    case TEND_TIMER_PARKED:
        return tend_arena_printf(c->arena, "%s has failed on %.*s %d times, and is not asked "
                                 "again until it is released (release w%lld): %.*s",
                                 plugin ? plugin : "what answers", TEND_FMT(event), attempt,
                                 (long long)id, TEND_FMT(error));
    case TEND_TIMER_ASLEEP:
        return tend_arena_printf(c->arena, "%.*s waits: %.*s", TEND_FMT(event), TEND_FMT(error));
    default:
        if (attempt > 0)
            return tend_arena_printf(c->arena, "%.*s is tried again then, after %d failed: %.*s",
                                     TEND_FMT(event), attempt, TEND_FMT(error));
        return tend_arena_printf(c->arena, "%.*s is answered then", TEND_FMT(event));
    }
}

tend_status tend_why_timer(struct tend_why_chain *c, tend_id id, struct tend_value *v)
{
    struct tend_why *why;
    tend_status status = tend_row_read(c->desk->store, TEND_T_timer, id, c->arena, v, NULL);

    if (status != TEND_OK)
        return status;
    why = tend_why_add(c, TEND_REF_TIMER, id, v[TEND_C_timer_due_at].i);
    if (v[TEND_C_timer_plugin].t.len > 0)
        why->plugin = tend_arena_str(c->arena, v[TEND_C_timer_plugin].t);
    why->text = what_of(c, id, v, why->plugin);
    return TEND_OK;
}

tend_status tend_why_stuck(struct tend_why_chain *c, tend_id person)
{
    tend_id *ids;
    int64_t n;
    tend_status status = tend_rows_of(c->desk->store, TEND_T_timer, person, c->arena, &ids, &n);

    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        struct tend_value v[TEND_N_timer];

        status = tend_row_read(c->desk->store, TEND_T_timer, ids[i], c->arena, v, NULL);
        if (status == TEND_OK && (v[TEND_C_timer_state].i == TEND_TIMER_PARKED ||
                                  v[TEND_C_timer_state].i == TEND_TIMER_ASLEEP))
            status = tend_why_timer(c, ids[i], v);
    }
    return status;
}
