/* Timers by the time when they are due. */
#ifndef TEND_STORE_OPS_TIMER_H
#define TEND_STORE_OPS_TIMER_H

#include "store/row.h"

/* The next moment when there is something to do: the first timer that waits, due
 * or not, or the first task that opens after `now`. *at == 0: never. */
tend_status tend_timer_next_at(struct tend_store *store, int64_t now, int64_t *at);
/* The first that waits and is due until then, by (due_at, id); 0: none. */
tend_status tend_timer_first(struct tend_store *store, int64_t until, tend_id *timer);
/* How many wait and are due until then. */
tend_status tend_timer_waiting(struct tend_store *store, int64_t until, int64_t *n);

#endif
