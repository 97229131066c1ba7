/* SipHash-2-4 (Aumasson, Bernstein, 2012): a hash that nobody can turn round without its key. */
#ifndef TEND_BASE_SIPHASH_H
#define TEND_BASE_SIPHASH_H

#include <tend/types.h>

uint64_t tend_siphash(const uint64_t key[2], struct tend_text text);

#endif
