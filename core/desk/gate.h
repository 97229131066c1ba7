/* The gate: what no plugin and no command gets past. Now: do-not-contact. */
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

#endif
