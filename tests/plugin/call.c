/* Covers tend_call_answers, tend_call_policy, tend_call_rule, and of every
 * call tend_call_begin, _end, _blame, _fail, _self, _instance, _record,
 * _budget, _error. */
#include "world.h"

static struct {
    tend_status answer;         /* what run returns after its effects */
    const char *text;           /* what it gives to fail; NULL: nothing */
    bool breach, bad_effect;
    int32_t effects;
    struct tend_registry *nested;
} plan;
static int32_t depth_reached;
static const struct tend_policy policy;

static tend_status run(struct tend_ctx *ctx, const struct tend_event *event)
{
    assert_int_equal(event->size, sizeof *event);
    assert_ptr_equal(tend_call_record(ctx), &policy);
    assert_int_equal(tend_call_budget(ctx), 250000);
    assert_string_equal(tend_instance_name(tend_call_instance(ctx)), "ant");
    assert_true(ctx->now == NOW);
    assert_non_null(ctx->read);
    assert_non_null(ctx->make);
    assert_null(ctx->source);
    for (int32_t i = 0; i < plan.effects; i++) {
        char key[16];

        snprintf(key, sizeof key, "k%d", i);
        tend_status status = TEND_TASK(ctx, event->person, key, .title = "Call", .window = "2d");
        if (status != TEND_OK)
            return status;
    }
    if (plan.bad_effect)
        assert_int_equal(TEND_TASK(ctx, event->person, NULL, .title = "Call", .window = "2d"),
                         TEND_INVALID);
    if (plan.nested) {
        struct world w = { .registry = plan.nested };
        struct tend_event_data data = { .event = *event };
        tend_status status;

        depth_reached++;
        status = tend_call_policy(plan.nested, world_find(&w, "policy", "p"), &data,
                                  &w.arena, &w.effects);
        TEND_ARRAY_FINISH(&w.effects.list);
        tend_arena_finish(&w.arena);
        return status;
    }
    if (plan.breach)
        return tend_call_fail(ctx, TEND_TIMEOUT, true, plan.text);
    if (plan.text)
        return ctx->host->fail(ctx, plan.answer, "%s", plan.text);
    return plan.answer;
}

static const struct tend_policy policy = { sizeof policy, "p", "touch.logged task.done", run };
static const struct tend_event_data touch = {
    .event = { .name = "touch.logged", .person = 12, .at = NOW },
};

static void open_ant(struct world *w)
{
    memset(&plan, 0, sizeof plan);
    world_open(w);
    world_one(w, "ant", "policy", &policy);
}

static tend_status ask(struct world *w)
{
    return tend_call_policy(w->registry, world_find(w, "policy", "p"), &touch, &w->arena,
                            &w->effects);
}

static void test_answers(void **state)
{
    static const struct tend_stage_set quiet = { .size = sizeof quiet, .name = "quiet" };
    const struct tend_provider *p;
    struct world w;

    (void)state;
    open_ant(&w);
    p = world_find(&w, "policy", "p");
    assert_true(tend_call_answers(p, "touch.logged"));
    assert_true(tend_call_answers(p, "task.done"));
    assert_false(tend_call_answers(p, "task"));
    assert_false(tend_call_answers(p, "stage.changed"));
    world_one(&w, "bee", "stage_set", &quiet);
    assert_false(tend_call_answers(world_find(&w, "stage_set", "quiet"), "touch.logged"));
    world_close(&w);
}

static void test_effects(void **state)
{
    struct tend_instance_info info;
    struct world w;

    (void)state;
    open_ant(&w);
    plan.effects = 2;
    assert_int_equal(ask(&w), TEND_OK);
    assert_int_equal(w.effects.list.n, 2);
    assert_int_equal(w.effects.list.at[1].u.fx.kind, TEND_FX_TASK);
    assert_int_equal(w.effects.list.at[1].u.fx.person, 12);
    assert_string_equal(w.effects.list.at[1].u.fx.key, "k1");
    assert_string_equal(w.effects.list.at[1].u.task.window, "2d");
    assert_null(w.effects.list.at[1].u.task.why);
    assert_string_equal(w.effects.list.at[1].plugin, "ant");
    assert_true(world_info(&w, "ant", &info));
    assert_int_equal(info.calls, 1);
    assert_true(info.longest >= 0 && info.time >= info.longest);
    world_close(&w);
}

