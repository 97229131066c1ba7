/* The arena: alignment, zeroes after a reset, many sizes. */
#include "base/arena.h"
#include "check.h"

/* tend_arena_take, tend_arena_finish */
static void take_is_aligned_and_zeroed(void **state)
{
    (void)state;
    struct tend_arena arena = { 0 };

    for (size_t size = 0; size < 600; size++) {
        unsigned char *at = tend_arena_take(&arena, size);

        assert_int_equal((uintptr_t)at % _Alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(at[i], 0);
        memset(at, 0xAA, size);
        tend_arena_str(&arena, (struct tend_text){ "x", 1 }); /* puts the end out of line */
    }
    tend_arena_finish(&arena);
    assert_null(arena.chunk);
    tend_arena_finish(&arena);
}

/* tend_arena_take: pieces do not overlap, big ones among small ones */
static void pieces_are_apart(void **state)
{
    (void)state;
    enum { N = 300 };
    struct tend_arena arena = { 0 };
    unsigned char *at[N];
    size_t size[N];

    for (int i = 0; i < N; i++) {
        size[i] = i % 37 == 5 ? 90000 + (size_t)i : i % 50 == 7 ? 300000 : (size_t)i + 1;
        at[i] = tend_arena_take(&arena, size[i]);
        memset(at[i], i & 0xFF, size[i]);
    }
    for (int i = 0; i < N; i++)
        for (size_t k = 0; k < size[i]; k++)
            if (at[i][k] != (i & 0xFF))
                fail_msg("piece %d was written over at %zu", i, k);
    tend_arena_finish(&arena);
}

/* tend_arena_text, tend_arena_str */
static void texts_are_copied_and_ended(void **state)
{
    (void)state;
    struct tend_arena arena = { 0 };
    char from[] = "Ann Lee";
    struct tend_text copy = tend_arena_text(&arena, (struct tend_text){ from, 3 });

    from[0] = 'X';
    check_text(copy, "Ann");
    assert_int_equal(copy.at[3], '\0');
    assert_string_equal(tend_arena_str(&arena, (struct tend_text){ from + 4, 3 }), "Lee");
    assert_string_equal(tend_arena_str(&arena, (struct tend_text){ NULL, 0 }), "");
    assert_int_equal(tend_arena_text(&arena, (struct tend_text){ NULL, 0 }).len, 0);
    tend_arena_finish(&arena);
}

/* tend_arena_printf, tend_arena_vprintf */
static void printf_takes_what_it_needs(void **state)
{
    (void)state;
    struct tend_arena arena = { 0 };
    char *text = tend_arena_printf(&arena, "p%d %s", 42, "Ann");

    assert_string_equal(text, "p42 Ann");
    text = tend_arena_printf(&arena, "%070000d", 7);
    assert_int_equal(strlen(text), 70000);
    assert_int_equal(text[69999], '7');
    tend_arena_finish(&arena);
}

/* tend_arena_reset */
static void reset_keeps_one_chunk(void **state)
{
    (void)state;
    struct tend_arena arena = { 0 };

    tend_arena_reset(&arena);
    assert_null(arena.chunk);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 1000; i++)
            memset(tend_arena_take(&arena, 100), 0xFF, 100);
        tend_arena_reset(&arena);
        assert_non_null(arena.chunk);

        struct tend_arena_chunk *kept = arena.chunk;
        unsigned char *at = tend_arena_take(&arena, 64);
        for (int i = 0; i < 64; i++)
            assert_int_equal(at[i], 0);
        assert_ptr_equal(arena.chunk, kept);
    }
    tend_arena_finish(&arena);
    /* a huge chunk is given back */
    tend_arena_take(&arena, 10000000);
    tend_arena_reset(&arena);
    assert_null(arena.chunk);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(take_is_aligned_and_zeroed), cmocka_unit_test(pieces_are_apart),
    cmocka_unit_test(texts_are_copied_and_ended), cmocka_unit_test(printf_takes_what_it_needs),
    cmocka_unit_test(reset_keeps_one_chunk),
};

CHECK_MAIN(tests)
