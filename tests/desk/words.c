/* tend_words_moment, tend_words_changes, tend_words_of, tend_word_check. */
#include "world.h"

static const struct tend_zone *vienna(struct world *w)
{
    const struct tend_zone *zone;

    assert_int_equal(tend_zone_open("Europe/Vienna", &zone, &w->err), TEND_OK);
    return zone;
}

static void test_moment(void **state)
{
    struct world *w = *state;
    struct tend_buffer out = { 0 };

    tend_words_moment(&out, vienna(w), world_instant("2026-03-26T23:30:00Z"));
    assert_string_equal(out.at, "Fri 27 Mar 2026 00:30");
    tend_buffer_finish(&out);
}

static void test_changes(void **state)
{
    struct world *w = *state;
    struct tend_buffer out = { 0 };

    tend_words_changes(&out, vienna(w), world_day("2026-03-30"), world_day("2026-10-24"));
    assert_int_equal(out.len, 0);
    tend_words_changes(&out, vienna(w), world_day("2026-03-29"), world_day("2026-10-25"));
    assert_string_equal(out.at, "\nclock change on Sun 29 Mar: days are local days"
                                "\nclock change on Sun 25 Oct: days are local days");
    tend_buffer_finish(&out);
}

static void test_words(void **state)
{
    struct world *w = *state;
    const char *const *list = tend_words_of(&w->desk, TEND_WORD_HOLD, &w->arena);

    assert_string_equal(list[0], "soft_no");
    assert_string_equal(list[1], "not_now");
    assert_null(list[2]);
    assert_int_equal(tend_word_check(&w->desk, TEND_WORD_HOLD, "hold", T("not_now")), TEND_OK);
    assert_int_equal(tend_word_check(&w->desk, TEND_WORD_HOLD, "hold", T("not_nwo")),
                     TEND_INVALID);
    assert_string_equal(w->err.text, "\"not_nwo\" is no hold; did you mean not_now?");
    assert_int_equal(tend_word_check(&w->desk, TEND_WORD_HOLD, "hold", T("zzz")), TEND_INVALID);
    assert_string_equal(w->err.text, "\"zzz\" is no hold; there are: soft_no not_now");
}

static void test_no_words(void **state)
{
    struct world *w = *state;

    assert_int_equal(tend_word_check(&w->desk, TEND_WORD_HOLD, "hold", T("zzz")), TEND_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(test_moment), WORLD_TEST(test_changes), WORLD_TEST(test_words),
        WORLD_BARE(test_no_words),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
