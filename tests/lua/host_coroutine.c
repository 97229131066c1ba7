/* The coroutine library behaves as the stock one. Covers host_coroutine.c;
 * what it does when a call is stopped is in host_limit.c. */
#include "fake.h"

static void life(void **state)
{
    (void)state;
    fake_holds("local co = coroutine.create(function(a, b)\n"
               "  assert(a == 1 and b == 2 and coroutine.isyieldable())\n"
               "  local me, main = coroutine.running()\n"
               "  assert(type(me) == 'thread' and not main and coroutine.status(me) == 'running')\n"
               "  local c = coroutine.yield(3, nil, 4)\n"
               "  assert(c == 5)\n"
               "  return 6\n"
               "end)\n"
               "assert(coroutine.status(co) == 'suspended')\n"
               "local ok, x, y, z = coroutine.resume(co, 1, 2)\n"
               "assert(ok and x == 3 and y == nil and z == 4)\n"
               "ok, x = coroutine.resume(co, 5)\n"
               "assert(ok and x == 6 and coroutine.status(co) == 'dead')\n"
               "ok, x = coroutine.resume(co)\n"
               "assert(not ok and x == 'cannot resume dead coroutine')\n"
               "assert(select('#', coroutine.resume(coroutine.create(function() end))) == 1)\n"
               "local _, main = coroutine.running()\n"
               "assert(main and not coroutine.isyieldable())");
}

static void errors(void **state)
{
    (void)state;
    fake_holds("local co = coroutine.create(function() error({ code = 7 }) end)\n"
               "local ok, e = coroutine.resume(co)\n"
               "assert(not ok and e.code == 7 and coroutine.status(co) == 'dead')\n"
               "local closed, why = coroutine.close(co)\n"
               "assert(not closed and why.code == 7)\n"
               "local inner\n"
               "local outer = coroutine.create(function()\n"
               "  inner = coroutine.running() return coroutine.resume(inner) end)\n"
               "local _, self, text = coroutine.resume(outer)\n"
               "assert(not self and text == 'cannot resume non-suspended coroutine')\n"
               "local w = coroutine.wrap(function() error('x', 0) end)\n"
               "ok, e = pcall(w)\n"
               "assert(not ok and e:find('x$'), e)\n"
               "ok, e = pcall(w)\n"
               "assert(not ok and e:find('cannot resume dead coroutine'), e)\n"
               "assert(not pcall(coroutine.resume, 7) and not pcall(coroutine.create, 7))\n"
               "assert(not pcall(coroutine.wrap, nil) and not pcall(coroutine.status, {}))\n"
               "ok, e = pcall(coroutine.close, coroutine.running())\n"
               "assert(not ok and e:find('cannot close a running coroutine'), e)");
}

static void closes(void **state)
{
    (void)state;
    fake_holds(
        "local closed = 0\n"
        "local function closer() return setmetatable({}, { __close = function() closed = closed + "
        "1 end }) end\n"
        "local co = coroutine.create(function() local x <close> = closer() coroutine.yield() end)\n"
        "coroutine.resume(co)\n"
        "assert(closed == 0 and coroutine.close(co) and closed == 1)\n"
        "assert(coroutine.status(co) == 'dead' and coroutine.close(co))\n"
        "co = coroutine.create(function()\n"
        "  local x <close> = setmetatable({}, { __close = function() error('bad close', 0) end })\n"
        "  coroutine.yield() end)\n"
        "coroutine.resume(co)\n"
        "local ok, why = coroutine.close(co)\n"
        "assert(not ok and why == 'bad close')\n"
        "pcall(coroutine.wrap(function() local x <close> = closer() error('x') end))\n"
        "assert(closed == 2)\n"
        "do local x <close> = closer() end\n"
        "pcall(function() local x <close> = closer() error('x') end)\n"
        "assert(closed == 4)\n"
        "assert(coroutine.close(coroutine.create(print)))");
}

/* what is to be closed is closed when a policy fails */
static void closes_on_error(void **state)
{
    struct tend_instance *plugin = fake_load_text(
        "p", "return { policy = 'p', on = 'x', run = function(ctx)\n"
             "local x <close> = setmetatable({}, { __close = function() ctx.log('closed') end })\n"
             "error('x') end }");
    struct fake_call call = { 0 };

    (void)state;
    fake_begin(&call, plugin, "policy");
    assert_int_equal(fake_policy(&call, "x"), TEND_INVALID);
    assert_string_equal(fake_log(&call), "log 1 closed\n");
    fake_end(&call);
    fake_unload(plugin);
}

/* through metamethods, iterators, pcall; and deep */
static void across(void **state)
{
    (void)state;
    fake_holds(
        "local t = setmetatable({}, { __add = function(a, b) return coroutine.yield(b) end })\n"
        "local co = coroutine.wrap(function() local ok, sum = pcall(function() return t + 1 end) "
        "return ok, sum end)\n"
        "assert(co() == 1)\n"
        "local ok, sum = co(42)\n"
        "assert(ok and sum == 42)\n"
        "local function gen(n) return coroutine.wrap(function() for i = 1, n do coroutine.yield(i) "
        "end end) end\n"
        "local total = 0 for i in gen(100) do total = total + i end assert(total == 5050)\n"
        "local function deep(n) if n == 0 then return 0 end return 1 + coroutine.wrap(deep)(n - 1) "
        "end\n"
        "assert(deep(20) == 20)\n"
        "local bad, why = pcall(deep, 100000)\n"
        "assert(not bad and why:find('C stack overflow'), why)");
}

/* What a call was run by serves the next one; whoever kept it cannot disturb that. */
static void again(void **state)
{
    static const char text[] =
        "local held, n = nil, 0\n"
        "return { policy = 'p', on = 'x', run = function(ctx)\n"
        "  n = n + 1\n"
        "  local me, main = coroutine.running()\n"
        "  assert(main and not coroutine.isyieldable())\n"
        "  if n == 1 then held = me end\n"
        "  assert(not coroutine.resume(held))\n"
        "  local ok = pcall(coroutine.close, held)\n"
        "  assert(held ~= me or not ok)\n"
        "  assert(not pcall(coroutine.yield, 1))\n"
        "  local function deep(k) return k == 0 and 0 or 1 + deep(k - 1) end\n"
        "  assert(deep(1000) == 1000)\n"
        "  if n % 4 == 2 then error('on purpose') end\n"
        "  if n % 4 == 3 then while true do pcall(function() while true do end end) end end\n"
        "end }";
    static const tend_status ends[] = { TEND_OK, TEND_INVALID, TEND_TIMEOUT, TEND_OK };
    struct tend_instance *plugin = fake_load_text("p", text);

    (void)state;
    if (plugin->status != TEND_OK)
        fail_msg("%s", plugin->err.text);
    for (int i = 0; i < 12; i++) {
        struct fake_call call = { 0 };

        fake_begin(&call, plugin, "policy");
        assert_int_equal(fake_policy(&call, "x"), ends[i % 4]);
        fake_end(&call);
    }
    fake_unload(plugin);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(life),   cmocka_unit_test(errors),
        cmocka_unit_test(closes), cmocka_unit_test(closes_on_error),
        cmocka_unit_test(across), cmocka_unit_test(again),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