/* What a call that fails had emitted is dropped, what was there before stays. */
static void test_failure(void **state)
{
    struct world w;

    (void)state;
    open_ant(&w);
    plan.effects = 1;
    assert_int_equal(ask(&w), TEND_OK);
    plan.answer = TEND_INVALID;
    plan.text = "the window is odd";
    assert_int_equal(ask(&w), TEND_INVALID);
    assert_int_equal(w.effects.list.n, 1);
    assert_string_equal(w.err.text, "plugin ant: policy p: touch.logged: the window is odd");
    assert_int_equal(w.err.code, TEND_INVALID);
    plan.text = NULL;
    assert_int_equal(ask(&w), TEND_INVALID);
    assert_holds(w.err.text, "returned invalid and did not say why");
    plan.answer = 7;
    assert_int_equal(ask(&w), TEND_INTERNAL);
    assert_holds(w.err.text, "returned 7, which is no status");
    assert_int_equal(w.effects.list.n, 1);
    assert_false(tend_registry_breached(w.registry));
    world_close(&w);
}

static void test_limits(void **state)
{
    struct world w;

    (void)state;
    open_ant(&w);
    plan.effects = TEND_EFFECTS_MOST;
    assert_int_equal(ask(&w), TEND_OK);
    plan.effects = TEND_EFFECTS_MOST + 1;
    assert_int_equal(ask(&w), TEND_LIMIT);
    assert_holds(w.err.text, "more than 64 effects");
    assert_int_equal(w.effects.list.n, TEND_EFFECTS_MOST);
    world_close(&w);
}

/* A policy that does not look at the status of emit is not applied in part. */
static void test_refused_and_went_on(void **state)
{
    struct world w;

    (void)state;
    open_ant(&w);
    plan.bad_effect = true;
    plan.effects = 3;
    assert_int_equal(ask(&w), TEND_INVALID);
    assert_int_equal(w.effects.list.n, 0);
    assert_string_equal(w.err.text, "plugin ant: policy p: touch.logged: a task needs `key`");
    world_close(&w);
}

static void test_breach(void **state)
{
    const struct tend_provider *p;
    struct tend_instance_info info;
    struct world w;

    (void)state;
    open_ant(&w);
    p = world_find(&w, "policy", "p");
    plan.breach = true;
    plan.text = "it ran for longer than 0.25 s";
    assert_int_equal(ask(&w), TEND_TIMEOUT);
    assert_true(tend_registry_breached(w.registry));
    assert_true(world_info(&w, "ant", &info));
    assert_int_equal(info.state, TEND_INSTANCE_LOADED);
    tend_registry_remember(w.registry);
    assert_false(tend_registry_breached(w.registry));
    /* a good call between: the next is the first again */
    plan.breach = false;
    plan.text = NULL;
    assert_int_equal(ask(&w), TEND_OK);
    plan.breach = true;
    plan.text = "it ran for longer than 0.25 s";
    assert_int_equal(ask(&w), TEND_TIMEOUT);
    assert_true(tend_registry_breached(w.registry));
    tend_registry_remember(w.registry);
    /* the second in a row: it is set aside, and the command goes on */
    assert_int_equal(ask(&w), TEND_TIMEOUT);
    assert_false(tend_registry_breached(w.registry));
    assert_true(world_info(&w, "ant", &info));
    assert_int_equal(info.state, TEND_INSTANCE_ASIDE);
    assert_string_equal(info.trouble, "it ran for longer than 0.25 s");
    assert_null(tend_registry_at(w.registry, "policy", 0, false));
    assert_ptr_equal(tend_registry_at(w.registry, "policy", 0, true), p);
    assert_int_equal(tend_call_policy(w.registry, p, &touch, &w.arena, &w.effects), TEND_DENIED);
    assert_holds(w.err.text, "plugin ant is set aside: it ran for longer");
    tend_registry_remember(w.registry);
    assert_false(tend_registry_breached(w.registry));
    world_close(&w);
}

