/* What waited while somebody was away, sorted into days.
 *
 * Nobody who comes back finds a wall: what needs them today stays today, up to
 * what a day takes (`config daily`); the rest goes to the next days that the
 * gate allows; what a plugin made and is long over is named, and never dropped
 * by itself. The moving is one batch, "spread", that its id undoes.
 *
 * Two days are remembered, outside of the journal: `seen_day`, the last on which
 * somebody did something before a gap, and `tick_day`, the last with a tick. */
#ifndef TEND_DESK_BACKLOG_H
#define TEND_DESK_BACKLOG_H

#include "desk/desk.h"

#define TEND_BACKLOG_DAYS 2     /* so many days without anybody are a gap */

struct tend_backlog {
    struct tend_arena arena;
    bool sorted;                /* it was time to; else all is zero */
    int64_t away;               /* days since somebody was here; 0: nobody was away */
    int64_t waited;             /* the sum of the next three */
    int64_t today, moved, old;
    int64_t last_day;           /* the latest to which something was moved */
    tend_id *go;                /* the old ones */
    tend_id batch;              /* 0: nothing had to be moved */
};

/* A command writes: somebody is here. A gap stays one until it is sorted. */
tend_status tend_backlog_seen(struct tend_desk *desk);
/* At the end of a tick: sorts when there was neither a tick nor anybody for days. */
tend_status tend_backlog_tick(struct tend_desk *desk, struct tend_backlog *out);
/* Somebody is back: sorts when they were away for days; says what earlier ticks
 * have moved, too. */
tend_status tend_backlog_return(struct tend_desk *desk, struct tend_backlog *out);
/* Sorts now, whoever was away. */
tend_status tend_backlog_spread(struct tend_desk *desk, struct tend_backlog *out);
void tend_backlog_finish(struct tend_backlog *out);

#endif
