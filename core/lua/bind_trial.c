/* selftest = function(ctx): what a plugin says of itself when it is tested: nothing or
 * true, or false and why. An error says why, too. */
#include "lua/lua_state.h"

static int push_selftest(lua_State *L, struct tend_lua_frame *frame)
{
    (void)frame;
    lua_rawgeti(L, LUA_REGISTRYINDEX, tend_lua_of(L)->selftest);
    tend_lua_push_ctx(L);
    return 1;
}

static void take_selftest(lua_State *L, struct tend_lua_frame *frame, int first)
{
    (void)frame;
    if (lua_isboolean(L, first) && !lua_toboolean(L, first))
        luaL_error(L, "%s", lua_isstring(L, first + 1) ? lua_tostring(L, first + 1)
                                                       : "selftest returned false");
}

tend_status tend_lua_selftest(struct tend_lua *lua, struct tend_ctx *ctx)
{
    struct tend_lua_frame frame = { .push = push_selftest, .take = take_selftest, .results = 2,
                                    .ctx = ctx };

    return lua->selftest == LUA_NOREF ? TEND_UNSUPPORTED : tend_lua_call(lua, &frame);
}

void tend_lua_bind_trial(lua_State *L, int index, const char *what)
{
    tend_lua_of(L)->selftest = tend_lua_function(L, index, what, "selftest");
}