static void test_nested(void **state)
{
    struct world w;

    (void)state;
    open_ant(&w);
    plan.nested = w.registry;
    depth_reached = 0;
    assert_int_equal(ask(&w), TEND_LIMIT);
    assert_int_equal(depth_reached, TEND_CALL_DEPTH);
    assert_int_equal(w.registry->depth, 0);
    plan.nested = NULL;
    assert_int_equal(ask(&w), TEND_OK);
    world_close(&w);
}

static uint32_t rule_kind;

static tend_status rule(struct tend_ctx *ctx, const struct tend_event *event)
{
    if (rule_kind == TEND_FX_MOVE)
        return TEND_MOVE(ctx, event->person, .stage = "prospect");
    if (rule_kind == TEND_FX_HOLD)
        return TEND_HOLD(ctx, event->person, .type = "soft_no", .until = "6w");
    return TEND_TAG(ctx, event->person, .text = "vip");
}

static void test_rule(void **state)
{
    static const struct tend_stage_set set = {
        .size = sizeof set, .name = "pipeline", .on = "touch.logged", .rule = rule,
    };
    static const struct tend_stage_set quiet = { .size = sizeof quiet, .name = "quiet" };
    const struct tend_provider *p;
    struct world w;

    (void)state;
    world_open(&w);
    world_one(&w, "pipeline", "stage_set", &set);
    world_one(&w, "quiet", "stage_set", &quiet);
    p = world_find(&w, "stage_set", "pipeline");
    rule_kind = TEND_FX_MOVE;
    assert_int_equal(tend_call_rule(w.registry, p, &touch, &w.arena, &w.effects), TEND_OK);
    rule_kind = TEND_FX_HOLD;
    assert_int_equal(tend_call_rule(w.registry, p, &touch, &w.arena, &w.effects), TEND_OK);
    assert_int_equal(w.effects.list.n, 2);
    assert_string_equal(w.effects.list.at[0].u.move.stage, "prospect");
    assert_string_equal(w.effects.list.at[1].u.hold.until, "6w");
    rule_kind = TEND_FX_TAG;
    assert_int_equal(tend_call_rule(w.registry, p, &touch, &w.arena, &w.effects),
                     TEND_INTERNAL);
    assert_string_equal(w.err.text, "plugin pipeline: stage_set pipeline: touch.logged: the rule "
                                    "of a stage set moves or holds; a tag is for a policy");
    assert_int_equal(w.effects.list.n, 2);
    assert_int_equal(tend_call_rule(w.registry, world_find(&w, "stage_set", "quiet"), &touch,
                                    &w.arena, &w.effects),
                     TEND_OK);
    world_close(&w);
}

static tend_status see_self(struct tend_ctx *ctx, const struct tend_event *event)
{
    (void)event;
    assert_string_equal(tend_call_self(ctx), "me");
    assert_string_equal(tend_call_error(ctx), "");
    assert_int_equal(ctx->make->emit(ctx, NULL), TEND_INVALID);
    assert_string_equal(tend_call_error(ctx), "there is no effect to make");
    return TEND_OK;
}

static const struct tend_policy selfish = { sizeof selfish, "selfish", "touch.logged", see_self };

static tend_status provide_selfish(struct tend_instance *instance, struct tend_error *err)
{
    static char me[] = "me";

    return tend_instance_provide(instance, "policy", &selfish, me, err);
}

static void test_self(void **state)
{
    struct world w;

    (void)state;
    world_open(&w);
    assert_int_equal(world_load(&w, "ant", provide_selfish), TEND_OK);
    assert_int_equal(tend_call_policy(w.registry, world_find(&w, "policy", "selfish"), &touch,
                                      &w.arena, &w.effects),
                     TEND_INVALID);
    world_close(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_answers), cmocka_unit_test(test_effects),
        cmocka_unit_test(test_failure), cmocka_unit_test(test_limits),
        cmocka_unit_test(test_refused_and_went_on), cmocka_unit_test(test_breach),
        cmocka_unit_test(test_nested),  cmocka_unit_test(test_rule),
        cmocka_unit_test(test_self),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
