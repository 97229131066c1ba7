/* The scheduler's turn: timers that are due go, in order, and what each was for
 * is raised again. A batch is a transaction; a timer, a savepoint in it. */
#include "desk/tick.h"
#include "base/text.h"
#include "desk/deed.h"
#include "sched/timer.h"
#include "store/ops_timer.h"

#define WARNINGS_MOST 20

struct turn {
    struct tend_desk *desk;
    struct tend_tick *tick;
    struct tend_deed deed;      /* of the batch that is open */
    int64_t most, now, until;
    int64_t deadline;           /* in ticks; 0: none */
    bool moves;                 /* the clock, to each timer's due */
};

static void warn(struct tend_tick *tick, const char *line)
{
    for (int64_t i = 0; i < tick->warning.n; i++)
        if (strcmp(tick->warning.at[i], line) == 0)
            return;
    if (tick->warning.n == WARNINGS_MOST)
        line = "and more of that kind";
    if (tick->warning.n <= WARNINGS_MOST)
        TEND_PUSH(&tick->warning, tend_arena_str(&tick->arena, tend_text_of(line)));
}

static tend_status later(struct turn *turn, const struct tend_timer_claim *claim, int32_t attempt,
                         const char *error)
{
    struct tend_timer_ask ask = claim->ask;

    ask.attempt = attempt;
    ask.error = error;
    ask.due_at = turn->deed.now + tend_timer_backoff(attempt);
    return tend_timer_add(turn->desk->store, &ask, NULL);
}

static tend_status answer(struct turn *turn, const struct tend_timer_claim *claim)
{
    struct tend_deed *deed = &turn->deed;
    const struct tend_timer_ask *ask = &claim->ask;
    struct tend_value v[TEND_N_person];
    struct tend_raised *raised;
    tend_status status = tend_timer_take(turn->desk->store, claim);

    if (status == TEND_OK && ask->person)
        status = tend_row_read(turn->desk->store, TEND_T_person, ask->person, &deed->arena, v,
                               NULL);
    if (status == TEND_NOT_FOUND) {     /* whom it was about is gone, and so is it */
        tend_error_clear(turn->desk->err);
        return TEND_OK;
    }
    if (status != TEND_OK)
        return status;
    if (ask->plugin && !tend_deed_is_asked(turn->desk, deed, ask->event, ask->plugin)) {
        const char *why = tend_arena_printf(&deed->arena, "plugin %s is not loaded", ask->plugin);
        int32_t attempt = ask->attempt < TEND_TIMER_ATTEMPTS ? ask->attempt + 1
                                                             : TEND_TIMER_ATTEMPTS;

        tend_deed_warn(deed, "%s: what waits for it is kept", why);
        return later(turn, claim, attempt, why);
    }
    tend_deed_raise(deed, ask->event, ask->person, ask->subject, 0, NULL);
    raised = &deed->queue->event.at[deed->queue->event.n - 1];
    raised->plugin = ask->plugin;
    raised->attempt = ask->attempt;
    return tend_deed_answer(turn->desk, deed);
}

/* What stops the whole, rather than this timer. */
static bool is_fatal(const struct turn *turn, tend_status status)
{
    return status == TEND_IO || status == TEND_BUSY || status == TEND_NOMEM ||
           tend_registry_breached(turn->desk->registry);
}

static tend_status step(struct turn *turn, const struct tend_timer_claim *claim)
{
    struct tend_desk *desk = turn->desk;
    struct tend_deed *deed = &turn->deed;
    int64_t outcomes = deed->outcome.n;
    const char *why;
    tend_status status = tend_savepoint_begin(desk->store);

    if (status != TEND_OK)
        return status;
    status = answer(turn, claim);
    if (status == TEND_OK)
        return tend_savepoint_release(desk->store);
    if (is_fatal(turn, status))
        return status;
    why = tend_arena_str(&deed->arena, tend_text_of(desk->err->text));
    tend_error_clear(desk->err);
    tend_savepoint_rollback(desk->store);
    deed->queue->event.n = deed->queue->next = 0;
    deed->queue->depth = 0;
    deed->outcome.n = outcomes;
    tend_deed_warn(deed, "%s of p%lld failed, and is tried again: %s", claim->ask.event,
                   (long long)claim->ask.person, why);
    tend_deed_tell(deed, &(struct tend_outcome){ .effect = "failed", .person = claim->ask.person,
                                                 .title = why, .wall = -1 });
    status = tend_timer_take(desk->store, claim);
    return status == TEND_OK ? later(turn, claim, claim->ask.attempt + 1, why) : status;
}

