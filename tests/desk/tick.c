/* The scheduler's turn: covers tend_tick_run, tend_tick_finish and
 * tend_deed_is_asked. Policies that fail, then work; order, limits, the clock. */
#include "world.h"
#include "desk/tick.h"
#include "desk/why.h"
#include "sched/timer.h"
#include <tend/plugin.h>

static int asked, broken;
static char seen[512];

/* Makes a task, then does as `broken` says. Minutes are rounded up: chance may
 * bring an attempt a little earlier. */
static tend_status shaky(struct tend_ctx *ctx, const struct tend_event *event)
{
    size_t at = strlen(seen);

    asked++;
    snprintf(seen + at, sizeof seen - at, "%s p%lld at %lld; ", event->name,
             (long long)event->person,
             (long long)((ctx->now - world_instant(WORLD_START) + TEND_MINUTE - 1) / TEND_MINUTE));
    TEND_TASK(ctx, event->person, "shaky", .title = "From shaky", .window = "1d");
    if (broken == 1)
        return ctx->host->fail(ctx, TEND_INVALID, "no such moon");
    if (broken == 2)
        return tend_call_fail(ctx, TEND_LIMIT, true, "it used all memory");
    return TEND_OK;
}

static const struct tend_policy shaky_policy = { sizeof(struct tend_policy), "shaky",
                                                 "person.added touch.logged", shaky };

static void tick(struct world *w, int64_t most, const char *until, struct tend_tick *out)
{
    struct tend_tick_ask ask = { .most = most, .until = until ? world_instant(until) : 0 };

    memset(out, 0, sizeof *out);
    world_done(w);
    seen[0] = '\0';
    if (tend_tick_run(&w->desk, &ask, out) != TEND_OK)
        fail_msg("%s", w->err.text);
}

static void expect(struct tend_tick *got, int64_t steps, int64_t tasks, int64_t failed,
                   int64_t left)
{
    assert_int_equal(got->steps, steps);
    assert_int_equal(got->tasks, tasks);
    assert_int_equal(got->messages, 0);
    assert_int_equal(got->failed, failed);
    assert_int_equal(got->left, left);
}

static void setup(struct world *w, int how)
{
    world_plugin(w, "shaky", "policy", &shaky_policy);
    broken = how;
    asked = 0;
}

static void later(struct world *w, int64_t minutes)
{
    tend_clock_freeze(&w->clock, world_instant(WORLD_START) + minutes * TEND_MINUTE);
}

/* Tried again a minute later, it works; once is enough. */
static void test_again(void **state)
{
    struct world *w = *state;
    struct tend_task_view *tasks;
    struct tend_tick got;
    tend_id ann, batch;
    struct tend_batch info;

    setup(w, 1);
    ann = world_add(w, "Ann Lee", NULL);
    tick(w, 0, NULL, &got);
    expect(&got, 0, 0, 0, 0);           /* not due yet */
    assert_int_equal(got.batch.n, 0);
    tend_tick_finish(&got);
    later(w, 1);
    tick(w, 0, NULL, &got);
    expect(&got, 1, 0, 1, 0);           /* fails again: five minutes */
    assert_holds(got.warning.at[0], "no such moon");
    tend_tick_finish(&got);
    assert_int_equal(world_rows(w, TEND_T_timer), 1);
    broken = 0;
    later(w, 5);
    tick(w, 0, NULL, &got);
    expect(&got, 0, 0, 0, 0);
    tend_tick_finish(&got);
    later(w, 6);
    tick(w, 0, NULL, &got);
    expect(&got, 1, 1, 0, 0);
    assert_int_equal(got.batch.n, 1);
    batch = got.batch.at[0];
    tend_tick_finish(&got);
    assert_int_equal(world_rows(w, TEND_T_timer), 0);
    assert_int_equal(world_open_tasks(w, ann, &tasks), 1);
    assert_int_equal(tend_batch_read(w->store, batch, &w->arena, &info), TEND_OK);
    assert_int_equal(info.kind, TEND_BATCH_TICK);
    tick(w, 0, NULL, &got);
    expect(&got, 0, 0, 0, 0);
    tend_tick_finish(&got);
}

