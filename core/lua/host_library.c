/* string, table and utf8 with a check before what a hook cannot interrupt: one
 * C function may not run for long. The checks stand in the tables themselves,
 * since methods of a text are found there. */
#include "lua/lua_state.h"
#include <stdint.h>
#include <string.h>

#define PATTERN_MOST 1e8 /* steps of about a nanosecond */
#define PATTERN_SLOW 1e6
#define PATTERN_ENDLESS 1e15 /* days: no matter of a longer text */
#define LONG_TEXT 4096       /* from here on a look at the clock costs nothing */
#define QUOTE_MOST (1024 * 1024)
#define LIST_MOST 1100000    /* more than memory could hold */
#define LONG_LIST 10000

/* The stock function, called on the same stack, so that its own messages and
 * results are what they were. */
static int stock(lua_State *L)
{
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

/* Where find and match begin, as stock Lua counts; past the end: len + 1. */
static int64_t begin_of(lua_State *L, int64_t len)
{
    lua_Integer init = luaL_optinteger(L, 3, 1);

    if (init == 0 || init < -len)
        return 1;
    if (init < 0)
        return len + init + 1;
    return init > len + 1 ? len + 1 : init;
}

static struct tend_text check_text(lua_State *L, int arg)
{
    size_t len;
    const char *at = luaL_checklstring(L, arg, &len);

    return (struct tend_text){ at, (int64_t)len };
}

/* Before what takes milliseconds: if time runs out in it, the machine is not to
 * blame, and there is no second look. */
static void check_slow(lua_State *L)
{
    tend_lua_of(L)->frame->second_look = true;
    tend_lua_check(L);
}

static void check_pattern(lua_State *L, int64_t n, bool anchor, bool many)
{
    struct tend_text pattern = check_text(L, 2);
    double cost = tend_lua_pattern_cost(pattern, n, anchor, many);

    if (cost > PATTERN_ENDLESS) {
        tend_lua_breach(tend_lua_of(L), TEND_TIMEOUT,
                        "was stopped before a pattern that would not"
                        " come to an end on %lld characters: \"%.60s\"",
                        (long long)n, pattern.at);
        tend_lua_stop(L);
    }
    if (cost > PATTERN_MOST)
        luaL_error(L,
                   "the pattern \"%s\" may take too long on a text of %I characters:"
                   " anchor it with ^, or say what a part may not match ([^,]* for .-)",
                   pattern.len > 60 ? "..." : pattern.at, (LUAI_UACINT)n);
    if (cost > PATTERN_SLOW)
        check_slow(L);
    else if (cost > LONG_TEXT)
        tend_lua_check(L);
}

static int find_plain(lua_State *L)
{
    struct tend_text text = check_text(L, 1), what = check_text(L, 2);
    int64_t begin = begin_of(L, text.len);
    const char *found;

    if (luaL_optinteger(L, 3, 1) > text.len + 1)
        found = NULL;
    else if (what.len == 0)
        found = text.at + begin - 1;
    else /* memmem is linear, the stock search is not */
        found =
            memmem(text.at + begin - 1, (size_t)(text.len - begin + 1), what.at, (size_t)what.len);
    if (found == NULL) {
        lua_pushnil(L);
        return 1;
    }
    lua_pushinteger(L, found - text.at + 1);
    lua_pushinteger(L, found - text.at + what.len);
    return 2;
}

static int string_find(lua_State *L)
{
    struct tend_text text = check_text(L, 1), pattern = check_text(L, 2);

    if (text.len > LONG_TEXT)
        tend_lua_check(L);
    if (lua_toboolean(L, 4) || strcspn(pattern.at, "^$*+?.([%-") == (size_t)pattern.len)
        return find_plain(L);
    check_pattern(L, text.len - begin_of(L, text.len) + 1, true, false);
    return stock(L);
}

static int string_match(lua_State *L)
{
    int64_t len = check_text(L, 1).len;

    check_pattern(L, len - begin_of(L, len) + 1, true, false);
    return stock(L);
}

static int string_gmatch(lua_State *L)
{
    check_pattern(L, check_text(L, 1).len, false, true);
    return stock(L);
}

static int string_gsub(lua_State *L)
{
    check_pattern(L, check_text(L, 1).len, true, true);
    return stock(L);
}

/* Fills by doubling; the stock one counts to n even where nothing is added. */
static int string_rep(lua_State *L)
{
    struct tend_text text = check_text(L, 1), sep = { "", 0 };
    lua_Integer n = luaL_checkinteger(L, 2);
    size_t piece, total, done;
    luaL_Buffer buffer;
    char *out;

    if (!lua_isnoneornil(L, 3))
        sep = check_text(L, 3);
    piece = (size_t)(text.len + sep.len);
    if (n <= 0 || piece == 0) {
        lua_pushliteral(L, "");
        return 1;
    }
    if ((uint64_t)n > (uint64_t)INT64_MAX / piece)
        return luaL_error(L, "resulting string too large");
    total = piece * (size_t)n - (size_t)sep.len;
    out = luaL_buffinitsize(L, &buffer, total + (size_t)sep.len);
    memcpy(out, text.at, (size_t)text.len);
    memcpy(out + text.len, sep.at, (size_t)sep.len);
    for (done = piece; done < total; done *= 2)
        memcpy(out + done, out, done < total - done ? done : total - done);
    luaL_pushresultsize(&buffer, total);
    return 1;
}

/* %q writes a text character by character. */
static int string_format(lua_State *L)
{
    bool quotes = strstr(luaL_checkstring(L, 1), "q") != NULL;

    for (int i = 2; i <= lua_gettop(L); i++) {
        if (lua_type(L, i) != LUA_TSTRING || lua_rawlen(L, i) <= LONG_TEXT)
            continue;
        if (quotes && lua_rawlen(L, i) > QUOTE_MOST)
            return luaL_error(L, "format: %%q of a text longer than %d bytes", QUOTE_MOST);
        check_slow(L);
    }
    return stock(L);
}

/* Functions that go once over a text. */
static int over_text(lua_State *L)
{
    if (lua_type(L, 1) == LUA_TSTRING && lua_rawlen(L, 1) > LONG_TEXT)
        tend_lua_check(L);
    return stock(L);
}

static void check_count(lua_State *L, lua_Integer n)
{
    if (n > LIST_MOST)
        luaL_error(L, "a list of %I values is longer than a plugin may handle at once (%d)",
                   (LUAI_UACINT)n, LIST_MOST);
    if (n > LONG_LIST * 10)
        check_slow(L);
    else if (n > LONG_LIST)
        tend_lua_check(L);
}

/* How many from `from` to `to`, without overflow. */
static void check_range(lua_State *L, lua_Integer from, lua_Integer to)
{
    if (to >= from)
        check_count(L, (uint64_t)to - (uint64_t)from < LIST_MOST ? to - from + 1
                                                                 : (lua_Integer)LIST_MOST + 1);
}

/* Functions that go over a list: what they take is a length that __len can lie
 * about, and bounds that the plugin gives. */
static int over_list(lua_State *L)
{
    if (lua_istable(L, 1))
        check_count(L, luaL_len(L, 1));
    return stock(L);
}

static int table_concat(lua_State *L)
{
    if (lua_istable(L, 1))
        check_range(L, luaL_optinteger(L, 3, 1),
                    lua_isnoneornil(L, 4) ? luaL_len(L, 1) : luaL_checkinteger(L, 4));
    return stock(L);
}

static int table_move(lua_State *L)
{
    check_range(L, luaL_checkinteger(L, 2), luaL_checkinteger(L, 3));
    return stock(L);
}

static int less(lua_State *L)
{
    struct tend_lua *lua = tend_lua_of(L);

    if (++lua->grown % 256 == 0 || (lua_type(L, 1) == LUA_TSTRING && lua_rawlen(L, 1) > LONG_TEXT))
        tend_lua_check(L);
    lua_pushboolean(L, lua_compare(L, 1, 2, LUA_OPLT));
    return 1;
}

static int table_sort(lua_State *L)
{
    if (lua_istable(L, 1))
        check_count(L, luaL_len(L, 1));
    if (lua_isnoneornil(L, 2)) {
        lua_settop(L, 1);
        lua_pushcfunction(L, less);
    }
    return stock(L);
}

/* Puts each of ours before the stock function of that name. */
static void guard(lua_State *L, const char *library, const luaL_Reg *functions)
{
    lua_getglobal(L, library);
    for (; functions->name != NULL; functions++) {
        lua_getfield(L, -1, functions->name);
        lua_pushcclosure(L, functions->func, 1);
        lua_setfield(L, -2, functions->name);
    }
    lua_pop(L, 1);
}

void tend_lua_open_libraries(lua_State *L)
{
    static const luaL_Reg string[] = {
        { "byte", over_text },   { "find", string_find },  { "format", string_format },
        { "gmatch", string_gmatch },
        { "gsub", string_gsub }, { "lower", over_text },   { "match", string_match },
        { "rep", string_rep },   { "reverse", over_text }, { "upper", over_text },
        { NULL, NULL },
    };
    static const luaL_Reg table[] = {
        { "concat", table_concat },
        { "insert", over_list },
        { "move", table_move },
        { "remove", over_list },
        { "sort", table_sort },
        { "unpack", over_list },
        { NULL, NULL },
    };
    static const luaL_Reg utf8[] = {
        { "codepoint", over_text }, { "codes", over_text }, { "len", over_text },
        { "offset", over_text },    { NULL, NULL },
    };

    guard(L, "string", string);
    guard(L, "table", table);
    guard(L, "utf8", utf8);
    lua_getglobal(L, "string");
    lua_pushnil(L);
    lua_setfield(L, -2, "dump");
    lua_pop(L, 1);
}
