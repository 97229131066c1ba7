/* Days that are not worked: tend_gate_day, tend_gate_window, what plugins plan
 * keeps clear of them, and so does what stands already when settings change. */
#include "world.h"
#include <tend/plugin.h>

static void config(struct world *w, const char *key, const char *value)
{
    assert_int_equal(tend_meta_set(w->store, key, tend_text_of(value)), TEND_OK);
    tend_rules_forget(&w->desk);
}

static void opens(struct world *w, const char *day, const char *open, const char *why)
{
    int64_t found;
    const char *said;

    assert_int_equal(tend_gate_day(&w->desk, 2, world_day(day), &w->arena, &found, &said), TEND_OK);
    assert_int_equal(found, world_day(open));
    if (why)
        assert_string_equal(said, why);
    else
        assert_null(said);
}

static void test_day(void **state)
{
    struct world *w = *state;

    opens(w, "2026-12-25", "2026-12-25", NULL);         /* no settings: every day */
    config(w, "holidays", "AT");
    opens(w, "2026-12-25", "2026-12-27", "Fri 25 Dec is a holiday (Christmas Day); "
                                         "Sat 26 Dec is a holiday (Saint Stephen's Day)");
    config(w, "hours", "mon-fri 18:00-21:00");
    opens(w, "2026-12-24", "2026-12-24", NULL);
    opens(w, "2026-11-28", "2026-11-30", "Sat 28 Nov is not worked; Sun 29 Nov is not worked");
    config(w, "away", "2026-12-20..2027-01-05");
    opens(w, "2026-12-20", "2027-01-07", "away until Tue 5 Jan 2027; "
                                         "Wed 6 Jan is a holiday (Epiphany)");
    config(w, "away", "2026-12-20..2029-12-19");
    opens(w, "2026-12-20", "2029-12-20", "away until Wed 19 Dec 2029");
    config(w, "away", "nonsense");                      /* counts as not set */
    opens(w, "2026-12-22", "2026-12-22", NULL);
}

static void window(struct world *w, const char *from, const char *to, const char *opens_day,
                   const char *closes_day, const char *why)
{
    struct tend_gate_window win = { world_day(from), world_day(to), NULL };

    assert_int_equal(tend_gate_window(&w->desk, 2, world_day("2026-11-26"), &w->arena, &win),
                     TEND_OK);
    assert_int_equal(win.opens, world_day(opens_day));
    assert_int_equal(win.closes, world_day(closes_day));
    if (why)
        assert_holds(win.why, why);
    else
        assert_null(win.why);
}

static void test_window(void **state)
{
    struct world *w = *state;

    window(w, "2026-11-28", "2026-12-03", "2026-11-28", "2026-12-03", NULL);
    config(w, "hours", "mon-fri 18-21");
    window(w, "2026-11-27", "2026-12-03", "2026-11-27", "2026-12-03", NULL);
    window(w, "2026-11-28", "2026-12-03", "2026-11-30", "2026-12-03", "Sat 28 Nov is not worked");
    /* a week at most stays a week at most: it closes earlier */
    window(w, "2026-11-30", "2026-12-06", "2026-11-30", "2026-12-04", "Sat 5 Dec is not worked");
    /* all of its days are shut: it moves, as long as it was, and ends on a worked day */
    window(w, "2026-11-28", "2026-11-29", "2026-11-30", "2026-12-01", "Sat 28 Nov is not worked");
    config(w, "away", "2026-11-26..2026-12-09");
    window(w, "2026-11-28", "2026-12-03", "2026-12-10", "2026-12-15", "away until Wed 9 Dec");
    /* open since before, with no day of it left: it moves too */
    window(w, "2026-11-23", "2026-11-30", "2026-12-10", "2026-12-14", "away until Wed 9 Dec");
    /* what was over before stays where it was */
    window(w, "2026-11-16", "2026-11-20", "2026-11-16", "2026-11-20", NULL);
    window(w, "2026-11-14", "2026-11-20", "2026-11-16", "2026-11-20", "Sat 14 Nov");
}

