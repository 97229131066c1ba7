/* Covers module/exports.c: every letter in every place at both ends of its range, results
 * whose upper bits are poisoned, and lists that are no lists of exports. */
#include "check.h"
#include "letters.h"
#include "module/exports.h"
#include <float.h>
#include <math.h>

static struct tend_functions prepared(const struct tend_export *list, struct tend_arena *arena)
{
    struct tend_functions functions;
    struct tend_error err = { 0 };

    if (tend_functions_prepare(list, true, arena, &functions, &err) != TEND_OK)
        fail_msg("%s", err.text);
    return functions;
}

static bool same(char letter, const struct tend_any *a, const struct tend_any *b)
{
    if (letter == 'd')
        return memcmp(&a->is.real, &b->is.real, sizeof a->is.real) == 0;
    if (letter == 's')
        return a->is.text == b->is.text;
    return a->is.number == b->is.number;
}

/* Seven others around it, as letters.h expects them. */
static void in_place(const struct tend_functions *functions, char letter, int place,
                     struct tend_any value)
{
    const struct tend_any others[7] = {
        { 'l', { .number = INT64_MIN } },  { 'd', { .real = 0.5 } },   { 's', { .text = "three" } },
        { 'i', { .number = INT32_MIN } },  { 'd', { .real = -2.25 } }, { 'l', { .number = INT64_MAX } },
        { 'i', { .number = -1 } },
    };
    struct tend_any args[8], result = { 0 };
    char name[16];
    const struct tend_function *function;

    snprintf(name, sizeof name, "take_%c_%d", letter, place);
    function = tend_functions_find(functions, name);
    assert_non_null(function);
    for (int i = 0, o = 0; i < 8; i++)
        args[i] = i == place ? value : others[o++];
    letters_well = 0;
    tend_function_call(function, NULL, args, &result);
    if (!letters_well || result.as != letter || !same(letter, &value, &result))
        fail_msg("%s %s: the others %d", name, function->text, letters_well);
}

static void test_every_place(void **state)
{
    static char text[100000];
    struct tend_arena arena = { 0 };
    struct tend_functions functions = prepared(letters, &arena);
    const struct tend_any values[] = {
        { 'i', { .number = INT32_MIN } }, { 'i', { .number = INT32_MAX } }, { 'i', { .number = -1 } },
        { 'l', { .number = INT64_MIN } }, { 'l', { .number = INT64_MAX } },
        { 'd', { .real = -DBL_MAX } },    { 'd', { .real = DBL_MAX } },
        { 'd', { .real = DBL_TRUE_MIN } }, { 'd', { .real = -0.0 } },
        { 'd', { .real = INFINITY } },    { 's', { .text = NULL } },        { 's', { .text = "" } },
        { 's', { .text = text } },        { 'h', { .number = 0 } },
        { 'h', { .number = INT64_MAX } }, { 'b', { .number = 0 } },         { 'b', { .number = 1 } },
    };

    (void)state;
    memset(text, 'x', sizeof text - 1);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        for (int place = 0; place < 8; place++)
            in_place(&functions, (char)values[i].as, place, values[i]);
    assert_int_equal(functions.n, 6 * 8 + 1);
    assert_string_equal(tend_functions_find(&functions, "take_h_3")->text, "h(ldshidli)");
    tend_arena_finish(&arena);
}

/* They leave rubbish above the 32 bits that are theirs. */
static int64_t poisoned(struct tend_ctx *ctx, int32_t low)
{
    (void)ctx;
    return (int64_t)(UINT64_C(0xDEADBEEF00000000) | (uint32_t)low);
}

static tend_bool other_truth(struct tend_ctx *ctx)
{
    (void)ctx;
    return -4711;
}

