/* The error slot: setting, wrapping, cutting at characters. */
#include "base/error.h"
#include "check.h"

/* tend_error_set, tend_error_clear */
static void set_fills_and_drops(void **state)
{
    (void)state;
    struct tend_error err = { 0 };

    assert_int_equal(tend_error_set(&err, TEND_IO, "cannot open %s", "a.csv"), TEND_IO);
    assert_int_equal(err.code, TEND_IO);
    assert_string_equal(err.text, "cannot open a.csv");
    tend_error_wrap(&err, "import failed");
    tend_error_cure(&err, "tend import b.csv");
    tend_error_set(&err, TEND_BUSY, "busy");
    assert_int_equal(err.n_causes, 0);
    assert_string_equal(err.cure, "");
    tend_error_clear(&err);
    assert_int_equal(err.code, TEND_OK);
    assert_string_equal(err.text, "");
}

/* tend_error_set, tend_error_wrap: built from the slot's own texts */
static void may_quote_itself(void **state)
{
    (void)state;
    struct tend_error err = { 0 };

    tend_error_set(&err, TEND_IO, "inner");
    tend_error_set(&err, TEND_IO, "outer: %s", err.text);
    assert_string_equal(err.text, "outer: inner");
    tend_error_wrap(&err, "again: %s", err.text);
    assert_string_equal(err.text, "again: outer: inner");
    assert_string_equal(err.cause[0], "outer: inner");
}

/* tend_error_wrap */
static void wrap_stacks_causes(void **state)
{
    (void)state;
    struct tend_error err = { 0 };

    tend_error_set(&err, TEND_DENIED, "e0");
    for (int i = 1; i <= 6; i++)
        assert_int_equal(tend_error_wrap(&err, "e%d", i), TEND_DENIED);
    assert_string_equal(err.text, "e6");
    assert_int_equal(err.n_causes, TEND_ERROR_CAUSES);
    assert_string_equal(err.cause[0], "e5");
    assert_string_equal(err.cause[1], "e4");
    assert_string_equal(err.cause[2], "e3");
    assert_string_equal(err.cause[3], "e2");
}

/* tend_error_set, tend_error_wrap, tend_error_cure: longer than their room */
static void long_texts_are_cut_at_a_character(void **state)
{
    (void)state;
    struct tend_error err = { 0 };
    char text[3001];

    for (int i = 0; i < 1000; i++)
        memcpy(text + i * 3, "\xE2\x82\xAC", 3); /* the euro sign */
    text[3000] = '\0';
    for (size_t ahead = 0; ahead < 3; ahead++) {
        char start[3] = "";

        memset(start, 'a', ahead);
        tend_error_set(&err, TEND_INVALID, "%s%s", start, text);
        assert_int_equal((strlen(err.text) - ahead) % 3, 0);
        assert_in_range(strlen(err.text), sizeof err.text - 3, sizeof err.text - 1);
        tend_error_wrap(&err, "outer");
        assert_int_equal((strlen(err.cause[0]) - ahead) % 3, 0);
        assert_in_range(strlen(err.cause[0]), sizeof err.cause[0] - 3, sizeof err.cause[0] - 1);
        tend_error_cure(&err, "%s%s", start, text);
        assert_int_equal((strlen(err.cure) - ahead) % 3, 0);
        assert_in_range(strlen(err.cure), sizeof err.cure - 3, sizeof err.cure - 1);
    }
}

/* tend_status_name */
static void every_status_has_its_name(void **state)
{
    (void)state;
    assert_string_equal(tend_status_name(TEND_OK), "ok");
    assert_string_equal(tend_status_name(TEND_NOMEM), "nomem");
    assert_string_equal(tend_status_name(TEND_INVALID), "invalid");
    assert_string_equal(tend_status_name(TEND_NOT_FOUND), "not_found");
    assert_string_equal(tend_status_name(TEND_EXISTS), "exists");
    assert_string_equal(tend_status_name(TEND_DENIED), "denied");
    assert_string_equal(tend_status_name(TEND_VETO), "veto");
    assert_string_equal(tend_status_name(TEND_LIMIT), "limit");
    assert_string_equal(tend_status_name(TEND_TIMEOUT), "timeout");
    assert_string_equal(tend_status_name(TEND_BUSY), "busy");
    assert_string_equal(tend_status_name(TEND_STALE), "stale");
    assert_string_equal(tend_status_name(TEND_IO), "io");
    assert_string_equal(tend_status_name(TEND_UNSUPPORTED), "unsupported");
    assert_string_equal(tend_status_name(TEND_INTERNAL), "internal");
    assert_string_equal(tend_status_name(TEND_CANCELLED), "cancelled");
    assert_string_equal(tend_status_name(TEND_AMBIGUOUS), "ambiguous");
    assert_string_equal(tend_status_name(TEND_USAGE), "usage");
    assert_string_equal(tend_status_name(TEND_USAGE - 1), "unknown");
    assert_string_equal(tend_status_name(1), "unknown");
    assert_string_equal(tend_status_name(INT32_MIN), "unknown");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(set_fills_and_drops),
    cmocka_unit_test(may_quote_itself),
    cmocka_unit_test(wrap_stacks_causes),
    cmocka_unit_test(long_texts_are_cut_at_a_character),
    cmocka_unit_test(every_status_has_its_name),
};

CHECK_MAIN(tests)
