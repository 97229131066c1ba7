/* Tasks by hand: tend_task_plan, _done, _drop, _snooze; and the list of the
 * day, which must be quick among very many. */
#include "world.h"

static tend_id plan(struct world *w, tend_id person, const char *kind, const char *opens,
                    const char *closes, int64_t wall)
{
    struct tend_plan_ask ask = { .person = person, .kind = tend_text_of(kind),
                                 .title = T("Kitchen"), .opens_day = world_day(opens),
                                 .closes_day = world_day(closes), .wall = wall };
    tend_id task;

    world_begin(w);
    if (tend_task_plan(&w->desk, &w->deed, &ask, &task) != TEND_OK)
        fail_msg("%s", w->err.text);
    world_end(w);
    return task;
}

static void read_task(struct world *w, tend_id id, struct tend_task_view *view)
{
    assert_int_equal(tend_task_read(w->store, id, w->clock.now, &w->arena, view), TEND_OK);
}

static void test_plan(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    tend_id id = plan(w, ann, "presentation", "2026-03-28", "2026-03-28", 19 * TEND_HOUR);
    struct tend_task_view task;

    read_task(w, id, &task);
    assert_int_equal(task.wall, 19 * TEND_HOUR);
    assert_int_equal(task.plugin.len, 0);
    assert_true(tend_text_is(task.closed_by, "presentation"));
    assert_int_equal(task.state, TEND_TASK_OPEN);
    assert_null(world_outcome(w, "task")->plugin);
    assert_int_equal(world_outcome(w, "task")->wall, 19 * TEND_HOUR);
}

static void refused(struct world *w, struct tend_plan_ask ask, tend_status status,
                    const char *part)
{
    tend_id task;

    world_begin(w);
    assert_int_equal(tend_task_plan(&w->desk, &w->deed, &ask, &task), status);
    assert_holds(w->err.text, part);
    world_abort(w);
}

static void test_plan_refused(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), dnc;

    refused(w, (struct tend_plan_ask){ .person = 50, .wall = -1 }, TEND_NOT_FOUND, "p50");
    refused(w, (struct tend_plan_ask){ .person = ann, .kind = T("cal"), .wall = -1 },
            TEND_INVALID, "did you mean call?");
    world_begin(w);
    assert_int_equal(tend_person_do_not_contact(&w->desk, &w->deed, ann, T("all"), T(""), true,
                                                &dnc), TEND_OK);
    world_end(w);
    refused(w, (struct tend_plan_ask){ .person = ann, .kind = T("call"), .wall = -1 },
            TEND_DENIED, "marked do-not-contact (all) on 2026-03-26");
}

static void test_done_drop(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    tend_id one = plan(w, ann, "call", "2026-03-26", "2026-03-26", -1);
    tend_id two = plan(w, ann, "", "2026-03-26", "2026-03-27", -1);
    struct tend_task_view task;

    world_begin(w);
    assert_int_equal(tend_task_done(&w->desk, &w->deed, one), TEND_OK);
    world_end(w);
    read_task(w, one, &task);
    assert_int_equal(task.state, TEND_TASK_DONE);
    assert_int_equal(task.doer, 1);
    assert_int_equal(task.closed_touch, 0);
    world_begin(w);
    assert_int_equal(tend_task_drop(&w->desk, &w->deed, two), TEND_OK);
    world_end(w);
    read_task(w, two, &task);
    assert_int_equal(task.state, TEND_TASK_DROPPED);
    world_begin(w);
    assert_int_equal(tend_task_done(&w->desk, &w->deed, two), TEND_EXISTS);
    assert_holds(w->err.text, "t2 is dropped already");
    assert_int_equal(tend_task_drop(&w->desk, &w->deed, 99), TEND_NOT_FOUND);
    assert_holds(w->err.text, "there is no task t99");
    world_abort(w);
}

static void test_snooze(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    tend_id id = plan(w, ann, "call", "2026-03-26", "2026-03-29", 9 * TEND_HOUR);
    struct tend_task_view *tasks, task;

    assert_int_equal(world_due(w, &tasks), 1);
    world_begin(w);
    assert_int_equal(tend_task_snooze(&w->desk, &w->deed, id, world_day("2026-04-02"), -1),
                     TEND_OK);
    world_end(w);
    read_task(w, id, &task);
    assert_int_equal(task.opens_day, world_day("2026-04-02"));
    assert_int_equal(task.closes_day, world_day("2026-04-05"));
    assert_int_equal(task.wall, -1);
    assert_int_equal(world_due(w, &tasks), 0);
    assert_string_equal(world_decision(w, TEND_REF_TASK, id), "put off to Thu 2 Apr");
    world_begin(w);
    assert_int_equal(tend_task_snooze(&w->desk, &w->deed, id, world_day("2026-03-25"), -1),
                     TEND_INVALID);
    assert_holds(w->err.text, "is past");
    world_abort(w);
}

/* 50 due of 100,000 open: found by an index, within 3 ms. */
static void test_quick(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    struct tend_task_view *tasks;
    int64_t best = INT64_MAX;

    world_begin(w);
    for (int64_t i = 0; i < 100000; i++) {
        int64_t day = world_day(i % 2000 ? "2026-06-01" : "2026-03-20") + i % 300;
        struct tend_value v[TEND_N_task] = {
            [TEND_C_task_person] = tend_int(ann),
            [TEND_C_task_title] = tend_str(T("Call")),
            [TEND_C_task_opens_day] = tend_int(i % 2000 ? day : world_day("2026-03-20")),
            [TEND_C_task_closes_day] = tend_int(day + 5),
            [TEND_C_task_state] = tend_int(TEND_TASK_OPEN),
        };

        if (tend_row_insert(w->store, TEND_T_task, v, NULL) != TEND_OK)
            fail_msg("%s", w->err.text);
    }
    world_end(w);
    for (int i = 0; i < 5; i++) {
        int64_t began = tend_clock_ticks();

        assert_int_equal(world_due(w, &tasks), 50);
        began = tend_clock_ticks() - began;
        best = began < best ? began : best;
    }
    print_message("# 50 due of 100000: %lld us\n", (long long)best);
    assert_true(best < 3000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(test_plan), WORLD_TEST(test_plan_refused), WORLD_TEST(test_done_drop),
        WORLD_TEST(test_snooze), WORLD_BARE(test_quick),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
