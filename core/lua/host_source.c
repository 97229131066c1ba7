/* Source text becomes a function: read in small pieces with a look at the clock
 * before each, since no hook runs while Lua parses, and a long chain of branches
 * takes time that grows with its square. */
#include "lua/lua_state.h"

#define PIECE 512

struct source {
    struct tend_text rest;
    bool more; /* the function at index 1 gives the next part, kept at PART */
};

enum { PART = 5 };

static bool next_part(lua_State *L, struct source *source)
{
    size_t len;

    luaL_checkstack(L, 2, "too many nested functions");
    lua_pushvalue(L, 1);
    lua_call(L, 0, 1);
    source->more = !lua_isnil(L, -1);
    if (source->more && !lua_isstring(L, -1))
        luaL_error(L, "reader function must return a string");
    lua_replace(L, PART);
    source->rest.at = source->more ? lua_tolstring(L, PART, &len) : "";
    source->rest.len = source->more ? (int64_t)len : 0;
    source->more = source->rest.len > 0;
    return source->more;
}

static const char *read_piece(lua_State *L, void *data, size_t *size)
{
    struct source *source = data;
    const char *at;

    if (tend_lua_of(L)->frame != NULL)
        tend_lua_check(L);
    if (source->rest.len == 0 && (!source->more || !next_part(L, source))) {
        *size = 0;
        return NULL;
    }
    at = source->rest.at;
    *size = source->rest.len < PIECE ? (size_t)source->rest.len : PIECE;
    source->rest.at += *size;
    source->rest.len -= (int64_t)*size;
    return at;
}

int tend_lua_load_text(lua_State *L, struct tend_text text, const char *chunk)
{
    struct source source = { text, false };

    return lua_load(L, read_piece, &source, chunk, "t");
}

/* load: text only; the environment is the plugin's unless it gives one. */
int tend_lua_load(lua_State *L)
{
    struct source source = { { "", 0 }, false };
    bool given = !lua_isnone(L, 4);
    const char *chunk;
    size_t len;

    if (lua_isstring(L, 1)) {
        source.rest.at = lua_tolstring(L, 1, &len);
        source.rest.len = (int64_t)len;
        chunk = luaL_optstring(L, 2, source.rest.at);
    } else {
        luaL_checktype(L, 1, LUA_TFUNCTION);
        chunk = luaL_optstring(L, 2, "=(load)");
        source.more = true;
    }
    lua_settop(L, PART);
    if (lua_load(L, read_piece, &source, chunk, "t") != LUA_OK) {
        luaL_pushfail(L);
        lua_insert(L, -2);
        return 2;
    }
    if (given) {
        lua_pushvalue(L, 4);
        if (lua_setupvalue(L, -2, 1) == NULL)
            lua_pop(L, 1);
    }
    return 1;
}
