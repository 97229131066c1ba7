/* Schedules: what comes again for a person by a plugin's wish. A schedule has one
 * timer at a time, for its next slot (a local day); when that is due, the slots
 * that were missed are counted, the catch-up rule says which of them still
 * matter, and for each the event "<plugin>.<key>" is raised for that plugin. */
#ifndef TEND_DESK_SCHEDULE_H
#define TEND_DESK_SCHEDULE_H

#include "desk/apply.h"
#include "sched/timer.h"

tend_status tend_apply_schedule(const struct tend_applying *a, const struct tend_fx_schedule *fx);
tend_status tend_apply_cancel(const struct tend_applying *a, const struct tend_fx *fx);

/* A timer of a schedule is due (ask.schedule is not 0): raises what still
 * matters, writes down what was let go, and makes the timer of the next slot. The
 * caller holds a savepoint, has settled the timer, and answers the events. */
tend_status tend_schedule_fire(struct tend_desk *desk, struct tend_deed *deed,
                               const struct tend_timer_claim *claim);
/* The zone data of the machine, or a zone, has changed since timers were made:
 * their instants are computed again from slot, wall and zone. Cheap when nothing
 * has changed; within a batch of its own (kind tick). *moved counts timers. */
tend_status tend_schedule_rezone(struct tend_desk *desk, int64_t *moved);

#endif
