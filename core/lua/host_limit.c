/* The limits: an allocator with a cap, and a hook that looks at the clock and
 * stops by a yield. An error would not do: pcall catches it, and handlers run
 * with hooks off. A stopped coroutine is never run or closed again. */
#include "base/clock.h"
#include "base/interrupt.h"
#include "lua/lua_host.h"
#include "lua/lua_state.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define BIG_BLOCK (256 * 1024)  /* one that makes single instructions slow */
#define TIMED_BLOCK (64 * 1024) /* one that is worth a look at the clock */
#define SLOW_TICK INT64_C(2000) /* microseconds between two looks: too long */
#define TEND_LUA_STACK (6u << 20) /* bytes of the stack of one coroutine */
#define STACK_FIRST 640           /* its first slots */
#define STACK_SPARE 80
#define CHAIN_STACK (256u << 10)
#define GRACE INT64_C(150000)
#define FEW_LOOKS 64

static void arm(struct tend_lua *lua, int count)
{
    if (lua->running != NULL && lua_gethookcount(lua->running) > count)
        lua_sethook(lua->running, tend_lua_hook, LUA_MASKCOUNT, count);
}

void tend_lua_breach(struct tend_lua *lua, tend_status code, const char *fmt, ...)
{
    struct tend_lua_frame *frame = lua->frame;
    size_t len;
    va_list args;

    if (frame == NULL || frame->over)
        return;
    frame->over = frame->breach = true;
    frame->code = code;
    va_start(args, fmt);
    vsnprintf(frame->text, sizeof frame->text, fmt, args);
    va_end(args);
    if (lua->running == NULL)
        return;
    len = strlen(frame->text);
    tend_lua_where(lua->running, frame->trace, sizeof frame->trace);
    if (frame->trace[0])
        snprintf(frame->text + len, sizeof frame->text - len, " (at %s)", frame->trace);
    arm(lua, TEND_LUA_TICK_STOP);
}

/* Is the call past its budget? The first time after few looks the machine was
 * busy elsewhere, or the plugin sat in something slow: it gets a little more. */
static bool late(struct tend_lua *lua)
{
    struct tend_lua_frame *frame = lua->frame;
    int64_t now = tend_clock_ticks(), grace = frame->budget / 2;

    if (tend_interrupted() && !frame->over) {
        frame->over = true;
        frame->code = TEND_CANCELLED;
        snprintf(frame->text, sizeof frame->text, "interrupted: nothing was written");
        return true;
    }
    frame->looks++;
    if (now - frame->last > SLOW_TICK)
        arm(lua, TEND_LUA_TICK_SLOW);
    frame->last = now;
    if (now < frame->deadline)
        return false;
    if (!frame->second_look && frame->looks < FEW_LOOKS) {
        frame->second_look = true;
        frame->deadline = now + (grace < GRACE ? grace : GRACE);
        return false;
    }
    tend_lua_breach(lua, TEND_TIMEOUT, "took longer than %lld ms and was stopped",
                    (long long)(frame->budget / 1000));
    return true;
}

/* Lua collects all garbage after a refusal and asks for the same again. If it
 * did not, or was refused again, the plugin went on without what it wanted. */
void tend_lua_pressed(struct tend_lua *lua)
{
    tend_lua_breach(lua, TEND_LIMIT,
                    "asked for more memory than a plugin may hold (%d MB) and was"
                    " stopped",
                    (int)(lua->most / (1024 * 1024)));
}

/* A stack of 40 slots doubles again and again, with five spare ones behind. One
 * that grows where no instruction was counted for long is a chain of __call,
 * which moves the whole stack for each link. */
static bool is_deep(const struct tend_lua_frame *frame, size_t size)
{
    size_t doubled = (size - STACK_SPARE) / STACK_FIRST;

    if (size < CHAIN_STACK || size != doubled * STACK_FIRST + STACK_SPARE ||
        (doubled & (doubled - 1)) != 0)
        return false;
    return size > TEND_LUA_STACK || tend_clock_ticks() - frame->last > 10 * SLOW_TICK;
}

bool tend_lua_trial(struct tend_lua *lua, int64_t growths, int64_t steps)
{
    bool struck = lua->struck;

    lua->tried = growths >= 0 || steps >= 0;
    lua->struck = false;
    lua->growths = growths;
    lua->steps = steps;
    return struck;
}

int tend_lua_tick(const struct tend_lua *lua)
{
    int tick = lua->heavy ? TEND_LUA_TICK_HEAVY : TEND_LUA_TICK;

    /* never 1, which marks a coroutine that is stopped for good */
    return lua->tried && lua->steps >= 0 && lua->steps < tick ? (int)lua->steps + 2 : tick;
}

