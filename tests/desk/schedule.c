/* Schedules: covers tend_apply_schedule, tend_apply_cancel, tend_schedule_fire, _move and
 * _rezone. What is due is raised once, however the clock runs. */
#include "world.h"
#include "desk/schedule.h"
#include "desk/tick.h"
#include <tend/plugin.h>

static struct tend_fx_schedule wish;
static bool cancels;
static int fails;
static char seen[2000];

/* Answers a touch with the wish, and its own events by writing them down. */
static tend_status clerk(struct tend_ctx *ctx, const struct tend_event *event)
{
    size_t at = strlen(seen);

    if (strcmp(event->name, "touch.logged") == 0) {
        wish.fx = (struct tend_fx){ sizeof wish, TEND_FX_SCHEDULE, event->person, "again" };
        return cancels ? TEND_CANCEL(ctx, event->person, "again")
                       : ctx->make->emit(ctx, &wish.fx);
    }
    if (fails > 0) {
        fails--;
        TEND_TASK(ctx, event->person, "seen", .title = "Seen", .window = "soon");
        return TEND_OK;
    }
    snprintf(seen + at, sizeof seen - at, "%.*s%s%.*s%s%.*s;",
             TEND_FMT(ctx->read->event(ctx, "slot")), " missed ",
             TEND_FMT(ctx->read->event(ctx, "missed")), " late ",
             TEND_FMT(ctx->read->event(ctx, "late")));
    return TEND_TASK(ctx, event->person, "seen", .title = "Seen", .window = "0d..1d");
}

static tend_status stranger(struct tend_ctx *ctx, const struct tend_event *event)
{
    (void)ctx;
    (void)event;
    strcat(seen, "a stranger was asked;");
    return TEND_OK;
}

static const struct tend_policy clerk_policy = { sizeof(struct tend_policy), "clerk",
                                                 "touch.logged clerk.again", clerk };
static const struct tend_policy stranger_policy = { sizeof(struct tend_policy), "stranger",
                                                    "clerk.again", stranger };

/* Makes the wish for somebody new; their id. */
static tend_id begin(struct world *w, struct tend_fx_schedule its, const char *zone)
{
    tend_id ann;

    wish = its;
    cancels = false;
    fails = 0;
    seen[0] = '\0';
    world_plugin(w, "clerk", "policy", &clerk_policy);
    world_plugin(w, "stranger", "policy", &stranger_policy);
    ann = world_add(w, "Ann Lee", zone);
    world_log(w, ann, "email", NULL);
    return ann;
}

static void tick_at(struct world *w, const char *instant)
{
    struct tend_tick_ask ask = { 0 };
    struct tend_tick got = { 0 };

    world_at(w, instant);
    if (tend_tick_run(&w->desk, &ask, &got) != TEND_OK)
        fail_msg("%s", w->err.text);
    tend_tick_finish(&got);
}

static void saw(const char *text)
{
    if (strcmp(seen, text) != 0)
        print_error("saw: %s\n", seen);
    assert_string_equal(seen, text);
    seen[0] = '\0';
}

/* A birthday a week ahead, of 29 February: once each year, and never twice. */
static void birthdays(void **state)
{
    struct world *w = *state;
    struct tend_task_view *tasks;
    tend_id ann = begin(w, (struct tend_fx_schedule){ .every = "year", .from = "1984-02-29",
                                                      .lead = "7d" }, NULL);

    assert_int_equal(world_rows(w, TEND_T_timer), 1);
    tick_at(w, "2027-02-20T23:59:59+01:00");
    saw("");
    tick_at(w, "2027-02-21T00:00:00+01:00");
    saw("2027-02-28 missed 0 late 0;");
    tick_at(w, "2027-02-20T23:30:00+01:00");    /* the clock steps back */
    tick_at(w, "2027-02-21T08:00:00+01:00");
    tick_at(w, "2028-02-21T08:00:00+01:00");
    saw("");
    tick_at(w, "2028-02-22T08:00:00+01:00");
    saw("2028-02-29 missed 0 late 0;");
    assert_int_equal(world_rows(w, TEND_T_slot), 2);
    assert_int_equal(world_rows(w, TEND_T_timer), 1);
    assert_int_equal(world_open_tasks(w, ann, &tasks), 1);
    assert_int_equal(tasks[0].opens_day, world_day("2028-02-22"));
}

