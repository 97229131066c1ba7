/* SipHash-2-4, after its paper: two rounds a word, four at the end. */
#include "base/siphash.h"

static uint64_t turn(uint64_t x, int bits)
{
    return x << bits | x >> (64 - bits);
}

static void mix(uint64_t v[4], int rounds)
{
    while (rounds-- > 0) {
        v[0] += v[1];
        v[2] += v[3];
        v[1] = turn(v[1], 13) ^ v[0];
        v[3] = turn(v[3], 16) ^ v[2];
        v[0] = turn(v[0], 32);
        v[2] += v[1];
        v[0] += v[3];
        v[1] = turn(v[1], 17) ^ v[2];
        v[3] = turn(v[3], 21) ^ v[0];
        v[2] = turn(v[2], 32);
    }
}

static uint64_t word_at(struct tend_text text, int64_t at, int64_t n)
{
    uint64_t word = 0;

    for (int64_t i = 0; i < n; i++)
        word |= (uint64_t)(unsigned char)text.at[at + i] << (8 * i);
    return word;
}

uint64_t tend_siphash(const uint64_t key[2], struct tend_text text)
{
    uint64_t v[4] = { key[0] ^ UINT64_C(0x736f6d6570736575), key[1] ^ UINT64_C(0x646f72616e646f6d),
                      key[0] ^ UINT64_C(0x6c7967656e657261), key[1] ^ UINT64_C(0x7465646279746573) };
    int64_t at = 0;
    uint64_t word;

    for (; text.len - at >= 8; at += 8) {
        word = word_at(text, at, 8);
        v[3] ^= word;
        mix(v, 2);
        v[0] ^= word;
    }
    word = word_at(text, at, text.len - at) | (uint64_t)text.len << 56;
    v[3] ^= word;
    mix(v, 2);
    v[0] ^= word;
    v[2] ^= 0xff;
    mix(v, 4);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}
