/* Schedules: what comes again for a person by a plugin's wish. A schedule has one
 * timer at a time, for its next slot (a local day); when that is due, the slots
 * that were missed are counted, the catch-up rule says which of them still
 * matter, and for each the event "<plugin>.<key>" is raised for that plugin. A slot
 * that is answered is a row: it is the identity that nothing doubles. */
#ifndef TEND_DESK_SCHEDULE_H
#define TEND_DESK_SCHEDULE_H

#include "base/recur.h"
#include "base/span.h"
#include "desk/apply.h"
#include "sched/timer.h"

tend_status tend_apply_schedule(const struct tend_applying *a, const struct tend_fx_schedule *fx);
tend_status tend_apply_cancel(const struct tend_applying *a, const struct tend_fx *fx);

/* A timer of a schedule is due (ask.schedule is not 0): raises what still
 * matters, writes down what was let go, and makes the timer of the next slot. The
 * caller holds a savepoint, answers the events, and settles the timer. */
tend_status tend_schedule_fire(struct tend_desk *desk, struct tend_deed *deed,
                               const struct tend_timer_claim *claim);
/* The zone data of the machine, or the user's zone, has changed since timers were
 * made: their instants are computed again from slot, wall and zone. Cheap when nothing
 * has changed; within a batch of its own (kind tick). *moved counts timers. */
tend_status tend_schedule_rezone(struct tend_desk *desk, int64_t *moved);
/* The same for one person who lives elsewhere now (0: everybody), within the batch
 * that is open. */
tend_status tend_schedule_move(struct tend_desk *desk, tend_id person, int64_t *moved);

struct tend_schedule {          /* as it is kept */
    tend_id id, person;
    const char *plugin, *key, *every, *lead_text, *catch_up, *grace;
    struct tend_recur rule;
    bool once;                  /* there is no rule */
    int64_t from, wall, most;
    struct tend_span lead;
    const struct tend_zone *zone;
    enum tend_ref_kind cause_kind;
    tend_id cause_id;
    bool ended;
};

tend_status tend_schedule_read(struct tend_desk *desk, tend_id schedule, struct tend_arena *arena,
                               struct tend_schedule *s);
/* The first slot after a day, and the instant at which a slot is due. */
int64_t tend_schedule_next(const struct tend_schedule *s, int64_t after);
int64_t tend_schedule_due(const struct tend_schedule *s, int64_t slot);
tend_status tend_schedule_wait(struct tend_desk *desk, const struct tend_schedule *s,
                               int64_t slot);
/* "every year from 14 Mar 1984, 7d ahead" */
void tend_schedule_words(struct tend_buffer *out, const struct tend_schedule *s);

#endif
