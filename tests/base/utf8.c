/* The decoder, held against every code point and every kind of broken bytes. */
#include "base/utf8.h"
#include "base/text.h"
#include "check.h"

/* tend_utf8_put, tend_utf8_next: there and back for all of Unicode */
static void every_character_round_trips(void **state)
{
    (void)state;
    for (int32_t code = 0; code <= 0x10FFFF; code++) {
        char bytes[4];
        int64_t pos = 0;
        int32_t len = tend_utf8_put(bytes, code);
        int32_t got = tend_utf8_next((struct tend_text){ bytes, len }, &pos);
        bool surrogate = code >= 0xD800 && code <= 0xDFFF;

        if (got != (surrogate ? TEND_UTF8_INVALID : code))
            fail_msg("U+%04X came back as %d", (unsigned)code, got);
        if (!surrogate && pos != len)
            fail_msg("U+%04X took %d bytes", (unsigned)code, (int)pos);
    }
}

static void check_broken(const char *bytes, int64_t len, int64_t taken)
{
    int64_t pos = 0;

    assert_int_equal(tend_utf8_next((struct tend_text){ bytes, len }, &pos), TEND_UTF8_INVALID);
    assert_int_equal(pos, taken);
}

/* tend_utf8_next: broken sequences, and where reading goes on */
static void broken_sequences(void **state)
{
    (void)state;
    check_broken("\x80", 1, 1);     /* a follower alone */
    check_broken("\xC0\xAF", 2, 1); /* overlong */
    check_broken("\xC1\x81", 2, 1);
    check_broken("\xE0\x9F\xBF", 3, 1);
    check_broken("\xF0\x8F\xBF\xBF", 4, 1);
    check_broken("\xED\xA0\x80", 3, 1);     /* surrogate */
    check_broken("\xF4\x90\x80\x80", 4, 1); /* above U+10FFFF */
    check_broken("\xF5\x80\x80\x80", 4, 1);
    check_broken("\xFE", 1, 1);
    check_broken("\xC3", 1, 1); /* cut off */
    check_broken("\xE2\x82", 2, 2);
    check_broken("\xF0\x9F\x98", 3, 3);
    check_broken("\xE2\x82z", 3, 2); /* broken off by a letter */
    check_broken("\xF0\x9F\xC3\xA9", 4, 2);
}

/* tend_utf8_unsafe, tend_utf8_space, tend_utf8_ascii */
static void kinds_of_characters(void **state)
{
    (void)state;
    assert_true(tend_utf8_unsafe(0x1B));
    assert_true(tend_utf8_unsafe(0x7F));
    assert_true(tend_utf8_unsafe(0x9B));
    assert_true(tend_utf8_unsafe(0x202E));
    assert_true(tend_utf8_unsafe(0x2066));
    assert_false(tend_utf8_unsafe(' '));
    assert_false(tend_utf8_unsafe(0xA0));
    assert_false(tend_utf8_unsafe(TEND_UTF8_INVALID));
    assert_true(tend_utf8_space(' '));
    assert_true(tend_utf8_space('\r'));
    assert_true(tend_utf8_space(0xA0));
    assert_true(tend_utf8_space(0x3000));
    assert_false(tend_utf8_space('a'));
    assert_false(tend_utf8_space(TEND_UTF8_INVALID));
    assert_true(tend_utf8_ascii(TEND_TEXT("")));
    assert_true(tend_utf8_ascii(TEND_TEXT("plain text of some length")));
    for (int64_t i = 0; i < 20; i++) {
        char text[20];

        memset(text, 'a', sizeof text);
        text[i] = '\x80';
        assert_false(tend_utf8_ascii((struct tend_text){ text, 20 }));
        assert_true(tend_utf8_ascii((struct tend_text){ text, i }));
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_character_round_trips),
    cmocka_unit_test(broken_sequences),
    cmocka_unit_test(kinds_of_characters),
};

CHECK_MAIN(tests)
