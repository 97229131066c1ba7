/* Making, settling and putting off timers. They are facts like any other, so that
 * undo takes them along. */
#include "sched/timer.h"
#include "base/date.h"
#include "base/text.h"

#define BIT(column) (UINT64_C(1) << TEND_C_timer_##column)

static enum tend_timer_state state_of(const struct tend_timer_ask *ask)
{
    if (ask->asleep)
        return TEND_TIMER_ASLEEP;
    return ask->attempt > TEND_TIMER_ATTEMPTS ? TEND_TIMER_PARKED : TEND_TIMER_WAITING;
}

tend_status tend_timer_add(struct tend_store *store, const struct tend_timer_ask *ask,
                           tend_id *timer)
{
    struct tend_value v[TEND_N_timer] = {
        [TEND_C_timer_person] = tend_ref(ask->person),
        [TEND_C_timer_plugin] = tend_str(tend_text_of(ask->plugin)),
        [TEND_C_timer_event] = tend_str(tend_text_of(ask->event)),
        [TEND_C_timer_subject] = tend_ref(ask->subject),
        [TEND_C_timer_due_at] = tend_int(ask->due_at),
        [TEND_C_timer_state] = tend_int(state_of(ask)),
        [TEND_C_timer_attempt] = tend_int(ask->attempt),
        [TEND_C_timer_fence] = tend_int(0),
        [TEND_C_timer_error] = tend_str(tend_text_of(ask->error)),
        [TEND_C_timer_cause_kind] = tend_ref(ask->cause_kind),
        [TEND_C_timer_cause_id] = tend_ref(ask->cause_id),
        [TEND_C_timer_schedule] = tend_ref(ask->schedule),
    };

    if (ask->schedule)
        v[TEND_C_timer_slot] = tend_int(ask->slot);
    return tend_row_insert(store, TEND_T_timer, v, timer);
}

int64_t tend_timer_backoff(int32_t attempt)
{
    int64_t wait = TEND_MINUTE;

    for (int32_t i = 1; i < attempt && wait < 24 * TEND_HOUR; i++)
        wait *= 5;
    return wait < 24 * TEND_HOUR ? wait : 24 * TEND_HOUR;
}

int64_t tend_timer_again_at(struct tend_clock *clock, int64_t now, int32_t attempt)
{
    int64_t wait = tend_timer_backoff(attempt);

    return now + wait - (int64_t)(tend_clock_random(clock) % (uint64_t)(wait / 10 + 1));
}

static const char *text_of(const struct tend_value *value)
{
    return value->type == TEND_STR ? value->t.at : NULL;
}

static void fill(struct tend_timer_claim *claim, const struct tend_timer_row *row)
{
    const struct tend_value *v = row->v;

    claim->id = row->id;
    claim->row = row;
    claim->ask = (struct tend_timer_ask){
        .person = v[TEND_C_timer_person].i,
        .subject = v[TEND_C_timer_subject].i,
        .plugin = text_of(&v[TEND_C_timer_plugin]),
        .event = text_of(&v[TEND_C_timer_event]),
        .due_at = v[TEND_C_timer_due_at].i,
        .attempt = (int32_t)v[TEND_C_timer_attempt].i,
        .error = text_of(&v[TEND_C_timer_error]),
        .cause_kind = (enum tend_ref_kind)v[TEND_C_timer_cause_kind].i,
        .cause_id = v[TEND_C_timer_cause_id].i,
        .schedule = v[TEND_C_timer_schedule].i,
        .slot = v[TEND_C_timer_slot].i,
    };
}

tend_status tend_timer_claims(struct tend_store *store, int64_t until, int64_t most,
                              struct tend_arena *arena, struct tend_timer_claim **claims,
                              int64_t *n)
{
    struct tend_timer_row *rows;
    tend_status status = tend_timer_due(store, until, most, arena, &rows, n);

    *claims = tend_arena_take(arena, (size_t)(*n + 1) * sizeof **claims);
    for (int64_t i = 0; i < *n; i++)
        fill(&(*claims)[i], &rows[i]);
    return status;
}

