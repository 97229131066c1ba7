/* Events and who answers them: tend_deed_raise, tend_deed_answer. A policy that
 * fails, one that breaks a limit, very many events, events without end. */
#include "world.h"
#include <tend/plugin.h>

static int asked, broken;

/* Makes a task, then does as `broken` says. */
static tend_status bad(struct tend_ctx *ctx, const struct tend_event *event)
{
    asked++;
    TEND_TASK(ctx, event->person, "bad", .title = "From bad", .window = "1d");
    if (broken == 1)
        return ctx->host->fail(ctx, TEND_INVALID, "no such moon");
    if (broken == 2)
        return tend_call_fail(ctx, TEND_LIMIT, true, "it used all memory");
    if (broken == 3)                    /* form is right, but there is no such person */
        TEND_TAG(ctx, 4711, .text = "ghost");
    return TEND_OK;
}

static const struct tend_policy bad_policy = { sizeof(struct tend_policy), "bad", "touch.logged",
                                               bad };

static void read_timer(struct world *w, tend_id id, struct tend_value *v)
{
    assert_int_equal(tend_row_read(w->store, TEND_T_timer, id, &w->arena, v, NULL), TEND_OK);
}

static void fails_alone(struct world *w, int how, const char *words)
{
    tend_id ann = world_add(w, "Ann Lee", NULL), touch;
    struct tend_value v[TEND_N_timer];
    struct tend_task_view *tasks;
    const struct tend_outcome *failed;

    world_plugin(w, "bad", "policy", &bad_policy);
    broken = how;
    touch = world_log(w, ann, "presentation", NULL);
    assert_int_equal(world_open_tasks(w, ann, &tasks), 1);     /* of followup alone */
    assert_true(tend_text_is(tasks[0].plugin, "followup"));
    assert_string_equal(world_stage(w, ann, "opportunity"), "presented");
    assert_int_equal(w->deed.warning.n, 1);
    assert_holds(w->deed.warning.at[0], "bad");
    assert_holds(w->deed.warning.at[0], words);
    failed = world_outcome(w, "failed");
    assert_non_null(failed);
    assert_string_equal(failed->plugin, "bad");
    assert_holds(world_decision(w, TEND_REF_TIMER, failed->id), words);
    read_timer(w, failed->id, v);
    assert_true(tend_text_is(v[TEND_C_timer_plugin].t, "bad"));
    assert_true(tend_text_is(v[TEND_C_timer_event].t, "touch.logged"));
    assert_int_equal(v[TEND_C_timer_subject].i, touch);
    assert_int_equal(v[TEND_C_timer_person].i, ann);
    assert_int_equal(v[TEND_C_timer_attempt].i, 1);
    assert_true(v[TEND_C_timer_due_at].i > w->clock.now);
    assert_int_equal(w->err.code, TEND_OK);

    world_undo(w);                      /* the timer goes along */
    assert_int_equal(world_rows(w, TEND_T_timer), 0);
    assert_int_equal(world_rows(w, TEND_T_decision), 0);
}

static void test_failure(void **state)
{
    fails_alone(*state, 1, "no such moon");
}

static void test_failure_applying(void **state)
{
    fails_alone(*state, 3, "there is no person p4711");
}

/* A breach fails the command; at the second the plugin is set aside, and that
 * command works, and keeps a timer for it. */
static void test_breach(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), touch;
    struct tend_touch_ask ask = world_touch(&ann, "presentation");
    struct tend_value v[TEND_N_timer];
    uint64_t before;

    world_plugin(w, "bad", "policy", &bad_policy);
    broken = 2;
    asked = 0;
    before = world_sum(w);
    world_begin(w);
    assert_int_equal(tend_touch_log(&w->desk, &w->deed, &ask, &touch), TEND_OK);
    assert_int_equal(tend_deed_end(&w->desk, &w->deed), TEND_LIMIT);
    assert_holds(w->err.text, "bad");
    assert_holds(w->err.text, "it used all memory");
    assert_int_equal(w->deed.batch, 0);
    assert_int_equal(world_sum(w), before);
    assert_false(tend_registry_breached(w->registry));

    world_log(w, ann, "presentation", NULL);
    assert_int_equal(asked, 2);
    assert_int_equal(world_rows(w, TEND_T_timer), 1);
    read_timer(w, 1, v);
    assert_true(tend_text_is(v[TEND_C_timer_plugin].t, "bad"));
    assert_int_equal(w->deed.warning.n, 2);
    assert_holds(w->deed.warning.at[0], "it used all memory");
    assert_holds(w->deed.warning.at[1], "plugin bad is set aside");
}

/* Also in a dry run, which remembers nothing until a command that writes. */
static void test_breach_dry(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), touch;
    struct tend_touch_ask ask = world_touch(&ann, "call");

    world_plugin(w, "bad", "policy", &bad_policy);
    broken = 2;
    w->desk.dry = true;
    world_begin(w);
    assert_int_equal(tend_touch_log(&w->desk, &w->deed, &ask, &touch), TEND_OK);
    assert_int_equal(tend_deed_end(&w->desk, &w->deed), TEND_LIMIT);
    assert_true(tend_registry_breached(w->registry));
    w->desk.dry = false;
    world_log(w, ann, "call", NULL);
    assert_false(tend_registry_breached(w->registry));
}

