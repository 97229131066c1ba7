/* The environment of a plugin, built from a list of what is allowed. Stock
 * functions that would escape the limits are replaced here. */
#include "lua/lua_console.h"
#include "lua/lua_state.h"
#include "plugin/runtime.h"
#include <lualib.h>
#include <string.h>

/* Of the base library; what is not named here is gone. */
static const char *const allowed[] = {
    "_VERSION", "assert",   "error",    "getmetatable", "ipairs", "next",
    "pairs",    "pcall",    "rawequal", "rawget",       "rawlen", "rawset",
    "select",   "tonumber", "tostring", "type",         NULL,
};

static const char *hint(const char *library, const char *name)
{
    if (strcmp(library, "io") == 0)
        return "the host opens files, a lead source gets them as input";
    if (strcmp(name, "time") == 0 || strcmp(name, "date") == 0 || strcmp(name, "clock") == 0)
        return "the time of a call is ctx.now";
    return "a plugin answers with effects, and the core acts";
}

/* Any use of `os` and `io`: no pcall can hide that it was tried. */
static int forbid(lua_State *L)
{
    const char *library = lua_tostring(L, lua_upvalueindex(1));
    const char *name = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "";

    tend_lua_breach(tend_lua_of(L), TEND_DENIED, "may not use %s%s%.40s: %s", library,
                    name[0] ? "." : "", name, hint(library, name));
    return tend_lua_stop(L);
}

static void push_forbidden(lua_State *L, const char *library)
{
    static const char *const events[] = { "__index", "__newindex", "__call", "__pairs",
                                          "__len",   "__tostring", NULL };

    lua_newuserdatauv(L, 0, 0);
    lua_newtable(L);
    for (const char *const *event = events; *event != NULL; event++) {
        lua_pushstring(L, library);
        lua_pushcclosure(L, forbid, 1);
        lua_setfield(L, -2, *event);
    }
    lua_pushstring(L, library);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
}

static int env_print(lua_State *L)
{
    struct tend_lua_frame *frame = tend_lua_of(L)->frame;
    int n = lua_gettop(L);
    luaL_Buffer text;

    for (int i = 1; i <= n; i++) { /* before the buffer: this may run the plugin */
        luaL_tolstring(L, i, NULL);
        lua_replace(L, i);
    }
    luaL_buffinit(L, &text);
    for (int i = 1; i <= n; i++) {
        if (i > 1)
            luaL_addchar(&text, '\t');
        lua_pushvalue(L, i);
        luaL_addvalue(&text);
    }
    luaL_pushresult(&text);
    if (frame->eval != NULL)
        frame->eval->host->print(frame->eval->data, tend_text_of(lua_tostring(L, -1)));
    else if (frame->ctx != NULL)
        frame->ctx->host->log(frame->ctx, 1, "%s", lua_tostring(L, -1));
    else
        tend_instance_log(tend_lua_of(L)->instance, 1, lua_tostring(L, -1));
    return 0;
}

static int env_collectgarbage(lua_State *L)
{
    const char *what = luaL_optstring(L, 1, "collect");

    if (strcmp(what, "count") != 0)
        return luaL_error(L, "collectgarbage(\"%s\") is not for plugins; \"count\" is", what);
    lua_pushnumber(L, (lua_Number)tend_lua_of(L)->held / 1024);
    return 1;
}

/* Finalizers run with hooks off, so there are none. One that is put into a
 * metatable later is never armed. */
static int env_setmetatable(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_argexpected(L, lua_isnoneornil(L, 2) || lua_istable(L, 2), 2, "nil or table");
    if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL)
        return luaL_error(L, "cannot change a protected metatable");
    if (lua_istable(L, 2)) {
        lua_pushliteral(L, "__gc");
        if (lua_rawget(L, 2) != LUA_TNIL)
            return luaL_error(L, "a metatable of a plugin may not have __gc");
    }
    lua_settop(L, 2);
    lua_setmetatable(L, 1);
    return 1;
}

/* As in stock Lua, an error of the handler is what xpcall gives back. */
static int handled(lua_State *L, int status, lua_KContext context)
{
    (void)L;
    (void)status;
    (void)context;
    return 2; /* false, and the answer of the handler */
}

static int xpcall_done(lua_State *L, int status, lua_KContext context)
{
    struct tend_lua_frame *frame = tend_lua_of(L)->frame;

    (void)context;
    if (status == LUA_OK || status == LUA_YIELD)
        return lua_gettop(L) - 2; /* past the handlers */
    lua_pushboolean(L, false);    /* handler, own, ..., message, false */
    lua_pushvalue(L, 1);
    lua_pushvalue(L, -3);
    lua_pushstring(L, frame->trace);
    return handled(L, lua_pcallk(L, 2, 1, 0, 0, handled), 0);
}

