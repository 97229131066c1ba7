/* policy = "name", on = ..., run = function(ctx, event): a C record whose
 * function leads into Lua. */
#include "lua/lua_state.h"

struct policy {
    struct tend_policy record;
    struct tend_lua_answer answer; /* `policy "followup": run`, for messages */
};

static tend_status policy_run(struct tend_ctx *ctx, const struct tend_event *event)
{
    const struct policy *self = tend_lua_self(ctx);

    return tend_lua_ask(&self->answer, ctx, event);
}

void tend_lua_bind_policy(lua_State *L, int index)
{
    static const char *const keys[] = { "api",    "author",  "license", "limits", "needs", "requires", "on",
                                        "policy", "run",     "summary", "tests", "title",
                                        "url",    "version", NULL };
    struct policy *self = tend_lua_take(L, sizeof *self);
    const char *what;

    self->record.size = sizeof self->record;
    self->record.name = tend_lua_needed(L, index, "a policy", "policy");
    what = tend_lua_keep(L, "policy \"%s\"", self->record.name);
    tend_lua_kind_keys(L, index, what, keys);
    self->record.on = tend_lua_words(L, index, what, "on");
    self->answer.function = tend_lua_function(L, index, what, "run");
    if (self->record.on == NULL || self->record.on[0] == '\0')
        luaL_error(L,
                   "%s: on is missing; expected the events that it answers,"
                   " as { \"touch.logged\" }",
                   what);
    if (self->answer.function == LUA_NOREF)
        luaL_error(L, "%s: run is missing; expected function(ctx, event)", what);
    self->record.run = policy_run;
    self->answer.lua = tend_lua_of(L);
    self->answer.who = tend_lua_keep(L, "%s: run", what);
    tend_lua_provide(L, "policy", &self->record, self);
}
