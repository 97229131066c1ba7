/* SHA-256 (FIPS 180-4): of files that somebody else wrote, where nobody may find
 * another file with the same hash. */
#ifndef TEND_BASE_SHA256_H
#define TEND_BASE_SHA256_H

#include <tend/types.h>

struct tend_sha256 {
    uint32_t state[8];
    uint64_t len;               /* bytes so far */
    unsigned char block[64];
};

void tend_sha256_begin(struct tend_sha256 *sha);
void tend_sha256_add(struct tend_sha256 *sha, const void *bytes, size_t n);
/* 64 hexadecimal digits and a NUL. */
void tend_sha256_end(struct tend_sha256 *sha, char out[65]);

#endif
