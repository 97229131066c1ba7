/* The coroutine library, written anew: a stop inside a coroutine goes on
 * through whoever resumed it, and what was stopped is never resumed or closed,
 * since closing runs code of the plugin. */
#include "lua/lua_state.h"

#define CLOSE_DEEP 64 /* __close that closes a coroutine that has one that... */

static bool was_stopped(lua_State *co)
{
    return lua_gethookcount(co) == TEND_LUA_TICK_STOP;
}

static lua_State *check_coroutine(lua_State *L)
{
    lua_State *co = lua_tothread(L, 1);

    luaL_argexpected(L, co != NULL, 1, "coroutine");
    return co;
}

static const char *status_of(lua_State *L, lua_State *co)
{
    lua_Debug ar;

    if (L == co)
        return "running";
    if (was_stopped(co))
        return "dead";
    if (lua_status(co) == LUA_YIELD)
        return "suspended";
    if (lua_status(co) != LUA_OK)
        return "dead";
    if (lua_getstack(co, 0, &ar))
        return "normal";
    return lua_gettop(co) == 0 ? "dead" : "suspended";
}

/* The number of results, or -1 with an error on the top of L. */
static int resume(lua_State *L, lua_State *co, int n)
{
    struct tend_lua *lua = tend_lua_of(L);
    const char *status = status_of(L, co);
    int results = 0, ended;

    if (status[0] != 's') {
        lua_pushfstring(L, "cannot resume %s coroutine",
                        status[0] == 'd' ? "dead" : "non-suspended");
        return -1;
    }
    if (!lua_checkstack(co, n)) {
        lua_pushliteral(L, "too many arguments to resume");
        return -1;
    }
    lua_xmove(L, co, n);
    ended = tend_lua_resume(lua, L, co, n, &results);
    if (lua->frame->over)
        tend_lua_stop(L);
    if (ended != LUA_OK && ended != LUA_YIELD) {
        lua_xmove(co, L, 1);
        return -1;
    }
    if (!lua_checkstack(L, results + 1)) {
        lua_pop(co, results);
        lua_pushliteral(L, "too many results to resume");
        return -1;
    }
    lua_xmove(co, L, results);
    return results;
}

/* Runs what is to be closed in a coroutine that is not running. Its error, or
 * nothing, is left on the top of co. */
static int reset(lua_State *L, lua_State *co)
{
    struct tend_lua *lua = tend_lua_of(L);
    lua_State *outer = lua->running;
    int status;

    if (lua->closing >= CLOSE_DEEP)
        return luaL_error(L, "coroutines that close each other too deep");
    lua->closing++;
    lua->running = co;
    status = lua_resetthread(co);
    lua->running = outer;
    lua->closing--;
    if (lua->frame->over)
        tend_lua_stop(L);
    return status;
}

static int co_create(lua_State *L)
{
    lua_State *co;

    luaL_checktype(L, 1, LUA_TFUNCTION);
    co = lua_newthread(L); /* with the hook of L */
    lua_pushvalue(L, 1);
    lua_xmove(L, co, 1);
    return 1;
}

static int co_resume(lua_State *L)
{
    lua_State *co = check_coroutine(L);
    int n = resume(L, co, lua_gettop(L) - 1);

    lua_pushboolean(L, n >= 0);
    lua_insert(L, n >= 0 ? -(n + 1) : -2);
    return n >= 0 ? n + 1 : 2;
}

static int wrapped(lua_State *L)
{
    lua_State *co = lua_tothread(L, lua_upvalueindex(1));
    int n = resume(L, co, lua_gettop(L));

    if (n >= 0)
        return n;
    if (lua_status(co) != LUA_OK && lua_status(co) != LUA_YIELD && !was_stopped(co)) {
        lua_pop(L, 1);
        lua_pushvalue(L, lua_upvalueindex(1));
        reset(L, co);
        lua_xmove(co, L, 1);
    }
    if (lua_type(L, -1) == LUA_TSTRING) {
        luaL_where(L, 1);
        lua_insert(L, -2);
        lua_concat(L, 2);
    }
    return lua_error(L);
}

static int co_wrap(lua_State *L)
{
    co_create(L);
    lua_pushcclosure(L, wrapped, 1);
    return 1;
}

/* The first coroutine of a call is the host's: to the plugin it is no coroutine. */
static bool outermost(lua_State *L)
{
    return tend_lua_of(L)->frame->co == L;
}

static int co_yield (lua_State *L)
{
    if (outermost(L))
        return luaL_error(L, "there is nothing to yield to: this is not inside a coroutine");
    return lua_yield(L, lua_gettop(L));
}

static int co_isyieldable(lua_State *L)
{
    lua_State *co = lua_isthread(L, 1) ? lua_tothread(L, 1) : L;

    lua_pushboolean(L, !outermost(co) && lua_isyieldable(co));
    return 1;
}

static int co_running(lua_State *L)
{
    lua_pushthread(L);
    lua_pushboolean(L, outermost(L));
    return 2;
}

static int co_status(lua_State *L)
{
    lua_pushstring(L, status_of(L, check_coroutine(L)));
    return 1;
}

static int co_close(lua_State *L)
{
    lua_State *co = check_coroutine(L);
    const char *status = status_of(L, co);

    if (status[0] != 's' && status[0] != 'd')
        return luaL_error(L, "cannot close a %s coroutine", status);
    if (was_stopped(co)) {
        lua_pushboolean(L, true);
        return 1;
    }
    if (reset(L, co) == LUA_OK) {
        lua_pushboolean(L, true);
        return 1;
    }
    lua_pushboolean(L, false);
    lua_xmove(co, L, 1);
    return 2;
}

void tend_lua_open_coroutine(lua_State *L)
{
    static const luaL_Reg functions[] = {
        { "close", co_close },   { "create", co_create },   { "isyieldable", co_isyieldable },
        { "resume", co_resume }, { "running", co_running }, { "status", co_status },
        { "wrap", co_wrap },     { "yield", co_yield },     { NULL, NULL },
    };

    luaL_newlib(L, functions);
    lua_setglobal(L, "coroutine");
}
