/* FNV-1a (Fowler, Noll, Vo), whose high bits a final mix makes as good as its
 * low ones. */
#include "base/hash.h"

uint64_t tend_hash(uint64_t seed, const void *at, size_t len)
{
    const unsigned char *byte = at;
    uint64_t h = seed;

    for (size_t i = 0; i < len; i++)
        h = (h ^ byte[i]) * UINT64_C(0x100000001b3);
    /* the finalizer of splitmix64 (S. Vigna) */
    h = (h ^ h >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    h = (h ^ h >> 27) * UINT64_C(0x94d049bb133111eb);
    return h ^ h >> 31;
}
