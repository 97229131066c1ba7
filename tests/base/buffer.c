/* The buffer: growth, formats longer than it, JSON strings. */
#include "base/buffer.h"
#include "base/text.h"
#include "check.h"

/* tend_buffer_add, _adds, _addc, _text, _reset, _finish */
static void adds_at_the_end(void **state)
{
    (void)state;
    struct tend_buffer buf = { 0 };

    check_text(tend_buffer_text(&buf), "");
    tend_buffer_adds(&buf, "Ann");
    tend_buffer_addc(&buf, ' ');
    tend_buffer_add(&buf, (struct tend_text){ "Leeward", 3 });
    tend_buffer_adds(&buf, NULL);
    tend_buffer_add(&buf, (struct tend_text){ NULL, 0 });
    check_text(tend_buffer_text(&buf), "Ann Lee");
    assert_string_equal(buf.at, "Ann Lee");
    tend_buffer_reset(&buf);
    check_text(tend_buffer_text(&buf), "");
    for (int i = 0; i < 10000; i++)
        tend_buffer_addc(&buf, (char)('a' + i % 26));
    assert_int_equal(buf.len, 10000);
    assert_int_equal(buf.at[9999], 'a' + 9999 % 26);
    assert_int_equal(buf.at[10000], '\0');
    tend_buffer_finish(&buf);
    assert_null(buf.at);
    assert_int_equal(buf.cap, 0);
}

/* tend_buffer_addf, tend_buffer_vaddf */
static void formats_of_any_length(void **state)
{
    (void)state;
    struct tend_buffer buf = { 0 };

    for (int width = 1; width < 300; width += 7) {
        int64_t before = buf.len;

        tend_buffer_addf(&buf, "%*d", width, 5);
        assert_int_equal(buf.len, before + width);
        assert_int_equal(buf.at[buf.len - 1], '5');
        assert_int_equal(strlen(buf.at), buf.len);
    }
    tend_buffer_finish(&buf);
}

static void check_json(const char *from, int64_t len, const char *expected)
{
    struct tend_buffer buf = { 0 };

    tend_buffer_json(&buf, (struct tend_text){ from, len });
    check_text(tend_buffer_text(&buf), expected);
    tend_buffer_finish(&buf);
}

/* tend_buffer_json */
static void json_escapes(void **state)
{
    (void)state;
    check_json("", 0, "\"\"");
    check_json("Ann Lee", 7, "\"Ann Lee\"");
    check_json("a\"b\\c/", 6, "\"a\\\"b\\\\c/\"");
    check_json("\n\r\t\b\f", 5, "\"\\n\\r\\t\\b\\f\"");
    check_json("a\0b\x1b\x7f", 5, "\"a\\u0000b\\u001b\\u007f\"");
    check_json("Zoë 漢 😀", 13, "\"Zoë 漢 😀\"");
    /* what could take over a terminal */
    check_json("\xC2\x9B"
               "\xE2\x80\xAE",
               5, "\"\\u009b\\u202e\"");
}

/* tend_buffer_json: bytes that are not UTF-8 */
static void json_replaces_broken_bytes(void **state)
{
    (void)state;
    check_json("a\xFFz", 3, "\"a\xEF\xBF\xBDz\"");
    check_json("\xE2\x82", 2, "\"\xEF\xBF\xBD\"");
    check_json("\xC0\x80", 2, "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");
    check_json("\xFF\"", 2, "\"\xEF\xBF\xBD\\\"\"");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(adds_at_the_end),
    cmocka_unit_test(formats_of_any_length),
    cmocka_unit_test(json_escapes),
    cmocka_unit_test(json_replaces_broken_bytes),
};

CHECK_MAIN(tests)
