/* Covers tend_effect_check and tend_effect_name: of every kind a good effect,
 * and each way in which one cannot be right. */
#include "world.h"

static char long_text[80000];

static void good(const struct tend_fx *fx)
{
    struct tend_error err = { 0 };

    if (tend_effect_check(fx, &err) != TEND_OK)
        fail_msg("%s", err.text);
}

static void bad(const struct tend_fx *fx, tend_status status, const char *part)
{
    struct tend_error err = { 0 };
    tend_status got = tend_effect_check(fx, &err);

    assert_holds(err.text, part);
    assert_int_equal(got, status);
    assert_int_equal(err.code, status);
}

#define FX(T, K, P, KEY, ...) \
    (&(struct T){ .fx = { sizeof(struct T), (K), (P), (KEY) }, __VA_ARGS__ }.fx)
#define TASK(P, KEY, ...) FX(tend_fx_task, TEND_FX_TASK, P, KEY, __VA_ARGS__)

static void test_names(void **state)
{
    (void)state;
    assert_string_equal(tend_effect_name(TEND_FX_TASK), "task");
    assert_string_equal(tend_effect_name(TEND_FX_STATE), "state");
    assert_null(tend_effect_name(0));
    assert_string_equal(tend_effect_name(TEND_FX_SCHEDULE), "schedule");
    assert_string_equal(tend_effect_name(TEND_FX_CANCEL), "cancel");
    assert_null(tend_effect_name(UINT32_MAX));
}

static void test_heads(void **state)
{
    struct tend_fx_task small = { .fx = { sizeof(struct tend_fx), TEND_FX_TASK, 1, "k" } };
    struct { struct tend_fx_text text; const char *newer; } more = {
        { { sizeof more, TEND_FX_TAG, 1, NULL }, "vip" }, NULL,
    };

    (void)state;
    bad(NULL, TEND_INVALID, "no effect");
    bad(FX(tend_fx_text, 99, 1, NULL, .text = "x"), TEND_UNSUPPORTED, "99 is no kind");
    bad(&small.fx, TEND_INVALID, "set fx.size");
    small.fx.size = UINT32_MAX;
    bad(&small.fx, TEND_INVALID, "set fx.size");
    /* of a newer header: fine as long as nothing is said there */
    good(&more.text.fx);
    more.newer = "what is this?";
    bad(&more.text.fx, TEND_UNSUPPORTED, "install a newer tend");
}

static void test_task(void **state)
{
    (void)state;
    good(TASK(1, "k", .title = "Follow up", .window = "2d..7d"));
    good(TASK(1, "k", .title = "Follow up", .window = "72h", .type = "call",
              .closed_by = "reached", .why = "was shown the offer", .anchor = NOW));
    bad(TASK(0, "k", .title = "Follow up", .window = "2d"), TEND_INVALID, "a task needs a person");
    bad(TASK(-3, "k", .title = "Follow up", .window = "2d"), TEND_INVALID, "needs a person");
    bad(TASK(1, NULL, .title = "Follow up", .window = "2d"), TEND_INVALID, "a task needs `key`");
    bad(TASK(1, "", .title = "Follow up", .window = "2d"), TEND_INVALID, "a task needs `key`");
    bad(TASK(1, "k", .window = "2d"), TEND_INVALID, "needs `title`");
    bad(TASK(1, "k", .title = "Follow up"), TEND_INVALID, "needs `window`");
    bad(TASK(1, "k", .title = "Follow up", .window = "soon"), TEND_INVALID,
        "\"soon\" is none; write it as 2d..7d");
    bad(TASK(1, "k", .title = "Follow up", .window = "7d..2d"), TEND_INVALID, "7d..2d");
    bad(TASK(1, "k", .title = "a\xff", .window = "2d"), TEND_INVALID, "is not UTF-8");
    bad(TASK(1, "k", .title = "a\x1b[2J", .window = "2d"), TEND_INVALID, "control characters");
    bad(TASK(1, "k", .title = "two\nlines", .window = "2d"), TEND_INVALID, "control characters");
    bad(TASK(1, "k", .title = long_text, .window = "2d"), TEND_LIMIT, "longer than 1000 bytes");
    bad(TASK(1, long_text, .title = "x", .window = "2d"), TEND_LIMIT, "longer than 200 bytes");
}

static void test_retime_done_drop(void **state)
{
    (void)state;
    good(FX(tend_fx_retime, TEND_FX_RETIME, 1, "k", .window = "1w", .why = "later"));
    bad(FX(tend_fx_retime, TEND_FX_RETIME, 1, "k", .why = "later"), TEND_INVALID, "`window`");
    bad(FX(tend_fx_retime, TEND_FX_RETIME, 1, NULL, .window = "1w"), TEND_INVALID, "`key`");
    bad(FX(tend_fx_retime, TEND_FX_RETIME, 1, "k", .window = "x"), TEND_INVALID, "retime");
    good(FX(tend_fx_close, TEND_FX_DONE, 1, "k", .why = NULL));
    bad(FX(tend_fx_close, TEND_FX_DONE, 1, NULL, .why = NULL), TEND_INVALID, "a done needs");
    good(FX(tend_fx_close, TEND_FX_DROP, 1, "k", .why = "said no"));
    bad(FX(tend_fx_close, TEND_FX_DROP, 1, "", .why = NULL), TEND_INVALID, "a drop needs");
    bad(FX(tend_fx_close, TEND_FX_DROP, 1, "k", .why = long_text), TEND_LIMIT, "`why`");
}

