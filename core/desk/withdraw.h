/* Taking back what an event has caused. For desk/ alone. */
#ifndef TEND_DESK_WITHDRAW_H
#define TEND_DESK_WITHDRAW_H

#include "desk/deed.h"

struct tend_withdrawing {
    struct tend_desk *desk;
    struct tend_deed *deed;
    tend_id person;             /* only what was caused with them */
    struct tend_arena arena;
    TEND_ARRAY(tend_id) again;  /* earlier touches, whose task this one had re-timed */
    bool moved;                 /* a move was among it */
};

/* Tasks, moves and holds that the cause made and nobody touched since, and what these
 * caused; what was ended for it is open again. */
tend_status tend_withdraw_cause(struct tend_withdrawing *w, enum tend_ref_kind kind, tend_id id,
                                int depth);
void tend_withdraw_finish(struct tend_withdrawing *w);
/* A closed task is open again. */
tend_status tend_task_reopen(struct tend_desk *desk, struct tend_deed *deed, tend_id task);

#endif
