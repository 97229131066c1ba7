/* The other effects: set, tag, untag, note, link, state, and what cannot be
 * applied: tend_apply. */
#include "world.h"
#include <tend/plugin.h>

static tend_id other;
static const char *want;

static tend_status policy(struct tend_ctx *ctx, const struct tend_event *event)
{
    tend_id p = event->person;

    if (strcmp(want, "all") == 0) {
        TEND_SET(ctx, p, .field = "interest", .value = "business");
        TEND_TAG(ctx, p, .text = "warm");
        TEND_NOTE(ctx, p, "first", .text = "seen once");
        TEND_LINK(ctx, p, .other = other, .type = "spouse");
        TEND_STATE(ctx, p, .name = "count", .value = "1");
        TEND_STATE(ctx, 0, .name = "own", .value = "x");
        TEND_UNTAG(ctx, p, .text = "cold");
    } else if (strcmp(want, "clear") == 0) {
        TEND_SET(ctx, p, .field = "interest", .value = "");
        TEND_STATE(ctx, p, .name = "count", .value = NULL);
        TEND_STATE(ctx, 0, .name = "own", .value = "y");
    } else if (strcmp(want, "field") == 0) {
        TEND_TAG(ctx, p, .text = "half");
        TEND_SET(ctx, p, .field = "intrest", .value = "x");
    } else if (strcmp(want, "link") == 0) {
        TEND_TAG(ctx, p, .text = "half");
        TEND_LINK(ctx, p, .other = 4711, .type = "spouse");
    }
    return TEND_OK;
}

static const struct tend_policy record = { sizeof(struct tend_policy), "p", "touch.logged",
                                           policy };

static bool has_tag(struct world *w, tend_id person, const char *tag)
{
    struct tend_person_view view;

    assert_int_equal(tend_person_read(w->store, person, &w->arena, &view), TEND_OK);
    for (int64_t i = 0; i < view.n_tags; i++)
        if (tend_text_is(view.tags[i], tag))
            return true;
    return false;
}

static void test_all(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), touch, id;
    struct tend_person_view view;
    uint64_t sum;

    other = world_add(w, "Tom Lee", NULL);
    world_begin(w);
    assert_int_equal(tend_person_tag(&w->desk, &w->deed, ann, T("cold"), true), TEND_OK);
    world_end(w);
    world_plugin(w, "p", "policy", &record);
    want = "all";
    touch = world_log(w, ann, "card", NULL);
    assert_int_equal(w->deed.warning.n, 0);
    assert_true(has_tag(w, ann, "warm"));
    assert_false(has_tag(w, ann, "cold"));
    assert_int_equal(tend_person_read(w->store, ann, &w->arena, &view), TEND_OK);
    assert_int_equal(view.n_attributes, 1);
    assert_true(tend_text_is(view.attributes[0].value, "business"));
    assert_int_equal(world_rows(w, TEND_T_note), 1);
    assert_int_equal(world_rows(w, TEND_T_link), 1);
    assert_int_equal(world_rows(w, TEND_T_plugin_state), 2);
    assert_string_equal(world_outcome(w, "tag")->plugin, "p");
    assert_string_equal(world_outcome(w, "tag")->title, "warm");
    assert_string_equal(world_outcome(w, "untag")->title, "cold");
    assert_string_equal(world_outcome(w, "note")->title, "seen once");
    assert_string_equal(world_outcome(w, "link")->title, "spouse");
    assert_string_equal(world_outcome(w, "set")->title, "interest = business");
    assert_holds(world_decision(w, TEND_REF_PERSON, ann), "");

    /* a second look at the same touch changes nothing at all */
    sum = world_sum(w);
    world_begin(w);
    tend_deed_raise(&w->deed, "touch.logged", ann, touch, 0, NULL);
    world_end(w);
    assert_int_equal(world_sum(w), sum);
    assert_int_equal(w->deed.batch, 0);

    want = "clear";
    world_log(w, ann, "card", NULL);
    assert_int_equal(tend_person_read(w->store, ann, &w->arena, &view), TEND_OK);
    assert_int_equal(view.n_attributes, 0);
    assert_int_equal(tend_rows_state(w->store, ann, T("p"), T("count")), 0);
    id = tend_rows_state(w->store, 0, T("p"), T("own"));
    assert_true(id > 0);
}

/* What one call wants is applied whole or not at all. */
static void test_whole(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);

    world_plugin(w, "p", "policy", &record);
    want = "field";
    world_log(w, ann, "card", NULL);
    assert_false(has_tag(w, ann, "half"));
    assert_holds(w->deed.warning.at[0], "did you mean interest?");
    assert_holds(w->deed.warning.at[0], "plugin p");
    assert_null(world_outcome(w, "tag"));
    want = "link";
    world_log(w, ann, "card", NULL);
    assert_false(has_tag(w, ann, "half"));
    assert_holds(w->deed.warning.at[0], "p4711");
}

/* An effect that slipped past the form is refused. */
static void test_unknown(void **state)
{
    struct world *w = *state;
    struct tend_effects effects = { 0 };
    struct tend_effect effect = { .u.fx = { sizeof effect.u.fx, 99, 1, NULL }, .plugin = "p" };
    struct tend_cause cause = { .plugin = "p" };

    TEND_PUSH(&effects.list, effect);
    world_begin(w);
    assert_int_equal(tend_apply(&w->desk, &w->deed, &cause, &effects, &w->arena),
                     TEND_UNSUPPORTED);
    world_abort(w);
    TEND_ARRAY_FINISH(&effects.list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(test_all), WORLD_TEST(test_whole), WORLD_TEST(test_unknown),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
