/* ctx, persons, and how values cross. Covers bind_ctx.c, bind_person.c,
 * bind_text.c, bind_class.c, bind_value.c. */
#include "fake.h"

static const struct fake_fact facts[] = {
    { 12, "name", "Ann Lee" },
    { 12, "stage", "member" },
    { 12, "stage.product", "customer" },
    { 12, "tags", "vip,new" },
    { 12, "archived", "yes" },
    { 12, "score", "0" },
    { 12, "seen", "twice" },
    { 0, "seen", "of the plugin" },
    { 30, "name", "Bob Ray" },
    { 30, "seen", "of bob" },
    { 0, NULL, NULL },
};

static tend_status run(const char *body, struct fake_call *call, struct tend_instance **plugin)
{
    char text[4096];

    snprintf(text, sizeof text,
             "return { policy = 'p', on = 'x', run = function(ctx, event)\n"
             "local p = ctx.person\n%s end }",
             body);
    *plugin = fake_load_text("p", text);
    if ((*plugin)->status != TEND_OK)
        fail_msg("%s", (*plugin)->err.text);
    call->facts = facts;
    fake_begin(call, *plugin, "policy");
    return fake_policy(call, "x");
}

static void holds(const char *body, const char *log)
{
    struct fake_call call = { .touches = 3 };
    struct tend_instance *plugin;

    if (run(body, &call, &plugin) != TEND_OK)
        fail_msg("%s: %s", body, call.error);
    assert_string_equal(fake_log(&call), log);
    fake_end(&call);
    fake_unload(plugin);
}

static void refuses(const char *body, const char *message)
{
    struct fake_call call = { 0 };
    struct tend_instance *plugin;

    assert_int_equal(run(body, &call, &plugin), TEND_INVALID);
    assert_has(call.error, message);
    fake_end(&call);
    fake_unload(plugin);
}

static void persons(void **state)
{
    (void)state;
    holds(
        "assert(p.id == 12 and p.name == 'Ann Lee' and p.stage == 'member')\n"
        "assert(p['stage.product'] == 'customer' and tostring(p) == 'p12')\n"
        "assert(p == ctx.person and p ~= 12)\n"
        "assert(p.email == nil and p.anything == nil and p.archived == 'yes' and p.score == '0')\n"
        "assert(p.tags.vip and p.tags.new and not p.tags.old and #p.tags == 2)\n"
        "assert(p.tags[1] == 'vip' and tostring(p.tags) == 'vip,new')\n"
        "assert(#p.roles == 0 and not p.dnc.phone and tostring(p.dnc) == '')\n"
        "assert(getmetatable(p) == 'person' and not pcall(setmetatable, p, {}))\n"
        "assert(ctx:get(30, 'name') == 'Bob Ray' and ctx.get(p, 'name') == 'Ann Lee')\n"
        "assert(ctx:get(99, 'name') == nil)",
        "");
    refuses("p.name = 'x'", "a person cannot be written; return the effect { set = \"name\"");
    refuses("ctx:get('ann', 'name')", "get: person is a string; expected a person or an id");
    refuses("ctx:get(12)", "get: field is missing; expected a text");
}

static void touches(void **state)
{
    (void)state;
    holds(
        "assert(ctx:touched('reached') == 3 and p:touched({ 'reached', 'group' }, ctx.now - 5) == "
        "3)"
        " assert(ctx.touched('call') == 3)",
        "touched p12 reached 0\ntouched p12 reached group 1795999999999995\ntouched p12 call 0\n");
    refuses("ctx:touched('wrong')", "nothing is called \"wrong\"");
    refuses("ctx:touched('call', 'monday')", "ctx.touched: since is a string; expected a whole number");
    holds("assert(ctx:means('stage', p.stage, 'won') == true)\n"
          "assert(ctx:means('stage', 'listed', 'won') == false)\n"
          "assert(ctx:means('stage', nil, 'won') == false)",
          "");
}

static void people(void **state)
{
    (void)state;
    holds("assert(ctx:next('x') == 12 and ctx:next('x', 12) == 30 and ctx.next('x', p) == 30)\n"
          "assert(ctx:next('x', 30) == nil)\n"
          "local all = {} for q in ctx:people('x') do all[#all + 1] = q.name end\n"
          "assert(table.concat(all, ' ') == 'Ann Lee Bob Ray')",
          "");
    refuses("ctx:next('bad:')", "the filter is wrong");
    refuses("for q in ctx:people('bad:') do end", "the filter is wrong");
    refuses("ctx:people()", "people: filter is missing; expected a text");
}

