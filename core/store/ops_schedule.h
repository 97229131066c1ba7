/* Schedules: the open one of a key, its timer, the days that were answered. */
#ifndef TEND_STORE_OPS_SCHEDULE_H
#define TEND_STORE_OPS_SCHEDULE_H

#include "store/row.h"

/* The open schedule of a person, plugin and key; 0: none. */
tend_id tend_schedule_open(struct tend_store *store, tend_id person, struct tend_text plugin,
                           struct tend_text key);
/* One that is over and was made for this cause; 0: none. */
tend_id tend_schedule_over(struct tend_store *store, tend_id person, struct tend_text plugin,
                           struct tend_text key, enum tend_ref_kind cause_kind, tend_id cause);
/* Its timer, whatever it waits for; 0: none. */
tend_id tend_schedule_timer(struct tend_store *store, tend_id schedule);
/* The row of a day that was answered; 0: it was not. */
tend_id tend_schedule_slot(struct tend_store *store, tend_id schedule, int64_t day);
/* The timers of a person's schedules (0: everybody's), by id after `after`, at most
 * `most`, in the arena. */
tend_status tend_schedule_timers(struct tend_store *store, tend_id person, tend_id after,
                                 int64_t most, struct tend_arena *arena, tend_id **ids,
                                 int64_t *n);
/* The zone after `after` in which somebody lives (empty: the first); empty: no more.
 * One step in an index each. */
tend_status tend_schedule_zone_next(struct tend_store *store, struct tend_text after,
                                    struct tend_arena *arena, struct tend_text *zone);
/* The windows of all open tasks are made anew at the end of the batch. */
tend_status tend_schedule_windows(struct tend_store *store);

#endif
