/* The hash: the same everywhere, and spread well enough for a table. */
#include "base/hash.h"
#include "check.h"

/* FNV-1a and the mix, a second time and straight from their definitions */
static uint64_t expected(uint64_t h, const unsigned char *at, size_t len)
{
    while (len-- > 0) {
        h ^= *at++;
        h *= UINT64_C(1099511628211);
    }
    h ^= h >> 30;
    h *= UINT64_C(13787848793156543929);
    h ^= h >> 27;
    h *= UINT64_C(10723151780598845931);
    h ^= h >> 31;
    return h;
}

/* tend_hash */
static void hash_is_fixed(void **state)
{
    (void)state;
    const char *text = "Ann Lee <ann@example.com>";

    for (size_t len = 0; len <= strlen(text); len++)
        assert_true(tend_hash(TEND_HASH_SEED, text, len) ==
                    expected(TEND_HASH_SEED, (const unsigned char *)text, len));
    assert_true(tend_hash(TEND_HASH_SEED, NULL, 0) == tend_hash(TEND_HASH_SEED, "", 0));
    assert_true(tend_hash(1, "a", 1) != tend_hash(2, "a", 1));
    assert_true(tend_hash(TEND_HASH_SEED, "a\0", 2) != tend_hash(TEND_HASH_SEED, "a", 1));
}

/* tend_hash: small numbers fill the slots of a table evenly, low bits and high */
static void hash_spreads(void **state)
{
    (void)state;
    int low[64] = { 0 }, high[64] = { 0 };

    for (int64_t i = 0; i < 6400; i++) {
        uint64_t h = tend_hash(TEND_HASH_SEED, &i, sizeof i);

        low[h & 63]++;
        high[h >> 58]++;
    }
    for (int i = 0; i < 64; i++) {
        assert_in_range(low[i], 50, 160);
        assert_in_range(high[i], 50, 160);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(hash_is_fixed),
    cmocka_unit_test(hash_spreads),
};

CHECK_MAIN(tests)
