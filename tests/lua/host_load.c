/* Loading: what a file may return, what is said of one that cannot be loaded,
 * and require. Covers host_load.c, host_require.c, bind_table.c. */
#include "fake.h"
#include <unistd.h>

static void refuses(const char *text, const char *message)
{
    struct tend_instance *plugin = fake_load_text("bad", text);

    assert_int_not_equal(plugin->status, TEND_OK);
    assert_has(plugin->err.text, message);
    fake_unload(plugin);
}

static void files(void **state)
{
    (void)state;
    refuses("", "the file returns no plugin; expected return { policy = \"name\"");
    refuses("return 7", "the file returns no plugin");
    refuses("return {}", "the file returns no plugin");
    refuses("return { playbok = 'x' }",
            "one of: command lead_source matcher normaliser playbook report service stage_set");
    refuses("return {", "bad.lua:1: unexpected symbol near <eof>");
    refuses("local x =\n= 2", "bad.lua:2:");
    refuses("\n\nerror('not today')", "bad.lua:3: not today");
    refuses("error()", "bad.lua:1: an error without a text");
    refuses("local x <close> = setmetatable({}, { __close = function() end }) error({})",
            "an error that is a table");
    refuses("\x1bLua", "binary chunk");
    refuses("return ctx.now", "global 'ctx'");
    refuses("require 'x'", "a plugin of one file has no folder of its own; make it NAME/NAME.lua");
    refuses("os.exit(0)", "may not use os.exit");
}

static void one(void **state)
{
    (void)state;
    refuses("return { policy = 'bad' }", "policy \"bad\": on is missing; expected the events");
    refuses("return { policy = 'bad', on = {} , run = print }", "on is missing");
    refuses("return { policy = 'bad', on = 'x' }",
            "policy \"bad\": run is missing; expected function(ctx, event)");
    refuses("return { policy = 'bad', on = 'x', run = 7 }", "run is a number; expected a function");
    refuses("return { policy = 7 }", "a plugin: policy is a number; expected a text");
    refuses("return { policy = '' }", "policy is missing");
    refuses("return { policy = 'Bad', on = 'x', run = print }",
            "the name \"Bad\": expected small letters");
    refuses("return { policy = '7b', on = 'x', run = print }", "beginning with a letter");
    refuses(
        "return { policy = 'bad', onn = 'x', run = print }",
        "policy \"bad\" has no \"onn\"; did you mean \"on\"? It has: api author license limits needs requires on");
    refuses("return { policy = 'bad', on = 'x', run = print, 7 }", "has a member without a name");
    refuses("return { policy = 'bad', on = 'x', run = print, version = 1 }",
            "version is a number; expected a text");
    refuses("return { policy = 'bad', on = 'x', run = print, api = 99 }",
            "it needs API level 99, and this tend has 2: a newer tend is needed");
    refuses("return { policy = 'bad', on = 'x', run = print, api = '0' }",
            "api is a string; expected the API level");
    refuses("return { policy = 'bad', stage_set = 'bad' }", "several go into provides = { ... }");
    refuses("return { lead_source = 'bad' }", "read is missing; expected function(ctx, input)");
    refuses("return { normaliser = 'bad' }", "field is missing");
    refuses("return { normaliser = 'bad', field = 'email' }",
            "expected keys(ctx, values, regions) or key(ctx");
    refuses("return { normaliser = 'bad', field = 'email', key = print, keys = print }",
            "one of them only");
}

static void several(void **state)
{
    struct tend_instance *plugin = fake_load_text(
        "two",
        "return { plugin = 'two', version = '2.0', provides = {\n"
        "{ policy = 'a', on = 'x', run = function() return { tag = 'a' } end },\n"
        "{ policy = 'b', on = { 'x', 'y' }, run = function() return { tag = 'b' } end } } }");
    struct fake_call call = { 0 };

    (void)state;
    assert_int_equal(plugin->status, TEND_OK);
    assert_int_equal(plugin->n_provided, 2);
    assert_string_equal(plugin->manifest.name, "two");
    assert_string_equal(plugin->manifest.version, "2.0");
    assert_string_equal(plugin->manifest.needs, "");
    fake_begin(&call, plugin, "policy");
    call.provided = &plugin->provided[1];
    assert_int_equal(((const struct tend_policy *)call.provided->record)
                         ->run(&call.ctx, &(struct tend_event){ .size = sizeof(struct tend_event),
                                                                .name = "x",
                                                                .person = 1 }),
                     TEND_INVALID);
    assert_has(call.error, "no effects can be made here");
    fake_end(&call);
    fake_unload(plugin);

    refuses("return { plugin = 'bad' }", "provides is a nil; expected a list of tables");
    refuses("return { plugin = 'bad', provides = { 7 } }",
            "provides[1]: expected a table with one of");
    refuses("return { plugin = 'bad', provides = { {} } }",
            "provides[1]: expected a table with one of");
    refuses("return { plugin = 'bad', provide = {} }", "did you mean \"provides\"?");
    refuses("return { plugin = 'bad', provides = { { policy = 'a', on = 'x', run = print },"
            " { policy = 'a', on = 'x', run = print } } }",
            "a second policy \"a\"");
}

static void parts(void **state)
{
    struct tend_instance *plugin = fake_load("parted/parted");
    struct fake_call call = { 0 };

    (void)state;
    if (plugin->status != TEND_OK)
        fail_msg("%s", plugin->err.text);
    fake_begin(&call, plugin, "policy");
    assert_int_equal(fake_policy(&call, "person.added"), TEND_OK);
    assert_string_equal(fake_log(&call), "tag p12 text=from-lib.deep\n");
    fake_end(&call);
    fake_unload(plugin);
}

/* a byte order mark is no part of the text; a missing file is named */
static void bytes(void **state)
{
    struct tend_instance *plugin =
        fake_load_text("bom", "\xEF\xBB\xBFreturn { policy = 'bom', on = 'x', run = print }");

    (void)state;
    assert_int_equal(plugin->status, TEND_OK);
    fake_unload(plugin);
    plugin = fake_load("absent");
    assert_int_equal(plugin->status, TEND_INVALID);
    assert_has(plugin->err.text, "absent.lua: cannot be read: No such file");
    assert_int_equal(tend_lua_runtime.memory(plugin) > 0, 1);
    fake_unload(plugin);
}

/* unloading what never loaded is fine, and twice */
static void unloads(void **state)
{
    struct tend_instance instance = { 0 };

    (void)state;
    tend_lua_runtime.unload(&instance);
    assert_int_equal(tend_lua_runtime.memory(&instance), 0);
    assert_string_equal(tend_lua_runtime.name, "lua");
    assert_string_equal(tend_lua_runtime.suffix, ".lua");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files), cmocka_unit_test(one),   cmocka_unit_test(several),
        cmocka_unit_test(parts), cmocka_unit_test(bytes), cmocka_unit_test(unloads),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
