/* Windows, the key rule, and what the gate refuses: tend_apply_task,
 * tend_apply_retime, tend_apply_close, through policies. */
#include "world.h"
#include <tend/plugin.h>

static void window(struct world *w, const char *now, const char *opens, const char *closes,
                   const char *change)
{
    struct tend_task_view *tasks;
    tend_id ann = world_add(w, "Ann Lee", "Europe/Vienna");
    const char *why;

    world_at(w, now);
    world_log(w, ann, "presentation", NULL);
    assert_int_equal(world_open_tasks(w, ann, &tasks), 1);
    assert_int_equal(tasks[0].opens_day, world_day(opens));
    assert_int_equal(tasks[0].closes_day, world_day(closes));
    assert_int_equal(tasks[0].opens_at,
                     tend_zone_instant(tend_person_zone(w->store, ann), world_day(opens), 0));
    why = world_decision(w, TEND_REF_TASK, tasks[0].id);
    if (change)
        assert_holds(why, change);
    else
        assert_null(strstr(why, "clock change"));
}

/* S0.10: a few days or a week at most, also across a change of the clock. */
static void test_summer(void **state)
{
    struct world *w = *state;
    struct tend_task_view *tasks;

    window(w, "2026-03-26T19:00:00+01:00", "2026-03-28", "2026-04-02",
           "\nclock change on Sun 29 Mar: days are local days");
    world_open_tasks(w, 2, &tasks);
    assert_string_equal(world_decision(w, TEND_REF_TASK, tasks[0].id),
                        "Follow up: window 2d..7d from Thu 26 Mar 2026 19:00 in Europe/Vienna\n"
                        "opens Sat 28 Mar, closes Thu 2 Apr\n"
                        "clock change on Sun 29 Mar: days are local days");
    assert_int_equal(tasks[0].closes_at, world_instant("2026-04-03T00:00:00+02:00"));
}

static void test_winter(void **state)
{
    window(*state, "2026-10-22T23:30:00+02:00", "2026-10-24", "2026-10-29",
           "\nclock change on Sun 25 Oct");
}

static void test_plain(void **state)
{
    window(*state, "2026-06-10T08:00:00+02:00", "2026-06-12", "2026-06-17", NULL);
}

/* Day 1 nothing, day 3 due, day 8 overdue. */
static void test_days(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", "Europe/Vienna");
    struct tend_task_view *tasks;

    world_log(w, ann, "presentation", NULL);
    world_at(w, "2026-03-27T19:00:00+01:00");
    assert_int_equal(world_due(w, &tasks), 0);
    world_at(w, "2026-03-27T23:59:59+01:00");
    assert_int_equal(world_due(w, &tasks), 0);
    world_at(w, "2026-03-28T00:00:00+01:00");
    assert_int_equal(world_due(w, &tasks), 1);
    world_at(w, "2026-03-29T19:00:00+02:00");
    assert_int_equal(world_due(w, &tasks), 1);
    assert_false(tasks[0].overdue);
    world_at(w, "2026-04-02T23:59:59+02:00");
    assert_int_equal(world_due(w, &tasks), 1);
    assert_false(tasks[0].overdue);
    world_at(w, "2026-04-03T19:00:00+02:00");
    assert_int_equal(world_due(w, &tasks), 1);
    assert_true(tasks[0].overdue);
    assert_true(tend_text_is(tasks[0].name, "Ann Lee"));
    assert_true(tend_text_is(tasks[0].why, "to think it over"));
}

/* In the person's own zone, not the user's. */
static void test_own_zone(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", "Pacific/Auckland");
    struct tend_task_view *tasks;

    world_log(w, ann, "presentation", NULL);    /* there it is Fri 27 Mar, 07:00 */
    assert_int_equal(world_open_tasks(w, ann, &tasks), 1);
    assert_int_equal(tasks[0].opens_day, world_day("2026-03-29"));
    assert_int_equal(tasks[0].opens_at, world_instant("2026-03-29T00:00:00+13:00"));
    assert_holds(world_decision(w, TEND_REF_TASK, tasks[0].id), "in Pacific/Auckland");
}

/* --- the key rule -------------------------------------------------------- */

static const char *keyed_window = "3d";

static tend_status keyed(struct tend_ctx *ctx, const struct tend_event *event)
{
    struct tend_text kind = ctx->read->event(ctx, "kind");

    if (tend_text_is(kind, "email"))
        return TEND_RETIME(ctx, event->person, "weekly", .window = "10d", .why = "wrote");
    if (tend_text_is(kind, "card"))
        return TEND_DROP(ctx, event->person, "weekly", .why = "a card was sent");
    return TEND_TASK(ctx, event->person, "weekly", .title = "Ask", .window = keyed_window);
}

static const struct tend_policy keyed_policy = { sizeof(struct tend_policy), "keyed",
                                                 "touch.logged", keyed };

