/* Where one command of a line ends: tend_sigil_end; and lines that are no
 * commands: tend_sigil_line. */
#include "check.h"
#include "shell/sigil.h"

/* tend_sigil_end */
static void ends(void **state)
{
    static const struct {
        const char *line;
        int64_t at;
    } cases[] = {
        { "", 0 }, { "due", 3 }, { "due; count", 3 }, { "due;", 3 }, { "due ;count", 10 },
        { "a;b", 3 }, { "note ann \"a; b\"; due", 15 }, { "note ann 'a; b'; due", 15 },
        { "add O'Brien; due", 11 }, { "say a\\; b", 9 }, { "say \"a\\\"; b\"; c", 12 },
        { "set ann x='a; b'; c", 16 }, { "list source:'a; b'; c", 18 }, { "log ann # a; b", 14 },
        { "# a; b", 6 }, { "p#1; c", 3 }, { "due\t;\tcount", 4 }, { "\"open; quote", 12 },
        { "end\\", 4 }, { "; count", 0 },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (tend_sigil_end(tend_text_of(cases[i].line)) != cases[i].at)
            fail_msg("%s: %lld, expected %lld", cases[i].line,
                     (long long)tend_sigil_end(tend_text_of(cases[i].line)),
                     (long long)cases[i].at);
    }
}

/* tend_sigil_line: what is a command is left alone */
static void commands(void **state)
{
    static const char *const lines[] = { "", "  ", "due", "log ann", "a=1", "p/q", "x ? y", ";" };
    struct tend_shell shell = { 0 };
    int exit_status = 77;

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        assert_false(tend_sigil_line(&shell, tend_text_of(lines[i]), &exit_status));
    assert_int_equal(exit_status, 77);
}

/* In Lua mode every line is Lua, and quit leaves it. */
static void leaves_lua(void **state)
{
    struct tend_shell shell = { .lua = true };
    int exit_status = 77;

    (void)state;
    assert_true(tend_sigil_line(&shell, TEND_TEXT("   "), &exit_status));
    assert_int_equal(exit_status, TEND_EXIT_OK);
    assert_true(shell.lua);
    assert_true(tend_sigil_line(&shell, TEND_TEXT(" quit "), &exit_status));
    assert_false(shell.lua);
    assert_false(tend_sigil_line(&shell, TEND_TEXT("quit"), &exit_status));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(ends),
    cmocka_unit_test(commands),
    cmocka_unit_test(leaves_lua),
};
CHECK_MAIN(tests)