/* --- order ---------------------------------------------------------------- */

static char order[256];

static tend_status note_order(struct tend_ctx *ctx, const struct tend_event *event)
{
    struct tend_text stage = ctx->read->get(ctx, event->person, "stage");
    size_t at = strlen(order);

    snprintf(order + at, sizeof order - at, "%s(%.*s) ", event->name, TEND_FMT(stage));
    return TEND_OK;
}

static const struct tend_policy order_policy = {
    sizeof(struct tend_policy), "order",
    "person.added touch.logged stage.changed task.opened task.done person.changed", note_order,
};

static void test_order(void **state)
{
    struct world *w = *state;
    tend_id ann;

    world_plugin(w, "order", "policy", &order_policy);
    order[0] = '\0';
    ann = world_add(w, "Ann Lee", NULL);
    assert_string_equal(order, "person.added(listed) ");
    order[0] = '\0';
    world_log(w, ann, "presentation", NULL);
    assert_string_equal(order, "stage.changed(presented) touch.logged(presented) "
                               "task.opened(presented) ");
    order[0] = '\0';
    world_log(w, ann, "call", NULL);
    assert_string_equal(order, "touch.logged(presented) task.done(presented) ");
}

/* --- without end ---------------------------------------------------------- */

static tend_status echo(struct tend_ctx *ctx, const struct tend_event *event)
{
    char value[32];

    snprintf(value, sizeof value, "%d", ++asked);
    return TEND_SET(ctx, event->person, .field = "echo.count", .value = value);
}

static const struct tend_policy echo_policy = { sizeof(struct tend_policy), "echo",
                                                "person.changed", echo };

static void test_deep(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);

    world_plugin(w, "echo", "policy", &echo_policy);
    asked = 0;
    world_begin(w);
    assert_int_equal(tend_person_tag(&w->desk, &w->deed, ann, T("x"), true), TEND_OK);
    world_end(w);
    assert_int_equal(asked, TEND_EVENTS_DEEP + 1);
    assert_int_equal(w->deed.warning.n, 1);
    assert_holds(w->deed.warning.at[0], "more than 8 deep");
}

/* --- very many ------------------------------------------------------------ */

static void many(struct world *w, int64_t n)
{
    world_begin(w);
    for (int64_t i = 0; i < n; i++) {
        tend_id person, known;
        char name[32];

        snprintf(name, sizeof name, "Person %lld", (long long)i);
        assert_int_equal(tend_person_add(&w->desk, &w->deed, tend_text_of(name), NULL, 0, false,
                                         &person, &known), TEND_OK);
    }
    world_end(w);
}

static tend_status count(struct tend_ctx *ctx, const struct tend_event *event)
{
    (void)ctx;
    (void)event;
    asked++;
    return TEND_OK;
}

static const struct tend_policy count_policy = { sizeof(struct tend_policy), "count",
                                                 "person.added", count };

static void test_many(void **state)
{
    struct world *w = *state;
    struct tend_value v[TEND_N_timer];

    many(w, 1100);                      /* nobody would answer: no timers */
    assert_int_equal(world_rows(w, TEND_T_timer), 0);
    world_plugin(w, "count", "policy", &count_policy);
    asked = 0;
    many(w, 1000);
    assert_int_equal(asked, 1000);
    assert_int_equal(world_rows(w, TEND_T_timer), 0);
    many(w, 1001);
    assert_int_equal(asked, 1000);
    assert_int_equal(world_rows(w, TEND_T_timer), 1001);
    read_timer(w, 1, v);
    assert_int_equal(v[TEND_C_timer_plugin].type, TEND_NULL);
    assert_true(tend_text_is(v[TEND_C_timer_event].t, "person.added"));
    assert_int_equal(v[TEND_C_timer_due_at].i, w->clock.now);
    assert_int_equal(v[TEND_C_timer_attempt].i, 0);
}

/* A timer asks one plugin alone. */
static void test_one_plugin(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    struct tend_task_view *tasks;

    world_plugin(w, "bad", "policy", &bad_policy);
    broken = 1;
    world_log(w, ann, "call", NULL);
    broken = 0;
    world_begin(w);
    tend_deed_raise(&w->deed, "touch.logged", ann, 1, 0, NULL);
    w->deed.queue->event.at[0].plugin = "bad";
    w->deed.queue->event.at[0].attempt = 1;
    world_end(w);
    assert_int_equal(world_open_tasks(w, ann, &tasks), 1);
    assert_true(tend_text_is(tasks[0].title, "From bad"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(test_failure), WORLD_TEST(test_failure_applying), WORLD_TEST(test_breach),
        WORLD_TEST(test_breach_dry), WORLD_TEST(test_order), WORLD_TEST(test_deep),
        WORLD_TEST(test_many), WORLD_TEST(test_one_plugin),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
