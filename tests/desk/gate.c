/* The gate: tend_gate_ask; and whatever policies want, nobody marked
 * do-not-contact gets a task. */
#include "world.h"
#include <tend/plugin.h>

static void mark(struct world *w, tend_id person, const char *channel, bool on)
{
    tend_id dnc;

    world_begin(w);
    if (tend_person_do_not_contact(&w->desk, &w->deed, person, tend_text_of(channel), T(""), on,
                                   &dnc) != TEND_OK)
        fail_msg("%s", w->err.text);
    world_end(w);
}

static bool open_for(struct world *w, tend_id person, const char *channel)
{
    struct tend_gate_answer answer;

    world_begin(w);
    assert_int_equal(tend_gate_ask(&w->desk, &w->deed, person, tend_text_of(channel), &answer),
                     TEND_OK);
    if (!answer.open)
        assert_holds(answer.why, "marked do-not-contact (");
    world_abort(w);
    return answer.open;
}

static void test_channels(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);

    assert_true(open_for(w, ann, "call"));
    mark(w, ann, "call", true);
    assert_false(open_for(w, ann, "call"));
    assert_false(open_for(w, ann, "zoom"));     /* a kind that means a call */
    assert_true(open_for(w, ann, "email"));
    assert_true(open_for(w, ann, ""));
    mark(w, ann, "all", true);
    assert_false(open_for(w, ann, "email"));
    assert_false(open_for(w, ann, ""));
    mark(w, ann, "all", false);                 /* lifts every mark */
    assert_true(open_for(w, ann, "call"));
}

/* --- the property --------------------------------------------------------- */

static uint64_t seed;

static uint32_t chance(uint32_t below)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(seed >> 33) % below;
}

#define ANY(list) ((list)[chance(sizeof(list) / sizeof *(list))])

/* A handful of effects on persons 2 to 9; odd ids are left alone by everybody. */
static tend_status wild(struct tend_ctx *ctx, const struct tend_event *event)
{
    static const char *const keys[] = { "a", "b", "c" };
    static const char *const windows[] = { "0d", "2d..7d", "72h", "1m..2m", "1d" };
    static const char *const types[] = { "call", "email", NULL, "zoom", "presentation" };
    static const char *const stages[] = { "presented", "member", "listed", "customer" };

    (void)event;
    for (uint32_t i = 0, n = 1 + chance(5); i < n; i++) {
        tend_id person = 2 + (tend_id)chance(8);

        switch (chance(6)) {
        case 0:
        case 1:
        case 2:
            TEND_TASK(ctx, person, ANY(keys), .title = "Do it", .type = ANY(types),
                      .window = ANY(windows), .closed_by = "reached");
            break;
        case 3:
            TEND_RETIME(ctx, person, ANY(keys), .window = ANY(windows));
            break;
        case 4:
            TEND_MOVE(ctx, person, .stage = ANY(stages));
            break;
        default:
            TEND_TAG(ctx, person, .text = ANY(keys));
            break;
        }
    }
    return TEND_OK;
}

static const struct tend_policy wild_policy = { sizeof(struct tend_policy), "wild",
                                                "touch.logged stage.changed", wild };

static void test_property(void **state)
{
    struct world *w = *state;
    struct tend_task_view *tasks;
    int64_t refused = 0, made = 0;

    for (int i = 0; i < 8; i++)
        world_add(w, "Somebody", NULL);
    for (tend_id p = 3; p <= 9; p += 2)
        mark(w, p, "all", true);
    world_plugin(w, "wild", "policy", &wild_policy);
    for (seed = 1; seed != 0 && refused < 300;) {
        world_log(w, 2 + (tend_id)chance(8), chance(2) ? "presentation" : "call", NULL);
        for (int64_t i = 0; i < w->deed.outcome.n; i++) {
            refused += strcmp(w->deed.outcome.at[i].effect, "refused") == 0;
            made += strcmp(w->deed.outcome.at[i].effect, "task") == 0;
        }
        for (tend_id p = 3; p <= 9; p += 2) {
            assert_int_equal(world_open_tasks(w, p, &tasks), 0);
            assert_string_equal(world_stage(w, p, "opportunity"), "listed");
        }
        tend_arena_reset(&w->arena);
    }
    assert_true(made > 20);
    for (tend_id t = 1; t <= world_rows(w, TEND_T_task); t++) {
        struct tend_task_view task;

        assert_int_equal(tend_task_read(w->store, t, 0, &w->arena, &task), TEND_OK);
        assert_int_equal(task.person % 2, 0);
    }
}

/* Marking somebody takes away what was planned; undo brings it back. */
static void test_drop(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    struct tend_task_view *tasks;

    world_log(w, ann, "presentation", NULL);
    mark(w, ann, "email", true);
    assert_int_equal(world_open_tasks(w, ann, &tasks), 1);
    mark(w, ann, "call", true);
    assert_int_equal(world_open_tasks(w, ann, &tasks), 0);
    assert_non_null(world_outcome(w, "dropped"));
    assert_holds(world_decision(w, TEND_REF_TASK, 1), "dropped by the gate: marked");
    world_undo(w);
    assert_int_equal(world_open_tasks(w, ann, &tasks), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(test_channels), WORLD_TEST(test_property), WORLD_TEST(test_drop),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
