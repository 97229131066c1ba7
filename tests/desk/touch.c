/* Touches and what they close: tend_touch_log. */
#include "world.h"
#include <tend/plugin.h>

static void test_facts(void **state)
{
    struct world *w = *state;
    tend_id both[3] = { world_add(w, "Ann Lee", NULL), world_add(w, "Bob Ray", NULL), 0 }, touch;
    struct tend_touch_ask ask = world_touch(both, "call");
    struct tend_touch_view view;

    both[2] = both[0];
    ask.n_parties = 3;
    ask.text = T("20 min");
    ask.sentiment = T("warm");
    ask.disposition = T("soft_no");
    ask.significant = true;
    ask.at = world_instant("2026-03-25T18:00:00+01:00");
    world_begin(w);
    assert_int_equal(tend_touch_log(&w->desk, &w->deed, &ask, &touch), TEND_OK);
    world_end(w);
    assert_int_equal(tend_touch_read(w->store, touch, &w->arena, &view), TEND_OK);
    assert_int_equal(view.n_parties, 2);        /* each once */
    assert_int_equal(view.person, both[0]);
    assert_true(tend_text_is(view.direction, "out"));
    assert_true(tend_text_is(view.text, "20 min"));
    assert_true(view.significant);
    assert_int_equal(view.at, ask.at);
    assert_int_equal(view.known_at, w->clock.now);
    assert_true(tend_text_is(view.parties[1].sentiment, "warm"));
    assert_int_equal(world_outcome(w, "touch")->id, touch);
}

static void refused(struct world *w, struct tend_touch_ask *ask, tend_status status,
                    const char *part)
{
    tend_id touch = 7;

    world_begin(w);
    assert_int_equal(tend_touch_log(&w->desk, &w->deed, ask, &touch), status);
    assert_holds(w->err.text, part);
    assert_int_equal(touch, 0);
    world_abort(w);
}

static void test_refused(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), nobody = 99;
    struct tend_touch_ask ask = world_touch(&ann, "cal");

    refused(w, &ask, TEND_INVALID, "did you mean call?");
    ask = world_touch(&nobody, "call");
    refused(w, &ask, TEND_NOT_FOUND, "there is no person p99");
    ask = world_touch(&ann, "call");
    ask.disposition = T("noanswer");
    refused(w, &ask, TEND_INVALID, "did you mean no_answer?");
    ask.disposition = T("");
    ask.direction = T("up");
    refused(w, &ask, TEND_INVALID, "in or out");
    ask.direction = T("in");
    ask.at = w->clock.now + 1;
    refused(w, &ask, TEND_INVALID, "plan");
    ask.n_parties = 0;
    refused(w, &ask, TEND_INVALID, "needs a person");
    ask = world_touch(&ann, "");
    refused(w, &ask, TEND_INVALID, "needs a kind");
}

/* Without stage sets there are no words to check against. */
static void test_bare(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);

    assert_true(world_log(w, ann, "anything", NULL) > 0);
}

static void test_close(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), call;
    struct tend_task_view *tasks, task;

    world_log(w, ann, "presentation", NULL);
    world_at(w, "2026-03-29T10:00:00+02:00");
    world_log(w, ann, "call", "no_answer");     /* nobody was reached */
    assert_int_equal(world_open_tasks(w, ann, &tasks), 1);
    world_log(w, ann, "email", NULL);
    assert_int_equal(world_open_tasks(w, ann, &tasks), 1);
    call = world_log(w, ann, "call", NULL);
    assert_int_equal(world_open_tasks(w, ann, &tasks), 0);
    assert_int_equal(w->deed.warning.n, 0);
    assert_int_equal(world_outcome(w, "closed")->id, 1);
    assert_int_equal(tend_task_read(w->store, 1, w->clock.now, &w->arena, &task), TEND_OK);
    assert_int_equal(task.state, TEND_TASK_DONE);
    assert_int_equal(task.closed_touch, call);
}

/* What happened before there was something to do closes nothing. */
static void test_before(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), touch;
    struct tend_touch_ask ask = world_touch(&ann, "call");
    struct tend_task_view *tasks;

    world_log(w, ann, "presentation", NULL);
    ask.at = world_instant("2026-03-25T18:00:00+01:00");
    world_begin(w);
    assert_int_equal(tend_touch_log(&w->desk, &w->deed, &ask, &touch), TEND_OK);
    world_end(w);
    assert_int_equal(world_open_tasks(w, ann, &tasks), 1);
}

/* A word, not a veto, for who cannot wait (S0.10). */
static void test_early(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);

    world_log(w, ann, "presentation", NULL);
    world_at(w, "2026-03-27T10:00:00+01:00");
    world_log(w, ann, "call", NULL);
    assert_int_equal(w->deed.warning.n, 1);
    assert_holds(w->deed.warning.at[0], "early: the window opens tomorrow (followup)");
}

/* An appointment by hand stays until its day, and a call in vain keeps it. */
static void test_planned(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), task;
    struct tend_plan_ask plan = { .person = ann, .kind = T("call"), .title = T("Ring her"),
                                  .opens_day = world_day("2026-03-28"),
                                  .closes_day = world_day("2026-03-28"), .wall = -1 };
    struct tend_task_view *tasks;

    world_begin(w);
    assert_int_equal(tend_task_plan(&w->desk, &w->deed, &plan, &task), TEND_OK);
    world_end(w);
    world_log(w, ann, "call", NULL);
    assert_int_equal(world_open_tasks(w, ann, &tasks), 1);
    world_at(w, "2026-03-28T10:00:00+01:00");
    world_log(w, ann, "call", "no_answer");
    assert_int_equal(world_open_tasks(w, ann, &tasks), 1);
    world_log(w, ann, "call", NULL);
    assert_int_equal(world_open_tasks(w, ann, &tasks), 0);
}

