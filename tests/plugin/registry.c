/* Covers tend_registry_create, _destroy, _runtime, _builtin, _at, _find,
 * _instance, and tend_instance_provide, _manifest, _data, _arena. */
#include "world.h"

static tend_status run(struct tend_ctx *ctx, const struct tend_event *event)
{
    (void)ctx, (void)event;
    return TEND_OK;
}

static const struct tend_policy first = { sizeof first, "first", "touch.logged", run };
static const struct tend_policy second = { sizeof second, "second", "touch.logged", run };

static tend_status provide_both(struct tend_instance *instance, struct tend_error *err)
{
    static int self;
    tend_status status = tend_instance_provide(instance, "policy", &first, &self, err);

    if (status == TEND_OK)
        status = tend_instance_provide(instance, "policy", &second, NULL, err);
    return status;
}

static tend_status provide_twice(struct tend_instance *instance, struct tend_error *err)
{
    tend_status status = tend_instance_provide(instance, "policy", &first, NULL, err);

    if (status == TEND_OK)
        status = tend_instance_provide(instance, "policy", &first, NULL, err);
    return status;
}

static void test_order(void **state)
{
    const struct tend_provider *provider;
    struct world w;

    (void)state;
    world_open(&w);
    assert_int_equal(world_load(&w, "zebra", provide_both), TEND_OK);
    assert_int_equal(world_load(&w, "ant", provide_both), TEND_OK);
    provider = tend_registry_at(w.registry, "policy", 0, false);
    assert_string_equal(provider->name, "first");
    assert_string_equal(tend_instance_name(provider->owner), "zebra");
    assert_non_null(provider->self);
    assert_ptr_equal(provider->record, &first);
    provider = tend_registry_at(w.registry, "policy", 2, false);
    assert_string_equal(provider->name, "first");
    assert_string_equal(tend_instance_name(provider->owner), "ant");
    assert_null(tend_registry_at(w.registry, "policy", 4, false));
    assert_null(tend_registry_at(w.registry, "lead_source", 0, true));
    provider = world_find(&w, "policy", "second");
    assert_string_equal(tend_instance_name(provider->owner), "zebra");
    assert_null(tend_registry_find(w.registry, "policy", TEND_TEXT("third")));
    world_close(&w);
}

static void test_info(void **state)
{
    struct tend_instance_info info;
    struct world w;

    (void)state;
    world_open(&w);
    assert_false(tend_registry_instance(w.registry, 0, &info));
    world_needs = "effects:task";
    assert_int_equal(world_load(&w, "ant", provide_both), TEND_OK);
    world_needs = "";
    assert_true(tend_registry_instance(w.registry, 0, &info));
    assert_string_equal(info.manifest.name, "ant");
    assert_string_equal(info.manifest.version, "1.2.3");
    assert_string_equal(info.manifest.needs, "effects:task");
    assert_string_equal(info.language, "test");
    assert_int_equal(info.state, TEND_INSTANCE_LOADED);
    assert_null(info.trouble);
    assert_int_equal(info.memory, 4711);
    assert_int_equal(info.calls, 0);
    assert_holds(info.path, "/ant.test");
    assert_false(tend_registry_instance(w.registry, 1, &info));
    assert_false(tend_registry_instance(w.registry, -1, &info));
    world_close(&w);
    assert_int_equal(world_unloads(), 1);
}

static void test_second_of_a_name(void **state)
{
    struct tend_instance_info info;
    struct world w;

    (void)state;
    world_open(&w);
    assert_int_equal(world_load(&w, "twice", provide_twice), TEND_EXISTS);
    assert_true(world_info(&w, "twice", &info));
    assert_int_equal(info.state, TEND_INSTANCE_FAILED);
    assert_holds(info.trouble, "a second policy with the name \"first\"");
    assert_null(tend_registry_at(w.registry, "policy", 0, true));
    assert_int_equal(world_unloads(), 1);
    world_close(&w);
    assert_int_equal(world_unloads(), 1);
}

/* What a plugin provides is a closed list once it is loaded. */
static void test_not_later(void **state)
{
    struct tend_error err = { 0 };
    struct world w;

    (void)state;
    world_open(&w);
    assert_int_equal(world_load(&w, "ant", NULL), TEND_OK);
    assert_int_equal(tend_instance_provide(w.registry->instances.at[0], "policy", &first, NULL,
                                           &err),
                     TEND_DENIED);
    assert_holds(err.text, "while it loads");
    assert_null(tend_registry_at(w.registry, "policy", 0, true));
    world_close(&w);
}

static tend_status keys(struct tend_ctx *ctx, int64_t n, const struct tend_text *values,
                        const struct tend_text *regions, struct tend_text *out)
{
    (void)ctx, (void)n, (void)values, (void)regions, (void)out;
    return TEND_OK;
}

static void test_builtin(void **state)
{
    static const struct tend_normaliser email = { sizeof email, "email", "email", keys };
    static const struct tend_normaliser bad = { sizeof bad, "bad", "email", NULL };
    const struct tend_provider *provider;
    struct tend_instance_info info;
    struct world w;

    (void)state;
    world_open(&w);
    assert_int_equal(tend_registry_builtin(w.registry, "normaliser", &email), TEND_OK);
    provider = world_find(&w, "normaliser", "email");
    assert_string_equal(tend_instance_name(provider->owner), "core");
    assert_int_equal(tend_instance_state(provider->owner), TEND_INSTANCE_LOADED);
    assert_int_equal(tend_registry_builtin(w.registry, "normaliser", &bad), TEND_INVALID);
    assert_holds(w.err.text, "has no `keys`");
    /* the core is no plugin, and no plugin takes its name */
    assert_false(tend_registry_instance(w.registry, 0, &info));
    assert_int_equal(world_load(&w, "core", NULL), TEND_EXISTS);
    world_close(&w);
}

static void test_own_memory(void **state)
{
    struct tend_instance *instance;
    struct world w;

    (void)state;
    world_open(&w);
    assert_int_equal(world_load(&w, "ant", NULL), TEND_OK);
    instance = w.registry->instances.at[0];
    assert_string_equal(tend_instance_data(instance), "ant");
    assert_non_null(tend_arena_take(tend_instance_arena(instance), 100));
    world_close(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),     cmocka_unit_test(test_info),
        cmocka_unit_test(test_second_of_a_name), cmocka_unit_test(test_not_later),
        cmocka_unit_test(test_builtin),   cmocka_unit_test(test_own_memory),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