/* The handler of the plugin runs after the unwinding, where the hook can stop
 * it. It gets where the error was as a second argument. */
static int env_xpcall(lua_State *L)
{
    int n = lua_gettop(L) - 2;
    int status;

    luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_pushvalue(L, 2);
    lua_pushcfunction(L, tend_lua_trace);
    lua_pushboolean(L, true);
    lua_pushvalue(L, 1); /* f h args... | h own true f */
    lua_rotate(L, 3, 4);
    lua_remove(L, 1);
    lua_remove(L, 1); /* h own true f args... */
    status = lua_pcallk(L, n, LUA_MULTRET, 2, 0, xpcall_done);
    return xpcall_done(L, status, 0);
}

static void allow_base(lua_State *L)
{
    luaL_requiref(L, "_G", luaopen_base, 0); /* into the globals */
    lua_newtable(L); /* base, kept */
    for (const char *const *name = allowed; *name != NULL; name++) {
        lua_getfield(L, -2, *name);
        lua_setfield(L, -2, *name);
    }
    lua_pushvalue(L, -1);
    lua_setfield(L, -2, "_G");
    lua_pushvalue(L, -1);
    lua_rawseti(L, LUA_REGISTRYINDEX, LUA_RIDX_GLOBALS);
    lua_replace(L, -2); /* the new globals */
}

static void open_library(lua_State *L, const char *name, lua_CFunction open)
{
    lua_pushcfunction(L, open);
    lua_pushstring(L, name);
    lua_call(L, 1, 1);
    lua_setfield(L, -2, name);
}

/* The same call gives the same chance: a plugin has no dice of its own. They are set
 * when they are first asked for. Upvalue 1: the library's own randomseed. */
static void set_dice(lua_State *L, const struct tend_lua_frame *frame)
{
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_pushinteger(L, frame->ctx ? frame->ctx->now : 0);
    lua_pushinteger(L, frame->person);
    lua_call(L, 2, 0);
}

/* Looks at the arguments first, so that a message names this function. Upvalue 2: the
 * library's own random. */
static int env_random(lua_State *L)
{
    struct tend_lua_frame *frame = tend_lua_of(L)->frame;
    int n = lua_gettop(L);

    if (n > 2)
        return luaL_error(L, "wrong number of arguments");
    for (int i = 1; i <= n; i++)
        luaL_checkinteger(L, i);
    if (n == 2 || (n == 1 && lua_tointeger(L, 1) != 0))
        luaL_argcheck(L, (n == 1 ? 1 : lua_tointeger(L, 1)) <= lua_tointeger(L, n), n,
                      "interval is empty");
    if (!frame->seeded)
        set_dice(L, frame);
    frame->seeded = true;
    lua_pushvalue(L, lua_upvalueindex(2));
    lua_insert(L, 1);
    lua_call(L, n, 1);
    return 1;
}

static int env_randomseed(lua_State *L)
{
    tend_lua_of(L)->frame->seeded = true;
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
    return lua_gettop(L);
}

/* The globals are on the top of the stack. */
static void open_chance(lua_State *L)
{
    lua_getfield(L, -1, "math");
    lua_getfield(L, -1, "randomseed");
    lua_getfield(L, -2, "random");
    lua_pushvalue(L, -2);
    lua_insert(L, -2);
    lua_pushcclosure(L, env_random, 2);
    lua_setfield(L, -3, "random");
    lua_pushcclosure(L, env_randomseed, 1);
    lua_setfield(L, -2, "randomseed");
    lua_pop(L, 1);
}

void tend_lua_open(lua_State *L)
{
    static const luaL_Reg replaced[] = {
        { "print", env_print },
        { "collectgarbage", env_collectgarbage },
        { "load", tend_lua_load },
        { "setmetatable", env_setmetatable },
        { "xpcall", env_xpcall },
        { NULL, NULL },
    };

    allow_base(L);
    luaL_setfuncs(L, replaced, 0);
    open_library(L, "string", luaopen_string);
    open_library(L, "table", luaopen_table);
    open_library(L, "utf8", luaopen_utf8);
    open_library(L, "math", luaopen_math);
    open_chance(L);
    push_forbidden(L, "os");
    lua_setfield(L, -2, "os");
    push_forbidden(L, "io");
    lua_setfield(L, -2, "io");
    lua_pop(L, 1);
    tend_lua_open_libraries(L);
    tend_lua_open_coroutine(L);
    tend_lua_open_require(L);
    tend_lua_open_functions(L);
}
