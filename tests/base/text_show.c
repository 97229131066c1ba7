/* Columns, clipping, and text that must not command a terminal. */
#include "base/text.h"
#include "check.h"

static int64_t width(const char *text)
{
    return tend_text_width(tend_text_of(text));
}

/* tend_text_width */
static void widths(void **state)
{
    (void)state;
    assert_int_equal(width(""), 0);
    assert_int_equal(width("Ann Lee"), 7);
    assert_int_equal(width("Zoë"), 3);
    assert_int_equal(width("Zoe\xCC\x88"), 3);
    assert_int_equal(width("漢字"), 4);
    assert_int_equal(width("한국"), 4);
    assert_int_equal(width("Ａ"), 2);
    assert_int_equal(width("a\xE2\x80\x8B"
                           "b"),
                     2); /* zero width space */
    assert_int_equal(width("\xFF"), 1);
}

/* tend_text_width: emoji */
static void emoji_take_two(void **state)
{
    (void)state;
    assert_int_equal(width("😀"), 2);
    assert_int_equal(width("👍🏽"), 2);           /* skin tone */
    assert_int_equal(width("👩‍👩‍👧"), 2); /* joined */
    assert_int_equal(width("🏳️‍🌈"), 2);
    assert_int_equal(width("🇦🇹"), 2); /* flag */
    assert_int_equal(width("🇦🇹🇩🇪"), 4);
    assert_int_equal(width("❤"), 1);
    assert_int_equal(width("❤️"), 2); /* shown as emoji */
    assert_int_equal(width("1️⃣"), 2);
    assert_int_equal(width("😀😀"), 4);
    assert_int_equal(width("a😀b"), 4);
}

static void check_clip(const char *text, int64_t columns, const char *expected)
{
    check_text(tend_text_clip(tend_text_of(text), columns), expected);
}

/* tend_text_clip */
static void clipping(void **state)
{
    (void)state;
    check_clip("Ann Lee", 3, "Ann");
    check_clip("Ann Lee", 7, "Ann Lee");
    check_clip("Ann Lee", 100, "Ann Lee");
    check_clip("Ann", 0, "");
    check_clip("Ann", -1, "");
    check_clip("漢字", 3, "漢");
    check_clip("漢字", 1, "");
    check_clip("Zoe\xCC\x88x", 3, "Zoe\xCC\x88"); /* the mark stays with its letter */
    check_clip("a👩‍👩‍👧b", 2, "a");
    check_clip("a👩‍👩‍👧b", 3, "a👩‍👩‍👧");
}

static void check_show(const char *from, int64_t len, const char *expected)
{
    struct tend_buffer buf = { 0 };

    tend_buffer_adds(&buf, ">");
    tend_text_show(&buf, (struct tend_text){ from, len });
    assert_int_equal(buf.at[0], '>');
    check_text((struct tend_text){ buf.at + 1, buf.len - 1 }, expected);
    tend_buffer_finish(&buf);
}

/* tend_text_show */
static void showing(void **state)
{
    (void)state;
    check_show("", 0, "");
    check_show("Zoë 漢 😀", 13, "Zoë 漢 😀");
    check_show("a\tb\nc\r\nd\re", 10, "a b c d e");
    check_show("\x1b[2J", 4, "\\x1b[2J");
    check_show("a\0b\x07\x7f", 5, "a\\x00b\\x07\\x7f");
    check_show("\xC2\x9B"
               "31m",
               5, "\\u{9b}31m");
    check_show("\xE2\x80\xAE"
               "evil\xE2\x81\xA9",
               10, "\\u{202e}evil\\u{2069}");
    check_show("a\xE2\x80\xA8z", 5, "a z"); /* line separator */
    check_show("\x9B"
               "31m\xE2\x82",
               6, "\\x9b31m\\xe2\\x82");
}

/* tend_text_show: nothing that comes out is a control character */
static void shown_text_is_safe(void **state)
{
    (void)state;
    struct tend_buffer buf = { 0 };
    char bytes[256];

    for (int i = 0; i < 256; i++)
        bytes[i] = (char)i;
    tend_text_show(&buf, (struct tend_text){ bytes, 256 });
    for (int64_t i = 0; i < buf.len; i++)
        assert_in_range(buf.at[i], 0x20, 0x7E);
    tend_buffer_finish(&buf);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(widths),  cmocka_unit_test(emoji_take_two),     cmocka_unit_test(clipping),
    cmocka_unit_test(showing), cmocka_unit_test(shown_text_is_safe),
};

CHECK_MAIN(tests)