/* Virtual time never runs backward, and never behind the real one. */
static void move_clock(struct turn *turn, int64_t due)
{
    if (turn->moves && due > turn->now) {
        turn->now = due;
        tend_clock_freeze(turn->desk->clock, due);
    }
}

static void count(struct turn *turn, int64_t steps)
{
    struct tend_tick *tick = turn->tick;

    tick->steps += steps;
    for (int64_t i = 0; i < turn->deed.outcome.n; i++) {
        const char *effect = turn->deed.outcome.at[i].effect;

        tick->tasks += strcmp(effect, "task") == 0;
        tick->failed += strcmp(effect, "failed") == 0;
    }
    for (int64_t i = 0; i < turn->deed.warning.n; i++)
        warn(tick, turn->deed.warning.at[i]);
    if (turn->deed.batch)
        TEND_PUSH(&tick->batch, turn->deed.batch);
}

/* A batch was taken back because a plugin broke a limit: it is set aside, so
 * that the same timers do not meet it again. A dry run has only one batch. */
static tend_status broken(struct turn *turn, tend_status status)
{
    struct tend_desk *desk = turn->desk;

    if (desk->dry)
        return status;
    turn->tick->failed++;
    warn(turn->tick, desk->err->text);
    tend_error_clear(desk->err);
    return TEND_OK;
}

static bool is_late(const struct turn *turn)
{
    return turn->deadline != 0 && tend_clock_ticks() >= turn->deadline;
}

static tend_status batch(struct turn *turn, struct tend_timer_claim *claim)
{
    struct tend_desk *desk = turn->desk;
    struct tend_deed *deed = &turn->deed;
    int64_t most = turn->most, steps = 0;
    bool breach = false;
    tend_status status;

    if (!desk->dry && (most == 0 || most > TEND_TICK_BATCH))
        most = TEND_TICK_BATCH;
    move_clock(turn, claim->ask.due_at);
    status = tend_deed_begin_as(desk, deed, TEND_BATCH_TICK, "tick");
    while (status == TEND_OK) {
        /* again inside of the transaction: another may have been faster */
        status = tend_timer_next(desk->store, turn->until, &deed->arena, claim);
        if (status != TEND_OK || claim->id == 0 || (most > 0 && steps == most) ||
            (steps > 0 && is_late(turn)))
            break;
        move_clock(turn, claim->ask.due_at);
        if (turn->moves)
            deed->now = turn->now;
        status = step(turn, claim);
        steps++;
    }
    if (status == TEND_OK && desk->dry)
        status = tend_timer_waiting(desk->store, turn->until, &turn->tick->left);
    if (status == TEND_OK) {
        status = tend_deed_end(desk, deed);
        if (status == TEND_OK)
            count(turn, steps);
    } else {
        breach = tend_registry_breached(desk->registry);
        tend_deed_abort(desk, deed);
    }
    tend_deed_finish(deed);
    if (status == TEND_OK && turn->most > 0)
        turn->most = turn->most > steps ? turn->most - steps : -1;
    return breach ? broken(turn, status) : status;
}

tend_status tend_tick_run(struct tend_desk *desk, const struct tend_tick_ask *ask,
                          struct tend_tick *tick)
{
    struct tend_clock clock = *desk->clock;
    struct turn turn = { .desk = desk, .tick = tick, .most = ask->most,
                         .now = tend_clock_now(desk->clock), .moves = ask->until != 0 };
    struct tend_timer_claim claim;
    struct tend_arena arena = { 0 };
    tend_status status;

    if (ask->budget > 0)
        turn.deadline = tend_clock_ticks() + ask->budget;
    turn.until = turn.moves ? ask->until : turn.now;
    do {
        tend_arena_reset(&arena);
        status = tend_timer_next(desk->store, turn.until, &arena, &claim);
        if (status == TEND_OK && claim.id && turn.most >= 0)
            status = batch(&turn, &claim);
    } while (status == TEND_OK && !desk->dry && claim.id && turn.most >= 0 && !is_late(&turn));
    tend_arena_finish(&arena);
    desk->clock->frozen = clock.frozen;
    desk->clock->now = clock.now;
    if (status == TEND_OK && !desk->dry)
        status = tend_timer_waiting(desk->store, turn.until, &tick->left);
    return status;
}

tend_status tend_tick_next(struct tend_desk *desk, int64_t *at)
{
    return tend_timer_next_at(desk->store, tend_clock_now(desk->clock), at);
}

void tend_tick_finish(struct tend_tick *tick)
{
    TEND_ARRAY_FINISH(&tick->batch);
    TEND_ARRAY_FINISH(&tick->warning);
    tend_arena_finish(&tick->arena);
}
