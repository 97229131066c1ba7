/* Clock, chance and ids: the only place that asks the machine for them.
 *
 * A frozen clock stands still at the time that `--now` gave; a seed makes the
 * random numbers, and so the uids, the same every run. */
#ifndef TEND_BASE_CLOCK_H
#define TEND_BASE_CLOCK_H

#include <stdbool.h>
#include <tend/types.h>

struct tend_clock {             /* zeroed: the machine's clock and chance */
    bool frozen, seeded;
    int64_t now;                /* when frozen: microseconds since 1970 UTC */
    uint64_t state[4];          /* xoshiro256** (Blackman and Vigna) */
};

int64_t tend_clock_now(struct tend_clock *clock);       /* microseconds UTC */
void tend_clock_freeze(struct tend_clock *clock, int64_t now);
void tend_clock_seed(struct tend_clock *clock, uint64_t seed);
uint64_t tend_clock_random(struct tend_clock *clock);
/* 26 characters (Crockford's base 32, 48 bits of milliseconds, 80 of chance:
 * the ULID layout) and a NUL. */
void tend_clock_uid(struct tend_clock *clock, char out[27]);
/* For deadlines only: never steps back, means nothing outside the process.
 * Microseconds. Not moved by a frozen clock. */
int64_t tend_clock_ticks(void);
/* The same in steps of some milliseconds, at a fifth of the cost: sums of many short
 * spans come out right on average, and a long one is seen. */
int64_t tend_clock_ticks_coarse(void);

#endif
