/* Covers tend_registry_grant and _rights: a file of which something was granted gets
 * that and no more, however often it is loaded. */
#include "world.h"

static tend_status run(struct tend_ctx *ctx, const struct tend_event *event)
{
    (void)event;
    return TEND_TAG(ctx, 1, .text = "vip");
}

static const struct tend_policy policy = { sizeof policy, "p", "touch.logged", run };

static void load(struct world *w, const char *needs, const char *grant)
{
    char path[4200];

    world_restart(w);
    snprintf(path, sizeof path, "%s/ant.test", w->dir);
    if (grant)
        tend_registry_grant(w->registry, path, grant);
    world_needs = needs;
    world_one(w, "ant", "policy", &policy);
    world_needs = "";
}

static void check(struct world *w, const char *may, const char *withheld)
{
    struct tend_text has, not;

    assert_true(tend_registry_rights(w->registry, 0, &w->arena, &has, &not));
    assert_text(has, may);
    assert_text(not, withheld);
    assert_false(tend_registry_rights(w->registry, 1, &w->arena, &has, &not));
}

static void test_granted(void **state)
{
    const struct tend_event_data data = { .event = { .name = "touch.logged", .person = 1 } };
    struct world w;

    (void)state;
    world_open(&w);
    load(&w, "reads:person effects:tag", NULL);
    check(&w, "reads:person effects:tag", "");
    load(&w, "reads:person effects:tag", "reads:person");
    check(&w, "reads:person", "effects:tag");
    assert_true(tend_call_policy(w.registry, world_find(&w, "policy", "p"), &data, &w.arena,
                                 &w.effects) != TEND_OK);
    assert_holds(w.err.text, "it asks for the right \"effects:tag\", which you did not grant");
    assert_string_equal(w.err.cure, "plugin add ant");
    load(&w, "", "any");
    check(&w, "", "");
    load(&w, "", "effects:tag");
    check(&w, "effects:tag", "reads:person,touch,task,note,state effects:task,retime,done,drop,"
                             "move,hold,set,untag,note,link,state,schedule,cancel,print,row,ask");
    load(&w, "secrets:a", "any");
    check(&w, "none", "secrets:a");
    world_close(&w);
}

static void test_wrong(void **state)
{
    struct tend_instance_info info;
    struct world w;

    (void)state;
    world_open(&w);
    world_needs = "reads:persn";
    assert_int_equal(world_load(&w, "ant", NULL), TEND_INVALID);
    world_needs = "";
    assert_true(world_info(&w, "ant", &info));
    assert_int_equal(info.state, TEND_INSTANCE_FAILED);
    assert_holds(info.trouble, "did you mean \"person\"?");
    world_close(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_granted),
                                        cmocka_unit_test(test_wrong) };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
