/* Covers tend_registry_bind, _remember, _breached, _enable: who broke a limit twice
 * in a row stays set aside in the next process, until the file is another. */
#include "world.h"
#include <fcntl.h>
#include <sys/stat.h>

static bool breaks;

static tend_status run(struct tend_ctx *ctx, const struct tend_event *event)
{
    (void)event;
    if (breaks)
        return tend_call_fail(ctx, TEND_LIMIT, true, "it took more than 32 MiB: a:b");
    return TEND_OK;
}

static const struct tend_policy policy = { sizeof policy, "p", "touch.logged", run };
static const struct tend_event_data touch = { .event = { .name = "touch.logged", .person = 1 } };

static tend_status provide(struct tend_instance *instance, struct tend_error *err)
{
    return tend_instance_provide(instance, "policy", &policy, NULL, err);
}

static enum tend_instance_state state_of(struct world *w)
{
    struct tend_instance_info info;

    assert_true(world_info(w, "ant", &info));
    if (info.state == TEND_INSTANCE_ASIDE)
        assert_string_equal(info.trouble, "it took more than 32 MiB: a:b");
    else
        assert_null(info.trouble);
    return info.state;
}

static tend_status ask(struct world *w)
{
    return tend_call_policy(w->registry, world_find(w, "policy", "p"), &touch, &w->arena,
                            &w->effects);
}

static void again(struct world *w, const char *path)
{
    world_restart(w);
    assert_int_equal(tend_registry_load_file(w->registry, path), TEND_OK);
}

static void test_remembered(void **state)
{
    struct tend_text value;
    const char *path;
    struct world w;

    (void)state;
    world_open(&w);
    world_store(&w);
    assert_int_equal(world_load(&w, "ant", provide), TEND_OK);
    path = tend_arena_printf(&w.arena, "%s/ant.test", w.dir);
    breaks = true;
    assert_int_equal(ask(&w), TEND_LIMIT);
    assert_true(tend_registry_breached(w.registry));

    /* nothing is written before it is asked for: a batch may be open */
    assert_int_equal(tend_meta_get(w.store, "kill.ant", &w.arena, &value), TEND_OK);
    assert_int_equal(value.len, 0);
    tend_registry_remember(w.registry);
    assert_false(tend_registry_breached(w.registry));
    assert_int_equal(tend_meta_get(w.store, "kill.ant", &w.arena, &value), TEND_OK);
    assert_holds(value.at, ":3:it took more than 32 MiB: a:b");
    assert_int_equal(state_of(&w), TEND_INSTANCE_LOADED);

    /* the next process remembers it: this is the second in a row */
    again(&w, path);
    assert_int_equal(state_of(&w), TEND_INSTANCE_LOADED);
    assert_int_equal(ask(&w), TEND_LIMIT);
    assert_false(tend_registry_breached(w.registry));
    assert_int_equal(state_of(&w), TEND_INSTANCE_ASIDE);
    tend_registry_remember(w.registry);
    assert_int_equal(tend_meta_get(w.store, "kill.ant", &w.arena, &value), TEND_OK);
    assert_int_equal(value.len, 0);
    assert_int_equal(tend_meta_get(w.store, "aside.ant", &w.arena, &value), TEND_OK);
    assert_holds(value.at, ":3:it took more than 32 MiB: a:b");

    breaks = false;
    again(&w, path);
    assert_int_equal(state_of(&w), TEND_INSTANCE_ASIDE);
    assert_null(tend_registry_at(w.registry, "policy", 0, false));
    assert_false(tend_registry_breached(w.registry));

    /* another file: asked again */
    world_file(&w, "ant.test", "mended");
    again(&w, path);
    assert_int_equal(state_of(&w), TEND_INSTANCE_LOADED);
    assert_int_equal(ask(&w), TEND_OK);
    world_close(&w);
}

/* The same size, another time: it was written again. */
static void test_touched_file(void **state)
{
    struct timespec times[2] = { { .tv_sec = 1000000 }, { .tv_sec = 1000000 } };
    const char *path;
    struct world w;

    (void)state;
    world_open(&w);
    world_store(&w);
    assert_int_equal(world_load(&w, "ant", provide), TEND_OK);
    path = tend_arena_printf(&w.arena, "%s/ant.test", w.dir);
    breaks = true;
    assert_int_equal(ask(&w), TEND_LIMIT);
    assert_int_equal(ask(&w), TEND_LIMIT);
    tend_registry_remember(w.registry);
    breaks = false;
    again(&w, path);
    assert_int_equal(state_of(&w), TEND_INSTANCE_ASIDE);
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
    again(&w, path);
    assert_int_equal(state_of(&w), TEND_INSTANCE_LOADED);
    world_close(&w);
}

