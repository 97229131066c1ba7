/* Policies in Lua. Covers bind_policy.c and bind_event.c, and what of
 * bind_effect.c a policy returns. */
#include "fake.h"

static const struct fake_fact shown[] = {
    { 0, "kind", "presentation" },
    { 0, "means", "reached,shows_offer" },
    { 12, "tags", "vip,new" },
    { 0, NULL, NULL },
};

/* the good way: nothing, one effect, a list of effects */
static void answers(void **state)
{
    struct tend_instance *plugin = fake_load("followup");
    struct fake_call call = { .facts = shown };
    const struct tend_policy *policy;

    (void)state;
    assert_int_equal(plugin->status, TEND_OK);
    policy = fake_record(plugin, "policy")->record;
    assert_string_equal(plugin->manifest.name, "followup");
    assert_string_equal(plugin->manifest.version, "1.0.0");
    assert_string_equal(plugin->manifest.license, "0BSD");
    assert_string_equal(plugin->manifest.needs, "reads:person effects:task");
    assert_string_equal(policy->name, "followup");
    assert_string_equal(policy->on, "touch.logged person.added");
    assert_int_equal(policy->size, sizeof *policy);

    fake_begin(&call, plugin, "policy");
    assert_int_equal(fake_policy(&call, "touch.logged"), TEND_OK);
    assert_string_equal(fake_log(&call),
                        "task p12 key=mull-over title=Follow up type=call window=2d..7d"
                        " closed_by=reached joined why=saw the offer by presentation"
                        " anchor=1795000000000000\n"
                        "note p12 key=vip text=a VIP saw it\n");
    assert_int_equal(fake_policy(&call, "person.added"), TEND_OK);
    assert_string_equal(fake_log(&call), "tag p12 text=new\n");
    call.facts = NULL;
    assert_int_equal(fake_policy(&call, "touch.logged"), TEND_OK);
    assert_string_equal(fake_log(&call), "");
    assert_false(call.breach);
    fake_end(&call);
    fake_unload(plugin);
}

static void refuses(const char *answer, const char *message)
{
    struct tend_instance *plugin;
    struct fake_call call = { 0 };
    char text[1024];

    snprintf(text, sizeof text,
             "return { policy = 'bad', on = 'x', run = function(ctx, event)\n"
             "%s end }",
             answer);
    plugin = fake_load_text("bad", text);
    assert_int_equal(plugin->status, TEND_OK);
    fake_begin(&call, plugin, "policy");
    assert_int_equal(fake_policy(&call, "x"), TEND_INVALID);
    assert_has(call.error, message);
    assert_has(call.error, "plugin bad");
    assert_false(call.breach);
    fake_end(&call);
    fake_unload(plugin);
}

/* wrong answers are named with what was expected */
static void wrong_answers(void **state)
{
    (void)state;
    refuses("return 7", "policy \"bad\": run returned a number; expected nothing, an effect or a"
                        " list of effects");
    refuses("return 'tag'", "returned a string");
    refuses("return true", "returned a boolean");
    refuses("return { 1, 2 }", "returned a list with a number in it; expected effects");
    refuses("return { { tag = 'a' }, true }", "a list with a boolean");
    refuses("return function() end", "returned a function");
}

/* errors of every sort become one text, with the place in front */
static void errors(void **state)
{
    (void)state;
    refuses("error('no good')", "bad.lua:2: no good");
    refuses("error('no place', 0)", "bad.lua:2: no place");
    refuses("error({ code = 7 })", "bad.lua:2: an error that is a table");
    refuses("error(setmetatable({}, { __tostring = function() return 'an object' end }))",
            "bad.lua:2: an object");
    refuses("error(setmetatable({}, { __tostring = function() error('worse') end }))", "worse");
    refuses("error(setmetatable({}, { __tostring = function() return {} end }))",
            "must return a string");
    refuses("error()", "bad.lua:2: an error without a text");
    refuses("error(nil)", "an error without a text");
    refuses("error(ctx.person)", "bad.lua:2: p12");
    refuses("error(false)", "bad.lua:2: false");
    refuses("error(7)", "bad.lua:2: 7");
    refuses("local x = nil; return x.y", "attempt to index a nil value (local 'x')");
    refuses("local function f() error('deep') end\nf()\nreturn 1",
            "bad.lua:2: deep (called from bad.lua:3)");
    refuses("coroutine.yield()", "this is not inside a coroutine");
    refuses("coroutine.wrap(function() error('inner') end)()", "inner");
}

/* an event cannot be written, nor kept for the next call */
static void events(void **state)
{
    struct tend_instance *plugin = fake_load_text(
        "keeper",
        "local kept\n"
        "return { policy = 'keeper', on = 'x', run = function(ctx, event)\n"
        "  if kept then return kept.name end\n"
        "  kept = event\n"
        "  assert(event.person == 12 and event.subject == 7 and event.at == 1795000000000000)\n"
        "  assert(tostring(event) == 'x' and event.absent == nil and event.kind == 'call')\n"
        "  assert(event.fields.name and not event.fields.zone and #event.fields == 2)\n"
        "  assert(tostring(event.fields) == 'name,email' and #event.means == 0)\n"
        "  assert(not pcall(function() event.name = 'y' end))\n"
        "end }");
    const struct fake_fact facts[] = { { 0, "kind", "call" },
                                       { 0, "fields", "name,email" },
                                       { 0, NULL, NULL } };
    struct fake_call call = { .facts = facts };

    (void)state;
    fake_begin(&call, plugin, "policy");
    assert_int_equal(fake_policy(&call, "x"), TEND_OK);
    assert_int_equal(fake_policy(&call, "x"), TEND_INVALID);
    assert_has(call.error, "this event is of a call that is over");
    fake_end(&call);
    fake_unload(plugin);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers),
        cmocka_unit_test(wrong_answers),
        cmocka_unit_test(errors),
        cmocka_unit_test(events),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
