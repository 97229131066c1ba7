/* The order of the day. */
#ifndef TEND_DESK_DAY_H
#define TEND_DESK_DAY_H

#include "desk/desk.h"
#include "store/ops_task.h"

enum tend_day_group {           /* of a task view, in the order in which they stand */
    TEND_DAY_APPOINTMENT,       /* today, at a time of the clock: in the order of these */
    TEND_DAY_CARE_NOW,          /* over today, or over already; with a member or customer */
    TEND_DAY_NOW,               /* the same with others */
    TEND_DAY_CARE,              /* there is time yet */
    TEND_DAY_LATER,
    TEND_DAY_OLD                /* a plugin's, and over for longer than twice its length and a
                                   week: it may be let go */
};

/* What is due at `now` and the appointments that the day still has, or with `all` every open task, in the order of the day.
 * Who is a member or customer is known when the plugins are loaded. */
tend_status tend_day_tasks(struct tend_desk *desk, int64_t now, bool all,
                           struct tend_arena *arena, struct tend_task_view **out, int64_t *n);

/* How many things a day takes: `config daily`, else 10. */
tend_status tend_day_capacity(struct tend_desk *desk, int64_t *capacity);

#endif
