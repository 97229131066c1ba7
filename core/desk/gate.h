/* The gate: what no plugin and no command gets past. */
#ifndef TEND_DESK_GATE_H
#define TEND_DESK_GATE_H

#include "desk/desk.h"

struct tend_gate_answer {
    bool open;
    const char *why;            /* when it is not, in the deed's arena: "marked do-not-contact
                                   (all) on 2026-11-21" */
};

/* May something be planned or done by this channel (a touch kind; "" any)? */
tend_status tend_gate_ask(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                          struct tend_text channel, struct tend_gate_answer *answer);

/* Days on which nothing is planned: away, holidays, weekdays that are not worked
 * (`config hours holidays away`). *open is the first day from `day` on that is
 * none of these; *why, in the arena, says what was passed over ("Fri 25 Dec is a
 * holiday"), NULL if `day` itself is fine. Looks a year ahead at most. */
tend_status tend_gate_day(struct tend_desk *desk, tend_id person, int64_t day,
                          struct tend_arena *arena, int64_t *open, const char **why);

#endif