static void test_key(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    struct tend_task_view *tasks;
    tend_id task;
    int64_t rows;

    world_plugin(w, "keyed", "policy", &keyed_policy);
    keyed_window = "3d";
    world_log(w, ann, "call", NULL);
    assert_int_equal(world_open_tasks(w, ann, &tasks), 1);
    task = tasks[0].id;
    assert_int_equal(tasks[0].opens_day, world_day("2026-03-29"));

    world_at(w, "2026-03-27T10:00:00+01:00");   /* another cause, the same key */
    world_log(w, ann, "call", NULL);
    assert_int_equal(world_open_tasks(w, ann, &tasks), 1);
    assert_int_equal(tasks[0].id, task);
    assert_int_equal(tasks[0].opens_day, world_day("2026-03-30"));
    assert_non_null(world_outcome(w, "retime"));
    assert_holds(world_decision(w, TEND_REF_TASK, task), "re-timed: t1 was open with the same key");

    /* the same event asked again makes nothing, and writes nothing */
    rows = world_rows(w, TEND_T_decision);
    world_begin(w);
    tend_deed_raise(&w->deed, "touch.logged", ann, 2, 0, NULL);
    world_end(w);
    assert_int_equal(world_rows(w, TEND_T_decision), rows);
    assert_int_equal(world_rows(w, TEND_T_task), 1);

    /* nor when the task is done meanwhile */
    world_begin(w);
    assert_int_equal(tend_task_done(&w->desk, &w->deed, task), TEND_OK);
    world_end(w);
    world_begin(w);
    tend_deed_raise(&w->deed, "touch.logged", ann, 2, 0, NULL);
    world_end(w);
    assert_int_equal(world_rows(w, TEND_T_task), 1);
    assert_int_equal(world_open_tasks(w, ann, &tasks), 0);
}

static void test_retime_drop(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    struct tend_task_view *tasks;

    world_plugin(w, "keyed", "policy", &keyed_policy);
    world_log(w, ann, "email", NULL);           /* nothing open: nothing happens */
    assert_int_equal(world_rows(w, TEND_T_decision), 0);
    keyed_window = "3d";
    world_log(w, ann, "call", NULL);
    world_log(w, ann, "email", NULL);
    assert_int_equal(world_open_tasks(w, ann, &tasks), 1);
    assert_int_equal(tasks[0].opens_day, world_day("2026-04-05"));
    assert_true(tend_text_is(tasks[0].why, "wrote"));
    world_log(w, ann, "card", NULL);
    assert_int_equal(world_open_tasks(w, ann, &tasks), 0);
    assert_holds(world_decision(w, TEND_REF_TASK, 1), "dropped by keyed: a card was sent");
    assert_non_null(world_outcome(w, "dropped"));
}

/* Two people in one touch get one each. */
static void test_two(void **state)
{
    struct world *w = *state;
    tend_id both[2] = { world_add(w, "Ann Lee", NULL), world_add(w, "Bob Ray", NULL) };
    struct tend_touch_ask ask = world_touch(both, "presentation");
    struct tend_task_view *tasks;
    tend_id touch;

    ask.n_parties = 2;
    world_begin(w);
    assert_int_equal(tend_touch_log(&w->desk, &w->deed, &ask, &touch), TEND_OK);
    world_end(w);
    assert_int_equal(world_open_tasks(w, both[0], &tasks), 1);
    assert_int_equal(world_open_tasks(w, both[1], &tasks), 1);
    assert_string_equal(world_stage(w, both[1], "opportunity"), "presented");
}

static void test_gate(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), dnc;
    struct tend_task_view *tasks;
    struct tend_decision_view *list;
    int64_t n;

    world_begin(w);
    assert_int_equal(tend_person_do_not_contact(&w->desk, &w->deed, ann, T("call"),
                                                T("never"), true, &dnc), TEND_OK);
    world_end(w);
    world_log(w, ann, "presentation", NULL);
    assert_int_equal(world_open_tasks(w, ann, &tasks), 0);
    assert_non_null(world_outcome(w, "refused"));
    assert_int_equal(tend_decision_against(w->store, ann, 9, &w->arena, &list, &n), TEND_OK);
    assert_int_equal(n, 2);         /* the task and, by the guard, the move */
    assert_true(tend_text_is(list[0].effect, "refused"));
    assert_holds(tend_arena_str(&w->arena, list[0].text),
                 "Follow up\nrefused by the gate: marked do-not-contact (call) on 2026-03-26");
    assert_true(tend_text_is(list[1].effect, "veto"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(test_summer), WORLD_TEST(test_winter), WORLD_TEST(test_plain),
        WORLD_TEST(test_days),   WORLD_TEST(test_own_zone), WORLD_TEST(test_key),
        WORLD_TEST(test_retime_drop), WORLD_TEST(test_two), WORLD_TEST(test_gate),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
