/* Moves and holds by plugins: tend_apply_move, tend_apply_hold. */
#include "world.h"
#include <tend/plugin.h>

static void test_move(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    const struct tend_outcome *moved;

    world_log(w, ann, "presentation", NULL);
    moved = world_outcome(w, "move");
    assert_string_equal(moved->plugin, "pipeline");
    assert_string_equal(moved->from, "listed");
    assert_string_equal(world_decision(w, TEND_REF_STAGE, moved->id),
                        "listed to presented (opportunity): was shown the offer");
    world_log(w, ann, "presentation", NULL);    /* there already: not a word */
    assert_null(world_outcome(w, "move"));
    assert_null(world_outcome(w, "refused"));
}

/* A guard's veto is a warning and a decision: the touch stands. */
static void test_veto(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), dnc;
    struct tend_decision_view *list;
    int64_t n;

    world_begin(w);
    assert_int_equal(tend_person_do_not_contact(&w->desk, &w->deed, ann, T("email"), T(""), true,
                                                &dnc), TEND_OK);
    world_end(w);
    world_log(w, ann, "presentation", NULL);
    assert_string_equal(world_stage(w, ann, "opportunity"), "listed");
    assert_int_equal(w->deed.warning.n, 1);
    assert_string_equal(w->deed.warning.at[0], "pipeline did not move p2 to presented: vetoed by "
                                               "pipeline: marked do-not-contact");
    assert_int_equal(tend_decision_against(w->store, ann, 5, &w->arena, &list, &n), TEND_OK);
    assert_int_equal(n, 1);
    assert_true(tend_text_is(list[0].effect, "veto"));
    assert_holds(tend_arena_str(&w->arena, list[0].text), "move to presented (opportunity)");
    assert_string_equal(world_outcome(w, "refused")->to, "presented");
    assert_int_equal(w->deed.vetoes.veto.n, 0);
}

static void test_hold(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    struct tend_person_view view;

    world_log(w, ann, "call", "soft_no");
    assert_int_equal(tend_person_read(w->store, ann, &w->arena, &view), TEND_OK);
    assert_int_equal(view.n_holds, 1);
    assert_true(tend_text_is(view.holds[0].kind, "soft_no"));
    assert_true(tend_text_is(view.holds[0].track, "opportunity"));
    assert_int_equal(view.holds[0].until_day, world_day("2026-05-07"));
    assert_string_equal(world_decision(w, TEND_REF_HOLD, view.holds[0].id),
                        "soft_no (opportunity) until Thu 7 May: asked again");
    assert_int_equal(world_outcome(w, "hold")->opens_day, world_day("2026-05-07"));

    world_at(w, "2026-04-10T10:00:00+02:00");   /* a later one ends it */
    world_log(w, ann, "call", "soft_no");
    assert_int_equal(tend_person_read(w->store, ann, &w->arena, &view), TEND_OK);
    assert_int_equal(view.n_holds, 1);
    assert_int_equal(view.holds[0].until_day, world_day("2026-05-22"));
    assert_int_equal(world_rows(w, TEND_T_hold), 2);
    assert_holds(world_decision(w, TEND_REF_HOLD, view.holds[0].id),
                 "\nends the hold before: soft_no");
}

/* --- by a policy ---------------------------------------------------------- */

static const char *hold_type, *hold_until, *move_to;

static tend_status policy(struct tend_ctx *ctx, const struct tend_event *event)
{
    if (move_to)
        return TEND_MOVE(ctx, event->person, .track = "product", .stage = move_to);
    return TEND_HOLD(ctx, event->person, .track = "product", .type = hold_type,
                     .until = hold_until);
}

static const struct tend_policy record = { sizeof(struct tend_policy), "p", "touch.logged",
                                           policy };

static void test_until(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    struct tend_person_view view;

    world_plugin(w, "p", "policy", &record);
    move_to = NULL;
    hold_type = "not_now";
    hold_until = "2027-01-11";
    world_log(w, ann, "card", NULL);
    assert_int_equal(tend_person_read(w->store, ann, &w->arena, &view), TEND_OK);
    assert_int_equal(view.n_holds, 1);
    assert_int_equal(view.holds[0].until_day, world_day("2027-01-11"));
    hold_type = "notnow";                       /* no stage set names it */
    world_log(w, ann, "card", NULL);
    assert_non_null(world_outcome(w, "failed"));
    assert_holds(w->deed.warning.at[0], "did you mean not_now?");
}

static void test_stage(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);

    world_plugin(w, "p", "policy", &record);
    move_to = "customer";
    world_log(w, ann, "card", NULL);
    assert_string_equal(world_stage(w, ann, "product"), "customer");
    assert_string_equal(world_outcome(w, "move")->plugin, "p");
    move_to = "listed";                         /* not of that track */
    world_log(w, ann, "card", NULL);
    assert_holds(w->deed.warning.at[0], "there is no stage \"listed\" in the track product");
    move_to = NULL;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(test_move), WORLD_TEST(test_veto), WORLD_TEST(test_hold),
        WORLD_TEST(test_until), WORLD_TEST(test_stage),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
