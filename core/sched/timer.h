/* Timers: what is to be looked at again, kept in the database. */
#ifndef TEND_SCHED_TIMER_H
#define TEND_SCHED_TIMER_H

#include "store/row.h"

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
};

enum tend_timer_state { TEND_TIMER_WAITING = 0, TEND_TIMER_CLAIMED = 1, TEND_TIMER_PARKED = 2 };

tend_status tend_timer_add(struct tend_store *store, const struct tend_timer_ask *ask,
                           tend_id *timer);
/* How long to wait before attempt 1, 2...: a minute, then five times as long
 * each, a day at most. Microseconds. */
int64_t tend_timer_backoff(int32_t attempt);

struct tend_timer_claim {
    tend_id id;                 /* 0: none is due */
    struct tend_timer_ask ask;  /* texts live in the arena */
};

/* The next that waits and is due until then, by (due_at, id); only looked at. */
tend_status tend_timer_next(struct tend_store *store, int64_t until, struct tend_arena *arena,
                            struct tend_timer_claim *claim);
/* Takes it: the row goes. Within a batch, so that no two take the same. */
tend_status tend_timer_take(struct tend_store *store, const struct tend_timer_claim *claim);

#endif
