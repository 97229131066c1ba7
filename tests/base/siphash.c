/* SipHash-2-4 against the vectors of its authors: the key is the bytes 0 to 15, the
 * text those from 0 on. Covers tend_siphash. */
#include "base/siphash.h"
#include "base/text.h"
#include "check.h"

static uint64_t of(int64_t len)
{
    static const uint64_t key[2] = { UINT64_C(0x0706050403020100), UINT64_C(0x0f0e0d0c0b0a0908) };
    char text[64];

    for (int i = 0; i < 64; i++)
        text[i] = (char)i;
    return tend_siphash(key, (struct tend_text){ text, len });
}

static void the_vectors_of_the_paper(void **state)
{
    (void)state;
    assert_true(of(15) == UINT64_C(0xa129ca6149be45e5));
    assert_true(of(0) == UINT64_C(0x726fdb47dd0e0e31));
    assert_true(of(1) == UINT64_C(0x74f839c593dc67fd));
    assert_true(of(8) == UINT64_C(0x93f5f5799a932462));
}

static void another_key_is_another_hash(void **state)
{
    static const uint64_t a[2] = { 1, 2 }, b[2] = { 1, 3 };

    (void)state;
    assert_true(tend_siphash(a, TEND_TEXT("email:ann@example.com")) !=
                tend_siphash(b, TEND_TEXT("email:ann@example.com")));
    assert_true(tend_siphash(a, TEND_TEXT("ab")) != tend_siphash(a, TEND_TEXT("ba")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_vectors_of_the_paper),
        cmocka_unit_test(another_key_is_another_hash),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
