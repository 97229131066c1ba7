/* string, table and utf8 as guarded: they behave as the stock functions, but
 * for what would take too long. Covers host_library.c. */
#include "fake.h"

static void finds(void **state)
{
    (void)state;
    fake_holds(
        "local function same(...) local a, b, c = ... assert(a == b, tostring(a) .. ' ' .. "
        "tostring(b)) end\n"
        "local function pair(x, y, ...) assert(x == select(1, ...) and y == select(2, ...)) end\n"
        "pair(2, 3, ('abc'):find('bc')) pair(2, 3, ('abc'):find('bc', 1, true))\n"
        "pair(nil, nil, ('abc'):find('x')) pair(1, 0, ('abc'):find('')) pair(4, 3, "
        "('abc'):find('', 4))\n"
        "pair(nil, nil, ('abc'):find('', 5)) pair(4, 3, ('abc'):find('', 10 - 6))\n"
        "pair(3, 3, ('aaa'):find('a', 3)) pair(3, 3, ('aaa'):find('a', -1)) pair(1, 1, "
        "('aaa'):find('a', -9))\n"
        "pair(1, 1, ('aaa'):find('a', 0)) pair(nil, nil, ('aaa'):find('a', 4))\n"
        "pair(2, 3, ('a.b'):find('.b', 1, true)) pair(1, 0, (''):find('')) pair(nil, nil, "
        "(''):find('a'))\n"
        "pair(2, 2, ('a\\0b'):find('\\0', 1, true)) pair(1, 1, string.find(123, 1))\n"
        "same(('key=value'):match('(%w+)=(%w+)'), 'key') same(('  x '):match('^%s*(.-)%s*$'), "
        "'x')\n"
        "same(('abc'):match('b', -2), 'b') same(('hello'):gsub('l', 'L'), 'heLLo')\n"
        "same(select(2, ('a b c'):gsub('%w', '%0%0')), 3)\n"
        "local n = 0 for w in ('one two'):gmatch('%a+') do n = n + #w end same(n, 6)\n"
        "assert(not pcall(string.find) and not pcall(string.find, 'a', '[') and not "
        "pcall(string.match, {}, 'a'))");
}

static void repeats(void **state)
{
    (void)state;
    fake_holds("assert(('ab'):rep(3) == 'ababab' and ('ab'):rep(3, ',') == 'ab,ab,ab' and "
               "('x'):rep(1) == 'x')\n"
               "assert(('x'):rep(0) == '' and ('x'):rep(-1, ',') == '' and (''):rep(5) == '')\n"
               "assert((''):rep(3, ',') == ',,' and (''):rep(1 << 62) == '' and ('x'):rep(1, ',') "
               "== 'x')\n"
               "for n = 1, 70 do assert(#('abc'):rep(n, '--') == 5 * n - 2) end\n"
               "assert(('abc'):rep(5, '--') == 'abc--abc--abc--abc--abc')");
    fake_raises("return ('abc'):rep(math.maxinteger)", "resulting string too large");
    fake_raises("return ('abc'):rep('x')", "number expected, got string");
}

static void tables(void **state)
{
    (void)state;
    fake_holds(
        "local t = { 3, 1, 2 } table.sort(t) assert(table.concat(t, ',') == '1,2,3')\n"
        "table.sort(t, function(a, b) return a > b end) assert(table.concat(t, ',') == '3,2,1')\n"
        "table.sort({ 'b', 'a' }, nil) assert(not pcall(table.sort, { 1, 'a' }))\n"
        "table.insert(t, 4) table.insert(t, 1, 0) assert(table.concat(t, '', 2, 4) == '321')\n"
        "assert(table.remove(t) == 4 and table.remove(t, 1) == 0 and #t == 3)\n"
        "assert(select('#', table.unpack({ 1, nil, 3 }, 1, 3)) == 3 and table.pack(1, 2).n == 2)\n"
        "assert(table.move({ 1, 2, 3 }, 1, 3, 2)[3] == 2 and table.concat({}) == '')\n"
        "assert(utf8.len('hé') == 2 and utf8.codepoint('é') == 233 and utf8.char(233) == 'é')\n"
        "assert(#('%q'):format('x') == 3 and ('abc'):upper() == 'ABC' and ('abc'):byte(-1) == 99)\n"
        "local big = {} for i = 1, 5000 do big[i] = (i * 7919) % 5003 end table.sort(big)\n"
        "for i = 2, 5000 do assert(big[i - 1] <= big[i]) end");
    fake_raises("table.move({}, 1, math.maxinteger - 1, 2)",
                "is longer than a plugin may handle at once");
    fake_raises("table.concat({}, '', math.mininteger, math.maxinteger)",
                "is longer than a plugin may");
    fake_raises("table.insert(setmetatable({}, { __len = function() return 1 << 50 end }), 1, 1)",
                "is longer than a plugin may");
    fake_raises("table.insert(7, 1)", "table expected, got number");
}

/* refused patterns say what to do, and can be caught; plain find is exempt */
static void patterns(void **state)
{
    (void)state;
    fake_raises(
        "return (('a'):rep(100000)):find('.-b')",
        "the pattern \".-b\" may take too long on a text of 100000 characters: anchor it with ^");
    fake_raises("return string.gsub(('a'):rep(3000), '.-.-b', '')", "may take too long");
    fake_raises("for x in (('a'):rep(3000)):gmatch('(.-)(.-)b') do end", "may take too long");
    fake_holds("local s = ('a b,'):rep(100000)\n"
               "assert(not pcall(string.match, s, '.-x'))\n"
               "assert(s:find('x', 1, true) == nil and s:find('b,a') == 3)\n"
               "assert(select(2, s:gsub('%s+', ' ')) == 100000)\n"
               "local n = 0 for piece in s:gmatch('[^,]+') do n = n + 1 end assert(n == 100000)\n"
               "assert(#s:match('^(.*),$') == 399999)\n"
               "assert(s:find('.-x', -10) == nil)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds),
        cmocka_unit_test(repeats),
        cmocka_unit_test(tables),
        cmocka_unit_test(patterns),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