/* Plugins are loaded before the database is open: the bind finds them. */
static void test_bound_late(void **state)
{
    struct tend_store *store;
    struct world w;

    (void)state;
    world_open(&w);
    world_store(&w);
    assert_int_equal(world_load(&w, "ant", provide), TEND_OK);
    breaks = true;
    assert_int_equal(ask(&w), TEND_LIMIT);
    assert_int_equal(ask(&w), TEND_LIMIT);
    tend_registry_remember(w.registry);
    store = w.store;
    w.store = NULL;
    world_restart(&w);
    w.store = store;
    assert_int_equal(world_load(&w, "bee", NULL), TEND_OK);
    assert_int_equal(tend_registry_load_file(
                         w.registry, tend_arena_printf(&w.arena, "%s/ant.test", w.dir)),
                     TEND_OK);
    assert_int_equal(state_of(&w), TEND_INSTANCE_LOADED);
    tend_registry_bind(w.registry, w.store);
    assert_int_equal(state_of(&w), TEND_INSTANCE_ASIDE);
    world_close(&w);
}

/* Two in one batch: guards are all asked, whoever breaks. */
static void test_two(void **state)
{
    struct tend_text value;
    struct world w;

    (void)state;
    world_open(&w);
    world_store(&w);
    assert_int_equal(world_load(&w, "ant", provide), TEND_OK);
    assert_int_equal(world_load(&w, "bee", provide), TEND_OK);
    breaks = true;
    for (int i = 0; i < 4; i++) /* then bee is the first */
        assert_int_equal(ask(&w), TEND_LIMIT);
    tend_registry_remember(w.registry);
    assert_int_equal(tend_meta_get(w.store, "aside.ant", &w.arena, &value), TEND_OK);
    assert_true(value.len > 0);
    assert_int_equal(tend_meta_get(w.store, "aside.bee", &w.arena, &value), TEND_OK);
    assert_true(value.len > 0);
    world_close(&w);
}

/* A good call forgets the kill before it, in the database too; and who is
 * enabled is asked again. */
static void test_forgiven(void **state)
{
    struct tend_text value;
    const char *path;
    struct world w;

    (void)state;
    world_open(&w);
    world_store(&w);
    assert_int_equal(world_load(&w, "ant", provide), TEND_OK);
    path = tend_arena_printf(&w.arena, "%s/ant.test", w.dir);
    breaks = true;
    assert_int_equal(ask(&w), TEND_LIMIT);
    tend_registry_remember(w.registry);
    breaks = false;
    again(&w, path);
    assert_int_equal(ask(&w), TEND_OK);
    tend_registry_remember(w.registry);
    assert_int_equal(tend_meta_get(w.store, "kill.ant", &w.arena, &value), TEND_OK);
    assert_int_equal(value.len, 0);

    breaks = true;
    assert_int_equal(ask(&w), TEND_LIMIT);
    assert_int_equal(ask(&w), TEND_LIMIT);
    assert_int_equal(state_of(&w), TEND_INSTANCE_ASIDE);
    assert_int_equal(tend_registry_enable(w.registry, TEND_TEXT("ant")), TEND_OK);
    assert_int_equal(state_of(&w), TEND_INSTANCE_LOADED);
    assert_int_equal(tend_registry_enable(w.registry, TEND_TEXT("bee")), TEND_NOT_FOUND);
    breaks = false;
    again(&w, path);
    assert_int_equal(state_of(&w), TEND_INSTANCE_LOADED);
    world_close(&w);
}

static void test_without_a_database(void **state)
{
    struct world w;

    (void)state;
    world_open(&w);
    assert_int_equal(world_load(&w, "ant", provide), TEND_OK);
    breaks = true;
    assert_int_equal(ask(&w), TEND_LIMIT);
    assert_true(tend_registry_breached(w.registry));
    tend_registry_remember(w.registry);
    assert_false(tend_registry_breached(w.registry));
    assert_int_equal(ask(&w), TEND_LIMIT);
    assert_int_equal(state_of(&w), TEND_INSTANCE_ASIDE);
    world_close(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_remembered),
        cmocka_unit_test(test_touched_file),
        cmocka_unit_test(test_bound_late),
        cmocka_unit_test(test_two),
        cmocka_unit_test(test_forgiven),
        cmocka_unit_test(test_without_a_database),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