/* Asked twice for the same cause, it makes one task. */
static void test_once(void **state)
{
    struct world *w = *state;
    struct tend_task_view *tasks;
    struct tend_tick got;
    struct tend_timer_ask ask = { .plugin = "shaky", .event = "person.added" };
    tend_id ann;

    setup(w, 0);
    ann = world_add(w, "Ann Lee", NULL);
    assert_int_equal(world_open_tasks(w, ann, &tasks), 1);
    ask.person = ann;
    ask.due_at = w->clock.now;
    world_begin(w);
    for (int i = 0; i < 2; i++)
        assert_int_equal(tend_timer_add(w->store, &ask, NULL), TEND_OK);
    world_end(w);
    tick(w, 0, NULL, &got);
    expect(&got, 2, 0, 0, 0);
    tend_tick_finish(&got);
    assert_int_equal(asked, 3);
    assert_int_equal(world_open_tasks(w, ann, &tasks), 1);
}

static void add_timer_for(struct world *w, tend_id person, const char *plugin, int64_t minutes)
{
    struct tend_timer_ask ask = { .person = person, .plugin = plugin, .event = "person.added",
                                  .due_at = world_instant(WORLD_START) + minutes * TEND_MINUTE };

    world_begin(w);
    assert_int_equal(tend_timer_add(w->store, &ask, NULL), TEND_OK);
    world_end(w);
}

static void add_timer(struct world *w, tend_id person, int64_t minutes)
{
    add_timer_for(w, person, "shaky", minutes);
}

/* In the order of their dues; at the real time, though it is later. */
static void test_order(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), bob = world_add(w, "Bob Ray", NULL),
            cid = world_add(w, "Cid Fox", NULL);
    struct tend_tick got;

    setup(w, 0);
    add_timer(w, bob, 20);
    add_timer(w, ann, 10);
    add_timer(w, cid, 10);
    later(w, 30);
    tick(w, 0, NULL, &got);
    expect(&got, 3, 3, 0, 0);
    assert_string_equal(seen, "person.added p2 at 30; person.added p4 at 30; "
                              "person.added p3 at 30; ");
    tend_tick_finish(&got);
}

static void test_most(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), bob = world_add(w, "Bob Ray", NULL);
    struct tend_tick got;

    setup(w, 0);
    add_timer(w, ann, 0);
    add_timer(w, bob, 0);
    add_timer(w, bob, 60);
    tick(w, 1, NULL, &got);
    expect(&got, 1, 1, 0, 1);
    tend_tick_finish(&got);
    assert_string_equal(seen, "person.added p2 at 0; ");
    tick(w, 2, NULL, &got);
    expect(&got, 1, 1, 0, 0);
    tend_tick_finish(&got);
    assert_int_equal(world_rows(w, TEND_T_timer), 1);
}

/* The clock stands at each one's due, what failed is tried in its time, and
 * then the clock is what it was. */
static void test_until(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), bob = world_add(w, "Bob Ray", NULL);
    struct tend_tick got;

    setup(w, 1);
    add_timer(w, bob, 3);
    add_timer(w, ann, -10);
    add_timer(w, ann, 90);
    tick(w, 0, "2026-03-26T19:10:00+01:00", &got);
    assert_string_equal(seen, "person.added p2 at 0; person.added p2 at 1; person.added p3 at 3; "
                              "person.added p3 at 4; person.added p2 at 6; "
                              "person.added p3 at 9; ");
    expect(&got, 6, 0, 6, 0);
    tend_tick_finish(&got);
    assert_true(w->clock.frozen);
    assert_int_equal(w->clock.now, world_instant(WORLD_START));
    assert_int_equal(world_rows(w, TEND_T_timer), 3);
}

