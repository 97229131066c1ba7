/* Why nothing is planned: tend_why_not. */
#include "world.h"
#include <tend/plugin.h>

static int64_t why_not(struct world *w, tend_id person, struct tend_why **chain)
{
    int64_t n;

    if (tend_why_not(&w->desk, person, &w->arena, chain, &n) != TEND_OK)
        fail_msg("%s", w->err.text);
    return n;
}

static void test_nothing(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    struct tend_why *chain;
    int64_t n;

    assert_int_equal(why_not(w, ann, &chain), 1);
    assert_string_equal(chain[0].text, "no touch yet: begin with log p2 call \"...\"");
    world_log(w, ann, "card", NULL);
    assert_int_equal(why_not(w, ann, &chain), 1);
    assert_string_equal(chain[0].text, "the last touch (card) called for nothing");
    assert_int_equal(tend_why_not(&w->desk, 99, &w->arena, &chain, &n), TEND_NOT_FOUND);
}

static void test_planned(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    struct tend_why *chain;

    world_log(w, ann, "presentation", NULL);
    assert_int_equal(why_not(w, ann, &chain), 1);
    assert_int_equal(chain[0].kind, TEND_REF_TASK);
    assert_string_equal(chain[0].plugin, "followup");
    assert_string_equal(chain[0].text, "Follow up is planned: opens Sat 28 Mar, until Thu 2 Apr");
    world_at(w, "2026-04-06T10:00:00+02:00");
    why_not(w, ann, &chain);
    assert_string_equal(chain[0].text, "Follow up is planned: open since Sat 28 Mar, overdue since "
                                       "Thu 2 Apr");
}

static void test_forbidden(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), dnc;
    struct tend_why *chain;

    world_begin(w);
    assert_int_equal(tend_person_do_not_contact(&w->desk, &w->deed, ann, T("all"), T("asked me"),
                                                true, &dnc), TEND_OK);
    world_end(w);
    world_log(w, ann, "presentation", "soft_no");
    assert_int_equal(why_not(w, ann, &chain), 4);
    assert_int_equal(chain[0].kind, TEND_REF_DNC);
    assert_string_equal(chain[0].text, "marked do-not-contact (all) on 2026-03-26: asked me");
    assert_int_equal(chain[1].kind, TEND_REF_HOLD);
    assert_string_equal(chain[1].text, "on hold (soft_no) until 2026-05-07: asked again");
    assert_string_equal(chain[2].text, "Follow up");
    assert_holds(chain[2].lines[0], "refused by the gate");
    assert_holds(chain[3].text, "move to presented");
}

static tend_status bad(struct tend_ctx *ctx, const struct tend_event *event)
{
    (void)event;
    return ctx->host->fail(ctx, TEND_INVALID, "no moon");
}

static const struct tend_policy bad_policy = { sizeof(struct tend_policy), "bad", "touch.logged",
                                               bad };

static void test_failed(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL);
    struct tend_why *chain;

    world_plugin(w, "bad", "policy", &bad_policy);
    world_log(w, ann, "card", NULL);
    assert_int_equal(why_not(w, ann, &chain), 1);
    assert_string_equal(chain[0].plugin, "bad");
    assert_string_equal(chain[0].text, "bad failed on touch.logged");
    assert_holds(chain[0].lines[0], "no moon");
}

/* Of a task: when it opens, what the gate has made of it, what is in the way now. */
static void test_task(void **state)
{
    struct world *w = *state;
    tend_id ann = world_add(w, "Ann Lee", NULL), dnc;
    struct tend_why *chain;
    int64_t n;

    assert_int_equal(tend_meta_set(w->store, "hours", T("mon-fri 9-17")), TEND_OK);
    world_log(w, ann, "presentation", NULL);
    assert_int_equal(tend_why_not_task(&w->desk, 1, &w->arena, &chain, &n), TEND_OK);
    assert_int_equal(n, 2);
    assert_string_equal(chain[0].text, "Follow up opens Mon 30 Mar, in 4 days, until Thu 2 Apr");
    assert_string_equal(chain[1].text, "moved by the gate from Sat 28 Mar to Thu 2 Apr: Sat 28 Mar "
                                       "is not worked; Sun 29 Mar is not worked");
    assert_string_equal(chain[1].plugin, "followup");

    world_at(w, "2026-03-31T23:00:00+02:00");
    assert_int_equal(tend_meta_set(w->store, "away", T("2026-03-31..2026-04-01")), TEND_OK);
    tend_rules_forget(&w->desk);
    tend_why_not_task(&w->desk, 1, &w->arena, &chain, &n);
    assert_int_equal(n, 4);
    assert_string_equal(chain[0].text, "Follow up is due: open since Mon 30 Mar, until Thu 2 Apr");
    assert_string_equal(chain[2].text, "away until Wed 1 Apr; the next day for it is Thu 2 Apr");
    assert_holds(chain[3].text, "23:00 there: quiet until Wed 1 Apr 08:00 (Europe/Vienna, your "
                                "zone: theirs is not known)");
    why_not(w, ann, &chain);
    assert_string_equal(chain[1].text, "away until Wed 1 Apr; the next day for it is Thu 2 Apr");

    world_begin(w);
    assert_int_equal(tend_person_do_not_contact(&w->desk, &w->deed, ann, T("all"), T(""), true,
                                                &dnc), TEND_OK);
    world_end(w);
    tend_why_not_task(&w->desk, 1, &w->arena, &chain, &n);
    assert_string_equal(chain[0].text, "dropped: there is nothing left to do; see: why t1");
    assert_holds(chain[1].text, "dropped by the gate: marked do-not-contact (all)");
    assert_int_equal(tend_why_not_task(&w->desk, 99, &w->arena, &chain, &n), TEND_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(test_nothing), WORLD_TEST(test_planned), WORLD_TEST(test_forbidden),
        WORLD_TEST(test_failed),    WORLD_TEST(test_task),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
