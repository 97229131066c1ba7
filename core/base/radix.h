/* Sorting many numbers by some of their bits, faster than by comparing. */
#ifndef TEND_BASE_RADIX_H
#define TEND_BASE_RADIX_H

#include <stdint.h>

/* By the bits from..to-1, the least first; equal ones stay in order. spare: room for n. */
void tend_radix_sort(uint64_t *at, uint64_t *spare, int64_t n, int32_t from, int32_t to);

#endif
