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
        WORLD_TEST(test_undo), WORLD_TEST(test_undo_close), WORLD_TEST(test_clean),
        WORLD_TEST(test_tell),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
