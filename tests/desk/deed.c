/* One command as one batch: tend_deed_begin, _end, _abort, _finish, _tell,
 * _warn, _decide; dry runs; undo of a command with all its consequences. */
#include "world.h"

static void test_batch(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);

    assert_int_equal(w->deed.actor, 1);
    assert_true(w->deed.batch > 0);
    assert_int_equal(w->deed.now, w->clock.now);
    assert_string_equal(world_outcome(w, "person")->title, "Ann Lee");
    assert_int_equal(world_outcome(w, "person")->id, ann);

    world_begin(w);                     /* nothing is done: nothing is left */
    world_end(w);
    assert_int_equal(w->deed.batch, 0);
}

static void test_abort(void **state)
{
    struct world *w = *state;
    uint64_t before = world_sum(w);
    tend_id person, known;

    world_begin(w);
    assert_int_equal(tend_person_add(&w->desk, &w->deed, T("Ann Lee"), NULL, 0, false, &person,
                                     &known), TEND_OK);
    world_abort(w);
    assert_int_equal(world_sum(w), before);
    assert_int_equal(w->deed.batch, 0);
    tend_deed_abort(&w->desk, &w->deed);        /* harmless */
}

/* A dry run tells the same, and leaves every fact as it was. */
static void test_dry(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", "Europe/Vienna");
    uint64_t before = world_sum(w);
    int64_t n;

    w->desk.dry = true;
    world_log(w, ann, "presentation", NULL);
    assert_int_equal(w->deed.batch, 0);
    assert_int_equal(world_sum(w), before);
    assert_int_equal(world_outcome(w, "task")->opens_day, world_day("2026-03-28"));
    assert_string_equal(world_outcome(w, "task")->plugin, "followup");
    assert_string_equal(world_outcome(w, "move")->to, "presented");
    n = w->deed.outcome.n;
    w->desk.dry = false;
    world_log(w, ann, "presentation", NULL);
    assert_int_equal(w->deed.outcome.n, n);
    assert_true(world_sum(w) != before);
}

/* Undo of a touch takes its task and stage along, redo brings them back. */
static void test_undo(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    uint64_t before = world_sum(w), after;
    struct tend_task_view *tasks;
    struct tend_undo undo;

    world_log(w, ann, "presentation", NULL);
    after = world_sum(w);
    world_undo(w);
    assert_int_equal(world_sum(w), before);
    assert_string_equal(world_stage(w, ann, "opportunity"), "listed");
    assert_int_equal(world_open_tasks(w, ann, &tasks), 0);
    assert_int_equal(tend_store_redo(w->store, 1, false, &w->arena, &undo), TEND_OK);
    assert_int_equal(world_sum(w), after);
    assert_int_equal(world_open_tasks(w, ann, &tasks), 1);
}

/* Undo of the call that closed a task opens it again. */
static void test_undo_close(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    struct tend_task_view *tasks;

    world_log(w, ann, "presentation", NULL);
    world_at(w, "2026-03-29T10:00:00+02:00");
    world_log(w, ann, "call", NULL);
    assert_int_equal(world_due(w, &tasks), 0);
    world_undo(w);
    assert_int_equal(world_due(w, &tasks), 1);
}

/* After all of that the store finds nothing amiss. */
static void test_clean(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), dnc;
    struct tend_text *problems;
    int64_t n;

    world_log(w, ann, "presentation", "soft_no");
    world_log(w, ann, "call", "joined");
    world_begin(w);
    assert_int_equal(tend_person_do_not_contact(&w->desk, &w->deed, ann, T("all"), T(""), true,
                                                &dnc), TEND_OK);
    world_end(w);
    world_undo(w);
    world_undo(w);
    assert_int_equal(tend_store_check(w->store, &w->arena, &problems, &n), TEND_OK);
    if (n > 0)
        fail_msg("%.*s", TEND_FMT(problems[0]));
}

static uint64_t seed = 11;

static uint32_t chance(uint32_t below)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(seed >> 33) % below;
}

