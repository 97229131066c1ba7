/* The growing array, with items of several sizes. */
#include "base/array.h"
#include "check.h"

/* TEND_ARRAY, TEND_PUSH, TEND_ARRAY_FINISH */
static void push_grows(void **state)
{
    (void)state;
    TEND_ARRAY(tend_id) ids = { 0 };

    for (tend_id i = 0; i < 1000; i++) {
        TEND_PUSH(&ids, i * 3);
        assert_true(ids.cap >= ids.n);
    }
    assert_int_equal(ids.n, 1000);
    for (tend_id i = 0; i < 1000; i++)
        assert_int_equal(ids.at[i], i * 3);
    TEND_ARRAY_FINISH(&ids);
    assert_null(ids.at);
    assert_int_equal(ids.n, 0);
    assert_int_equal(ids.cap, 0);
}

/* TEND_PUSH: a struct literal, whose commas belong to the item */
static void push_takes_struct_literals(void **state)
{
    (void)state;
    TEND_ARRAY(struct tend_text) texts = { 0 };

    for (int i = 0; i < 20; i++)
        TEND_PUSH(&texts, (struct tend_text){ "abc", i % 4 });
    assert_int_equal(texts.n, 20);
    assert_int_equal(texts.at[19].len, 3);
    assert_string_equal(texts.at[0].at, "abc");
    TEND_ARRAY_FINISH(&texts);
}

/* TEND_PUSH evaluates its item once; TEND_ARRAY_FINISH can be followed by more */
static void push_evaluates_once(void **state)
{
    (void)state;
    TEND_ARRAY(char) letters = { 0 };
    char next = 'a';

    while (next <= 'z')
        TEND_PUSH(&letters, next++);
    assert_int_equal(letters.n, 26);
    assert_memory_equal(letters.at, "abcdefghijklmnopqrstuvwxyz", 26);
    TEND_ARRAY_FINISH(&letters);
    TEND_PUSH(&letters, 'x');
    assert_int_equal(letters.n, 1);
    TEND_ARRAY_FINISH(&letters);
    TEND_ARRAY_FINISH(&letters);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(push_grows),
    cmocka_unit_test(push_takes_struct_literals),
    cmocka_unit_test(push_evaluates_once),
};

CHECK_MAIN(tests)
