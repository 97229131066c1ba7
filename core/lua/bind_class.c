/* Metatables of the host's objects, closed to the plugin, and the check that a
 * call is going on. */
#include "lua/lua_state.h"

void tend_lua_class(lua_State *L, const char *type, const luaL_Reg *functions)
{
    luaL_newmetatable(L, type);
    luaL_setfuncs(L, functions, 0);
    lua_pushstring(L, strrchr(type, '.') + 1);
    lua_pushvalue(L, -1);
    lua_setfield(L, -3, "__name");
    lua_setfield(L, -2, "__metatable");
    lua_pop(L, 1);
}

struct tend_lua_frame *tend_lua_in_call(lua_State *L)
{
    struct tend_lua_frame *frame = tend_lua_of(L)->frame;

    if (frame->ctx == NULL)
        luaL_error(L, "there is nothing to read while a plugin loads; do it in a call");
    return frame;
}
