/* Covers tend_call_guards: all are asked, all vetoes are collected, and
 * whoever cannot answer says no. */
#include "world.h"

static int32_t asked;
static bool breaks;

static tend_status pass(struct tend_ctx *ctx, const struct tend_move *move)
{
    (void)ctx;
    assert_int_equal(move->size, sizeof *move);
    assert_string_equal(move->to, "prospect");
    asked++;
    return TEND_OK;
}

static tend_status two_reasons(struct tend_ctx *ctx, const struct tend_move *move)
{
    char cure[64];

    asked++;
    snprintf(cure, sizeof cure, "set p%d interest=business", (int)move->person);
    assert_int_equal(ctx->make->veto(ctx, "interest", "no interest is noted", cure), TEND_OK);
    return ctx->make->veto(ctx, "talk", "nobody spoke with them", NULL);
}

static tend_status says_veto(struct tend_ctx *ctx, const struct tend_move *move)
{
    (void)move;
    asked++;
    ctx->make->veto(ctx, "no", "because", "");
    return TEND_VETO;
}

static tend_status fails(struct tend_ctx *ctx, const struct tend_move *move)
{
    (void)move;
    asked++;
    if (breaks)
        return tend_call_fail(ctx, TEND_TIMEOUT, true, "ran for too long");
    return ctx->host->fail(ctx, TEND_INTERNAL, "field %s is odd", "x");
}

static tend_status bare_veto(struct tend_ctx *ctx, const struct tend_move *move)
{
    (void)ctx, (void)move;
    asked++;
    return TEND_VETO;
}

static tend_status emits(struct tend_ctx *ctx, const struct tend_move *move)
{
    asked++;
    return TEND_TAG(ctx, move->person, .text = "vip");
}

static const struct tend_guard g_pass = { sizeof g_pass, "pass", pass };
static const struct tend_guard g_two = { sizeof g_two, "two", two_reasons };
static const struct tend_guard g_says = { sizeof g_says, "says", says_veto };
static const struct tend_guard g_fails = { sizeof g_fails, "fails", fails };
static const struct tend_guard g_bare = { sizeof g_bare, "bare", bare_veto };
static const struct tend_guard g_emits = { sizeof g_emits, "emits", emits };

static const struct tend_move move = {
    .person = 3, .track = "opportunity", .from = "listed", .to = "prospect", .by = "user",
};

static void guards(struct world *w, const char *plugin, struct tend_stage_set *set,
                   const struct tend_guard *const *list)
{
    *set = (struct tend_stage_set){ .size = sizeof *set, .name = plugin, .guards = list };
    world_one(w, plugin, "stage_set", set);
}

static void ask(struct world *w)
{
    asked = 0;
    w->vetoes.veto.n = 0;
    assert_int_equal(tend_call_guards(w->registry, &move, &w->arena, &w->vetoes), TEND_OK);
}

static tend_status half_veto(struct tend_ctx *ctx, const struct tend_move *m)
{
    (void)m;
    asked++;
    ctx->make->veto(ctx, "no", "", NULL);
    return TEND_OK;
}

static const struct tend_guard g_half = { sizeof g_half, "half", half_veto };

static void assert_veto(struct world *w, int64_t index, const char *plugin, const char *code,
                        const char *text, const char *cure)
{
    assert_true(index < w->vetoes.veto.n);
    assert_string_equal(w->vetoes.veto.at[index].plugin, plugin);
    assert_string_equal(w->vetoes.veto.at[index].code, code);
    assert_string_equal(w->vetoes.veto.at[index].text, text);
    assert_string_equal(w->vetoes.veto.at[index].cure, cure);
}

static void test_none(void **state)
{
    struct tend_stage_set set;
    struct world w;

    (void)state;
    world_open(&w);
    ask(&w);
    assert_int_equal(w.vetoes.veto.n, 0);
    guards(&w, "easy", &set, (const struct tend_guard *const[]){ &g_pass, NULL });
    ask(&w);
    assert_int_equal(w.vetoes.veto.n, 0);
    assert_int_equal(asked, 1);
    world_close(&w);
}

