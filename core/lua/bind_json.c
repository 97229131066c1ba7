/* Any value as JSON, for --json at the Lua prompt and what is sent to a service: a list is an array, another
 * table an object, a person an id; what JSON has no form for is null. */
#include "lua/lua_state.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DEEP 40                     /* a table within itself ends here */
#define MOST (8 * 1024 * 1024)      /* bytes */

static void add(lua_State *L, int index, struct tend_buffer *out, int depth);

static struct tend_text text_at(lua_State *L, int index)
{
    size_t len;
    const char *at = lua_tolstring(L, index, &len);

    return (struct tend_text){ at, (int64_t)len };
}

/* 1..n and nothing else. */
static bool is_list(lua_State *L, int index)
{
    lua_Integer n = (lua_Integer)lua_rawlen(L, index), members = 0;

    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1))
        members++;
    return members == n;
}

static void add_list(lua_State *L, int index, struct tend_buffer *out, int depth)
{
    lua_Integer n = (lua_Integer)lua_rawlen(L, index);

    tend_buffer_addc(out, '[');
    for (lua_Integer i = 1; i <= n; i++) {
        if (i > 1)
            tend_buffer_addc(out, ',');
        lua_rawgeti(L, index, i);
        add(L, lua_gettop(L), out, depth);
        lua_pop(L, 1);
    }
    tend_buffer_addc(out, ']');
}

/* As text. A copy: lua_next needs the key as it is. Runs nothing of the chunk's. */
static void push_key(lua_State *L, int index)
{
    int type = lua_type(L, index);

    if (type == LUA_TBOOLEAN) {
        lua_pushstring(L, lua_toboolean(L, index) ? "true" : "false");
    } else if (type == LUA_TSTRING || type == LUA_TNUMBER) {
        lua_pushvalue(L, index);
        lua_tostring(L, -1);
    } else {
        lua_pushstring(L, luaL_typename(L, index));
    }
}

struct member {
    struct tend_text name;
    lua_Integer key;            /* where the key as it is stands in the table of keys */
};

static int by_name(const void *a, const void *b)
{
    const struct tend_text *x = &((const struct member *)a)->name;
    const struct tend_text *y = &((const struct member *)b)->name;
    int order = memcmp(x->at, y->at, (size_t)(x->len < y->len ? x->len : y->len));

    return order != 0 ? order : (x->len > y->len) - (x->len < y->len);
}

/* Pushes the keys, with their names behind each, and what is to be sorted by these. */
static struct member *push_members(lua_State *L, int index, lua_Integer *n)
{
    struct member *list;
    int keys = lua_gettop(L) + 1;

    *n = 0;
    lua_newtable(L);
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
        lua_pushvalue(L, -2);
        lua_rawseti(L, keys, 2 * *n + 1);
        push_key(L, -2);
        lua_rawseti(L, keys, 2 * *n + 2);
        ++*n;
    }
    list = lua_newuserdatauv(L, (size_t)*n * sizeof *list, 0);
    for (lua_Integer i = 0; i < *n; i++) {
        lua_rawgeti(L, keys, 2 * i + 2);
        list[i] = (struct member){ text_at(L, -1), 2 * i + 1 };
        lua_pop(L, 1);
    }
    return list;
}

/* By the alphabet: the order of a Lua table is chance. */
static void add_object(lua_State *L, int index, struct tend_buffer *out, int depth)
{
    int top = lua_gettop(L);
    lua_Integer n;
    struct member *list = push_members(L, index, &n);

    qsort(list, (size_t)n, sizeof *list, by_name);
    for (lua_Integer i = 0; i < n; i++) {
        tend_buffer_addc(out, i == 0 ? '{' : ',');
        tend_buffer_json(out, list[i].name);
        tend_buffer_addc(out, ':');
        lua_rawgeti(L, top + 1, list[i].key);
        lua_rawget(L, index);
        add(L, lua_gettop(L), out, depth);
        lua_pop(L, 1);
    }
    tend_buffer_addc(out, '}');
    lua_settop(L, top);
}

static void add_number(lua_State *L, int index, struct tend_buffer *out)
{
    if (lua_isinteger(L, index))
        tend_buffer_addf(out, "%lld", (long long)lua_tointeger(L, index));
    else if (isfinite(lua_tonumber(L, index)))
        tend_buffer_addf(out, "%.17g", lua_tonumber(L, index));
    else
        tend_buffer_adds(out, "null");
}

static void add(lua_State *L, int index, struct tend_buffer *out, int depth)
{
    const tend_id *person = luaL_testudata(L, index, "tend.person");

    luaL_checkstack(L, 12, "a value too deep for JSON");
    if (out->len > MOST)
        luaL_error(L, "a value of more than %d MB of JSON", MOST / (1024 * 1024));
    if (person != NULL)
        tend_buffer_addf(out, "%lld", (long long)*person);
    else if (lua_type(L, index) == LUA_TSTRING)
        tend_buffer_json(out, text_at(L, index));
    else if (lua_type(L, index) == LUA_TNUMBER)
        add_number(L, index, out);
    else if (lua_type(L, index) == LUA_TBOOLEAN)
        tend_buffer_adds(out, lua_toboolean(L, index) ? "true" : "false");
    else if (lua_type(L, index) != LUA_TTABLE || depth >= DEEP)
        tend_buffer_adds(out, "null");
    else if (is_list(L, index))
        add_list(L, index, out, depth + 1);
    else
        add_object(L, index, out, depth + 1);
}

void tend_lua_json(lua_State *L, int first, int last, struct tend_buffer *out)
{
    if (last < first) {
        tend_buffer_adds(out, "null");
    } else if (last == first) {
        add(L, lua_absindex(L, first), out, 0);
    } else {
        for (int i = first; i <= last; i++) {
            tend_buffer_addc(out, i == first ? '[' : ',');
            add(L, i, out, 0);
        }
        tend_buffer_addc(out, ']');
    }
}
