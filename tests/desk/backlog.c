/* What waited while somebody was away: what stays today, what moves and where
 * to, what is only named; when it is time to; and that it is undone by its id. */
#include "world.h"
#include "desk/backlog.h"
#include "desk/day.h"
#include "desk/tick.h"

static const char today[] = "2026-03-26";

/* A task as a plugin makes it, or by hand. */
static tend_id task(struct world *w, tend_id person, const char *plugin, int64_t opens,
                    int64_t closes, int64_t wall)
{
    struct tend_value v[TEND_N_task] = { { 0 } };
    tend_id id;

    world_begin(w);
    v[TEND_C_task_person] = tend_int(person);
    v[TEND_C_task_title] = tend_str(T("Follow up"));
    v[TEND_C_task_plugin] = tend_str(tend_text_of(plugin));
    v[TEND_C_task_opens_day] = tend_int(world_day(today) + opens);
    v[TEND_C_task_closes_day] = tend_int(world_day(today) + closes);
    if (wall >= 0)
        v[TEND_C_task_wall] = tend_int(wall);
    v[TEND_C_task_state] = tend_int(TEND_TASK_OPEN);
    assert_int_equal(tend_row_insert(w->store, TEND_T_task, v, &id), TEND_OK);
    world_end(w);
    return id;
}

static void set(struct world *w, const char *name, const char *value)
{
    assert_int_equal(tend_meta_set(w->store, name, tend_text_of(value)), TEND_OK);
}

/* Somebody was here so many days ago. */
static void seen(struct world *w, const char *name, int64_t ago)
{
    set(w, name, tend_arena_printf(&w->arena, "%lld", (long long)(world_day(today) - ago)));
}

static int64_t opens(struct world *w, tend_id id)
{
    struct tend_task_view view;

    assert_int_equal(tend_task_read(w->store, id, w->clock.now, &w->arena, &view), TEND_OK);
    return view.opens_day - world_day(today);
}

static void spread(struct world *w, struct tend_backlog *out)
{
    if (tend_backlog_spread(&w->desk, out) != TEND_OK)
        fail_msg("%s", w->err.text);
}

static void test_sorts(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    tend_id meet = task(w, ann, NULL, 0, 0, 20 * TEND_HOUR);
    tend_id hand = task(w, ann, NULL, -2, 9, -1);
    tend_id late = task(w, ann, "followup", -4, -1, -1);
    tend_id can = task(w, ann, "followup", -1, 3, -1);
    tend_id old = task(w, ann, "followup", -31, -30, -1);
    struct tend_backlog out;

    set(w, "daily", "3");
    spread(w, &out);
    assert_int_equal(out.waited, 5);
    assert_int_equal(out.today, 3);
    assert_int_equal(out.moved, 1);
    assert_int_equal(out.old, 1);
    assert_int_equal(out.go[0], old);
    assert_int_equal(opens(w, meet), 0);
    assert_int_equal(opens(w, hand), -2);
    assert_int_equal(opens(w, late), -4);
    assert_int_equal(opens(w, can), 1);
    assert_int_equal(opens(w, old), -31);
    assert_holds(world_decision(w, TEND_REF_TASK, can),
                 "moved from Wed 25 Mar to Fri 27 Mar by the backlog");
    tend_backlog_finish(&out);
}

/* 30 that are late, 10 a day: 10 today, and 10 on each of the next two. */
static void test_capacity(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    struct tend_task_view *tasks;
    struct tend_backlog out;
    int64_t n;

    for (int i = 0; i < 30; i++)
        task(w, ann, "followup", -9, -2, -1);
    spread(w, &out);
    assert_int_equal(out.today, 10);
    assert_int_equal(out.moved, 20);
    assert_int_equal(out.last_day - world_day(today), 2);
    tend_backlog_finish(&out);
    assert_int_equal(world_due(w, &tasks), 10);
    world_at(w, "2026-03-27T19:00:00+01:00");
    assert_int_equal(world_due(w, &tasks), 20);
    world_at(w, "2026-03-26T19:00:00+01:00");
    /* again: nothing is left to be moved, and no batch is made */
    n = world_rows(w, TEND_T_decision);
    spread(w, &out);
    assert_int_equal(out.batch, 0);
    assert_int_equal(out.moved, 0);
    assert_int_equal(world_rows(w, TEND_T_decision), n);
    tend_backlog_finish(&out);
}

