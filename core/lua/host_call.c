/* Calling into a plugin: each call is a coroutine of its own, so that an error, a
 * refused allocation and a stop all come back here, and become one status with a
 * text. One that came to its end by itself serves the next call too. */
#include "base/clock.h"
#include "lua/lua_state.h"
#include "plugin/runtime.h"
#include <stdio.h>
#include <string.h>

#define TRACE_LEVELS 24 /* looked at */
#define TRACE_MOST 4    /* named */

static const char idle; /* a key of the registry: the coroutine that waits */

void *tend_lua_self(struct tend_ctx *ctx)
{
    return tend_call_self(ctx);
}

const void *tend_lua_record(struct tend_ctx *ctx)
{
    return tend_call_record(ctx);
}

const char *tend_lua_slot(struct tend_ctx *ctx)
{
    const char *text = tend_call_error(ctx);

    return text[0] ? text : "the host refused it without saying why";
}

void tend_lua_check_denied(lua_State *L, struct tend_ctx *ctx)
{
    const char *denied = tend_call_denied(ctx);

    if (denied != NULL)
        luaL_error(L, "%s", denied);
}

void tend_lua_read_done(lua_State *L)
{
    tend_call_read_done(tend_lua_of(L)->frame->ctx);
}

void tend_lua_forgive(struct tend_ctx *ctx)
{
    tend_call_forgive(ctx);
}

void tend_lua_provide(lua_State *L, const char *kind, const void *record, void *self)
{
    struct tend_error err = { 0 };

    if (tend_instance_provide(tend_lua_of(L)->instance, kind, record, self, &err) != TEND_OK)
        luaL_error(L, "%s", err.text);
}

int tend_lua_resume(struct tend_lua *lua, lua_State *from, lua_State *co, int n, int *results)
{
    lua_State *outer = lua->running;
    int status;

    lua->running = co;
    status = lua_resume(co, from, n, results);
    lua->running = outer;
    return status;
}

void tend_lua_where(lua_State *L, char *out, size_t size)
{
    size_t len = 0;
    int named = 0;
    lua_Debug ar;

    out[0] = '\0';
    for (int level = 0; level < TRACE_LEVELS && named < TRACE_MOST && len < size; level++) {
        if (!lua_getstack(L, level, &ar))
            break;
        lua_getinfo(L, "Sl", &ar);
        if (ar.currentline <= 0)
            continue;
        len += (size_t)snprintf(out + len, size - len, "%s%s:%d", named++ ? ", " : "", ar.short_src,
                                ar.currentline);
    }
}

int tend_lua_trace(lua_State *L)
{
    struct tend_lua_frame *frame = tend_lua_of(L)->frame;

    if (!frame->over)
        tend_lua_where(L, frame->trace, sizeof frame->trace);
    return 1; /* the message, as it is */
}

/* The text of an error: with its place in front, and who called behind. */
static void say(struct tend_lua_frame *frame, const char *text)
{
    const char *callers = strchr(frame->trace, ',');
    size_t first = callers ? (size_t)(callers - frame->trace) : strlen(frame->trace);
    bool placed = first == 0 || strncmp(text, frame->trace, first) == 0;

    if (frame->over)
        return;
    snprintf(frame->text, sizeof frame->text, "%.*s%s%s%s%s%s", placed ? 0 : (int)first,
             frame->trace, placed ? "" : ": ", text, callers ? " (called from" : "",
             callers ? callers + 1 : "", callers ? ")" : "");
    frame->code = TEND_INVALID;
}

/* Of a table, say: the address that Lua would print helps nobody. */
static const char *textless(lua_State *L, char out[48])
{
    snprintf(out, 48, "an error that is a %s", luaL_typename(L, -1));
    return lua_isnil(L, -1) ? "an error without a text" : out;
}

/* What a coroutine ended with. Nothing here may raise: text as it lies there. */
static void say_raised(lua_State *L, struct tend_lua_frame *frame, int status)
{
    struct tend_lua *lua = tend_lua_of(L);
    char type[48];

    if (status == LUA_ERRMEM)
        tend_lua_pressed(lua);
    else
        say(frame, lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : textless(L, type));
}