/* `done t1 "text"` is a touch that finishes the task, whatever its kind. */
static void test_finishes(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), other = world_add(w, "Bob Ray", NULL), touch;
    struct tend_touch_ask ask = world_touch(&ann, "card");
    struct tend_task_view task;

    world_log(w, ann, "presentation", NULL);
    ask.finishes = 1;
    world_begin(w);
    assert_int_equal(tend_touch_log(&w->desk, &w->deed, &ask, &touch), TEND_OK);
    world_end(w);
    assert_int_equal(tend_task_read(w->store, 1, w->clock.now, &w->arena, &task), TEND_OK);
    assert_int_equal(task.state, TEND_TASK_DONE);
    assert_int_equal(task.closed_touch, touch);
    world_begin(w);
    assert_int_equal(tend_touch_log(&w->desk, &w->deed, &ask, &touch), TEND_EXISTS);
    assert_holds(w->err.text, "t1 is done already");
    ask.finishes = 99;
    assert_int_equal(tend_touch_log(&w->desk, &w->deed, &ask, &touch), TEND_NOT_FOUND);
    ask.finishes = 1;
    ask.parties = &other;
    assert_int_equal(tend_touch_log(&w->desk, &w->deed, &ask, &touch), TEND_INVALID);
    assert_string_equal(w->err.text, "t1 is about p2, who was not there");
    world_abort(w);
}

/* The same word as `log` has, when it is done before its window. */
static void test_finishes_early(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), touch;
    struct tend_touch_ask ask = world_touch(&ann, "card");

    world_log(w, ann, "presentation", NULL);
    ask.finishes = 1;
    world_begin(w);
    assert_int_equal(tend_touch_log(&w->desk, &w->deed, &ask, &touch), TEND_OK);
    world_end(w);
    assert_int_equal(w->deed.warning.n, 1);
    assert_string_equal(w->deed.warning.at[0], "early: the window opens Sat 28 Mar (followup)");
}

/* Who was there has said nothing: neither disposition nor sentiment is theirs,
 * and their task stays where the disposition alone would close it. */
static void test_present(void **state)
{
    struct world *w = *state;
    tend_id both[2] = { world_add(w, "Ann Lee", NULL), world_add(w, "Bob Ray", NULL) }, touch;
    struct tend_touch_ask ask = world_touch(both, "email");
    struct tend_touch_view view;
    struct tend_task_view *tasks;

    world_log(w, both[0], "presentation", NULL);
    world_log(w, both[1], "presentation", NULL);
    world_at(w, "2026-03-29T10:00:00+02:00");
    ask.n_parties = 2;
    ask.n_main = 1;
    ask.disposition = T("soft_no");
    ask.sentiment = T("cool");
    world_begin(w);
    assert_int_equal(tend_touch_log(&w->desk, &w->deed, &ask, &touch), TEND_OK);
    world_end(w);
    assert_int_equal(tend_touch_read(w->store, touch, &w->arena, &view), TEND_OK);
    assert_true(tend_text_is(view.parties[0].disposition, "soft_no"));
    assert_true(tend_text_is(view.parties[0].sentiment, "cool"));
    assert_int_equal(view.parties[1].disposition.len, 0);
    assert_int_equal(view.parties[1].sentiment.len, 0);
    assert_int_equal(world_open_tasks(w, both[0], &tasks), 0);
    assert_int_equal(world_open_tasks(w, both[1], &tasks), 1);
    assert_int_equal(world_rows(w, TEND_T_hold), 1);    /* of the one who said it */
}

static tend_status birthday(struct tend_ctx *ctx, const struct tend_event *event)
{
    if (!tend_text_is(ctx->read->event(ctx, "kind"), "card"))
        return TEND_OK;
    return TEND_TASK(ctx, event->person, "birthday", .title = "Birthday", .window = "0d..1d",
                     .anchor = event->at + 72 * TEND_HOUR, .closed_by = "reached");
}

static const struct tend_policy birthday_policy = { sizeof(struct tend_policy), "birthday",
                                                    "touch.logged", birthday };

/* Counted from a day to come, it is closed before that day all the same. */
static void test_anchor(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    struct tend_task_view *tasks;

    world_plugin(w, "birthday", "policy", &birthday_policy);
    world_log(w, ann, "card", NULL);
    assert_int_equal(world_open_tasks(w, ann, &tasks), 1);
    assert_int_equal(tasks[0].opens_day, world_day("2026-03-29"));
    world_at(w, "2026-03-27T10:00:00+01:00");
    world_log(w, ann, "call", NULL);
    assert_int_equal(world_open_tasks(w, ann, &tasks), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(test_facts), WORLD_TEST(test_refused), WORLD_BARE(test_bare),
        WORLD_TEST(test_close), WORLD_TEST(test_before), WORLD_TEST(test_early),
        WORLD_TEST(test_planned), WORLD_TEST(test_finishes),
        WORLD_TEST(test_finishes_early), WORLD_TEST(test_present),
        WORLD_TEST(test_anchor),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