/* Enough is enough: then it is kept, and told. */
static void test_parked(void **state)
{
    struct world *w = *state;
    tend_id ann;
    struct tend_tick got;
    struct tend_why *chain;
    bool told = false;
    int64_t n;

    setup(w, 1);
    ann = world_add(w, "Ann Lee", NULL);
    tick(w, 0, "2026-12-26T19:00:00+01:00", &got);
    expect(&got, TEND_TIMER_ATTEMPTS, 0, TEND_TIMER_ATTEMPTS, 0);
    tend_tick_finish(&got);
    assert_int_equal(asked, TEND_TIMER_ATTEMPTS + 1);
    assert_int_equal(world_rows(w, TEND_T_timer), 1);
    assert_int_equal(tend_why_not(&w->desk, ann, &w->arena, &chain, &n), TEND_OK);
    for (int64_t i = 0; i < n; i++)
        told = told || (chain[i].kind == TEND_REF_TIMER &&
                        strstr(chain[i].text, "shaky has failed on person.added 9 times"));
    assert_true(told);
}

/* `undo` alone takes the last command; a tick goes by its id, and then waits
 * to be done again. */
static void test_undo(void **state)
{
    struct world *w = *state;
    struct tend_task_view *tasks;
    struct tend_undo undo;
    struct tend_tick got;
    tend_id ann, batch;
    uint64_t before;

    setup(w, 1);
    ann = world_add(w, "Ann Lee", NULL);
    broken = 0;
    later(w, 1);
    before = world_sum(w);
    tick(w, 0, NULL, &got);
    batch = got.batch.at[0];
    tend_tick_finish(&got);
    assert_int_equal(world_open_tasks(w, ann, &tasks), 1);
    assert_int_equal(tend_store_undo(w->store, 0, 1, true, &w->arena, &undo), TEND_OK);
    assert_true(undo.undone < batch);
    assert_int_equal(tend_store_undo(w->store, batch, 1, false, &w->arena, &undo), TEND_OK);
    assert_int_equal(undo.n_conflicts, 0);
    assert_int_equal(world_sum(w), before);
    tick(w, 0, NULL, &got);
    expect(&got, 1, 1, 0, 0);
    tend_tick_finish(&got);
    assert_int_equal(world_open_tasks(w, ann, &tasks), 1);
}

/* What it was about was taken back meanwhile: the timer just goes. */
static void test_gone(void **state)
{
    struct world *w = *state;
    struct tend_timer_ask ask = { .plugin = "shaky", .event = "touch.logged", .subject = 77 };
    struct tend_tick got;

    setup(w, 0);
    ask.person = world_add(w, "Ann Lee", NULL);
    ask.due_at = w->clock.now;
    asked = 0;
    world_begin(w);
    assert_int_equal(tend_timer_add(w->store, &ask, NULL), TEND_OK);
    world_end(w);
    tick(w, 0, NULL, &got);
    expect(&got, 1, 0, 0, 0);
    tend_tick_finish(&got);
    assert_int_equal(asked, 0);
    assert_int_equal(world_rows(w, TEND_T_timer), 0);
}