/* After sleep: the newest alone, none, or the newest few; the rest is named. */
static void catching_up(void **state)
{
    struct world *w = *state;

    begin(w, (struct tend_fx_schedule){ .every = "day", .at = "09:00" }, NULL);
    tick_at(w, "2026-03-27T09:00:00+01:00");
    saw("2026-03-27 missed 0 late 0;");
    tick_at(w, "2026-04-03T10:00:00+02:00");
    saw("2026-04-03 missed 6 late 0;");
    tick_at(w, "2026-04-05T08:00:00+02:00");
    saw("2026-04-04 missed 0 late 1;");
    assert_int_equal(world_rows(w, TEND_T_timer), 1);
}

static void skipping(void **state)
{
    struct world *w = *state;
    begin(w, (struct tend_fx_schedule){ .every = "week", .catch_up = "skip" }, NULL);
    tick_at(w, "2026-04-15T10:00:00+02:00");    /* 2 Apr and 9 Apr, six days late */
    saw("");
    assert_holds(world_decision(w, TEND_REF_SCHEDULE, 1),
                 "again: let go Thu 2 Apr 2026, Thu 9 Apr 2026");
    tick_at(w, "2026-04-16T10:00:00+02:00");
    saw("2026-04-16 missed 0 late 0;");
}

static void each_and_grace(void **state)
{
    struct world *w = *state;

    begin(w, (struct tend_fx_schedule){ .every = "day", .catch_up = "each", .most = 2,
                                        .grace = "3d" }, NULL);
    tick_at(w, "2026-04-06T10:00:00+02:00");
    saw("2026-04-05 missed 9 late 1;2026-04-06 missed 9 late 0;");
}

/* Once, so long after the event; the same key again moves it; a cancel ends it. */
static void chained(void **state)
{
    struct world *w = *state;
    tend_id ann = begin(w, (struct tend_fx_schedule){ .from = "30d" }, NULL);

    world_at(w, "2026-04-01T12:00:00+02:00");
    world_log(w, ann, "email", NULL);
    assert_int_equal(world_rows(w, TEND_T_schedule), 1);
    assert_int_equal(world_rows(w, TEND_T_timer), 1);
    tick_at(w, "2026-04-30T12:00:00+02:00");
    saw("");
    tick_at(w, "2026-05-01T00:00:00+02:00");
    saw("2026-05-01 missed 0 late 0;");
    assert_int_equal(world_rows(w, TEND_T_timer), 0);
    world_log(w, ann, "email", NULL);
    assert_int_equal(world_rows(w, TEND_T_schedule), 2);
    cancels = true;
    world_log(w, ann, "email", NULL);
    tick_at(w, "2026-12-01T00:00:00+01:00");
    saw("");
    assert_int_equal(world_rows(w, TEND_T_timer), 0);
}

/* Undo of what made it takes it along; a plan that is asked for twice is one. */
static void undone(void **state)
{
    struct world *w = *state;
    tend_id ann = begin(w, (struct tend_fx_schedule){ .every = "month on 31" }, NULL);
    uint64_t before;

    world_log(w, ann, "email", NULL);
    assert_int_equal(world_rows(w, TEND_T_schedule), 1);
    before = world_sum(w);
    wish.every = "month on last fri";
    world_log(w, ann, "email", NULL);
    assert_true(world_sum(w) != before);
    world_undo(w);
    assert_int_equal(world_sum(w), before);
    tick_at(w, "2026-03-31T08:00:00+02:00");
    saw("2026-03-31 missed 0 late 0;");
}

