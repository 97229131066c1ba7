/* The chain of reasons: tend_why. */
#include "world.h"

static int64_t why(struct world *w, enum tend_ref_kind kind, tend_id id, struct tend_why **chain)
{
    int64_t n;

    if (tend_why(&w->desk, kind, id, &w->arena, chain, &n) != TEND_OK)
        fail_msg("%s", w->err.text);
    return n;
}

/* A task: the decision with its adjustments, the touch, the command. */
static void test_task(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    tend_id touch = world_log(w, ann, "presentation", NULL), batch = w->deed.batch;
    struct tend_why *chain;

    assert_int_equal(why(w, TEND_REF_TASK, 1, &chain), 3);
    assert_int_equal(chain[0].kind, TEND_REF_TASK);
    assert_string_equal(chain[0].plugin, "followup");
    assert_string_equal(chain[0].event, "touch.logged");
    assert_holds(chain[0].text, "Follow up: window 2d..7d from Thu 26 Mar 2026 19:00");
    assert_int_equal(chain[0].n_lines, 2);
    assert_string_equal(chain[0].lines[0], "opens Sat 28 Mar, closes Thu 2 Apr");
    assert_holds(chain[0].lines[1], "clock change");
    assert_int_equal(chain[1].kind, TEND_REF_TOUCH);
    assert_int_equal(chain[1].id, touch);
    assert_null(chain[1].plugin);
    assert_string_equal(chain[1].text, "presentation");
    assert_int_equal(chain[2].kind, TEND_REF_BATCH);
    assert_int_equal(chain[2].id, batch);
    assert_string_equal(chain[2].text, "test");
}

/* Closed by a later touch: that comes first. */
static void test_closed(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), call;
    struct tend_why *chain;
    int64_t n;

    world_log(w, ann, "presentation", NULL);
    world_at(w, "2026-03-29T10:00:00+02:00");
    call = world_log(w, ann, "call", NULL);
    n = why(w, TEND_REF_TASK, 1, &chain);
    assert_int_equal(n, 5);
    assert_int_equal(chain[0].id, call);
    assert_string_equal(chain[0].text, "closed by call");
    assert_int_equal(chain[1].id, w->deed.batch);
    assert_string_equal(chain[2].plugin, "followup");
    assert_string_equal(chain[3].text, "presentation");
    assert_int_equal(chain[4].kind, TEND_REF_BATCH);
}

static void test_stage(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), moved, change;
    struct tend_why *chain;

    assert_int_equal(why(w, TEND_REF_STAGE, 1, &chain), 3);
    assert_string_equal(chain[0].plugin, "pipeline");
    assert_string_equal(chain[0].text, "begins as listed (opportunity)");
    assert_int_equal(chain[1].kind, TEND_REF_PERSON);
    assert_string_equal(chain[1].text, "added by hand");
    assert_int_equal(chain[2].kind, TEND_REF_BATCH);

    world_log(w, ann, "presentation", NULL);
    moved = world_outcome(w, "move")->id;
    assert_int_equal(why(w, TEND_REF_STAGE, moved, &chain), 3);
    assert_string_equal(chain[0].plugin, "pipeline");
    assert_holds(chain[0].text, "listed to presented (opportunity)");
    assert_int_equal(chain[1].kind, TEND_REF_TOUCH);

    world_begin(w);
    assert_int_equal(tend_pipeline_move(&w->desk, &w->deed, ann, T("member"), T("signed"),
                                        &change), TEND_OK);
    world_end(w);
    assert_int_equal(why(w, TEND_REF_STAGE, change, &chain), 2);
    assert_null(chain[0].plugin);
    assert_string_equal(chain[0].text, "moved by hand to member (opportunity): signed");
}

static void test_others(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), note, task;
    struct tend_plan_ask ask = { .person = ann, .title = T("Cake"), .wall = -1 };
    struct tend_why *chain;
    int64_t n;

    assert_int_equal(why(w, TEND_REF_PERSON, ann, &chain), 3);
    assert_int_equal(chain[0].kind, TEND_REF_STAGE);
    assert_string_equal(chain[0].plugin, "pipeline");
    assert_string_equal(chain[0].text, "begins as listed (opportunity)");
    world_log(w, ann, "call", "soft_no");
    assert_int_equal(why(w, TEND_REF_HOLD, 1, &chain), 3);
    assert_string_equal(chain[0].plugin, "pipeline");
    world_begin(w);
    assert_int_equal(tend_person_note(&w->desk, &w->deed, ann, T("nuts"), &note), TEND_OK);
    assert_int_equal(tend_task_plan(&w->desk, &w->deed, &ask, &task), TEND_OK);
    world_end(w);
    assert_int_equal(why(w, TEND_REF_NOTE, note, &chain), 2);
    assert_string_equal(chain[0].text, "done by hand");
    assert_int_equal(why(w, TEND_REF_TASK, task, &chain), 2);
    assert_string_equal(chain[0].text, "planned by hand: Cake");
    world_begin(w);
    assert_int_equal(tend_task_drop(&w->desk, &w->deed, task), TEND_OK);
    world_end(w);
    assert_true(why(w, TEND_REF_TASK, task, &chain) >= 3);
    assert_string_equal(chain[0].text, "dropped");
    assert_int_equal(chain[1].id, w->deed.batch);
    assert_int_equal(tend_why(&w->desk, TEND_REF_TASK, 99, &w->arena, &chain, &n),
                     TEND_NOT_FOUND);
    assert_string_equal(w->err.text, "there is no t99");
    assert_int_equal(tend_why(&w->desk, TEND_REF_TIMER, 1, &w->arena, &chain, &n), TEND_NOT_FOUND);
    assert_string_equal(w->err.text, "w1 is done, or never was");
    assert_int_equal(tend_why(&w->desk, TEND_REF_DECISION, 1, &w->arena, &chain, &n),
                     TEND_INVALID);
}

/* What was done by hand stands by its time too, behind what came later. */
static void test_newest_first(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), task, dnc;
    struct tend_plan_ask ask = { .person = ann, .title = T("Cake"), .wall = -1 };
    struct tend_why *chain;
    int64_t n;

    world_begin(w);
    assert_int_equal(tend_task_plan(&w->desk, &w->deed, &ask, &task), TEND_OK);
    world_end(w);
    world_at(w, "2026-03-29T10:00:00+02:00");
    world_begin(w);
    assert_int_equal(tend_person_do_not_contact(&w->desk, &w->deed, ann, T("all"), T(""), true,
                                                &dnc), TEND_OK);
    world_end(w);
    n = why(w, TEND_REF_TASK, task, &chain);
    assert_int_equal(n, 4);
    assert_string_equal(chain[0].text, "dropped");
    assert_int_equal(chain[1].id, w->deed.batch);
    assert_holds(chain[2].text, "dropped by the gate");
    assert_string_equal(chain[3].text, "planned by hand: Cake");
    assert_true(chain[2].at > chain[3].at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(test_task), WORLD_TEST(test_closed), WORLD_TEST(test_stage),
        WORLD_TEST(test_others), WORLD_TEST(test_newest_first),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
