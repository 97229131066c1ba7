/* The scheduler's turn: timers that are due go, in order, and what each was for
 * is raised again. A batch is a transaction; a timer, a savepoint in it. */
#include "desk/tick.h"
#include "base/text.h"
#include "desk/apply.h"
#include "desk/deed.h"
#include "desk/schedule.h"
#include "sched/timer.h"

#define WARNINGS_MOST 20
#define EVER (INT64_MAX / 2)
#define WAKE_MOST 1000          /* sleepers to a batch */

struct turn {
    struct tend_desk *desk;
    struct tend_tick *tick;
    struct tend_deed deed;      /* of the batch that is open */
    int64_t most;               /* timers that may still be done; < 0: no limit */
    int64_t now, until;
    int64_t deadline;           /* in ticks; 0: none */
    bool moves;                 /* the clock, to each timer's due */
    bool wakes;                 /* somebody sleeps for a plugin that is there now */
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

/* The plugin is not there, or set aside: it sleeps. */
static tend_status put_to_sleep(struct turn *turn, struct tend_timer_claim *claim)
{
    const char *plugin = claim->ask.plugin;
    bool aside = tend_deed_is_asked(turn->desk, claim->ask.event, plugin, true);
    const char *why = tend_arena_printf(&turn->deed.arena, "plugin %s is %s", plugin,
                                        aside ? "set aside" : "not loaded");

    tend_deed_warn(&turn->deed, "%s: what waits for it is kept", why);
    return tend_timer_sleep(turn->desk->store, claim, plugin, why);
}

static tend_status answer(struct turn *turn, struct tend_timer_claim *claim)
{
    struct tend_desk *desk = turn->desk;
    struct tend_deed *deed = &turn->deed;
    const struct tend_timer_ask *ask = &claim->ask;
    struct tend_raised *raised;
    tend_status status = ask->person ? tend_person_there(desk, ask->person) : TEND_OK;

    if (status == TEND_NOT_FOUND) {     /* whom it was about is gone, and so is it */
        tend_error_clear(desk->err);
        return tend_timer_settle(desk->store, claim);
    }
    if (status != TEND_OK)
        return status;
    if (ask->plugin && !tend_deed_is_asked(desk, ask->event, ask->plugin, false))
        return put_to_sleep(turn, claim);
    if (ask->schedule) {
        status = tend_schedule_fire(desk, deed, claim);
        if (status == TEND_OK)
            status = tend_deed_answer(desk, deed);
        return status == TEND_OK ? tend_timer_settle(desk->store, claim) : status;
    }
    tend_deed_raise(deed, ask->event, ask->person, ask->subject, 0, NULL);
    raised = &deed->queue->event.at[deed->queue->event.n - 1];
    raised->plugin = ask->plugin;
    raised->attempt = ask->attempt;
    raised->timer = claim;
    status = tend_deed_answer(desk, deed);
    return status == TEND_OK && !claim->kept ? tend_timer_settle(desk->store, claim) : status;
}

/* What stops the whole, rather than this timer. */
static bool is_fatal(const struct turn *turn, tend_status status)
{
    return status == TEND_IO || status == TEND_BUSY || status == TEND_NOMEM ||
           status == TEND_CANCELLED || tend_registry_breached(turn->desk->registry);
}

/* The answer broke, not a plugin's part of it: all of it is taken back and tried
 * again. */
static tend_status failed(struct turn *turn, struct tend_timer_claim *claim, const char *why)
{
    struct tend_deed *deed = &turn->deed;

    tend_deed_warn(deed, "%s of p%lld failed, and is tried again: %s", claim->ask.event,
                   (long long)claim->ask.person, why);
    tend_deed_tell(deed, &(struct tend_outcome){ .effect = "failed", .kind = TEND_REF_TIMER,
                                                 .id = claim->id, .person = claim->ask.person,
                                                 .title = why, .wall = -1 });
    return tend_timer_retry(turn->desk->store, deed->now, claim, claim->ask.plugin, why);
}

/* One timer in its savepoint. */
static tend_status step(struct turn *turn, struct tend_timer_claim *claim)
{
    struct tend_desk *desk = turn->desk;
    struct tend_deed *deed = &turn->deed;
    int64_t outcomes = deed->outcome.n, warnings = deed->warning.n;
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
    deed->warning.n = warnings;
    claim->kept = false;
    if (!claim->stale)
        status = failed(turn, claim, why);
    if (!claim->stale)
        return status;
    tend_error_clear(desk->err);        /* it is left to who has it */
    return TEND_OK;
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

/* Whoever sleeps for a plugin that is there again is woken. */
static tend_status each_sleeper(struct turn *turn, bool wakes)
{
    struct tend_desk *desk = turn->desk;
    struct tend_arena arena = { 0 };
    struct tend_text plugin = { "", 0 }, event = { "", 0 };
    int64_t left = WAKE_MOST;
    tend_status status;

    turn->wakes = false;
    while ((status = tend_timer_slept_for(desk->store, &arena, &plugin, &event)) == TEND_OK &&
           plugin.len > 0 && !turn->wakes) {
        int64_t n = left;

        if (!tend_deed_is_asked(desk, event.at, plugin.at, false))
            continue;
        if (wakes)
            status = tend_timer_wake(desk->store, plugin, event, &n);
        turn->wakes = !wakes;
        left -= n;
        if (status != TEND_OK || left == 0)
            break;
    }
    tend_arena_finish(&arena);
    return status;
}

static tend_status find_sleepers(struct turn *turn)
{
    return each_sleeper(turn, false);
}

static tend_status wake(struct turn *turn)
{
    return each_sleeper(turn, true);
}

static bool is_late(const struct turn *turn)
{
    return turn->deadline != 0 && tend_clock_ticks() >= turn->deadline;
}

/* In virtual time a step may have made something that is due before the next one. */
static bool is_overtaken(struct turn *turn, const struct tend_timer_claim *next,
                         tend_status *status)
{
    tend_id first;
    int64_t due_at;

    if (!turn->moves)
        return false;
    *status = tend_timer_first(turn->desk->store, next->ask.due_at, &first, &due_at);
    return first != next->id;
}

/* Claims, runs and settles in due order, no more than so many. */
static tend_status steps(struct turn *turn, int64_t most, int64_t *done)
{
    struct tend_deed *deed = &turn->deed;
    struct tend_timer_claim *claims;
    int64_t n;
    tend_status status = tend_timer_claims(turn->desk->store, turn->until, most, &deed->arena,
                                           &claims, &n);

    *done = 0;
    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        if (i > 0 && (is_late(turn) || is_overtaken(turn, &claims[i], &status)))
            break;
        move_clock(turn, claims[i].ask.due_at);
        if (turn->moves)
            deed->now = turn->now;
        status = step(turn, &claims[i]);
        *done += !claims[i].stale;
    }
    return status;
}

static tend_status work(struct turn *turn, int64_t *done)
{
    struct tend_desk *desk = turn->desk;
    int64_t n = 0, most = TEND_TICK_BATCH;
    tend_status status = turn->wakes ? wake(turn) : TEND_OK;

    *done = 0;
    do {                        /* a dry run has only one batch: it is all of them */
        if (turn->most >= 0 && turn->most - *done < most)
            most = turn->most - *done;
        if (status == TEND_OK)
            status = steps(turn, most, &n);
        *done += n;
    } while (status == TEND_OK && n > 0 && !is_late(turn) &&
             (desk->dry || *done < TEND_TICK_BATCH) && *done != turn->most);
    return status;
}

static tend_status batch(struct turn *turn, int64_t due_at)
{
    struct tend_desk *desk = turn->desk;
    struct tend_deed *deed = &turn->deed;
    int64_t done = 0;
    bool breach = false;
    tend_status status;

    move_clock(turn, due_at);
    status = tend_deed_begin_as(desk, deed, TEND_BATCH_TICK, "tick");
    if (status == TEND_OK)
        status = work(turn, &done);
    if (status == TEND_OK && desk->dry)
        status = tend_timer_waiting(desk->store, turn->until, &turn->tick->left);
    if (status == TEND_OK) {
        status = tend_deed_end(desk, deed);
        if (status == TEND_OK)
            count(turn, done);
    } else {
        breach = tend_registry_breached(desk->registry);
        tend_deed_abort(desk, deed);
    }
    tend_deed_finish(deed);
    if (status == TEND_OK && turn->most > 0)
        turn->most -= done;
    return breach ? broken(turn, status) : status;
}

/* Is there anything to do? due_at: when the first of it is due. */
static tend_status look(struct turn *turn, bool *more, int64_t *due_at)
{
    tend_id first = 0;
    tend_status status = find_sleepers(turn);

    *more = turn->wakes;
    if (status == TEND_OK)
        status = tend_timer_first(turn->desk->store, turn->until, &first, due_at);
    *more = (*more || first != 0) && turn->most != 0;
    return status;
}

tend_status tend_tick_run(struct tend_desk *desk, const struct tend_tick_ask *ask,
                          struct tend_tick *tick)
{
    struct tend_clock clock = *desk->clock;
    struct turn turn = { .desk = desk, .tick = tick, .most = ask->most > 0 ? ask->most : -1,
                         .now = tend_clock_now(desk->clock), .moves = ask->until != 0 };
    const char *line;
    bool more;
    int64_t due_at, moved, waiting;
    tend_status status;

