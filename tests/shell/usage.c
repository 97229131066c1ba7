/* Usage lines and errors that point: tend_usage, tend_point_at. */
#include "check.h"
#include "shell/parse.h"

/* tend_usage */
static void usage(void **state)
{
    struct tend_buffer buf = { 0 };

    (void)state;
    tend_usage(&buf, &tend_cmd_plan);
    assert_string_equal(buf.at, "usage: tend plan PERSON KIND TIME [TEXT]");
    tend_buffer_reset(&buf);
    tend_usage(&buf, &tend_cmd_tag);
    assert_string_equal(buf.at, "usage: tend tag PERSON[,PERSON] +tag -tag... [--where FILTER]");
    tend_buffer_reset(&buf);
    tend_usage(&buf, &tend_cmd_move);
    SAYS(buf.at, "[reason=TEXT]");
    tend_buffer_finish(&buf);
}

/* tend_point_at: the caret stands under the word, by columns and not by bytes */
static void points(void **state)
{
    struct tend_error err = { 0 };
    struct tend_text line = TEND_TEXT("log Jos\xc3\xa9 \xe6\x9d\x8e x");
    struct tend_token token = { .at = 14, .len = 1 };

    (void)state;
    assert_int_equal(tend_point_at(&err, TEND_USAGE, line, &token, "no %s", "x"), TEND_USAGE);
    assert_string_equal(err.text, "no x\n  log Jos\xc3\xa9 \xe6\x9d\x8e x\n              ^");
    assert_int_equal(err.code, TEND_USAGE);
}

/* tend_point_at: control characters are shown; a very long line is not repeated */
static void shows(void **state)
{
    struct tend_error err = { 0 };
    struct tend_token token = { .at = 0, .len = 1 };
    char line[200];

    (void)state;
    tend_point_at(&err, TEND_USAGE, TEND_TEXT("\x1b[2J"), &token, "no");
    assert_null(strchr(err.text, '\x1b'));
    memset(line, 'x', sizeof line);
    tend_point_at(&err, TEND_USAGE, (struct tend_text){ line, sizeof line }, &token, "no");
    assert_string_equal(err.text, "no");
    tend_point_at(&err, TEND_USAGE, TEND_TEXT("x"), NULL, "no");
    assert_string_equal(err.text, "no");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(usage),
    cmocka_unit_test(points),
    cmocka_unit_test(shows),
};
CHECK_MAIN(tests)
