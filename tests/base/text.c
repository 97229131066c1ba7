/* Comparing, trimming, cutting, numbers. */
#include "base/text.h"
#include "check.h"

static struct tend_text of(const char *str)
{
    return tend_text_of(str);
}

/* tend_text_of, tend_text_eq, tend_text_is, tend_text_cmp */
static void comparing(void **state)
{
    (void)state;
    struct tend_text none = { NULL, 0 };

    check_text(of(NULL), "");
    assert_true(tend_text_eq(none, of("")));
    assert_true(tend_text_eq(of("abc"), TEND_TEXT("abc")));
    assert_false(tend_text_eq(of("abc"), of("abd")));
    assert_false(tend_text_eq(of("abc"), of("ab")));
    assert_true(tend_text_is(TEND_TEXT("abc"), "abc"));
    assert_false(tend_text_is(TEND_TEXT("abc"), "ABC"));
    assert_true(tend_text_is(none, ""));
    assert_int_equal(tend_text_cmp(none, of("")), 0);
    assert_true(tend_text_cmp(of("a"), of("b")) < 0);
    assert_true(tend_text_cmp(of("b"), of("a")) > 0);
    assert_true(tend_text_cmp(of("a"), of("aa")) < 0);
    assert_true(tend_text_cmp(of("aa"), of("a")) > 0);
    assert_true(tend_text_cmp(of("\xC3\xA9"), of("z")) > 0);
    assert_int_equal(tend_text_cmp(of("abc"), of("abc")), 0);
}

/* tend_text_is_nocase, tend_text_starts */
static void case_and_start(void **state)
{
    (void)state;
    assert_true(tend_text_is_nocase(of("E-Mail 1"), "e-mAIL 1"));
    assert_false(tend_text_is_nocase(of("E-Mail"), "E-Mail 1"));
    assert_false(tend_text_is_nocase(of("[{"), "{["));
    assert_false(tend_text_is_nocase(of("Ä"), "ä"));
    assert_true(tend_text_starts(of("plugin.x"), "plugin"));
    assert_true(tend_text_starts(of("x"), ""));
    assert_false(tend_text_starts(of("plug"), "plugin"));
    assert_false(tend_text_starts(of("xplugin"), "plugin"));
}

/* tend_text_trim */
static void trimming(void **state)
{
    (void)state;
    check_text(tend_text_trim(of("")), "");
    check_text(tend_text_trim((struct tend_text){ NULL, 0 }), "");
    check_text(tend_text_trim(of(" \t\r\n\v\f ")), "");
    check_text(tend_text_trim(of("  Ann Lee\r\n")), "Ann Lee");
    check_text(tend_text_trim(of("\xEF\xBB\xBF\xC2\xA0"
                                 "Zoë\xE3\x80\x80 ")),
               "Zoë");
    /* broken bytes are no space */
    check_text(tend_text_trim(of(" \xA0 ")), "\xA0");
    check_text(tend_text_trim(of("a\xC2\xC2\xA0")), "a\xC2");
    check_text(tend_text_trim(of(" \x80\x80")), "\x80\x80");
}

/* tend_text_cut */
static void cutting(void **state)
{
    (void)state;
    struct tend_text rest = of(" a :: b::: c ::"), piece;

    assert_true(tend_text_cut(&rest, "::", &piece));
    check_text(piece, "a");
    assert_true(tend_text_cut(&rest, "::", &piece));
    check_text(piece, "b");
    assert_true(tend_text_cut(&rest, "::", &piece));
    check_text(piece, ": c");
    assert_false(tend_text_cut(&rest, "::", &piece));
    rest = of(",b");
    assert_true(tend_text_cut(&rest, ",", &piece));
    check_text(piece, "");
    assert_true(tend_text_cut(&rest, ",", &piece));
    check_text(piece, "b");
    assert_false(tend_text_cut(&rest, ",", &piece));
    rest = (struct tend_text){ NULL, 0 };
    assert_false(tend_text_cut(&rest, ",", &piece));
    rest = of("whole");
    assert_true(tend_text_cut(&rest, "", &piece));
    check_text(piece, "whole");
}

/* tend_text_word, tend_text_has_word */
static void words(void **state)
{
    (void)state;
    struct tend_text rest = of(" ,one\ttwo,,three\r\n "), word;

    assert_true(tend_text_word(&rest, &word));
    check_text(word, "one");
    assert_true(tend_text_word(&rest, &word));
    check_text(word, "two");
    assert_true(tend_text_word(&rest, &word));
    check_text(word, "three");
    assert_false(tend_text_word(&rest, &word));
    assert_false(tend_text_word(&rest, &word));
    rest = (struct tend_text){ NULL, 0 };
    assert_false(tend_text_word(&rest, &word));

    assert_true(tend_text_has_word(of("call text, visit"), of("text")));
    assert_true(tend_text_has_word(of("call"), of("call")));
    assert_false(tend_text_has_word(of("call text"), of("tex")));
    assert_false(tend_text_has_word(of("call"), of("")));
    assert_false(tend_text_has_word(of(""), of("call")));
}

/* tend_text_valid */
static void validity(void **state)
{
    (void)state;
    assert_true(tend_text_valid((struct tend_text){ NULL, 0 }));
    assert_true(tend_text_valid(of("Ann Lee of no fixed abode")));
    assert_true(tend_text_valid(of("Zoë 漢字 😀")));
    assert_false(tend_text_valid(of("Zo\xEB")));
    assert_false(tend_text_valid(of("long enough for words \xC3")));
    assert_false(tend_text_valid(of("\xED\xA0\x80")));
}

/* tend_text_int */
static void numbers(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "-",
        "+",
        " 1",
        "1 ",
        "1.0",
        "0x1",
        "--1",
        "+-1",
        "a",
        "9223372036854775808",
        "-9223372036854775809",
        "99999999999999999999",
        "１",
    };
    int64_t got = 77;

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        if (tend_text_int(of(bad[i]), &got))
            fail_msg("\"%s\" was taken for %lld", bad[i], (long long)got);
        assert_int_equal(got, 77);
    }
    assert_true(tend_text_int(of("0"), &got) && got == 0);
    assert_true(tend_text_int(of("-0"), &got) && got == 0);
    assert_true(tend_text_int(of("+42"), &got) && got == 42);
    assert_true(tend_text_int(of("-17"), &got) && got == -17);
    assert_true(tend_text_int(of("0009"), &got) && got == 9);
    assert_true(tend_text_int(of("9223372036854775807"), &got) && got == INT64_MAX);
    assert_true(tend_text_int(of("-9223372036854775808"), &got) && got == INT64_MIN);
    assert_false(tend_text_int((struct tend_text){ NULL, 0 }, &got));
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(comparing), cmocka_unit_test(case_and_start), cmocka_unit_test(trimming),
    cmocka_unit_test(cutting),   cmocka_unit_test(words),          cmocka_unit_test(validity),
    cmocka_unit_test(numbers),
};

CHECK_MAIN(tests)