/* What a policy plans: the line of the decision says what the gate did. */
static void test_plan(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    struct tend_task_view *tasks;

    config(w, "hours", "mon-fri");
    world_log(w, ann, "presentation", NULL);            /* Thu 26 Mar: opens Sat 28 */
    assert_int_equal(world_open_tasks(w, ann, &tasks), 1);
    assert_int_equal(tasks[0].opens_day, world_day("2026-03-30"));
    assert_int_equal(tasks[0].closes_day, world_day("2026-04-02"));
    assert_holds(world_decision(w, TEND_REF_TASK, tasks[0].id),
                 "\nmoved by the gate from Sat 28 Mar to Thu 2 Apr: Sat 28 Mar is not worked");
}

static void settle(struct world *w, const char *key, const char *value,
                   struct tend_gate_settled *settled)
{
    struct tend_rules before;

    memset(settled, 0, sizeof *settled);
    world_begin(w);
    before = *tend_rules_get(&w->desk);
    assert_int_equal(tend_meta_set(w->store, key, tend_text_of(value)), TEND_OK);
    assert_int_equal(tend_gate_settle(&w->desk, &w->deed, &before, settled), TEND_OK);
    world_end(w);
}

/* Going away moves what plugins planned, names what was planned by hand, and is
 * taken back by an undo; coming back moves nothing. */
static void test_settle(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), bob = world_add(w, "Bob", NULL), task;
    struct tend_plan_ask ask = { .person = bob, .kind = T("call"), .wall = -1,
                                 .opens_day = world_day("2026-03-30"),
                                 .closes_day = world_day("2026-03-30") };
    struct tend_gate_settled settled;
    struct tend_task_view *tasks;
    uint64_t sum;

    world_log(w, ann, "presentation", NULL);
    world_begin(w);
    assert_int_equal(tend_task_plan(&w->desk, &w->deed, &ask, &task), TEND_OK);
    world_end(w);
    sum = world_sum(w);

    settle(w, "away", "2026-03-27..2026-04-06", &settled);
    assert_int_equal(settled.moved, 1);
    assert_int_equal(settled.left.n, 1);
    assert_int_equal(settled.left.at[0], task);
    TEND_ARRAY_FINISH(&settled.left);
    world_open_tasks(w, ann, &tasks);
    assert_int_equal(tasks[0].opens_day, world_day("2026-04-07"));
    assert_int_equal(tasks[0].closes_day, world_day("2026-04-12"));
    assert_holds(world_decision(w, TEND_REF_TASK, tasks[0].id), "your days have changed");
    assert_holds(world_decision(w, TEND_REF_TASK, tasks[0].id), "away until Mon 6 Apr");
    world_open_tasks(w, bob, &tasks);
    assert_int_equal(tasks[0].opens_day, world_day("2026-03-30"));

    world_undo(w);
    assert_true(world_sum(w) == sum);
    settle(w, "away", "2026-03-27..2026-04-07", &settled);
    assert_int_equal(settled.moved, 1);
    assert_int_equal(settled.left.n, 0);                /* named once, not again */
    settle(w, "away", "", &settled);
    assert_int_equal(settled.moved, 0);
    world_open_tasks(w, ann, &tasks);
    assert_int_equal(tasks[0].opens_day, world_day("2026-04-08"));
}

/* Put off by the user to a day that is not worked: that stands. */
static void test_snoozed(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    struct tend_gate_settled settled;
    struct tend_task_view *tasks;

    config(w, "hours", "mon-fri");
    world_log(w, ann, "presentation", NULL);
    world_begin(w);
    assert_int_equal(tend_task_snooze(&w->desk, &w->deed, 1, world_day("2026-04-11"), -1), TEND_OK);
    world_end(w);
    settle(w, "holidays", "AT", &settled);
    assert_int_equal(settled.moved, 0);
    world_open_tasks(w, ann, &tasks);
    assert_int_equal(tasks[0].opens_day, world_day("2026-04-11"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(test_day),    WORLD_TEST(test_window),  WORLD_TEST(test_plan),
        WORLD_TEST(test_settle), WORLD_TEST(test_snoozed),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
