/* What a pattern can cost: the usual ones are cheap, those that give back what
 * they took are not. Covers host_pattern.c. */
#include "fake.h"
#include "lua/lua_state.h"

static double cost(const char *pattern, int64_t n, bool many)
{
    return tend_lua_pattern_cost(tend_text_of(pattern), n, true, many);
}

static void check(const char *pattern, int64_t n, bool many, double least, double most)
{
    double found = cost(pattern, n, many);

    if (found < least || found > most)
        fail_msg("%s on %lld: %g is not in %g .. %g", pattern, (long long)n, found, least, most);
}

/* linear, or nearly */
static void cheap(void **state)
{
    static const char *const once[] = {
        "^([^;]*);([^;]*);([^;]*)$",
        "^%s*(.-)$",
        "^%a+",
        "^(%d+)%-(%d+)%-(%d+)$",
        "^.*$",
        "^[^,]+",
        "^\"(.*)",
        "^(.-)$",
        "^%s*",
        "^%w+=%w+$",
        "^([^,]*),([^,]*),([^,]*),([^,]*),(.*)$",
        "^.*,",
        "%d",
        "[,;]",
        "%w+",
        "x?",
        "^%b()$",
        "^%f[%w]%w+",
        "^(%w)%1",
        "^.-x",
    };
    static const char *const many[] = { "%s+", "[^,]+", "%w", "([^,]*),?", "%d+", ".", "[%w_]+" };

    (void)state;
    for (size_t i = 0; i < sizeof once / sizeof *once; i++)
        check(once[i], 100000, false, 1, 1e7);
    for (size_t i = 0; i < sizeof many / sizeof *many; i++)
        check(many[i], 100000, true, 1, 1e7);
}

static void square(void **state)
{
    static const char *const patterns[] = { "%w+=", ".-b",       "(%w+)=(%w+)",
                                            "%s+$", "^(.-)%s*$", "^%s*(.-)%s*$",
                                            ".*b",  "%b()",      "^.-.-b" };

    (void)state;
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
        check(patterns[i], 10000, true, 1e7, 1e9);
}

static void dear(void **state)
{
    (void)state;
    check("^.-.-.-b", 10000, false, 1e11, 1e13);
    check(".-.-b", 3000, false, 1e10, 1e12);
    check(".*.*x", 3000, false, 1e10, 1e12);
    check("^a*a*a*a*a*b", 10000, false, 1e19, 1e22);
    check("^%w-%a-%w-$", 10000, false, 1e11, 1e14);
    check("^a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?aaaaaaaaaaaaaaaaaaaa", 40, false, 1e6, 1e9);
    check("^[abc]+[cd]+x", 10000, false, 1e7, 1e9);
}

/* what does not overlap does not multiply */
static void apart(void **state)
{
    (void)state;
    check("^%a+%d+%a+%d+x", 10000, false, 1e4, 1e6);
    check("^%s*%a+%s*=%s*%d+%s*$", 10000, false, 1e4, 1e6);
    assert_true(cost("^[a-c]+[d-f]+x", 10000, false) < 1e6);
    assert_true(cost("^[^%s]+%s+x", 10000, false) < 1e6);
    assert_true(cost("^%S+%s", 10000, false) < 1e5);
    assert_true(cost("^[%]a]+b", 10000, false) < 1e6);
    assert_true(cost("^[]a]+b", 10000, false) < 1e6);
    assert_true(cost("^[^]a]+]", 10000, false) < 1e6);
    assert_true(cost("^[a-]+x", 10000, false) < 1e6);
}

/* the stock functions tell what is wrong with these */
static void malformed(void **state)
{
    static const char *const patterns[] = { "[a", "[^",  "%",  "%b", "%bx",
                                            "%f", "%fa", "[%", "[]", "[a-" };

    (void)state;
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
        assert_true(cost(patterns[i], 1000000, true) == 0);
    assert_true(cost("", 1000000, true) < 1e8);
}

/* gmatch takes ^ as a character; a very long pattern is refused */
static void others(void **state)
{
    static char many[1201];

    (void)state;
    assert_true(tend_lua_pattern_cost(TEND_TEXT("^.-b"), 10000, false, true) > 1e7);
    for (int i = 0; i < 1200; i += 2)
        memcpy(many + i, "a*", 2);
    assert_true(cost(many, 10, false) > 1e100);
    memset(many, 'a', 1200);
    assert_true(cost(many, 10, false) < 1e8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cheap), cmocka_unit_test(square),    cmocka_unit_test(dear),
        cmocka_unit_test(apart), cmocka_unit_test(malformed), cmocka_unit_test(others),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
