/* Timers by the time when they are due, and those that wait for something else. */
#ifndef TEND_STORE_OPS_TIMER_H
#define TEND_STORE_OPS_TIMER_H

#include "store/row.h"

struct tend_timer_row {         /* as it was read */
    tend_id id, rev;
    uint64_t seen;              /* by the store, to know whether it can have changed since */
    struct tend_value v[TEND_N_timer];
};

/* The next moment when there is something to do: the first timer that waits, due
 * or not, or the first task that opens after `now`. *at == 0: never. */
tend_status tend_timer_next_at(struct tend_store *store, int64_t now, int64_t *at);
/* The first that waits and is due until then, by (due_at, id); 0: none. */
tend_status tend_timer_first(struct tend_store *store, int64_t until, tend_id *timer,
                             int64_t *due_at);
/* How many wait and are due until then. */
tend_status tend_timer_waiting(struct tend_store *store, int64_t until, int64_t *n);
/* Those that wait and are due until then, by (due_at, id), in one query. */
tend_status tend_timer_due(struct tend_store *store, int64_t until, int64_t most,
                           struct tend_arena *arena, struct tend_timer_row **rows, int64_t *n);

/* The two writes on a row that was read as waiting: TEND_STALE if it waits no
 * more, or is not as it was read. */
tend_status tend_timer_remove(struct tend_store *store, const struct tend_timer_row *row);
tend_status tend_timer_change(struct tend_store *store, const struct tend_timer_row *row,
                              uint64_t mask, const struct tend_value *values);

/* The pairs of plugin and event that somebody sleeps for, one after the other: begin
 * with two empty texts; empty again is the end. The texts live in the arena. */
tend_status tend_timer_slept_for(struct tend_store *store, struct tend_arena *arena,
                                 struct tend_text *plugin, struct tend_text *event);
/* Those who sleep for one pair, in the arena. */
tend_status tend_timer_sleepers(struct tend_store *store, struct tend_text plugin,
                                struct tend_text event, int64_t most, struct tend_arena *arena,
                                tend_id **ids, int64_t *n);
/* How many sleep for a plugin; its name empty: for any. */
tend_status tend_timer_asleep(struct tend_store *store, struct tend_text plugin, int64_t *n);
/* Those that are parked, the oldest first; person 0: all. *n can be more than
 * `most`, which is how many of them are in ids. */
tend_status tend_timer_parked(struct tend_store *store, tend_id person, int64_t most,
                              struct tend_arena *arena, tend_id **ids, int64_t *n);

#endif
