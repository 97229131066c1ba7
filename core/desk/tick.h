/* The scheduler's turn: timers that are due are answered, and that is all. */
#ifndef TEND_DESK_TICK_H
#define TEND_DESK_TICK_H

#include "desk/backlog.h"

#define TEND_TICK_BATCH 250     /* timers to a claim and to a transaction */

struct tend_tick_ask {
    int64_t most;               /* timers; 0: all that are due */
    int64_t until;              /* the clock moves to each one's due, until then; 0: now */
    int64_t budget;             /* microseconds, then it stops: no more than one timer late; 0: none */
};

struct tend_tick {
    struct tend_arena arena;    /* of the texts below */
    int64_t steps;              /* timers answered */
    int64_t tasks, messages;    /* made */
    int64_t failed;             /* calls */
    int64_t left;               /* timers due that `most` left waiting */
    TEND_ARRAY(tend_id) batch;
    TEND_ARRAY(const char *) warning;
    struct tend_backlog backlog;    /* sorted, when days were slept through */
};

/* What was done before an error stays done, and is told. A plugin that breaks
 * a limit takes its batch back, is set aside, and the others go on. */
tend_status tend_tick_run(struct tend_desk *desk, const struct tend_tick_ask *ask,
                          struct tend_tick *tick);
/* When there is something to do next: a timer, a task that opens, texts that wait for the
 * search index (which tend_tick_run also sees to). 0: nothing
 * is planned. It may lie in the past: then tend_tick_run has something to do. */
tend_status tend_tick_next(struct tend_desk *desk, int64_t *at);
/* A line when the clock stands before what was written last, once for each such
 * step; else NULL. tend_tick_run warns with it. */
tend_status tend_tick_clock(struct tend_desk *desk, struct tend_arena *arena, const char **line);
void tend_tick_finish(struct tend_tick *tick);

#endif
