/* Covers tend_registry_load_dir and tend_registry_load_file: order, the three
 * places of a plugin, names taken twice, and that a failed one is kept. */
#include "world.h"
#include <sys/stat.h>

static tend_status refuse(struct tend_instance *instance, struct tend_error *err)
{
    (void)instance;
    return tend_error_set(err, TEND_INVALID, "line 3: what is this?");
}

static tend_status rename_to_ant(struct tend_instance *instance, struct tend_error *err)
{
    return tend_instance_manifest(instance, &(struct tend_manifest){ .name = "ant" }, err);
}

static tend_status rename_badly(struct tend_instance *instance, struct tend_error *err)
{
    return tend_instance_manifest(instance, &(struct tend_manifest){ .name = "Not a name" }, err);
}

static void assert_name(struct world *w, int64_t index, const char *name,
                        enum tend_instance_state expected)
{
    struct tend_instance_info info;

    assert_true(tend_registry_instance(w->registry, index, &info));
    assert_string_equal(info.manifest.name, name);
    assert_int_equal(info.state, expected);
}

static void test_folder(void **state)
{
    struct tend_instance_info info;
    struct world w;

    (void)state;
    world_open(&w);
    world_know("ant", NULL);
    world_know("ant-eater", NULL);
    world_know("bee", refuse);
    world_know("cow", NULL);
    world_file(&w, "p/cow.test", "");
    world_file(&w, "p/bee.test", "");
    world_file(&w, "p/ant.test", "");
    world_file(&w, "p/ant-eater/ant-eater.test", "");
    world_file(&w, "p/ant-eater/helper.test", "");
    world_file(&w, "p/README.md", "");
    world_file(&w, "p/.hidden.test", "");
    world_file(&w, "p/empty/notes", "");
    assert_int_equal(
        tend_registry_load_dir(w.registry, tend_arena_printf(&w.arena, "%s/p", w.dir)), TEND_OK);
    assert_name(&w, 0, "ant", TEND_INSTANCE_LOADED);
    assert_name(&w, 1, "ant-eater", TEND_INSTANCE_LOADED);
    assert_name(&w, 2, "bee", TEND_INSTANCE_FAILED);
    assert_name(&w, 3, "cow", TEND_INSTANCE_LOADED);
    assert_false(tend_registry_instance(w.registry, 4, &info));
    assert_true(world_info(&w, "bee", &info));
    assert_string_equal(info.trouble, "line 3: what is this?");
    assert_int_equal(info.memory, 0);
    world_close(&w);
}

static void test_missing_folder(void **state)
{
    struct world w;

    (void)state;
    world_open(&w);
    assert_int_equal(
        tend_registry_load_dir(w.registry, tend_arena_printf(&w.arena, "%s/nowhere", w.dir)),
        TEND_NOT_FOUND);
    assert_holds(w.err.text, "/nowhere cannot be read");
    world_close(&w);
}

static void test_first_folder_wins(void **state)
{
    struct tend_instance_info info;
    const char *mine;
    struct world w;

    (void)state;
    world_open(&w);
    world_know("ant", NULL);
    world_know("other", rename_to_ant);
    world_file(&w, "mine/ant.test", "");
    world_file(&w, "theirs/ant.test", "");
    world_file(&w, "theirs/other.test", "");
    assert_int_equal(
        tend_registry_load_dir(w.registry, tend_arena_printf(&w.arena, "%s/mine", w.dir)),
        TEND_OK);
    assert_int_equal(
        tend_registry_load_dir(w.registry, tend_arena_printf(&w.arena, "%s/theirs", w.dir)),
        TEND_OK);
    assert_true(tend_registry_instance(w.registry, 0, &info));
    assert_holds(info.path, "/mine/ant.test");
    /* both files are named, each time */
    mine = tend_arena_printf(&w.arena, "is loaded already, from %s/mine/ant.test\n", w.dir);
    assert_holds(w.log.at, tend_arena_printf(&w.arena, "2 ant: %s/theirs/ant.test is left out: a "
                                                       "plugin with the name \"ant\" %s", w.dir,
                                             mine));
    assert_holds(w.log.at, tend_arena_printf(&w.arena, "2 other: %s/theirs/other.test is left out: "
                                                       "a plugin with the name \"ant\" %s", w.dir,
                                             mine));
    /* the same folder again is no second plugin, and tend's own give way quietly */
    tend_buffer_reset(&w.log);
    assert_int_equal(
        tend_registry_load_dir(w.registry, tend_arena_printf(&w.arena, "%s/mine/.", w.dir)),
        TEND_OK);
    assert_int_equal(
        tend_registry_load_rest(w.registry, tend_arena_printf(&w.arena, "%s/theirs", w.dir)),
        TEND_OK);
    assert_int_equal(w.log.len, 0);
    assert_false(tend_registry_instance(w.registry, 1, &info));
    assert_int_equal(world_load(&w, "other", rename_to_ant), TEND_EXISTS);
    assert_holds(w.err.text, "\"ant\" is loaded already");
    world_close(&w);
}

/* A plugin that names no version has one that says so, in every language. */
static void test_no_version(void **state)
{
    struct tend_instance_info info;
    struct world w;

    (void)state;
    world_open(&w);
    assert_int_equal(world_load(&w, "ant", rename_to_ant), TEND_OK);
    assert_true(world_info(&w, "ant", &info));
    assert_string_equal(info.manifest.version, "-");
    assert_int_equal(world_load(&w, "bee", refuse), TEND_INVALID);
    assert_true(world_info(&w, "bee", &info));
    assert_string_equal(info.manifest.version, "1.2.3");
    world_close(&w);
}

static void test_file(void **state)
{
    struct world w;

    (void)state;
    world_open(&w);
    assert_int_equal(tend_registry_load_file(w.registry, "/no/such/file.test"), TEND_NOT_FOUND);
    assert_holds(w.err.text, "/no/such/file.test cannot be opened");
    assert_int_equal(tend_registry_load_file(w.registry, world_file(&w, "a.txt", "")),
                     TEND_INVALID);
    assert_holds(w.err.text, "neither in .lua nor in .so");
    assert_int_equal(world_load(&w, "bee", refuse), TEND_INVALID);
    assert_holds(w.err.text, "bee.test: line 3: what is this?");
    assert_name(&w, 0, "bee", TEND_INSTANCE_FAILED);
    assert_int_equal(world_load(&w, "odd", rename_badly), TEND_INVALID);
    assert_holds(w.err.text, "calls itself \"Not a name\"");
    assert_int_equal(world_unloads(), 2);
    world_close(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_folder),
        cmocka_unit_test(test_missing_folder),
        cmocka_unit_test(test_first_folder_wins),
        cmocka_unit_test(test_no_version),
        cmocka_unit_test(test_file),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