    status = tend_schedule_rezone(desk, &moved);
    if (status != TEND_OK)
        return status;
    if (moved > 0)
        warn(tick, tend_arena_printf(&tick->arena, "the rules of time zones have changed: %lld "
                                                   "schedules are at another time",
                                     (long long)moved));
    if (ask->budget > 0)
        turn.deadline = tend_clock_ticks() + ask->budget;
    if (!turn.moves && !desk->dry) {
        status = tend_tick_clock(desk, &tick->arena, &line);
        if (status != TEND_OK)
            return status;
        if (line)
            warn(tick, line);
    }
    turn.until = turn.moves ? ask->until : turn.now;
    do {
        status = look(&turn, &more, &due_at);
        if (status == TEND_OK && more)
            status = batch(&turn, due_at);
    } while (status == TEND_OK && more && !desk->dry && !is_late(&turn));
    desk->clock->frozen = clock.frozen;
    desk->clock->now = clock.now;
    if (status == TEND_OK && !desk->dry)
        status = tend_timer_waiting(desk->store, turn.until, &tick->left);
    if (status == TEND_OK && !turn.moves && tick->left == 0)
        status = tend_backlog_tick(desk, &tick->backlog);
    if (status == TEND_OK && !desk->dry)
        status = tend_store_search_catch_up(desk->store,
                                            ask->budget > 0 ? turn.deadline - tend_clock_ticks()
                                                            : EVER, &waiting);
    if (status == TEND_CANCELLED && tick->steps > 0)
        tend_error_set(desk->err, status, "interrupted: what was done stays done, the rest waits");
    return status;
}

tend_status tend_tick_next(struct tend_desk *desk, int64_t *at)
{
    int64_t now = tend_clock_now(desk->clock), waiting;
    tend_status status = tend_timer_next_at(desk->store, now, at);

    if (status == TEND_OK)
        status = tend_store_search_waiting(desk->store, &waiting);
    if (status == TEND_OK && waiting > 0 && (*at == 0 || *at > now))
        *at = now;
    return status;
}

void tend_tick_finish(struct tend_tick *tick)
{
    TEND_ARRAY_FINISH(&tick->batch);
    TEND_ARRAY_FINISH(&tick->warning);
    tend_backlog_finish(&tick->backlog);
    tend_arena_finish(&tick->arena);
}