static tend_status note_stale(struct tend_timer_claim *claim, tend_status status)
{
    claim->stale = claim->stale || status == TEND_STALE;
    return status;
}

tend_status tend_timer_settle(struct tend_store *store, struct tend_timer_claim *claim)
{
    return note_stale(claim, tend_timer_remove(store, claim->row));
}

/* state, due_at, attempt and error stand in v. */
static tend_status put_off(struct tend_store *store, struct tend_timer_claim *claim,
                           const char *plugin, const char *error, struct tend_value *v)
{
    tend_status status;

    v[TEND_C_timer_plugin] = tend_str(tend_text_of(plugin));
    v[TEND_C_timer_error] = tend_str(tend_text_of(error));
    v[TEND_C_timer_fence] = tend_int(claim->row->v[TEND_C_timer_fence].i + 1);
    status = tend_timer_change(store, claim->row,
                               BIT(plugin) | BIT(error) | BIT(fence) | BIT(state) | BIT(due_at) |
                               BIT(attempt), v);
    claim->kept = claim->kept || status == TEND_OK;
    return note_stale(claim, status);
}

tend_status tend_timer_retry(struct tend_store *store, int64_t now, struct tend_timer_claim *claim,
                             const char *plugin, const char *error)
{
    struct tend_timer_ask ask = { .attempt = claim->ask.attempt + 1 };
    struct tend_value v[TEND_N_timer] = {
        [TEND_C_timer_attempt] = tend_int(ask.attempt),
        [TEND_C_timer_state] = tend_int(state_of(&ask)),
        [TEND_C_timer_due_at] = tend_int(tend_timer_again_at(tend_store_clock(store), now,
                                                             ask.attempt)),
    };

    return put_off(store, claim, plugin, error, v);
}

tend_status tend_timer_sleep(struct tend_store *store, struct tend_timer_claim *claim,
                             const char *plugin, const char *why)
{
    struct tend_value v[TEND_N_timer] = {
        [TEND_C_timer_attempt] = tend_int(claim->ask.attempt),
        [TEND_C_timer_state] = tend_int(TEND_TIMER_ASLEEP),
        [TEND_C_timer_due_at] = tend_int(claim->ask.due_at),
    };

    return put_off(store, claim, plugin, why, v);
}

tend_status tend_timer_wake(struct tend_store *store, struct tend_text plugin,
                            struct tend_text event, int64_t *n)
{
    struct tend_arena arena = { 0 };
    tend_id *ids;
    tend_status status = tend_timer_sleepers(store, plugin, event, *n, &arena, &ids, n);

    for (int64_t i = 0; status == TEND_OK && i < *n; i++)
        status = tend_row_set(store, TEND_T_timer, ids[i], TEND_C_timer_state,
                              tend_int(TEND_TIMER_WAITING));
    tend_arena_finish(&arena);
    return status;
}

tend_status tend_timer_release(struct tend_store *store, tend_id timer, int64_t now)
{
    struct tend_arena arena = { 0 };
    struct tend_value v[TEND_N_timer];
    tend_status status = tend_row_read(store, TEND_T_timer, timer, &arena, v, NULL);

    if (status == TEND_OK && v[TEND_C_timer_state].i != TEND_TIMER_PARKED)
        status = tend_error_set(tend_store_error(store), TEND_INVALID,
                                "w%lld is not parked", (long long)timer);
    v[TEND_C_timer_state] = tend_int(TEND_TIMER_WAITING);
    v[TEND_C_timer_attempt] = tend_int(0);
    v[TEND_C_timer_due_at] = tend_int(now);
    v[TEND_C_timer_fence] = tend_int(v[TEND_C_timer_fence].i + 1);
    if (status == TEND_OK)
        status = tend_row_update(store, TEND_T_timer, timer,
                                 BIT(state) | BIT(attempt) | BIT(due_at) | BIT(fence), v);
    tend_arena_finish(&arena);
    return status;
}