/* One command of any kind; what is refused is aborted. */
static void any_command(struct world *w)
{
    static const char *const kinds[] = { "call", "presentation", "card", "zoom" };
    static const char *const said[] = { "", "no_answer", "soft_no", "joined" };
    static const char *const stages[] = { "member", "listed", "customer", "presented" };
    static const char *const tags[] = { "warm", "yoga", "teacher" };
    tend_id person = 2 + (tend_id)chance(4), id;
    struct tend_touch_ask ask = world_touch(&person, kinds[chance(4)]);
    struct tend_field field = { T("interest"), tend_text_of(tags[chance(3)]), { "", 0 },
                                (enum tend_assign)chance(3) };
    int64_t day = tend_zone_day(tend_store_zone(w->store), w->clock.now) + chance(9);
    struct tend_plan_ask plan = { person, T("call"), T("Ring"), day, day + 2, -1 };
    tend_status status;

    w->clock.now += (int64_t)chance(40) * TEND_HOUR;
    world_begin(w);
    ask.disposition = tend_text_of(said[chance(4)]);
    switch (chance(9)) {
    case 0:
        status = tend_pipeline_move(&w->desk, &w->deed, person,
                                    tend_text_of(stages[chance(4)]), T(""), &id);
        break;
    case 1:
        status = tend_person_tag(&w->desk, &w->deed, person, tend_text_of(tags[chance(3)]),
                                 chance(2));
        break;
    case 2:
        status = tend_person_set(&w->desk, &w->deed, person, &field, 1);
        break;
    case 3:
        status = tend_person_do_not_contact(&w->desk, &w->deed, person, T("call"), T("x"),
                                            chance(2), &id);
        break;
    case 4:
        status = tend_task_plan(&w->desk, &w->deed, &plan, &id);
        break;
    case 5:
        status = chance(2) ? tend_task_done(&w->desk, &w->deed, 1 + chance(9))
                           : tend_task_snooze(&w->desk, &w->deed, 1 + chance(9), day + 5, -1);
        break;
    case 6:
        status = tend_person_link(&w->desk, &w->deed, person, 2 + chance(4), T("coach"), &id);
        break;
    default:
        status = tend_touch_log(&w->desk, &w->deed, &ask, &id);
        break;
    }
    if (status == TEND_OK)
        world_end(w);
    else
        world_abort(w);
}

/* Whatever was done, undo goes back step by step to the very same facts. */
static void test_all_back(void **state)
{
    enum { STEPS = 150 };
    struct world *w = *state;
    uint64_t sums[STEPS + 1];
    struct tend_text *problems;
    int64_t steps = 0, n;

    for (int i = 0; i < 4; i++)
        world_add(w, "Somebody", NULL);
    sums[0] = world_sum(w);
    for (int i = 0; i < STEPS; i++) {
        any_command(w);
        if (w->deed.batch)
            sums[++steps] = world_sum(w);
        else
            assert_int_equal(world_sum(w), sums[steps]);
    }
    assert_true(steps > STEPS / 3);
    assert_int_equal(tend_store_check(w->store, &w->arena, &problems, &n), TEND_OK);
    assert_int_equal(n, 0);
    for (; steps > 0; steps--) {
        assert_int_equal(world_sum(w), sums[steps]);
        world_undo(w);
    }
    assert_int_equal(world_sum(w), sums[0]);
    assert_int_equal(tend_store_check(w->store, &w->arena, &problems, &n), TEND_OK);
    assert_int_equal(n, 0);
}

static void test_tell(void **state)
{
    struct world *w = *state;
    char title[] = "before";

    world_begin(w);
    tend_deed_tell(&w->deed, &(struct tend_outcome){ .effect = "note", .title = title });
    title[0] = 'X';
    assert_string_equal(w->deed.outcome.at[0].title, "before");
    tend_deed_warn(&w->deed, "%s %d", "line", 1);
    tend_deed_warn(&w->deed, "line %s", "1");
    tend_deed_warn(&w->deed, "line 2");
    assert_int_equal(w->deed.warning.n, 2);     /* the same one is said once */
    assert_int_equal(tend_deed_decide(&w->desk, &w->deed, 1, &(struct tend_cause){ 0 }, "task",
                                      TEND_REF_NOTE, 5, T("because\nof that")), TEND_OK);
    world_end(w);
    assert_string_equal(world_decision(w, TEND_REF_NOTE, 5), "because\nof that");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(test_batch), WORLD_TEST(test_abort), WORLD_TEST(test_dry),
        WORLD_TEST(test_undo), WORLD_TEST(test_undo_close), WORLD_TEST(test_clean), WORLD_TEST(test_all_back),
        WORLD_TEST(test_tell),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
