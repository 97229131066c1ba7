/* Covers plugin/events.c: the events that there are, and who is asked first. */
#include "plugin/events.h"
#include "world.h"

static tend_status run(struct tend_ctx *ctx, const struct tend_event *event)
{
    (void)ctx;
    (void)event;
    return TEND_OK;
}

static void test_names(void **state)
{
    struct tend_event_info event;
    int64_t n = 0;

    (void)state;
    while (tend_event_at(n, &event))
        n++;
    assert_true(n >= 8);
    assert_true(tend_event_find(TEND_TEXT("touch.corrected"), &event));
    assert_int_equal(event.level, 1);
    assert_false(tend_event_find(TEND_TEXT("touch.logge"), &event));
    assert_true(tend_event_is_cores(TEND_TEXT("message.anything")));
    assert_false(tend_event_is_cores(TEND_TEXT("club.evening")));
    assert_false(tend_event_is_cores(TEND_TEXT("late")));
    assert_null(tend_event_names()[n]);
}

static void test_phases(void **state)
{
    (void)state;
    assert_int_equal(tend_events_phase("early touch.logged"), TEND_PHASE_EARLY);
    assert_int_equal(tend_events_phase("touch.logged"), TEND_PHASE_NORMAL);
    assert_int_equal(tend_events_phase("late touch.logged"), TEND_PHASE_LATE);
    assert_int_equal(tend_events_phase("touch.logged late"), TEND_PHASE_NORMAL);
    assert_int_equal(tend_events_phase(NULL), TEND_PHASE_NORMAL);
    assert_string_equal(tend_phase_name(TEND_PHASE_LATE), "late");
}

static const struct tend_policy policies[] = {
    { sizeof *policies, "last", "late touch.logged", run },
    { sizeof *policies, "second", "touch.logged", run },
    { sizeof *policies, "first", "early touch.logged stage.changed", run },
    { sizeof *policies, "third", "stage.changed touch.logged", run },
};
static const struct tend_stage_set set = {
    .size = sizeof set, .name = "rule", .on = "touch.logged", .rule = run,
};

static tend_status provide(struct tend_instance *instance, struct tend_error *err)
{
    tend_status status = TEND_OK;

    for (size_t i = 0; status == TEND_OK && i < sizeof policies / sizeof *policies; i++)
        status = tend_instance_provide(instance, "policy", &policies[i], NULL, err);
    return status == TEND_OK ? tend_instance_provide(instance, "stage_set", &set, NULL, err)
                             : status;
}

static void test_order(void **state)
{
    static const char *const expected[] = { "rule", "first", "second", "third", "last" };
    const struct tend_provider *provider;
    struct world w;
    int64_t n = 0;

    (void)state;
    world_open(&w);
    world_load(&w, "orders", provide);
    for (; (provider = tend_event_listener(w.registry, TEND_TEXT("touch.logged"), n)); n++)
        assert_string_equal(provider->name, expected[n]);
    assert_int_equal(n, 5);
    assert_string_equal(tend_event_listener(w.registry, TEND_TEXT("stage.changed"), 1)->name,
                        "third");
    world_close(&w);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_names),
    cmocka_unit_test(test_phases),
    cmocka_unit_test(test_order),
};

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
