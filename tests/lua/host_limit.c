/* The limits: every program here would never end, take all memory, or reach for
 * the machine. Each is stopped within half a second, named, a breach, and the
 * next call of the same state works. Covers host_limit.c, host_call.c, and what
 * of host_env.c and host_coroutine.c the limits lean on. */
#include "base/clock.h"
#include "fake.h"

struct attack {
    const char *name, *code;
    tend_status code_of_stop;
};

#define LOOP "while true do end "
#define TIME TEND_TIMEOUT
#define MEMORY TEND_LIMIT
#define DENIED TEND_DENIED

static const struct attack attacks[] = {
    { "plain", LOOP, TIME },
    { "calls", "local function f() end while true do f() end", TIME },
    { "goto", "::again:: goto again", TIME },
    { "for", "for i = 1, math.huge do end", TIME },
    { "tail calls", "local function f() return f() end f()", TIME },
    { "pcall", "while true do pcall(function() " LOOP "end) end", TIME },
    { "pcall of short loops", "while true do pcall(function() for i = 1, 400 do end end) end",
      TIME },
    { "nested pcall",
      "local function deep(n) if n == 0 then " LOOP "end\n"
      "while true do pcall(deep, n - 1) end end deep(100)",
      TIME },
    { "pcall of error", "while true do pcall(error, 'x') end", TIME },
    { "xpcall", "while true do xpcall(function() " LOOP "end, function() end) end", TIME },
    { "xpcall handler",
      "while true do xpcall(function() error('x') end, function() " LOOP "end) end", TIME },
    { "xpcall handler that fails", "while true do xpcall(error, function() error('y') end) end",
      TIME },
    { "xpcall in its handler", "local function h() xpcall(error, h) " LOOP "end xpcall(error, h)",
      TIME },
    { "handler of a stop",
      "while true do xpcall(function() " LOOP "end, function() " LOOP "end) end", TIME },
    { "coroutine", "coroutine.wrap(function() " LOOP "end)()", TIME },
    { "coroutines", "while true do coroutine.wrap(function() " LOOP "end)() end", TIME },
    { "coroutine in pcall", "while true do pcall(coroutine.wrap(function() " LOOP "end)) end",
      TIME },
    { "coroutines in coroutines",
      "local function turn() while true do\n"
      "coroutine.resume(coroutine.create(turn)) end end turn()",
      TIME },
    { "resume for ever",
      "local co = coroutine.wrap(function() while true do coroutine.yield() end"
      " end) while true do co() end",
      TIME },
    { "__close", "local x <close> = setmetatable({}, { __close = function() " LOOP "end })", TIME },
    { "__close after a loop",
      "local x <close> = setmetatable({}, { __close = function() " LOOP "end }) " LOOP, TIME },
    { "__close after an error",
      "local x <close> = setmetatable({}, { __close = function() " LOOP "end }) error('x')", TIME },
    { "__close in a wrapped coroutine",
      "while true do pcall(coroutine.wrap(function()\n"
      "local x <close> = setmetatable({}, { __close = function() " LOOP
      "end }) error('x') end)) end",
      TIME },
    { "coroutine.close",
      "local co = coroutine.create(function()\n"
      "local x <close> = setmetatable({}, { __close = function() while true do\n"
      "pcall(function() " LOOP "end) end end }) coroutine.yield() end)\n"
      "coroutine.resume(co) coroutine.close(co)",
      TIME },
    { "coroutines that close each other",
      "local function nest() local inner = coroutine.create(function()\n"
      "local x <close> = setmetatable({}, { __close = nest }) coroutine.yield() end)\n"
      "coroutine.resume(inner) coroutine.close(inner) end while true do pcall(nest) end",
      TIME },
    { "sort comparator", "table.sort({ 3, 2, 1 }, function() " LOOP "end)", TIME },
    { "sort comparator in pcall",
      "while true do pcall(table.sort, { 3, 2, 1 }, function()\n"
      "while true do pcall(function() " LOOP "end) end end) end",
      TIME },
    { "coroutine in a sort",
      "table.sort({ 3, 2, 1 }, function() while true do\n"
      "coroutine.wrap(function() " LOOP "end)() end end)",
      TIME },
    { "gsub callback", "('a'):gsub('a', function() " LOOP "end)", TIME },
    { "gsub callback in pcall",
      "while true do pcall(string.gsub, 'a', 'a', function() " LOOP "end) end", TIME },
    { "__index", "return setmetatable({}, { __index = function() " LOOP "end }).x", TIME },
    { "__index chain in a C function",
      "return table.concat(setmetatable({}, { __index = function() " LOOP "end }), '', 1, 9)",
      TIME },
    { "__tostring", "tostring(setmetatable({}, { __tostring = function() " LOOP "end }))", TIME },
    { "__tostring of an error", "error(setmetatable({}, { __tostring = function() " LOOP "end }))",
      TIME },
    { "__pairs of print", "print(setmetatable({}, { __tostring = function() " LOOP "end }))",
      TIME },
    { "iterator", "for _ in function() return 1 end do end", TIME },
    { "reader of load", "load(function() return ' ' end)", TIME },
    { "late __gc",
      "local mt = {} local x = setmetatable({}, mt) mt.__gc = function() " LOOP "end\n"
      "x = nil " LOOP,
      TIME },
    { "effects", "while true do ctx:emit { tag = 'a' } end", TIME },
    { "reads", "while true do local x = ctx.person.name end", TIME },
    { "people", "for p in ctx:people('x') do " LOOP "end", TIME },
    { "an answer", "local t = {} t[1] = setmetatable({}, {}) while true do t[1] = nil end", TIME },

    { "one huge text", "return ('x'):rep(1 << 30)", MEMORY },
    { "one huge text in pcall", "while true do pcall(string.rep, 'x', 1 << 30) end", MEMORY },
    { "a text that doubles", "local s = 'x' while true do s = s .. s end", MEMORY },
    { "a text that doubles in pcall",
      "while true do pcall(function() local s = 'x' while true do s = s .. s end end) end",
      MEMORY },
    { "a table", "local t = {} while true do t[#t + 1] = {} end", MEMORY },
    { "a table in pcall",
      "local t = {} while true do pcall(function() while true do t[#t + 1] = {}\n"
      "end end) end",
      MEMORY },
    { "a list of numbers", "local t = {} for i = 1, math.huge do t[i] = i end", MEMORY },
    { "texts in a coroutine",
      "coroutine.wrap(function() local t = {} while true do\n"
      "t[#t + 1] = ('x'):rep(1000) .. #t end end)()",
      MEMORY },
    { "closures", "local f = print while true do local g = f f = function() return g end end",
      MEMORY },
    { "recursion", "local function f() return 1 + f() end f()", MEMORY },
    { "recursion in pcall", "local function f() return 1 + f() end while true do pcall(f) end",
      MEMORY },
    { "recursion in a handler",
      "local function h() error(h()) end while true do\n"
      "xpcall(function() error('x') end, h) end",
      MEMORY },
    { "gsub that grows", "local s = ('x'):rep(100000) s:gsub('x', s)", MEMORY },
    { "concat that grows",
      "local t = {} for i = 1, 100000 do t[i] = ('x'):rep(1000) end\n"
      "table.concat(t)",
      MEMORY },
    { "format that grows",
      "local s = ('x'):rep(1000000) string.format(('%s'):rep(40), s, s, s, s, s,"
      " s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s, s,"
      " s, s, s, s, s, s, s, s, s, s)",
      MEMORY },
    { "pack that pads", "string.pack('c1000000000', '')", MEMORY },
    { "pack that pads, once in pcall", "pcall(string.pack, 'c1000000000', '')", MEMORY },
    { "many texts", "local t = {} for i = 1, 200 do t[i] = ('x'):rep(1000000) .. i end", MEMORY },

    { "os", "os.execute('x')", DENIED },
    { "os in pcall", "while true do pcall(function() return os.time() end) end", DENIED },
    { "os in xpcall", "xpcall(function() return os.time() end, function() return os.time() end)",
      DENIED },
    { "os in a coroutine", "coroutine.wrap(function() os.exit(1) end)()", DENIED },
    { "os in a comparator",
      "pcall(table.sort, { 2, 1 }, function() pcall(function() os.time() end)\n"
      "return false end) return { tag = 'went on' }",
      DENIED },
    { "os written", "os.time = function() end", DENIED },
    { "pairs of os", "for k in pairs(os) do end", DENIED },
    { "io", "io.open('/etc/passwd')", DENIED },
    { "io in pcall", "pcall(function() io.write('x') end) return { tag = 'went on' }", DENIED },
    { "io as a global of its own name", "local f = _G['i' .. 'o']['popen'] f('x')", DENIED },

    { "pathological pattern", "(('a'):rep(30000)):find((('.-'):rep(8)) .. 'b')", TIME },
    { "pathological pattern in pcall",
      "while true do\n"
      "pcall(string.find, ('a'):rep(30000), ('.-'):rep(8) .. 'b') end",
      TIME },
    { "many patterns", "local s = ('a'):rep(4000) while true do s:find('.-b') end", TIME },
    { "many patterns in pcall",
      "local s = ('a'):rep(4000) while true do\n"
      "pcall(string.find, s, '.-b') end",
      TIME },
    { "comparisons of long texts",
      "local s = ('x'):rep(7000000) local a, b = s .. 'a', s .. 'b'\n"
      "while true do local c = a < b end",
      TIME },
    { "equal long texts",
      "local s = ('x'):rep(7000000) local a, b = s .. 'a', s .. 'a'\n"
      "while true do local c = a == b end",
      TIME },
    { "texts joined", "local s = ('x'):rep(5000000) while true do local t = s .. 'a' end", TIME },
    { "lengths of long texts", "local s = ('x'):rep(9000000) while true do utf8.len(s) end", TIME },
    { "numbers of long texts", "local s = (' '):rep(9000000) while true do tonumber(s) end", TIME },
    { "capitals of long texts", "local s = ('x'):rep(5000000) while true do s:upper() end", TIME },
    { "one text sorted",
      "local s, t = ('x'):rep(7000000), {} for i = 1, 100000 do t[i] = s end\n"
      "table.sort(t)",
      TIME },
    { "one text sorted in pcall",
      "local s, t = ('x'):rep(7000000), {} for i = 1, 100000 do t[i] = s"
      " end while true do pcall(table.sort, t) end",
      TIME },
    { "plain find",
      "local s = ('x'):rep(7000000) local p = ('x'):rep(2000000) .. 'y'\n"
      "while true do s:find(p, 1, true) end",
      TIME },
    { "nothing repeated", "while true do (''):rep(1 << 60) end", TIME },
    { "a list that lies",
      "local t = setmetatable({}, { __len = function() return 1 << 40 end })\n"
      "while true do pcall(table.insert, t, 1, 1) pcall(table.concat, t)\n"
      "pcall(table.sort, t) pcall(table.unpack, t) pcall(table.remove, t, 1) end",
      TIME },
    { "a list that lies a little",
      "local t = setmetatable({}, { __len = function() return 1000000"
      " end }) while true do table.insert(t, 1, nil) end",
      TIME },
    { "bounds without end",
      "while true do pcall(table.move, {}, 1, math.maxinteger - 1, 2)\n"
      "pcall(table.concat, {}, '', math.mininteger, math.maxinteger) end",
      TIME },
    { "insertions at the front",
      "local t = {} for i = 1, 500000 do t[i] = i end\n"
      "while true do table.insert(t, 1, 1) table.remove(t, 1) end",
      TIME },
    { "an emptied table",
      "local t = {} for i = 1, 400000 do t['k' .. i] = true end\n"
      "for k in pairs(t) do t[k] = nil end while true do next(t) end",
      TIME },
    { "collections near the cap",
      "local t = {} for i = 1, 260000 do t[i] = { i } end\n"
      "while collectgarbage('count') < 32767 do t = { t } end\n"
      "while true do local x = { 1, 2, 3 } end",
      TIME },
    { "long sources", "local s = ('x=1 '):rep(500000) while true do load(s) end", TIME },
    { "optional items",
      "local s, p = ('a'):rep(60), ('a?'):rep(60) .. ('a'):rep(60)\n"
      "while true do pcall(string.find, s, p) end",
      TIME },
};