/* One that fails is tried again by itself, while the schedule goes on. */
static void failing(void **state)
{
    struct world *w = *state;

    begin(w, (struct tend_fx_schedule){ .every = "day" }, NULL);
    fails = 1;
    tick_at(w, "2026-03-27T08:00:00+01:00");
    saw("");
    assert_int_equal(world_rows(w, TEND_T_timer), 2);
    tick_at(w, "2026-03-27T09:00:00+01:00");
    saw("2026-03-27 missed 0 late 0;");
    tick_at(w, "2026-03-28T09:00:00+01:00");
    saw("2026-03-28 missed 0 late 0;");
    assert_int_equal(world_rows(w, TEND_T_timer), 1);
}

/* Who moves has their morning where they live; so has the user. */
static void moving(void **state)
{
    struct world *w = *state;
    tend_id ann = begin(w, (struct tend_fx_schedule){ .every = "day", .at = "09:00" },
                        "Europe/Vienna");
    struct tend_field field = { T("zone"), T("America/New_York"), { "", 0 }, TEND_ASSIGN_SET };
    int64_t moved;

    world_begin(w);
    assert_int_equal(tend_person_set(&w->desk, &w->deed, ann, &field, 1), TEND_OK);
    world_end(w);
    tick_at(w, "2026-03-27T12:59:59+00:00");
    saw("");
    tick_at(w, "2026-03-27T13:00:00+00:00");
    saw("2026-03-27 missed 0 late 0;");
    field.value = T("");
    world_begin(w);
    assert_int_equal(tend_person_set(&w->desk, &w->deed, ann, &field, 1), TEND_OK);
    world_end(w);
    assert_int_equal(tend_meta_set(w->store, "zone", T("Asia/Tokyo")), TEND_OK);
    assert_int_equal(tend_schedule_rezone(&w->desk, &moved), TEND_OK);
    assert_int_equal(moved, 1);
    assert_int_equal(tend_schedule_rezone(&w->desk, &moved), TEND_OK);
    assert_int_equal(moved, 0);
    tick_at(w, "2026-03-27T23:59:59+00:00");
    saw("");
    tick_at(w, "2026-03-28T00:00:00+00:00");
    saw("2026-03-28 missed 0 late 0;");
}

/* What cannot be is refused when it is made, and says what can. */
static void refused(void **state)
{
    static const struct {
        struct tend_fx_schedule fx;
        const char *says;
    } wrong[] = {
        { { .every = "fortnight" }, "2 weeks on mon thu" },
        { { .from = "tomorrow" }, "1984-02-29" },
        { { .at = "9" }, "write 09:00" },
        { { .at = "24:00" }, "write 09:00" },
        { { .lead = "-7d" }, "no span" },
        { { .grace = "soon" }, "no span" },
        { { .catch_up = "all" }, "one, skip or each" },
        { { .most = 65 }, "from 1 to 64" },
    };
    struct tend_error err = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct tend_fx_schedule fx = wrong[i].fx;

        fx.fx = (struct tend_fx){ sizeof fx, TEND_FX_SCHEDULE, 2, "again" };
        assert_int_not_equal(tend_effect_check(&fx.fx, &err), TEND_OK);
        assert_holds(err.text, wrong[i].says);
        fx = (struct tend_fx_schedule){ .fx = { sizeof fx, TEND_FX_SCHEDULE, 2, "A b" } };
        assert_int_not_equal(tend_effect_check(&fx.fx, &err), TEND_OK);
        assert_holds(err.text, "a-z 0-9");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(birthdays), WORLD_TEST(catching_up), WORLD_TEST(skipping),
        WORLD_TEST(each_and_grace), WORLD_TEST(chained), WORLD_TEST(undone),
        WORLD_TEST(failing), WORLD_TEST(moving), WORLD_TEST(refused),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