/* The batch is taken back, the plugin set aside, and the rest goes on. */
static void test_breach(void **state)
{
    struct world *w = *state;
    struct tend_task_view *tasks;
    struct tend_timer_ask other = { .plugin = "followup", .event = "touch.logged" };
    struct tend_tick got;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    uint64_t before;
    int64_t n;

    other.person = ann;
    other.due_at = w->clock.now;
    setup(w, 0);
    other.subject = world_log(w, ann, "call", NULL);
    add_timer(w, ann, 0);
    world_begin(w);
    assert_int_equal(tend_timer_add(w->store, &other, NULL), TEND_OK);
    world_end(w);
    broken = 2;
    tick(w, 0, NULL, &got);
    assert_int_equal(got.failed, 1);
    assert_int_equal(got.steps, 2);
    assert_int_equal(got.left, 0);
    assert_holds(got.warning.at[0], "it used all memory");
    tend_tick_finish(&got);
    assert_int_equal(asked, 3);
    assert_int_equal(world_rows(w, TEND_T_timer), 1);   /* for when it is mended */
    assert_int_equal(world_open_tasks(w, ann, &tasks), 1);
    assert_false(tend_registry_breached(w->registry));
    tick(w, 0, "2026-12-26T19:00:00+01:00", &got);
    tend_tick_finish(&got);
    assert_int_equal(asked, 3);
    assert_int_equal(tend_timer_backoff(TEND_TIMER_ATTEMPTS), 24 * TEND_HOUR);
    before = world_sum(w);
    tick(w, 0, "2027-12-26T19:00:00+01:00", &got);
    assert_int_equal(got.steps, 0);                     /* it sleeps, and costs nothing */
    tend_tick_finish(&got);
    assert_int_equal(world_sum(w), before);
    assert_int_equal(tend_timer_asleep(w->store, T("shaky"), &n), TEND_OK);
    assert_int_equal(n, 1);
}

/* What waits for a plugin that is not there is kept. */
static void test_not_loaded(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    struct tend_tick got;

    add_timer(w, ann, 0);
    tick(w, 0, NULL, &got);
    expect(&got, 1, 0, 0, 0);
    assert_holds(got.warning.at[0], "shaky is not loaded");
    tend_tick_finish(&got);
    assert_int_equal(world_rows(w, TEND_T_timer), 1);
    setup(w, 0);
    later(w, 1);
    tick(w, 0, NULL, &got);
    expect(&got, 1, 1, 0, 0);
    tend_tick_finish(&got);
}

static int stale_asked;

/* Changes the timer that asked: as if another worker had it meanwhile. */
static struct world *stale_world;

static tend_status thief(struct tend_ctx *ctx, const struct tend_event *event)
{
    stale_asked++;
    TEND_TASK(ctx, event->person, "thief", .title = "From thief", .window = "1d");
    return stale_asked == 1 ? tend_row_set(stale_world->store, TEND_T_timer, 1,
                                           TEND_C_timer_fence, tend_int(7))
                            : TEND_OK;
}

static const struct tend_policy thief_policy = { sizeof(struct tend_policy), "thief",
                                                 "person.added", thief };

/* What was done on a stale claim is taken back, and whoever has it does it. */
static void test_stale(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    struct tend_task_view *tasks;
    struct tend_tick got;

    stale_world = w;
    stale_asked = 0;
    world_plugin(w, "thief", "policy", &thief_policy);
    add_timer_for(w, ann, "thief", 0);
    tick(w, 0, NULL, &got);
    expect(&got, 1, 1, 0, 0);
    tend_tick_finish(&got);
    assert_int_equal(stale_asked, 2);
    assert_int_equal(world_open_tasks(w, ann, &tasks), 1);
    assert_int_equal(world_rows(w, TEND_T_timer), 0);
}

/* Two of three that one timer asks fail: the timer is the first one's, the second
 * gets its own, and the third has done its work. */
static tend_status grumpy(struct tend_ctx *ctx, const struct tend_event *event)
{
    (void)event;
    return broken ? ctx->host->fail(ctx, TEND_INVALID, "no such sun") : TEND_OK;
}

static const struct tend_policy grumpy_policy = { sizeof(struct tend_policy), "grumpy",
                                                  "person.added", grumpy };
static const struct tend_policy well_policy = { sizeof(struct tend_policy), "thief",
                                                "person.added", thief };