#define N_ATTACKS (sizeof attacks / sizeof *attacks)

static struct tend_instance *load_attack(const struct attack *attack)
{
    char text[2048];

    /* the second call must find the state sound */
    snprintf(text, sizeof text,
             "local calls = 0\n"
             "return { policy = 'evil', on = 'x', run = function(ctx, event)\n"
             "calls = calls + 1\n"
             "if calls > 1 then\n"
             "  local ok, why = pcall(error, 'caught')\n"
             "  local co = coroutine.wrap(function() coroutine.yield(1) return 2 end)\n"
             "  return { note = tostring(ok) .. co() .. co() .. ('x'):rep(3) }\n"
             "end\n%s\nend }",
             attack->code);
    return fake_load_text("evil", text);
}

static void stopped(const struct attack *attack)
{
    struct tend_instance *plugin = load_attack(attack);
    /* filling the memory takes its time on a slow machine */
    struct fake_call call = { .budget = attack->code_of_stop == MEMORY ? FAKE_LIMIT * 3 / 5 : 0 };
    tend_status status;
    const char *log;

    if (plugin->status != TEND_OK)
        fail_msg("%s: %s", attack->name, plugin->err.text);
    fake_begin(&call, plugin, "policy");
    status = fake_policy(&call, "x");
    if (status != attack->code_of_stop || !call.breach)
        fail_msg("%s: %d, %s", attack->name, status, call.error);
    if (call.took > FAKE_LIMIT)
        fail_msg("%s took %lld ms", attack->name, (long long)(call.took / 1000));
    if (getenv("TEND_SHOW"))
        print_message("# %-35s %5lld ms %s\n", attack->name, (long long)(call.took / 1000),
                      call.error);
    assert_has(call.error, "plugin evil: ");
    fake_log(&call);
    fake_begin(&call, plugin, "policy");
    status = fake_policy(&call, "x");
    log = fake_log(&call);
    if (status != TEND_OK || strcmp(log, "note p12 text=false12xxx\n") != 0)
        fail_msg("%s, the next call: %d, %s%s", attack->name, status, call.error, log);
    fake_end(&call);
    fake_unload(plugin);
}

