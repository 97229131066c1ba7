/* The clock: real, frozen, seeded; uids that sort by time. */
#include "base/clock.h"
#include "check.h"

/* tend_clock_now, tend_clock_freeze */
static void frozen_clock_stands(void **state)
{
    (void)state;
    struct tend_clock clock = { 0 };
    int64_t now = tend_clock_now(&clock);

    assert_true(now > INT64_C(1700000000000000)); /* after November 2023 */
    assert_true(tend_clock_now(&clock) - now < INT64_C(60000000));
    tend_clock_freeze(&clock, 42);
    assert_int_equal(tend_clock_now(&clock), 42);
    assert_int_equal(tend_clock_now(&clock), 42);
    tend_clock_freeze(&clock, -42);
    assert_int_equal(tend_clock_now(&clock), -42);
}

/* tend_clock_seed, tend_clock_random */
static void seeds_repeat(void **state)
{
    (void)state;
    struct tend_clock a = { 0 }, b = { 0 }, c = { 0 };
    int differs = 0;

    tend_clock_seed(&a, 7);
    tend_clock_seed(&b, 7);
    tend_clock_seed(&c, 8);
    for (int i = 0; i < 1000; i++) {
        uint64_t of_a = tend_clock_random(&a);

        assert_true(of_a == tend_clock_random(&b));
        differs += of_a != tend_clock_random(&c);
    }
    assert_int_equal(differs, 1000);
}

/* tend_clock_random: xoshiro256** from the state 1, 2, 3, 4, as its definition gives */
static void random_is_xoshiro(void **state)
{
    (void)state;
    struct tend_clock clock = { .seeded = true, .state = { 1, 2, 3, 4 } };

    assert_int_equal(tend_clock_random(&clock), 11520);
    assert_int_equal(tend_clock_random(&clock), 0);
    assert_int_equal(tend_clock_random(&clock), 1509978240);
}

/* tend_clock_random: every bit comes up, with a seed and without */
static void random_uses_all_bits(void **state)
{
    (void)state;
    struct tend_clock clock = { 0 };

    for (int seeded = 0; seeded < 2; seeded++) {
        uint64_t ones = 0, zeroes = 0;

        for (int i = 0; i < 200; i++) {
            uint64_t got = tend_clock_random(&clock);

            ones |= got;
            zeroes |= ~got;
        }
        assert_true(ones == UINT64_MAX && zeroes == UINT64_MAX);
        tend_clock_seed(&clock, 0);
    }
}

/* tend_clock_uid */
static void uids_are_ulids(void **state)
{
    (void)state;
    struct tend_clock clock = { 0 };
    char first[27], second[27], again[27];

    /* 2016-07-30T22:36:16.385Z is 01ARYZ6S41 in base 32 */
    tend_clock_freeze(&clock, INT64_C(1469918176385) * 1000);
    tend_clock_uid(&clock, first);
    assert_int_equal(strlen(first), 26);
    assert_memory_equal(first, "01ARYZ6S41", 10);
    assert_int_equal(strspn(first, "0123456789ABCDEFGHJKMNPQRSTVWXYZ"), 26);
    tend_clock_uid(&clock, second);
    assert_string_not_equal(first, second);
    tend_clock_freeze(&clock, INT64_C(1469918176386) * 1000);
    tend_clock_uid(&clock, second);
    assert_true(strcmp(first, second) < 0);

    tend_clock_seed(&clock, 5);
    tend_clock_uid(&clock, first);
    tend_clock_uid(&clock, second);
    tend_clock_seed(&clock, 5);
    tend_clock_uid(&clock, again);
    assert_string_equal(first, again);
    assert_string_not_equal(first, second);

    tend_clock_freeze(&clock, -5); /* before 1970 */
    tend_clock_uid(&clock, first);
    assert_memory_equal(first, "0000000000", 10);
}

/* tend_clock_ticks */
static void ticks_never_step_back(void **state)
{
    (void)state;
    int64_t before = tend_clock_ticks();

    for (int i = 0; i < 1000; i++) {
        int64_t now = tend_clock_ticks();

        assert_true(now >= before);
        before = now;
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(frozen_clock_stands), cmocka_unit_test(seeds_repeat),
    cmocka_unit_test(random_is_xoshiro),   cmocka_unit_test(random_uses_all_bits),
    cmocka_unit_test(uids_are_ulids),      cmocka_unit_test(ticks_never_step_back),
};

CHECK_MAIN(tests)