static void test_narrowing(void **state)
{
    const struct tend_export list[] = {
        { sizeof *list, "number", "i(i)", (void (*)(void))poisoned, NULL, 0 },
        { sizeof *list, "truth", "b(i)", (void (*)(void))poisoned, NULL, 0 },
        TEND_EXPORT0(other_truth, tend_bool, ""),
        TEND_EXPORTS_END,
    };
    static const int32_t lows[] = { 0, 1, -1, INT32_MIN, INT32_MAX };
    struct tend_arena arena = { 0 };
    struct tend_functions functions = prepared(list, &arena);
    struct tend_any result;

    (void)state;
    for (size_t i = 0; i < sizeof lows / sizeof *lows; i++) {
        struct tend_any arg = { 'i', { .number = lows[i] } };

        tend_function_call(&functions.at[0], NULL, &arg, &result);
        assert_int_equal(result.is.number, lows[i]);
        tend_function_call(&functions.at[1], NULL, &arg, &result);
        assert_int_equal(result.is.number, lows[i] != 0);
    }
    tend_function_call(&functions.at[2], NULL, NULL, &result);
    assert_int_equal(result.is.number, 1);
    tend_arena_finish(&arena);
}

static int calls;

static void count_call(struct tend_ctx *ctx)
{
    assert_ptr_equal(ctx, &calls);
    calls++;
}

static void test_nothing(void **state)
{
    const struct tend_export list[] = { TEND_EXPORT0(count_call, void, "x"), TEND_EXPORTS_END };
    struct tend_arena arena = { 0 };
    struct tend_functions functions = prepared(list, &arena);
    struct tend_any result = { 0 };

    (void)state;
    assert_string_equal(functions.at[0].text, "v()");
    tend_function_call(&functions.at[0], (struct tend_ctx *)(void *)&calls, NULL, &result);
    assert_int_equal(calls, 1);
    assert_int_equal(result.as, 'v');
    tend_arena_finish(&arena);
}

static void refuses(const struct tend_export *list, const char *why)
{
    struct tend_arena arena = { 0 };
    struct tend_functions functions;
    struct tend_error err = { 0 };

    assert_int_not_equal(tend_functions_prepare(list, true, &arena, &functions, &err), TEND_OK);
    if (!strstr(err.text, why))
        fail_msg("\"%s\" does not hold \"%s\"", err.text, why);
    tend_arena_finish(&arena);
}

static void test_wrong_lists(void **state)
{
    void (*const f)(void) = (void (*)(void))count_call;
    const struct tend_export end = TEND_EXPORTS_END;
    int64_t size = sizeof end;

    (void)state;
    refuses((struct tend_export[]){ { 8, "f", "v()", f, "", 0 }, end }, "entry 1 of its functions");
    refuses((struct tend_export[]){ { -1, "f", "v()", f, "", 0 }, end }, "TEND_EXPORT");
    refuses((struct tend_export[]){ { size, "f", "v()", f, "", 0 }, { 7, "g", "v()", f, "", 0 }, end },
            "entry 2 of its functions has 7 bytes");
    refuses((struct tend_export[]){ { size, "f", "v(", f, "", 0 }, end }, "its function f: \"v(\" is no");
    refuses((struct tend_export[]){ { size, "f", "iiiiiiiiiiiiiiii", f, "", 0 }, end }, "no signature");
    refuses((struct tend_export[]){ { size, NULL, "v()", f, "", 0 }, end }, "a function \"\"");
    refuses((struct tend_export[]){ { size, "1f", "v()", f, "", 0 }, end }, "no digit first");
    refuses((struct tend_export[]){ { size, "f", "v()", NULL, "", 0 }, end }, "f has no address");
    refuses((struct tend_export[]){ { size, "f", "v()", f, "", 0 }, { size, "f", "v()", f, "", 0 }, end },
            "two functions \"f\"");
}

/* A plugin of a later tend has longer entries. */
static void test_longer_entries(void **state)
{
    const struct {
        struct tend_export of_now;
        int64_t later;
    } list[] = {
        { { sizeof *list, "a", "v()", (void (*)(void))count_call, "", 0 }, 1 },
        { { sizeof *list, "b", "i(l)", (void (*)(void))poisoned, "", 0 }, 2 },
        { TEND_EXPORTS_END, 3 },
    };
    struct tend_arena arena = { 0 };
    struct tend_functions functions = prepared(&list[0].of_now, &arena);

    (void)state;
    assert_int_equal(functions.n, 2);
    assert_string_equal(functions.at[1].name, "b");
    tend_arena_finish(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_place),    cmocka_unit_test(test_narrowing),
        cmocka_unit_test(test_nothing),        cmocka_unit_test(test_wrong_lists),
        cmocka_unit_test(test_longer_entries),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