static void attacks_with(tend_status code)
{
    for (size_t i = 0; i < N_ATTACKS; i++)
        if (attacks[i].code_of_stop == code)
            stopped(&attacks[i]);
}

static void loops(void **state)
{
    (void)state;
    attacks_with(TIME);
}

static void growth(void **state)
{
    (void)state;
    attacks_with(MEMORY);
}

static void reaching(void **state)
{
    (void)state;
    attacks_with(DENIED);
}

/* the same while the plugin loads */
static void loading(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ATTACKS; i += 7) {
        int64_t began = tend_clock_ticks(), took;
        char text[2048];
        struct tend_instance *plugin;

        if (strstr(attacks[i].code, "ctx") != NULL)
            continue;
        snprintf(text, sizeof text, "do %s end", attacks[i].code);
        plugin = fake_load_text("evil", text);
        took = tend_clock_ticks() - began;
        if (plugin->status != attacks[i].code_of_stop && plugin->status != TEND_TIMEOUT)
            fail_msg("%s: %d %s", attacks[i].name, plugin->status, plugin->err.text);
        if (took > FAKE_LIMIT)
            fail_msg("%s took %lld ms", attacks[i].name, (long long)(took / 1000));
        fake_unload(plugin);
    }
}

/* what the messages say */
static void messages(void **state)
{
    const struct attack os = { "os", "pcall(function() return os.time() end)", DENIED };
    const struct attack loop = { "loop", "local function turn()\n" LOOP "end\nturn()", TIME };
    const struct attack growth_of = { "growth", "local s = 'x' while true do s = s .. s end",
                                      MEMORY };
    const struct {
        const struct attack *attack;
        const char *text;
    } cases[] = {
        { &os, "plugin evil: may not use os.time: the time of a call is ctx.now" },
        { &loop, "plugin evil: took longer than 60 ms and was stopped (at evil.lua:" },
        { &growth_of, "plugin evil: asked for more memory than a plugin may hold (32 MB)" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tend_instance *plugin = load_attack(cases[i].attack);
        struct fake_call call = { 0 };

        fake_begin(&call, plugin, "policy");
        assert_int_equal(fake_policy(&call, "x"), cases[i].attack->code_of_stop);
        assert_has(call.error, cases[i].text);
        fake_end(&call);
        fake_unload(plugin);
    }
}

/* a plugin within its limits is left alone: half the memory, garbage without
 * end, deep but bounded recursion; and the peak is known */
static void within(void **state)
{
    struct tend_instance *plugin = fake_load_text(
        "good", "return { policy = 'good', on = 'x', run = function()\n"
                "  local kept = ('x'):rep(12 * 1024 * 1024)\n"
                "  for i = 1, 2000 do local garbage = { ('y'):rep(100000) } end\n"
                "  local function f(n) if n > 0 then return 1 + f(n - 1) end return 0 end\n"
                "  return { note = #kept .. ' ' .. f(10000) }\n"
                "end }");
    struct fake_call call = { .budget = 2000000 };

    (void)state;
    fake_begin(&call, plugin, "policy");
    if (fake_policy(&call, "x") != TEND_OK)
        fail_msg("%s", call.error);
    assert_string_equal(fake_log(&call), "note p12 text=12582912 10000\n");
    assert_in_range(tend_lua_runtime.memory(plugin), 12 * 1024 * 1024, TEND_LUA_MEMORY);
    fake_end(&call);
    fake_unload(plugin);
}

/* wherever the memory ends, also in what the host itself pushes, it ends in an
 * error and never in an abort */
static void at_the_brim(void **state)
{
    struct tend_instance *plugin = fake_load_text(
        "brim", "local kept, room = nil, 0\n"
                "return { policy = 'brim', on = 'x', run = function(ctx, event)\n"
                "  kept, room = nil, room + 61\n"
                "  local most = 32 * 1024 - room / 1024\n"
                "  local big = ('x'):rep(10 * 1024 * 1024)\n"
                "  local more = { big .. 1, big .. 2 }\n"
                "  kept = {}\n"
                "  while collectgarbage('count') < most do kept = { kept } end\n"
                "  for p in ctx:people('x') do kept = { kept, p.tags, p.name, event.kind } end\n"
                "  return { { task = 'a', key = 1, closed_by = { 'b', 'c' } }, { note = 2.5, key = "
                "'k' } }\n"
                "end }");
    int good = 0, bad = 0;

    (void)state;
    for (int i = 0; i < 60; i++) {
        struct fake_call call = { .budget = 2000000 };
        tend_status status;

        fake_begin(&call, plugin, "policy");
        status = fake_policy(&call, "x");
        if (status == TEND_OK)
            good++;
        else if (status == TEND_LIMIT && call.breach)
            bad++;
        else
            fail_msg("%d %s", status, call.error);
        fake_end(&call);
    }
    assert_in_range(tend_lua_runtime.memory(plugin), TEND_LUA_MEMORY - 100000, TEND_LUA_MEMORY);
    assert_int_not_equal(good, 0);
    assert_int_not_equal(bad, 0);
    fake_unload(plugin);
}

/* a coroutine that was stopped is dead for good, one that was not goes on */
static void after_a_stop(void **state)
{
    struct tend_instance *plugin = fake_load_text(
        "evil",
        "local stopped, slept, ran\n"
        "return { policy = 'evil', on = 'x', run = function()\n"
        "  if not stopped then\n"
        "    slept = coroutine.create(function() coroutine.yield(1) return 2 end)\n"
        "    coroutine.resume(slept)\n"
        "    stopped = coroutine.create(function()\n"
        "      local x <close> = setmetatable({}, { __close = function() ran = true end })\n"
        "      while true do end\n"
        "    end)\n"
        "    coroutine.resume(stopped)\n"
        "  end\n"
        "  assert(coroutine.status(stopped) == 'dead')\n"
        "  assert(not coroutine.resume(stopped))\n"
        "  assert(coroutine.close(stopped) and not ran)\n"
        "  assert(select(2, coroutine.resume(slept)) == 2)\n"
        "end }");
    struct fake_call call = { 0 };

    (void)state;
    fake_begin(&call, plugin, "policy");
    assert_int_equal(fake_policy(&call, "x"), TEND_TIMEOUT);
    fake_begin(&call, plugin, "policy");
    if (fake_policy(&call, "x") != TEND_OK)
        fail_msg("%s", call.error);
    fake_end(&call);
    fake_unload(plugin);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loops),       cmocka_unit_test(growth),       cmocka_unit_test(reaching),
        cmocka_unit_test(loading),     cmocka_unit_test(messages),     cmocka_unit_test(within),
        cmocka_unit_test(at_the_brim), cmocka_unit_test(after_a_stop),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
