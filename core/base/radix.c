/* Sorting by digits of eleven bits, the least significant first: each digit is a pass
 * whose counters fit the nearest cache. */
#include "base/radix.h"
#include <string.h>

#define DIGIT 11
#define DIGITS (1 << DIGIT)

static void pass(const uint64_t *from, uint64_t *to, int64_t n, int32_t shift, uint64_t mask)
{
    int64_t place[DIGITS] = { 0 }, next = 0;

    for (int64_t i = 0; i < n; i++)
        place[from[i] >> shift & mask]++;
    for (int32_t d = 0; d < DIGITS; d++) {
        int64_t count = place[d];

        place[d] = next;
        next += count;
    }
    for (int64_t i = 0; i < n; i++)
        to[place[from[i] >> shift & mask]++] = from[i];
}

void tend_radix_sort(uint64_t *at, uint64_t *spare, int64_t n, int32_t from, int32_t to)
{
    uint64_t *here = at, *there = spare;

    for (int32_t shift = from; n > 1 && shift < to; shift += DIGIT) {
        int32_t bits = to - shift < DIGIT ? to - shift : DIGIT;
        uint64_t *other = here;

        pass(here, there, n, shift, (UINT64_C(1) << bits) - 1);
        here = there;
        there = other;
    }
    if (here != at)
        memcpy(at, here, (size_t)n * sizeof *at);
}