/* Whatever is asked for once the growths are used up; asked again, it is a breach. */
static bool is_starved(struct tend_lua *lua, size_t size)
{
    if (!lua->tried || lua->growths < 0)
        return false;
    if (lua->growths > 0) {
        lua->growths--;
        return false;
    }
    if (lua->pressed != 0)
        tend_lua_pressed(lua);
    lua->pressed = size;
    return lua->struck = true;
}

static bool refuses(struct tend_lua *lua, size_t old, size_t size)
{
    struct tend_lua_frame *frame = lua->frame;
    size_t more = size - old;

    if (frame == NULL) /* the host's own, small */
        return lua->held + more > 2 * lua->most;
    if (is_starved(lua, size))
        return true;
    if (is_deep(frame, size)) {
        tend_lua_breach(lua, TEND_LIMIT, "recursed deeper than a plugin may and was stopped");
        return true;
    }
    if (lua->held + more > lua->most) {
        if (lua->pressed != 0 || size > lua->most)
            tend_lua_pressed(lua);
        else if (!frame->over)
            late(lua);
        lua->pressed = size;
        return true;
    }
    if (lua->pressed != 0 && lua->pressed != size)
        tend_lua_pressed(lua);
    lua->pressed = 0;
    if (size > BIG_BLOCK && !lua->heavy) {
        lua->heavy = true;
        arm(lua, TEND_LUA_TICK_HEAVY);
    }
    if (!frame->over && (size > TIMED_BLOCK || ++lua->grown % 1024 == 0))
        late(lua);
    return frame->over && size > TIMED_BLOCK;
}

void *tend_lua_allocate(void *data, void *at, size_t old, size_t size)
{
    struct tend_lua *lua = data;
    void *block;

    if (at == NULL)
        old = 0; /* then it is the type of the object */
    if (size == 0) {
        free(at);
        lua->held -= old;
        return NULL;
    }
    if (size > old && refuses(lua, old, size))
        return NULL;
    block = realloc(at, size);
    if (block == NULL)
        return size <= old ? at : NULL;
    lua->held = lua->held - old + size;
    if (lua->held > lua->peak)
        lua->peak = lua->held;
    return block;
}

int tend_lua_stop(lua_State *L)
{
    lua_sethook(L, tend_lua_hook, LUA_MASKCOUNT, TEND_LUA_TICK_STOP);
    if (lua_isyieldable(L))
        return lua_yield(L, 0);
    return luaL_error(L, "stopped"); /* inside sort, gsub...: comes again at once */
}

/* On trial time is up after a number of instructions: the same at every run. */
static void count_steps(lua_State *L, struct tend_lua *lua)
{
    int count = lua_gethookcount(L);

    if (lua->steps >= count) {
        lua->steps -= count;
        lua_sethook(L, tend_lua_hook, LUA_MASKCOUNT, tend_lua_tick(lua));
        return;
    }
    lua->steps = 0;
    lua->struck = true;
    tend_lua_breach(lua, TEND_TIMEOUT, "took longer than %lld ms and was stopped",
                    (long long)(lua->frame->budget / 1000));
}

void tend_lua_hook(lua_State *L, lua_Debug *ar)
{
    struct tend_lua *lua = tend_lua_of(L);

    (void)ar;
    if (lua->tried && lua->steps >= 0 && !lua->frame->over)
        count_steps(L, lua);
    if (lua->frame->over || late(lua))
        tend_lua_stop(L);
}

void tend_lua_check(lua_State *L)
{
    struct tend_lua *lua = tend_lua_of(L);

    if (lua->frame->over || late(lua))
        tend_lua_stop(L);
}

int tend_lua_halt(lua_State *L, tend_status code)
{
    struct tend_lua_frame *frame = tend_lua_of(L)->frame;

    if (!frame->over) {
        frame->over = frame->told = true;
        frame->code = code;
    }
    return tend_lua_stop(L);
}

void tend_lua_renew(struct tend_lua *lua)
{
    struct tend_lua_frame *frame = lua->frame;

    frame->last = tend_clock_ticks();
    frame->deadline = frame->last + frame->budget;
    frame->second_look = false;
    frame->looks = 0;
}

void tend_lua_handed(struct tend_lua *lua, int64_t since)
{
    struct tend_lua_frame *frame = lua->frame;

    if (tend_call_paid(frame->ctx)) {
        tend_lua_renew(lua);
        return;
    }
    frame->last = tend_clock_ticks();
    frame->deadline += frame->last - since;
}
