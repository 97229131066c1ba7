/* Sorting by digits. Covers tend_radix_sort. */
#include "base/radix.h"
#include "check.h"

static void by_all_bits(void **state)
{
    uint64_t at[5000], spare[5000], random = 1;

    (void)state;
    for (int32_t i = 0; i < 5000; i++) {
        random = random * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        at[i] = random;
    }
    tend_radix_sort(at, spare, 5000, 0, 64);
    for (int32_t i = 1; i < 5000; i++)
        assert_true(at[i - 1] <= at[i]);
}

static void equal_ones_stay_in_order(void **state)
{
    uint64_t at[1000], spare[1000];

    (void)state;
    for (uint64_t i = 0; i < 1000; i++)
        at[i] = (i * 7 % 10) << 32 | i;
    tend_radix_sort(at, spare, 1000, 32, 64);
    for (int32_t i = 1; i < 1000; i++)
        assert_true(at[i - 1] < at[i]);
}

static void none_and_one(void **state)
{
    uint64_t one = 7, spare = 0;

    (void)state;
    tend_radix_sort(&one, &spare, 0, 0, 64);
    tend_radix_sort(&one, &spare, 1, 0, 64);
    assert_int_equal(one, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_all_bits),
        cmocka_unit_test(equal_ones_stay_in_order),
        cmocka_unit_test(none_and_one),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
