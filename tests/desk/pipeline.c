/* Where people stand: tend_pipeline_move, tend_pipeline_initial,
 * tend_stage_write. */
#include "world.h"
#include <tend/plugin.h>

static tend_status move(struct world *w, tend_id person, const char *stage, tend_id *change)
{
    world_begin(w);
    return tend_pipeline_move(&w->desk, &w->deed, person, tend_text_of(stage), T("because"),
                              change);
}

/* The first stage names the plugin that gave it. */
static void test_initial(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    const struct tend_outcome *moved = world_outcome(w, "move");
    struct tend_value v[TEND_N_stage_change];

    assert_string_equal(world_stage(w, ann, "opportunity"), "listed");
    assert_string_equal(moved->plugin, "pipeline");
    assert_string_equal(moved->to, "listed");
    assert_int_equal(tend_row_read(w->store, TEND_T_stage_change, moved->id, &w->arena, v, NULL),
                     TEND_OK);
    assert_true(tend_text_is(v[TEND_C_stage_change_plugin].t, "pipeline"));
    assert_int_equal(v[TEND_C_stage_change_from_stage].type, TEND_NULL);
    assert_int_equal(v[TEND_C_stage_change_cause_kind].i, TEND_REF_PERSON);
    assert_int_equal(v[TEND_C_stage_change_cause_id].i, ann);
    assert_int_equal(world_rows(w, TEND_T_stage_change), 1);    /* `me` has none */
}

static void test_initial_bare(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);

    assert_string_equal(world_stage(w, ann, "opportunity"), "");
}

static tend_status never(struct tend_ctx *ctx, const struct tend_move *asked)
{
    if (strcmp(asked->to, "prospect") == 0)
        return ctx->make->veto(ctx, "never", "the moon is not full", "wait");
    return TEND_OK;
}

static const struct tend_guard *const never_guards[] = {
    &(const struct tend_guard){ sizeof(struct tend_guard), "never", never }, NULL,
};
static const struct tend_stage_set never_set = {
    .size = sizeof(struct tend_stage_set), .name = "moon", .guards = never_guards,
};

/* S2.11: all vetoes are shown, each with its cure, and nothing changes. */
static void test_veto(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), change;
    struct tend_touch_ask ask = world_touch(&ann, "call");
    uint64_t before;
    tend_id touch;

    world_plugin(w, "moon", "stage_set", &never_set);
    before = world_sum(w);
    assert_int_equal(move(w, ann, "prospect", &change), TEND_VETO);
    assert_int_equal(w->deed.vetoes.veto.n, 2);
    assert_string_equal(w->deed.vetoes.veto.at[0].plugin, "pipeline");
    assert_string_equal(w->deed.vetoes.veto.at[0].cure, "log p2 call");
    assert_string_equal(w->deed.vetoes.veto.at[1].plugin, "moon");
    assert_string_equal(w->deed.vetoes.veto.at[1].code, "never");
    assert_holds(w->err.text, "vetoed by pipeline: no conversation is logged yet");
    assert_string_equal(w->err.cure, "log p2 call");
    world_abort(w);
    assert_int_equal(world_sum(w), before);

    ask.significant = true;             /* half of the cure */
    world_begin(w);
    assert_int_equal(tend_touch_log(&w->desk, &w->deed, &ask, &touch), TEND_OK);
    world_end(w);
    assert_int_equal(move(w, ann, "prospect", &change), TEND_VETO);
    assert_int_equal(w->deed.vetoes.veto.n, 1);
    world_abort(w);
}

static void test_move(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), change;
    const struct tend_outcome *moved;
    struct tend_value v[TEND_N_stage_change];

    assert_int_equal(move(w, ann, "member", &change), TEND_OK);
    world_end(w);
    moved = world_outcome(w, "move");
    assert_null(moved->plugin);
    assert_string_equal(moved->track, "opportunity");
    assert_string_equal(moved->from, "listed");
    assert_string_equal(moved->to, "member");
    assert_int_equal(moved->id, change);
    assert_int_equal(tend_row_read(w->store, TEND_T_stage_change, change, &w->arena, v, NULL),
                     TEND_OK);
    assert_int_equal(v[TEND_C_stage_change_plugin].type, TEND_NULL);
    assert_true(tend_text_is(v[TEND_C_stage_change_reason].t, "because"));

    /* the other track, known from the stage, or named */
    assert_int_equal(move(w, ann, "customer", &change), TEND_OK);
    world_end(w);
    assert_string_equal(world_stage(w, ann, "product"), "customer");
    assert_int_equal(move(w, ann, "product:trying", &change), TEND_OK);
    world_end(w);
    assert_string_equal(world_stage(w, ann, "product"), "trying");
    assert_string_equal(world_stage(w, ann, "opportunity"), "member");
}

static void refused(struct world *w, tend_id person, const char *stage, tend_status status,
                    const char *part)
{
    tend_id change;

    assert_int_equal(move(w, person, stage, &change), status);
    assert_holds(w->err.text, part);
    world_abort(w);
}

static void test_refused(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);

    refused(w, ann, "listed", TEND_EXISTS, "p2 is listed already");
    refused(w, ann, "membr", TEND_INVALID, "did you mean member?");
    refused(w, ann, "product:member", TEND_INVALID, "there is no stage");
    refused(w, 77, "member", TEND_NOT_FOUND, "there is no person p77");
}

static void test_refused_bare(void **state)
{
    struct world *w = *state;

    refused(w, world_add(w, "Ann Lee", NULL), "member", TEND_INVALID, "no plugin brings stages");
}

/* A hold ends with the next move of its track, by whomever. */
static void test_hold_ends(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), change, *ids;
    int64_t n;

    world_log(w, ann, "presentation", "soft_no");   /* moved and put on hold at once */
    assert_int_equal(tend_rows_of(w->store, TEND_T_hold, ann, &w->arena, &ids, &n), TEND_OK);
    assert_int_equal(n, 1);
    assert_int_equal(move(w, ann, "product:trying", &change), TEND_OK);
    world_end(w);
    tend_rows_of(w->store, TEND_T_hold, ann, &w->arena, &ids, &n);
    assert_int_equal(n, 1);
    assert_int_equal(move(w, ann, "member", &change), TEND_OK);
    world_end(w);
    tend_rows_of(w->store, TEND_T_hold, ann, &w->arena, &ids, &n);
    assert_int_equal(n, 0);
}

/* A touch of the past moves too, and the new stage is the current one. */
static void test_past(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), touch;
    struct tend_touch_ask ask = world_touch(&ann, "presentation");

    ask.at = world_instant("2026-03-20T18:00:00+01:00");
    world_begin(w);
    assert_int_equal(tend_touch_log(&w->desk, &w->deed, &ask, &touch), TEND_OK);
    world_end(w);
    assert_string_equal(world_stage(w, ann, "opportunity"), "presented");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(test_initial), WORLD_BARE(test_initial_bare), WORLD_TEST(test_veto),
        WORLD_TEST(test_move), WORLD_TEST(test_refused), WORLD_BARE(test_refused_bare),
        WORLD_TEST(test_hold_ends), WORLD_TEST(test_past),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