/* A day that is full already takes half as many again. */
static void test_full_days(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    struct tend_backlog out;

    for (int i = 0; i < 12; i++)
        task(w, ann, "followup", 1, 5, -1);
    for (int i = 0; i < 18; i++)
        task(w, ann, "followup", -9, -2, -1);
    spread(w, &out);
    assert_int_equal(out.today, 10);
    assert_int_equal(out.moved, 8);
    assert_int_equal(out.last_day - world_day(today), 2);
    tend_backlog_finish(&out);
}

static void test_undo(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), one;
    struct tend_backlog out;
    struct tend_undo undo;
    uint64_t sum;

    set(w, "daily", "1");
    task(w, ann, "followup", -9, -2, -1);
    one = task(w, ann, "followup", -9, -2, -1);
    sum = world_sum(w);
    spread(w, &out);
    assert_int_not_equal(out.batch, 0);
    assert_int_equal(opens(w, one), 1);
    /* bare `undo` takes somebody's own command, not this */
    assert_int_equal(tend_store_undo(w->store, out.batch, 1, false, &w->arena, &undo), TEND_OK);
    assert_int_equal(opens(w, one), -9);
    assert_true(world_sum(w) == sum);
    tend_backlog_finish(&out);
}

static void test_gap(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), one;
    struct tend_backlog out;

    set(w, "daily", "1");
    task(w, ann, "followup", -9, -2, -1);
    one = task(w, ann, "followup", -9, -2, -1);
    seen(w, "seen_day", 1);                             /* yesterday: no gap */
    assert_int_equal(tend_backlog_return(&w->desk, &out), TEND_OK);
    assert_false(out.sorted);
    tend_backlog_finish(&out);
    seen(w, "seen_day", 4);
    assert_int_equal(tend_backlog_seen(&w->desk), TEND_OK);     /* a command leaves the gap */
    seen(w, "tick_day", 1);
    assert_int_equal(tend_backlog_tick(&w->desk, &out), TEND_OK);       /* the machine was awake */
    assert_false(out.sorted);
    tend_backlog_finish(&out);
    assert_int_equal(tend_backlog_return(&w->desk, &out), TEND_OK);
    assert_int_equal(out.away, 4);
    assert_int_equal(out.moved, 1);
    assert_holds(world_decision(w, TEND_REF_TASK, one), "by the backlog after 4 days away");
    tend_backlog_finish(&out);
    assert_int_equal(tend_backlog_return(&w->desk, &out), TEND_OK);     /* once */
    assert_false(out.sorted);
    tend_backlog_finish(&out);
}

/* What a tick has moved in the night is told in the morning. */
static void test_tick_tells_later(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    struct tend_tick_ask ask = { 0 };
    struct tend_tick tick = { .arena = { 0 } };
    struct tend_backlog out;

    set(w, "daily", "2");
    for (int i = 0; i < 7; i++)
        task(w, ann, "followup", -9, -2, -1);
    seen(w, "seen_day", 14);
    assert_int_equal(tend_tick_run(&w->desk, &ask, &tick), TEND_OK);
    assert_int_equal(tick.backlog.moved, 5);
    assert_int_equal(tick.backlog.away, 14);
    tend_tick_finish(&tick);
    assert_int_equal(tend_backlog_return(&w->desk, &out), TEND_OK);
    assert_int_equal(out.waited, 7);
    assert_int_equal(out.today, 2);
    assert_int_equal(out.moved, 5);
    assert_int_equal(out.last_day - world_day(today), 3);
    tend_backlog_finish(&out);
}

static void test_dry(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    struct tend_backlog out;
    uint64_t sum;

    set(w, "daily", "1");
    task(w, ann, "followup", -9, -2, -1);
    task(w, ann, "followup", -9, -2, -1);
    seen(w, "seen_day", 5);
    sum = world_sum(w);
    w->desk.dry = true;
    assert_int_equal(tend_backlog_return(&w->desk, &out), TEND_OK);
    assert_int_equal(out.moved, 1);
    assert_int_equal(out.batch, 0);
    tend_backlog_finish(&out);
    assert_true(world_sum(w) == sum);
    w->desk.dry = false;
    assert_int_equal(tend_backlog_return(&w->desk, &out), TEND_OK);     /* the gap is still there */
    assert_int_equal(out.moved, 1);
    tend_backlog_finish(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(test_sorts),
        WORLD_TEST(test_capacity),
        WORLD_TEST(test_full_days),
        WORLD_TEST(test_undo),
        WORLD_TEST(test_gap),
        WORLD_TEST(test_tick_tells_later),
        WORLD_TEST(test_dry),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
