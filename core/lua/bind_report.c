/* The Lua table of a report: report = "name", title, options = { month = { "word", help = ... } },
 * fields, run = function(ctx, options), which returns a list of rows. */
#define TEND_UNSTABLE
#include "lua/lua_state.h"
#include <tend/x/report.h>

struct report {
    struct tend_report record;
    struct tend_lua *lua;
    int function;
    const char *what; /* `report "funnel"`, for messages */
};

static int push(lua_State *L, struct tend_lua_frame *frame)
{
    const struct report *self = frame->self;

    lua_rawgeti(L, LUA_REGISTRYINDEX, self->function);
    tend_lua_push_ctx(L);
    lua_newtable(L);
    tend_lua_push_values(L, frame->ctx, self->record.options);
    return 2;
}

/* { row = { ... } } as a command writes it is the row itself. */
static void emit_row(lua_State *L)
{
    int at = lua_gettop(L);

    lua_pushliteral(L, "row");
    if (lua_rawget(L, at) == LUA_TTABLE) {
        lua_pop(L, 1);
        tend_lua_emit(L, at);
        return;
    }
    lua_pop(L, 1);
    lua_createtable(L, 0, 1);
    lua_pushvalue(L, at);
    lua_setfield(L, -2, "row");
    tend_lua_emit(L, at + 1);
    lua_settop(L, at);
}

static void take(lua_State *L, struct tend_lua_frame *frame, int first)
{
    const struct report *self = frame->self;
    int type = lua_type(L, first);
    lua_Integer n;

    if (type == LUA_TNIL || type == LUA_TNONE)
        return;
    if (type != LUA_TTABLE)
        luaL_error(L, "%s: run returned a %s; expected a list of rows", self->what,
                   lua_typename(L, type));
    n = (lua_Integer)lua_rawlen(L, first);
    lua_pushnil(L);
    if (n == 0 && lua_next(L, first))
        luaL_error(L, "%s: run returned one table; expected a list of rows, { { ... }, { ... } }",
                   self->what);
    lua_settop(L, first);
    for (lua_Integer i = 1; i <= n; i++) {
        if (lua_rawgeti(L, first, i) != LUA_TTABLE)
            luaL_error(L, "%s: run returned a list with a %s in it; expected rows", self->what,
                       luaL_typename(L, -1));
        emit_row(L);
        lua_settop(L, first);
    }
}

static tend_status report_run(struct tend_ctx *ctx)
{
    const struct report *self = tend_lua_self(ctx);
    struct tend_lua_frame frame = {
        .push = push, .take = take, .results = 1, .self = self, .ctx = ctx,
    };

    return tend_lua_call(self->lua, &frame);
}

void tend_lua_bind_report(lua_State *L, int index)
{
    static const char *const keys[] = { "api",     "author", "fields", "license", "limits", "needs", "requires",
                                        "options", "report", "run",    "summary", "tests",
                                        "title",   "url",    "version", NULL };
    struct report *self = tend_lua_take(L, sizeof *self);
    struct tend_report *record = &self->record;
    const char *what;

    record->size = sizeof *record;
    record->name = tend_lua_needed(L, index, "a report", "report");
    self->what = what = tend_lua_keep(L, "report \"%s\"", record->name);
    tend_lua_kind_keys(L, index, what, keys);
    record->title = tend_lua_needed(L, index, what, "title");
    record->options = tend_lua_options(L, index, what, "options");
    record->fields = tend_lua_words(L, index, what, "fields");
    self->function = tend_lua_function(L, index, what, "run");
    if (self->function == LUA_NOREF)
        luaL_error(L, "%s: run is missing; expected function(ctx, options)", what);
    self->lua = tend_lua_of(L);
    record->run = report_run;
    tend_lua_provide(L, "report", record, self);
}