static void test_all_are_shown(void **state)
{
    struct tend_stage_set one, two;
    struct world w;

    (void)state;
    world_open(&w);
    guards(&w, "strict", &one, (const struct tend_guard *const[]){ &g_two, &g_pass, NULL });
    guards(&w, "other", &two, (const struct tend_guard *const[]){ &g_says, &g_pass, NULL });
    ask(&w);
    assert_int_equal(asked, 4);
    assert_int_equal(w.vetoes.veto.n, 3);
    assert_veto(&w, 0, "strict", "interest", "no interest is noted", "set p3 interest=business");
    assert_veto(&w, 1, "strict", "talk", "nobody spoke with them", "");
    assert_veto(&w, 2, "other", "no", "because", "");
    world_close(&w);
}

static void test_an_error_is_a_veto(void **state)
{
    struct tend_stage_set set;
    struct world w;

    (void)state;
    world_open(&w);
    breaks = false;
    guards(&w, "odd", &set,
           (const struct tend_guard *const[]){ &g_fails, &g_bare, &g_emits, &g_pass, NULL });
    ask(&w);
    assert_int_equal(asked, 4);
    assert_int_equal(w.vetoes.veto.n, 3);
    assert_veto(&w, 0, "odd", "failed", "the guard fails failed: field x is odd", "");
    assert_veto(&w, 1, "odd", "failed",
                "the guard bare failed: it returned veto and did not say why", "");
    assert_veto(&w, 2, "odd", "failed",
                "the guard emits failed: effects are made by policies and rules, not here", "");
    assert_false(tend_registry_breached(w.registry));
    world_close(&w);
}

/* A veto that was not taken must not let the move through. */
static void test_refused_veto(void **state)
{
    struct tend_stage_set set;
    struct world w;

    (void)state;
    world_open(&w);
    guards(&w, "odd", &set, (const struct tend_guard *const[]){ &g_half, &g_pass, NULL });
    ask(&w);
    assert_int_equal(asked, 2);
    assert_int_equal(w.vetoes.veto.n, 1);
    assert_veto(&w, 0, "odd", "failed",
                "the guard half failed: a veto needs a code and a text that says why", "");
    world_close(&w);
}

static void test_set_aside(void **state)
{
    struct tend_stage_set one, two;
    struct world w;

    (void)state;
    world_open(&w);
    breaks = true;
    guards(&w, "slow", &one, (const struct tend_guard *const[]){ &g_fails, &g_pass, NULL });
    guards(&w, "fine", &two, (const struct tend_guard *const[]){ &g_two, &g_pass, NULL });
    asked = 0;
    assert_int_equal(tend_call_guards(w.registry, &move, &w.arena, &w.vetoes), TEND_TIMEOUT);
    assert_int_equal(asked, 1);     /* nobody is asked any more: the command fails */
    assert_int_equal(w.vetoes.veto.n, 0);
    assert_string_equal(w.err.text, "plugin slow: guard fails: ran for too long");
    assert_true(tend_registry_breached(w.registry));
    tend_registry_remember(w.registry);
    /* again: a veto, and the others are asked */
    ask(&w);
    assert_int_equal(asked, 3);
    assert_int_equal(w.vetoes.veto.n, 3);
    assert_veto(&w, 0, "slow", "aside",
                "plugin slow is set aside: the guard fails ran for too long", "");
    w.vetoes.veto.n = 0;
    ask(&w);
    assert_int_equal(asked, 2);
    assert_int_equal(w.vetoes.veto.n, 3);
    assert_veto(&w, 0, "slow", "aside",
                "plugin slow is set aside, so that its guards cannot be asked: ran for too long",
                "");
    world_close(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_none),
        cmocka_unit_test(test_all_are_shown),
        cmocka_unit_test(test_refused_veto),
        cmocka_unit_test(test_an_error_is_a_veto),
        cmocka_unit_test(test_set_aside),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
