/* A 64-bit hash for checksums and tables in memory; not for secrets. FNV-1a
 * with a final mix; the same on every machine. */
#ifndef TEND_BASE_HASH_H
#define TEND_BASE_HASH_H

#include <tend/types.h>

#define TEND_HASH_SEED UINT64_C(0xcbf29ce484222325)

uint64_t tend_hash(uint64_t seed, const void *at, size_t len);

#endif
