/* What a plugin finds in its environment, and what it does not. Covers
 * host_env.c. */
#include "fake.h"

/* the list of what is allowed, whole: a new name is a decision */
static void names(void **state)
{
    (void)state;
    fake_holds("local known = {} for name in ([[_G _VERSION assert collectgarbage coroutine error "
               "getmetatable\n"
               "  io ipairs load math next os pairs pcall print rawequal rawget rawlen rawset "
               "require select\n"
               "  setmetatable string table tend tonumber tostring type utf8 xpcall]]):gmatch('%S+') do "
               "known[name] = true end\n"
               "for name in pairs(_G) do assert(known[name], name) known[name] = nil end\n"
               "assert(next(known) == nil, next(known))\n"
               "assert(string.dump == nil and _G._G == _G)");
    fake_raises("debug.sethook()", "global 'debug'");
    fake_raises("dofile('x')", "global 'dofile'");
    fake_raises("package.loadlib()", "global 'package'");
    fake_raises("string.dump(print)", "field 'dump'");
}

static void garbage(void **state)
{
    (void)state;
    fake_holds("assert(collectgarbage('count') > 5 and collectgarbage('count') < 200)");
    fake_raises("collectgarbage('stop')",
                "collectgarbage(\"stop\") is not for plugins; \"count\" is");
    fake_raises("collectgarbage()", "collectgarbage(\"collect\") is not for plugins");
}

static void metatables(void **state)
{
    (void)state;
    fake_holds("local t = setmetatable({}, { __index = function(_, k) return k .. '!' end })\n"
               "assert(t.a == 'a!' and getmetatable(t).__index)\n"
               "assert(setmetatable(t, nil) == t and t.a == nil)\n"
               "setmetatable(t, { __metatable = 'mine' })\n"
               "assert(getmetatable(t) == 'mine' and not pcall(setmetatable, t, {}))\n"
               "assert(not pcall(setmetatable, 7, {}) and not pcall(setmetatable, {}, 7))");
    fake_raises("setmetatable({}, { __gc = function() end })",
                "a metatable of a plugin may not have __gc");
    fake_raises("setmetatable({}, { __gc = false })", "may not have __gc");
    fake_raises("setmetatable(setmetatable({}, { __metatable = 1 }), {})", "protected metatable");
}

/* xpcall as in stock Lua, but for the moment at which the handler runs */
static void protected_calls(void **state)
{
    (void)state;
    fake_holds(
        "local function handler(e) return '<' .. tostring(e) .. '>' end\n"
        "local function r(...) return select('#', ...), ... end\n"
        "local n, ok, a, b, c = r(xpcall(function(...) return ... end, handler, 1, nil, 3))\n"
        "assert(n == 4 and ok == true and a == 1 and b == nil and c == 3)\n"
        "local m, bad, text = r(xpcall(error, handler, 'x'))\n"
        "assert(m == 2 and bad == false and text == '<x>')\n"
        "m, bad, text = r(xpcall(error, handler))\n"
        "assert(m == 2 and bad == false and text == '<nil>')\n"
        "m, bad, text = r(xpcall(error, function() error('worse', 0) end, 'x'))\n"
        "assert(m == 2 and bad == false and text == 'worse')\n"
        "m, bad, text = r(xpcall(error, function() end, 'x'))\n"
        "assert(m == 2 and bad == false and text == nil)\n"
        "local _, where = xpcall(function() error('x') end, function(_, at) return at end)\n"
        "assert(where:find('^p.lua:%d+'), where)\n"
        "assert(not pcall(xpcall, print))\n"
        "local co = coroutine.wrap(function() return xpcall(function()\n"
        "  local got = coroutine.yield('out') error(got, 0) end, handler) end)\n"
        "assert(co() == 'out')\n"
        "bad, text = co('in')\n"
        "assert(bad == false and text == '<in>')\n"
        "assert(select('#', pcall(error)) == 2)");
}

/* load takes text only, in the plugin's own globals */
static void loads(void **state)
{
    (void)state;
    fake_holds("assert(load('return 1 + 1')() == 2)\n"
               "assert(load('x = 7') and x == nil) load('x = 7')() assert(x == 7)\n"
               "assert(load('return y', 'chunk', 't', { y = 3 })() == 3)\n"
               "local parts = { 'return ', '5' }\n"
               "assert(load(function() return table.remove(parts, 1) end)() == 5)\n"
               "local f, why = load('\\27Lua', 'c', 'b')\n"
               "assert(f == nil and why:find('binary chunk'), why)\n"
               "f, why = load('\\27LuaS\\0\\25')\n"
               "assert(f == nil and why:find('binary chunk'), why)\n"
               "f, why = load('return +', '@name')\n"
               "assert(f == nil and why:find('^name:1:'), why)");
}

/* os and io are there as a name, so that `if os then` is no breach */
static void forbidden(void **state)
{
    (void)state;
    fake_holds("assert(os and io and type(os) == 'userdata' and os ~= io)\n"
               "assert(getmetatable(os) == 'os' and not pcall(setmetatable, io, {}))");
}

/* a plugin has its globals for itself */
static void apart(void **state)
{
    struct tend_instance *a = fake_load_text("a", "shared = 1 string.shared = 1\n"
                                                  "return { policy = 'a', on = 'x', run = print }");
    struct tend_instance *b = fake_load_text("b", "assert(not shared and not string.shared)\n"
                                                  "return { policy = 'b', on = 'x', run = print }");

    (void)state;
    assert_int_equal(a->status, TEND_OK);
    assert_int_equal(b->status, TEND_OK);
    fake_unload(a);
    fake_unload(b);
}

/* what is printed while the file runs is heard, too */
static void prints(void **state)
{
    struct tend_instance *p = fake_load_text("p", "print('I am', 7, true)\n"
                                                  "return { policy = 'p', on = 'x', run = print }");

    (void)state;
    assert_int_equal(p->status, TEND_OK);
    assert_string_equal(p->said, "1 I am\t7\ttrue");
    fake_unload(p);
}

/* an error without a text says what it is, and not where it lies in memory */
static void errors(void **state)
{
    (void)state;
    fake_raises("error({})", "an error that is a table");
    fake_raises("error(print)", "an error that is a function");
    fake_raises("coroutine.wrap(function() error({}) end)()", "an error that is a table");
    fake_raises("error(setmetatable({}, { __tostring = function() return 'odd' end }))", "odd");
    fake_raises("error(7, 0)", "7");
    fake_raises("error()", "an error without a text");
    fake_raises("ctx.emit { tag = {} }", "is a table; expected a text");
    fake_raises("ctx.emit { set = 'a', value = print }", "is a function; expected a text");
    fake_raises("ctx.emit { state = 'a', value = {} }", "is a table; expected a text");
    fake_raises("ctx.emit { tag = 'x', [{}] = 1 }", "without a name: [table]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names),           cmocka_unit_test(garbage), cmocka_unit_test(metatables),
        cmocka_unit_test(protected_calls), cmocka_unit_test(loads),   cmocka_unit_test(forbidden),
        cmocka_unit_test(apart),           cmocka_unit_test(prints),  cmocka_unit_test(errors),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
