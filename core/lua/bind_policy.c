/* policy = "name", on = ..., run = function(ctx, event): a C record whose
 * function leads into Lua. */
#include "lua/lua_state.h"

struct policy {
    struct tend_policy record;
    struct tend_lua *lua;
    int run;
    const char *who; /* `policy "followup": run`, for messages */
};

static int push_run(lua_State *L, struct tend_lua_frame *frame)
{
    const struct policy *self = frame->self;

    lua_rawgeti(L, LUA_REGISTRYINDEX, self->run);
    tend_lua_push_ctx(L);
    tend_lua_push_event(L);
    return 2;
}

static void take_run(lua_State *L, struct tend_lua_frame *frame, int first)
{
    const struct policy *self = frame->self;

    tend_lua_emit_answer(L, first, self->who);
}

static tend_status policy_run(struct tend_ctx *ctx, const struct tend_event *event)
{
    const struct policy *self = tend_lua_self(ctx);
    struct tend_lua_frame frame = {
        .push = push_run,
        .take = take_run,
        .results = 1,
        .self = self,
        .ctx = ctx,
        .event = event,
        .person = event->person,
    };

    return tend_lua_call(self->lua, &frame);
}

void tend_lua_bind_policy(lua_State *L, int index)
{
    static const char *const keys[] = { "api",    "author",  "license", "needs", "on",
                                        "policy", "run",     "summary", "tests", "title",
                                        "url",    "version", NULL };
    struct policy *self = tend_lua_take(L, sizeof *self);
    const char *what;

    self->record.size = sizeof self->record;
    self->record.name = tend_lua_needed(L, index, "a policy", "policy");
    what = tend_lua_keep(L, "policy \"%s\"", self->record.name);
    tend_lua_known_keys(L, index, what, keys);
    self->record.on = tend_lua_words(L, index, what, "on");
    self->run = tend_lua_function(L, index, what, "run");
    if (self->record.on == NULL || self->record.on[0] == '\0')
        luaL_error(L,
                   "%s: on is missing; expected the events that it answers,"
                   " as { \"touch.logged\" }",
                   what);
    if (self->run == LUA_NOREF)
        luaL_error(L, "%s: run is missing; expected function(ctx, event)", what);
    self->record.run = policy_run;
    self->lua = tend_lua_of(L);
    self->who = tend_lua_keep(L, "%s: run", what);
    tend_lua_provide(L, "policy", &self->record, self);
}
