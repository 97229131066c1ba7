/* The only file that asks the machine for time and chance. */
#include "base/clock.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>

static int64_t micros_of(clockid_t which)
{
    struct timespec at;

    clock_gettime(which, &at);
    return (int64_t)at.tv_sec * 1000000 + at.tv_nsec / 1000;
}

static uint64_t rotate(uint64_t x, int by)
{
    return x << by | x >> (64 - by);
}

/* Straight from the kernel, some at a time; up to 256 bytes come whole. This
 * is a single process: no fork hands out the same again. */
static void machine_random(uint64_t *out, size_t n)
{
    static uint64_t pool[32];
    static size_t left;

    for (size_t i = 0; i < n; i++) {
        while (left == 0) {
            if (getrandom(pool, sizeof pool, 0) == (ssize_t)sizeof pool) {
                left = sizeof pool / sizeof *pool;
            } else if (errno != EINTR) {
                fputs("tend: this machine gives no random numbers\n", stderr);
                exit(1);
            }
        }
        out[i] = pool[--left];
    }
}

static void random_words(struct tend_clock *clock, uint64_t *out, size_t n)
{
    if (!clock->seeded)
        machine_random(out, n);
    else
        for (size_t i = 0; i < n; i++)
            out[i] = tend_clock_random(clock);
}

int64_t tend_clock_now(struct tend_clock *clock)
{
    return clock->frozen ? clock->now : micros_of(CLOCK_REALTIME);
}

void tend_clock_freeze(struct tend_clock *clock, int64_t now)
{
    clock->frozen = true;
    clock->now = now;
}

void tend_clock_seed(struct tend_clock *clock, uint64_t seed)
{
    clock->seeded = true;
    for (int i = 0; i < 4; i++) { /* splitmix64, as the authors of xoshiro advise */
        uint64_t z = seed += UINT64_C(0x9e3779b97f4a7c15);

        z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
        z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
        clock->state[i] = z ^ z >> 31;
    }
}

uint64_t tend_clock_random(struct tend_clock *clock)
{
    uint64_t *s = clock->state, result, shifted;

    if (!clock->seeded) {
        machine_random(&result, 1);
        return result;
    }
    result = rotate(s[1] * 5, 7) * 9;
    shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate(s[3], 45);
    return result;
}

void tend_clock_uid(struct tend_clock *clock, char out[27])
{
    static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    int64_t now = tend_clock_now(clock);
    uint64_t ms = now > 0 ? (uint64_t)now / 1000 & UINT64_C(0xFFFFFFFFFFFF) : 0;
    uint64_t chance[2];

    random_words(clock, chance, 2);
    for (int i = 9; i >= 0; i--, ms >>= 5)
        out[i] = digits[ms & 31];
    for (int word = 0; word < 2; word++)
        for (int i = 0; i < 8; i++, chance[word] >>= 5)
            out[10 + word * 8 + i] = digits[chance[word] & 31];
    out[26] = '\0';
}

int64_t tend_clock_ticks_coarse(void)
{
    return micros_of(CLOCK_MONOTONIC_COARSE);
}

int64_t tend_clock_ticks(void)
{
    return micros_of(CLOCK_MONOTONIC);
}