static void states(void **state)
{
    (void)state;
    holds("assert(ctx:state('seen') == 'twice' and ctx:state('seen', false) == 'of the plugin')\n"
          "assert(ctx.state('seen', 30) == 'of bob' and ctx:state('none') == nil)",
          "state p12 seen\nstate p0 seen\nstate p30 seen\nstate p12 none\n");
}

static void texts(void **state)
{
    (void)state;
    holds(
        "local text = ctx.text\n"
        "assert(text.trim('  a b ') == 'a b' and text.fold('José') == 'jose')\n"
        "assert(text.starts('abc', 'ab') and not text.starts('a', 'ab') and text.starts('a', ''))\n"
        "local piece, rest = text.cut(' a ; b', ';')\n"
        "assert(piece == 'a' and rest == ' b')\n"
        "piece, rest = text.cut(rest, ';')\n"
        "assert(piece == 'b' and rest == '' and text.cut(rest, ';') == nil)\n"
        "assert(text.cut(nil, ';') == nil and text.trim('') == '' and text.fold('') == '')\n"
        "assert(not pcall(text.cut, 'a', '') and not pcall(text.trim) and not pcall(text.fold, "
        "{}))\n"
        "assert(not pcall(text.fold, ('x'):rep(1024 * 1024 + 1)))",
        "");
}

static void logging(void **state)
{
    (void)state;
    holds("ctx.log('dot') ctx:log('colon', 'warning') ctx.log(p, 'debug') print('a', 1, nil, p)",
          "log 1 dot\nlog 2 colon\nlog 0 p12\nlog 1 a\t1\tnil\tp12\n");
    refuses("ctx.log('x', 'loud')", "invalid option 'loud'");
}

static void closed(void **state)
{
    (void)state;
    holds("assert(ctx.now == 1796000000000000 and math.type(ctx.now) == 'integer')\n"
          "assert(getmetatable(ctx) == 'ctx')",
          "");
    refuses("return ctx.persn",
            "ctx has no \"persn\"; did you mean \"person\"? It has: file http now options person text");
    refuses("ctx.now = 1", "ctx cannot be written");
    refuses("ctx.row { name = 'x' }",
            "rows can be given only by a lead source, a command or a report");
    refuses("ctx.reject('a', 'b')", "rows can be given only by");
}

/* the same call throws the same dice */
static void chance(void **state)
{
    struct fake_call call = { 0 };
    struct tend_instance *plugin;
    const char *first;

    (void)state;
    assert_int_equal(run("return { note = math.random(1 << 30), key = 'n' }", &call, &plugin),
                     TEND_OK);
    first = fake_log(&call);
    fake_begin(&call, plugin, "policy");
    assert_int_equal(fake_policy(&call, "x"), TEND_OK);
    assert_string_equal(fake_log(&call), first);
    fake_begin(&call, plugin, "policy");
    call.ctx.now++;
    assert_int_equal(fake_policy(&call, "x"), TEND_OK);
    assert_string_not_equal(fake_log(&call), first);
    fake_end(&call);
    fake_unload(plugin);
    holds("local r = math.random(3) assert(r >= 1 and r <= 3 and math.random(7, 7) == 7)\n"
          "assert(math.random() < 1 and math.type(math.random(0)) == 'integer')\n"
          "math.randomseed(7) local a = math.random(1 << 40)\n"
          "math.randomseed(7) assert(a == math.random(1 << 40))\n"
          "local ok, e = pcall(function() math.random(0, -1) end)\n"
          "assert(e:find(\"#2 to 'random' (interval is empty)\", 1, true), e)\n"
          "ok, e = pcall(function() math.random({}) end)\n"
          "assert(e:find(\"#1 to 'random' (number expected\", 1, true), e)\n"
          "ok, e = pcall(function() math.random(1, 2, 3) end)\n"
          "assert(e:find('wrong number of arguments', 1, true), e)", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(persons), cmocka_unit_test(touches), cmocka_unit_test(people),
        cmocka_unit_test(states),  cmocka_unit_test(texts),   cmocka_unit_test(logging),
        cmocka_unit_test(closed),  cmocka_unit_test(chance),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
