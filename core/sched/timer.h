/* Timers: what is to be looked at again, kept in the database.
 *
 * A claim, its run and its settling are one transaction (BEGIN IMMEDIATE): nobody
 * sees a timer that is half done, a kill leaves all or nothing, and what a timer
 * caused and the timer's end are written together. So there is no claimed state, no
 * lease and no owner: those are for work that leaves the transaction, and none does
 * yet (the columns wait for the outbox). What a claim holds against is a change
 * from within the same transaction, and a later worker with a stale reading: each
 * write on a claim matches the row's id, state, fence and revision, and is TEND_STALE
 * if another has it. The fence goes up with every attempt. */
#ifndef TEND_SCHED_TIMER_H
#define TEND_SCHED_TIMER_H

#include "store/ops_timer.h"

#define TEND_TIMER_ATTEMPTS 8   /* then it is parked, and told */

struct tend_timer_ask {
    tend_id person, subject;
    const char *plugin;         /* NULL: all that answer the event */
    const char *event;
    int64_t due_at;
    int32_t attempt;
    const char *error;          /* of the last attempt, NULL */
    enum tend_ref_kind cause_kind;
    tend_id cause_id;
    tend_id schedule;           /* 0: it answers one event, once */
    int64_t slot;               /* of a schedule: the local day that it stands for */
    bool asleep;                /* its plugin is not there: it waits for that alone */
};

enum tend_timer_state {
    TEND_TIMER_WAITING = 0,
    TEND_TIMER_CLAIMED = 1,     /* for work outside of the transaction */
    TEND_TIMER_PARKED = 2,      /* failed too often: a person releases it */
    TEND_TIMER_ASLEEP = 3       /* its plugin is not there, or set aside */
};

tend_status tend_timer_add(struct tend_store *store, const struct tend_timer_ask *ask,
                           tend_id *timer);
/* How long to wait before attempt 1, 2...: a minute, then five times as long
 * each, a day at most. Microseconds. */
int64_t tend_timer_backoff(int32_t attempt);
/* The moment of that attempt: up to a tenth earlier by chance, so that what
 * failed together is not tried together for ever. */
int64_t tend_timer_again_at(struct tend_clock *clock, int64_t now, int32_t attempt);

struct tend_timer_claim {
    tend_id id;
    struct tend_timer_ask ask;  /* texts live in the arena */
    const struct tend_timer_row *row;
    bool kept;                  /* was put off: it is not settled */
    bool stale;                 /* another has it: nothing of this claim counts */
};

/* What waits and is due until then, by (due_at, id), at most so many; in the arena.
 * Within a batch. */
tend_status tend_timer_claims(struct tend_store *store, int64_t until, int64_t most,
                              struct tend_arena *arena, struct tend_timer_claim **claims,
                              int64_t *n);
/* It is done: the row goes. TEND_STALE and claim->stale: another has it. */
tend_status tend_timer_settle(struct tend_store *store, struct tend_timer_claim *claim);
/* It failed: the same timer waits for its next attempt, or is parked; plugin: whom
 * it asks then. */
tend_status tend_timer_retry(struct tend_store *store, int64_t now, struct tend_timer_claim *claim,
                             const char *plugin, const char *error);
/* Its plugin is not there: it sleeps until tend_timer_wake. */
tend_status tend_timer_sleep(struct tend_store *store, struct tend_timer_claim *claim,
                             const char *plugin, const char *why);
/* The sleepers of one plugin and event, the oldest first, at most *n; *n: how many
 * they were. */
tend_status tend_timer_wake(struct tend_store *store, struct tend_text plugin,
                            struct tend_text event, int64_t *n);
/* A parked timer is tried again, as if it had never failed. TEND_INVALID: it is
 * not parked. */
tend_status tend_timer_release(struct tend_store *store, tend_id timer, int64_t now);

#endif