static void test_two_of_three(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    struct tend_value v[TEND_N_timer];
    struct tend_task_view *tasks;
    struct tend_tick got;

    stale_asked = 1;
    setup(w, 1);
    world_plugin(w, "grumpy", "policy", &grumpy_policy);
    world_plugin(w, "thief", "policy", &well_policy);
    add_timer_for(w, ann, NULL, 0);
    tick(w, 0, NULL, &got);
    expect(&got, 1, 1, 2, 0);
    tend_tick_finish(&got);
    assert_int_equal(world_rows(w, TEND_T_timer), 2);
    assert_int_equal(tend_row_read(w->store, TEND_T_timer, 1, &w->arena, v, NULL), TEND_OK);
    assert_true(tend_text_is(v[TEND_C_timer_plugin].t, "shaky"));
    assert_int_equal(tend_row_read(w->store, TEND_T_timer, 2, &w->arena, v, NULL), TEND_OK);
    assert_true(tend_text_is(v[TEND_C_timer_plugin].t, "grumpy"));
    broken = 0;
    later(w, 1);
    tick(w, 0, NULL, &got);
    expect(&got, 2, 1, 0, 0);
    tend_tick_finish(&got);
    assert_int_equal(world_open_tasks(w, ann, &tasks), 2);
}

/* Very many at once leave a timer each; ticks answer them, batch by batch. */
static void test_many(void **state)
{
    struct world *w = *state;
    struct tend_tick got;
    uint64_t before;

    setup(w, 0);
    world_begin(w);
    for (int64_t i = 0; i < 1050; i++) {
        tend_id person, known;

        assert_int_equal(tend_person_add(&w->desk, &w->deed, T("Somebody"), NULL, 0, true,
                                         &person, &known), TEND_OK);
    }
    world_end(w);
    assert_int_equal(asked, 0);
    before = world_sum(w);
    w->desk.dry = true;
    tick(w, 0, NULL, &got);
    expect(&got, 1050, 1050, 0, 0);
    assert_int_equal(got.batch.n, 0);
    tend_tick_finish(&got);
    w->desk.dry = false;
    assert_int_equal(world_sum(w), before);
    tick(w, 150, NULL, &got);
    expect(&got, 150, 150, 0, 900);
    assert_int_equal(got.batch.n, 1);
    tend_tick_finish(&got);
    tick(w, 0, NULL, &got);
    expect(&got, 900, 900, 0, 0);
    assert_int_equal(got.batch.n, 4);
    tend_tick_finish(&got);
    assert_int_equal(world_rows(w, TEND_T_timer), 0);
    assert_int_equal(world_rows(w, TEND_T_task), 1050);
}

/* Timers and tasks, whichever comes first. */
static void test_next(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    struct tend_plan_ask plan = { .person = ann, .kind = T("call"), .title = T("Call Ann"),
                                  .opens_day = world_day("2026-03-30"),
                                  .closes_day = world_day("2026-03-30"), .wall = -1 };
    struct tend_tick got;
    tend_id task;
    int64_t at = -1;

    assert_int_equal(tend_tick_next(&w->desk, &at), TEND_OK);
    assert_int_equal(at, 0);
    world_begin(w);
    assert_int_equal(tend_task_plan(&w->desk, &w->deed, &plan, &task), TEND_OK);
    world_end(w);
    assert_int_equal(tend_tick_next(&w->desk, &at), TEND_OK);
    assert_int_equal(at, world_instant("2026-03-30T00:00:00+02:00"));
    setup(w, 0);
    add_timer(w, ann, -5);
    assert_int_equal(tend_tick_next(&w->desk, &at), TEND_OK);
    assert_int_equal(at, world_instant(WORLD_START) - 5 * TEND_MINUTE);
    tick(w, 0, NULL, &got);
    tend_tick_finish(&got);
    later(w, 24 * 60 * 6);      /* all open already */
    assert_int_equal(tend_tick_next(&w->desk, &at), TEND_OK);
    assert_int_equal(at, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(test_again), WORLD_TEST(test_once), WORLD_TEST(test_order),
        WORLD_TEST(test_most), WORLD_TEST(test_until), WORLD_TEST(test_parked),
        WORLD_TEST(test_undo), WORLD_TEST(test_gone), WORLD_TEST(test_breach),
        WORLD_TEST(test_not_loaded), WORLD_TEST(test_many), WORLD_TEST(test_next),
        WORLD_TEST(test_stale), WORLD_TEST(test_two_of_three),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