/* In the coroutine, after the plugin's function has come to its end. */
static int entered(lua_State *L, int status, lua_KContext context)
{
    struct tend_lua_frame *frame = tend_lua_of(L)->frame;
    char type[48];

    (void)context;
    if (status == LUA_ERRMEM) {
        say_raised(L, frame, status);
    } else if (status != LUA_OK && status != LUA_YIELD) {
        /* __tostring may run code of the plugin */
        bool plain = lua_isstring(L, -1) || lua_isboolean(L, -1);

        if (plain || luaL_getmetafield(L, -1, "__tostring") != LUA_TNIL)
            say(frame, luaL_tolstring(L, plain ? -1 : -2, NULL));
        else
            say(frame, textless(L, type));
    } else if (frame->take != NULL) {
        frame->trace[0] = '\0';
        frame->take(L, frame, 2);
    }
    return 0;
}

static int enter(lua_State *L)
{
    struct tend_lua_frame *frame = tend_lua_of(L)->frame;
    int n;

    lua_pushcfunction(L, tend_lua_trace);
    n = frame->push(L, frame);
    return entered(L, lua_pcallk(L, n, frame->results, 1, 0, entered), 0);
}

/* Whether co came to its end by itself: nothing is left in it, and it can serve again. */
static bool go(struct tend_lua *lua, struct tend_lua_frame *frame, lua_State *co)
{
    int status, n = 0;

    frame->co = co;
    lua_sethook(co, tend_lua_hook, LUA_MASKCOUNT, tend_lua_tick(lua));
    lua_pushcfunction(co, enter);
    status = tend_lua_resume(lua, lua->L, co, 0, &n);
    if (status != LUA_OK && status != LUA_YIELD)
        say_raised(co, frame, status);
    if (status != LUA_OK || frame->over)
        return false;
    lua_settop(co, 0);
    return true;
}

/* With a fresh coroutine, which is kept for the next call if that is no call within a
 * call; otherwise it is dropped, never closed. */
static int run(lua_State *L)
{
    struct tend_lua *lua = tend_lua_of(L);
    lua_State *co = lua_newthread(L);

    if (go(lua, lua->frame, co) && lua->frame->outer == NULL) {
        lua_rawsetp(L, LUA_REGISTRYINDEX, &idle);
        lua->idle = co;
    }
    return 0;
}

/* In the coroutine of the last call. Nothing of this raises: it has room for one function. */
static void run_again(struct tend_lua *lua, struct tend_lua_frame *frame)
{
    if (go(lua, frame, lua->idle))
        return;
    lua->idle = NULL;
    lua_pushnil(lua->L);
    lua_rawsetp(lua->L, LUA_REGISTRYINDEX, &idle); /* the key is there: no memory is needed */
}

static void start_clock(struct tend_lua *lua, struct tend_lua_frame *frame)
{
    if (frame->last == 0)
        tend_lua_renew(lua);
    else
        frame->deadline = frame->last + frame->budget;
}

tend_status tend_lua_call(struct tend_lua *lua, struct tend_lua_frame *frame)
{
    int top = lua_gettop(lua->L), status = LUA_OK;

    frame->outer = lua->frame;
    frame->serial = ++lua->serial;
    frame->budget = frame->ctx ? tend_call_budget(frame->ctx) : TEND_LUA_LOAD_BUDGET;
    lua->frame = frame;
    start_clock(lua, frame);
    if (frame->outer == NULL && lua->idle != NULL) {
        run_again(lua, frame);
    } else {
        lua_pushcfunction(lua->L, run);
        status = lua_pcall(lua->L, 0, 0, 0);
    }
    if (status != LUA_OK) /* not even the coroutine could be made */
        say_raised(lua->L, frame, status);
    lua_settop(lua->L, top);
    if (lua->pressed != 0)
        tend_lua_pressed(lua);
    lua->pressed = 0;
    lua->frame = frame->outer;
    if (frame->code != TEND_OK && frame->ctx != NULL && !frame->told)
        tend_call_fail(frame->ctx, frame->code, frame->breach, frame->text);
    return frame->code;
}

int64_t tend_lua_began(struct tend_ctx *ctx)
{
    return tend_call_began(ctx);
}
