/* Covers tend_native_runtime: real C plugins from init to fini, and those that
 * do not get that far. */
#include "world.h"

static const struct tend_event_data touch = { .event = { .name = "touch.logged", .person = 5 } };

static const char *built(struct world *w, const char *name)
{
    return tend_arena_printf(&w->arena, "%s/%s.so", getenv("TEND_TEST_MODULES"), name);
}

static void test_every_kind(void **state)
{
    const struct tend_move move = { .person = 5, .track = "opportunity", .from = "", .to = "met",
                                    .by = "user" };
    struct tend_text value = TEND_TEXT("ANN@example.com"), key;
    struct tend_instance_info info;
    struct world w;

    (void)state;
    world_open(&w);
    if (tend_registry_load_file(w.registry, built(&w, "good")) != TEND_OK)
        fail_msg("%s", w.err.text);
    assert_true(world_info(&w, "good", &info));
    assert_string_equal(info.language, "c");
    assert_string_equal(info.manifest.license, "0BSD");
    assert_string_equal(info.manifest.needs, "reads:person effects:task,move");
    assert_int_equal(info.memory, 0);
    assert_int_equal(tend_call_sniff(w.registry, world_find(&w, "lead_source", "good"),
                                     TEND_TEXT("GOOD;1"), TEND_TEXT("x")),
                     90);
    assert_int_equal(tend_call_keys(w.registry, world_find(&w, "normaliser", "good"), 1, &value,
                                    &value, &key, &w.arena),
                     TEND_OK);
    assert_text(key, "ann@example.com");
    assert_int_equal(tend_call_policy(w.registry, world_find(&w, "policy", "good"), &touch,
                                      &w.arena, &w.effects),
                     TEND_OK);
    assert_int_equal(tend_call_rule(w.registry, world_find(&w, "stage_set", "good"), &touch,
                                    &w.arena, &w.effects),
                     TEND_OK);
    assert_int_equal(w.effects.list.n, 2);
    assert_string_equal(w.effects.list.at[0].u.task.title, "Say hello");
    assert_string_equal(w.effects.list.at[1].u.move.stage, "met");
    assert_int_equal(tend_call_guards(w.registry, &move, &w.arena, &w.vetoes), TEND_OK);
    assert_int_equal(w.vetoes.veto.n, 1);
    assert_string_equal(w.vetoes.veto.at[0].code, "never");
    assert_string_equal(w.log.at, "1 good: init of good\n");
    tend_registry_destroy(w.registry);
    w.registry = NULL;
    assert_string_equal(w.log.at, "1 good: init of good\n1 good: fini with its data\n");
    world_close(&w);
}

static void test_init_fails_late(void **state)
{
    struct tend_instance_info info;
    struct world w;

    (void)state;
    world_open(&w);
    assert_int_equal(tend_registry_load_file(w.registry, built(&w, "late")), TEND_UNSUPPORTED);
    assert_holds(w.err.text, "late.so: its init failed: there is no moon here");
    assert_true(world_info(&w, "late", &info));
    assert_int_equal(info.state, TEND_INSTANCE_FAILED);
    assert_string_equal(info.trouble, "its init failed: there is no moon here");
    assert_null(tend_registry_at(w.registry, "policy", 0, true));
    assert_null(w.log.at);
    world_close(&w);
}

static void test_bad_record(void **state)
{
    struct tend_instance_info info;
    struct world w;

    (void)state;
    world_open(&w);
    assert_int_equal(tend_registry_load_file(w.registry, built(&w, "wrong")), TEND_INVALID);
    assert_true(world_info(&w, "wrong", &info));
    assert_holds(info.trouble, "the record of a policy has 8 bytes");
    world_close(&w);
}

/* The same module twice: no globals, so that neither knows of the other. */
static void test_two_instances(void **state)
{
    struct world one, two;

    (void)state;
    world_open(&one);
    world_open(&two);
    assert_int_equal(tend_registry_load_file(one.registry, built(&one, "good")), TEND_OK);
    assert_int_equal(tend_registry_load_file(two.registry, built(&two, "good")), TEND_OK);
    assert_true(world_find(&one, "policy", "good")->record !=
                world_find(&two, "policy", "good")->record);
    world_close(&one);
    assert_int_equal(tend_call_policy(two.registry, world_find(&two, "policy", "good"), &touch,
                                      &two.arena, &two.effects),
                     TEND_OK);
    world_close(&two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_kind),
        cmocka_unit_test(test_init_fails_late),
        cmocka_unit_test(test_bad_record),
        cmocka_unit_test(test_two_instances),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