static void test_move_hold(void **state)
{
    (void)state;
    good(FX(tend_fx_move, TEND_FX_MOVE, 1, NULL, .stage = "member", .track = "opportunity"));
    good(FX(tend_fx_move, TEND_FX_MOVE, 1, NULL, .stage = "member", .reason = "joined"));
    bad(FX(tend_fx_move, TEND_FX_MOVE, 1, NULL, .reason = "joined"), TEND_INVALID, "`stage`");
    good(FX(tend_fx_hold, TEND_FX_HOLD, 1, NULL, .type = "soft_no", .until = "6w"));
    good(FX(tend_fx_hold, TEND_FX_HOLD, 1, NULL, .type = "soft_no", .until = "2027-01-11"));
    good(FX(tend_fx_hold, TEND_FX_HOLD, 1, NULL, .type = "soft_no"));
    bad(FX(tend_fx_hold, TEND_FX_HOLD, 1, NULL, .until = "6w"), TEND_INVALID, "`type`");
    bad(FX(tend_fx_hold, TEND_FX_HOLD, 1, NULL, .type = "soft_no", .until = "later"),
        TEND_INVALID, "\"later\"");
    bad(FX(tend_fx_hold, TEND_FX_HOLD, 1, NULL, .type = "soft_no", .until = "-6w"), TEND_INVALID,
        "no time to come");
    bad(FX(tend_fx_hold, TEND_FX_HOLD, 1, NULL, .type = "soft_no", .until = "2027-02-30"),
        TEND_INVALID, "2027-02-30");
}

static void test_set_tag_note(void **state)
{
    (void)state;
    good(FX(tend_fx_set, TEND_FX_SET, 1, NULL, .field = "interest", .value = "business"));
    good(FX(tend_fx_set, TEND_FX_SET, 1, NULL, .field = "interest"));
    bad(FX(tend_fx_set, TEND_FX_SET, 1, NULL, .value = "business"), TEND_INVALID, "`field`");
    good(FX(tend_fx_text, TEND_FX_TAG, 1, NULL, .text = "vip"));
    bad(FX(tend_fx_text, TEND_FX_TAG, 1, NULL, .text = NULL), TEND_INVALID, "a tag needs `text`");
    bad(FX(tend_fx_text, TEND_FX_TAG, 1, NULL, .text = "a,b"), TEND_INVALID, "one tag a tag");
    good(FX(tend_fx_text, TEND_FX_UNTAG, 1, NULL, .text = "vip"));
    bad(FX(tend_fx_text, TEND_FX_UNTAG, 1, NULL, .text = ""), TEND_INVALID, "untag needs `text`");
    good(FX(tend_fx_text, TEND_FX_NOTE, 1, NULL, .text = "two\nlines"));
    good(FX(tend_fx_text, TEND_FX_NOTE, 1, "once", .text = "a note"));
    bad(FX(tend_fx_text, TEND_FX_NOTE, 1, NULL, .text = NULL), TEND_INVALID, "a note needs `text`");
    bad(FX(tend_fx_text, TEND_FX_NOTE, 1, NULL, .text = long_text), TEND_LIMIT, "65536");
}

static void test_link_state(void **state)
{
    (void)state;
    good(FX(tend_fx_link, TEND_FX_LINK, 1, NULL, .other = 2, .type = "spouse"));
    bad(FX(tend_fx_link, TEND_FX_LINK, 1, NULL, .other = 1, .type = "spouse"), TEND_INVALID,
        "another person");
    bad(FX(tend_fx_link, TEND_FX_LINK, 1, NULL, .type = "spouse"), TEND_INVALID,
        "another person");
    bad(FX(tend_fx_link, TEND_FX_LINK, 1, NULL, .other = 2), TEND_INVALID, "`type`");
    good(FX(tend_fx_state, TEND_FX_STATE, 1, NULL, .name = "seen", .value = "yes"));
    good(FX(tend_fx_state, TEND_FX_STATE, 0, NULL, .name = "seen", .value = NULL));
    bad(FX(tend_fx_state, TEND_FX_STATE, -1, NULL, .name = "seen"), TEND_INVALID, "a person");
    bad(FX(tend_fx_state, TEND_FX_STATE, 1, NULL, .value = "yes"), TEND_INVALID, "`name`");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),     cmocka_unit_test(test_heads),
        cmocka_unit_test(test_task),      cmocka_unit_test(test_retime_done_drop),
        cmocka_unit_test(test_move_hold), cmocka_unit_test(test_set_tag_note),
        cmocka_unit_test(test_link_state),
    };

    memset(long_text, 'x', sizeof long_text - 1);
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
