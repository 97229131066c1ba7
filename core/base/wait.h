/* Waiting for input, signals and the time: what the prompt and the daemon sleep in.
 *
 * While a wait is open SIGINT, SIGTERM, SIGHUP and SIGWINCH are blocked and come
 * out of tend_wait_next, except in between tend_wait_pause and tend_wait_resume:
 * there a command runs, and a SIGINT asks it to stop (interrupt.h). */
#ifndef TEND_BASE_WAIT_H
#define TEND_BASE_WAIT_H

#include "base/error.h"
#include <stdbool.h>

enum {                      /* what has come: several may */
    TEND_WAIT_INPUT = 1,    /* the descriptor can be read, or has ended */
    TEND_WAIT_TIME = 2,     /* the moment asked for is here */
    TEND_WAIT_CLOCK = 4,    /* somebody has set the machine's clock: look again */
    TEND_WAIT_INT = 8,      /* SIGINT */
    TEND_WAIT_TERM = 16,    /* SIGTERM or SIGHUP: end in good order */
    TEND_WAIT_SIZE = 32,    /* SIGWINCH */
    TEND_WAIT_ALSO = 64     /* the other descriptor can be read */
};

struct tend_wait;

/* fd: what is read, -1 for nothing. One at a time in the process. */
tend_status tend_wait_open(struct tend_wait **wait, int fd, struct tend_error *err);
/* A second descriptor to wait for; -1 for none. */
void tend_wait_also(struct tend_wait *wait, int fd);
/* Sleeps until something comes; `until`: an instant of the machine's clock
 * (microseconds UTC), 0 for none. Sleeps a minute at the longest, since another
 * process cannot wake us: 0 then. A machine that slept wakes into TIME or CLOCK. */
uint32_t tend_wait_next(struct tend_wait *wait, int64_t until);
void tend_wait_pause(struct tend_wait *wait);
void tend_wait_resume(struct tend_wait *wait);
void tend_wait_close(struct tend_wait *wait);      /* NULL is fine; gives the signals back */

#endif
