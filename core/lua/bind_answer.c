/* A Lua function(ctx, event) whose answer is effects: what a policy's run and
 * a stage set's rule have in common. */
#include "lua/lua_state.h"

static int push(lua_State *L, struct tend_lua_frame *frame)
{
    const struct tend_lua_answer *answer = frame->self;

    lua_rawgeti(L, LUA_REGISTRYINDEX, answer->function);
    tend_lua_push_ctx(L);
    tend_lua_push_event(L);
    return 2;
}

static void take(lua_State *L, struct tend_lua_frame *frame, int first)
{
    const struct tend_lua_answer *answer = frame->self;

    tend_lua_emit_answer(L, first, answer->who);
}

tend_status tend_lua_ask(const struct tend_lua_answer *answer, struct tend_ctx *ctx,
                         const struct tend_event *event)
{
    struct tend_lua_frame frame;

    tend_lua_frame_clear(&frame);
    frame.push = push;
    frame.take = take;
    frame.results = 1;
    frame.self = answer;
    frame.ctx = ctx;
    frame.event = event;
    frame.person = event->person;
    frame.last = tend_lua_began(ctx);
    return tend_lua_call(answer->lua, &frame);
}
