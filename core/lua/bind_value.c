/* How values cross between Lua and C, decided here once for all bindings. */
#include "lua/lua_state.h"

void tend_lua_push_text(lua_State *L, struct tend_text text)
{
    if (text.len > 0)
        lua_pushlstring(L, text.at, (size_t)text.len);
    else
        lua_pushnil(L);
}

static int set_tostring(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    lua_pushliteral(L, "");
    for (lua_Integer i = 1; lua_rawgeti(L, 1, i) == LUA_TSTRING; i++) {
        if (i > 1) {
            lua_pushliteral(L, ",");
            lua_insert(L, -2);
        }
        lua_concat(L, i > 1 ? 3 : 2);
    }
    lua_pop(L, 1);
    return 1;
}

void tend_lua_push_set(lua_State *L, struct tend_text text)
{
    struct tend_text word;
    lua_Integer n = 0;

    lua_newtable(L);
    while (tend_text_cut(&text, ",", &word)) {
        if (word.len == 0)
            continue;
        lua_pushlstring(L, word.at, (size_t)word.len);
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, ++n);
        lua_pushboolean(L, true);
        lua_rawset(L, -3);
    }
    if (luaL_newmetatable(L, "tend.set")) {
        lua_pushcfunction(L, set_tostring);
        lua_setfield(L, -2, "__tostring");
        lua_pushliteral(L, "set");
        lua_setfield(L, -2, "__metatable");
    }
    lua_setmetatable(L, -2);
}

bool tend_lua_to_text(lua_State *L, int index, struct tend_text *out)
{
    size_t len = 0;

    switch (lua_type(L, index)) {
    case LUA_TBOOLEAN:
        *out = lua_toboolean(L, index) ? TEND_TEXT("yes") : TEND_TEXT("");
        return true;
    case LUA_TNUMBER:
    case LUA_TSTRING:
        out->at = lua_tolstring(L, index, &len);
        out->len = (int64_t)len;
        return true;
    default:
        return false;
    }
}

const char *tend_lua_to_str(lua_State *L, int index, const char *what)
{
    struct tend_text text;

    if (!tend_lua_to_text(L, index, &text))
        luaL_error(L, "%s is %s%s; expected a text", what, lua_isnoneornil(L, index) ? "" : "a ",
                   lua_isnoneornil(L, index) ? "missing" : luaL_typename(L, index));
    if (memchr(text.at, '\0', (size_t)text.len) != NULL)
        luaL_error(L, "%s has a NUL byte in it", what);
    return text.at;
}

const char *tend_lua_to_words(lua_State *L, int index, const char *what)
{
    lua_Integer n = 0;

    index = lua_absindex(L, index);
    if (!lua_istable(L, index)) {
        lua_pushvalue(L, index);
        return tend_lua_to_str(L, -1, what);
    }
    lua_pushliteral(L, "");
    while (lua_rawgeti(L, index, ++n) != LUA_TNIL) {
        tend_lua_to_str(L, -1, what);
        if (n > 1) {
            lua_pushliteral(L, " ");
            lua_insert(L, -2);
        }
        lua_concat(L, n > 1 ? 3 : 2);
    }
    lua_pop(L, 1);
    return lua_tostring(L, -1);
}

tend_id tend_lua_to_person(lua_State *L, int index, const char *what)
{
    const tend_id *object = luaL_testudata(L, index, "tend.person");
    int is = 0;
    lua_Integer id = object ? *object : lua_tointegerx(L, index, &is);

    if ((object == NULL && (!is || lua_type(L, index) != LUA_TNUMBER)) || id < 0)
        luaL_error(L, "%s is a %s; expected a person or an id", what, luaL_typename(L, index));
    return id;
}
