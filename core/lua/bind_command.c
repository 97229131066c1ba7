/* The Lua table of a command: command = "name", args = { { "who", "person", help = ... } },
 * flags, examples, fields, writes, run = function(ctx, args). */
#include "lua/lua_state.h"

struct command {
    struct tend_command_record record;
    struct tend_lua *lua;
    int function;
    const char *what; /* `command "dormant"`, for messages */
};

/* --- a call --------------------------------------------------------------- */

static int push(lua_State *L, struct tend_lua_frame *frame)
{
    const struct command *self = frame->self;

    lua_rawgeti(L, LUA_REGISTRYINDEX, self->function);
    tend_lua_push_ctx(L);
    lua_newtable(L);
    tend_lua_push_values(L, frame->ctx, self->record.args);
    tend_lua_push_values(L, frame->ctx, self->record.flags);
    return 2;
}

static void take(lua_State *L, struct tend_lua_frame *frame, int first)
{
    const struct command *self = frame->self;

    tend_lua_emit_answer(L, first, self->what);
}

/* Of one person: what it does without naming anybody is about them. */
static tend_id about(const struct command *self, struct tend_ctx *ctx)
{
    const struct tend_command_arg *const *arg = self->record.args;

    for (; arg != NULL && *arg != NULL; arg++)
        if (strcmp((*arg)->type, "person") == 0)
            return ctx->command->number(ctx, (*arg)->name);
    return 0;
}

static tend_status command_run(struct tend_ctx *ctx)
{
    const struct command *self = tend_lua_self(ctx);
    struct tend_lua_frame frame = {
        .push = push, .take = take, .results = 1, .self = self, .ctx = ctx,
        .person = about(self, ctx),
    };

    return tend_lua_call(self->lua, &frame);
}

/* --- the declaration ------------------------------------------------------ */

/* { { "dormant 30", "who was not reached for 30 days" } } */
static const char *const *read_examples(lua_State *L, int index, const char *what)
{
    const char **list = NULL;
    int64_t n = tend_lua_open_list(L, index, what, "examples");

    if (n >= 0)
        list = tend_lua_take(L, (2 * (size_t)n + 1) * sizeof *list);
    what = tend_lua_keep(L, "%s: examples", what);
    for (int64_t i = 0; i < n; i++) {
        if (lua_rawgeti(L, -1, i + 1) != LUA_TTABLE)
            luaL_error(L, "%s: expected entries as { \"line\", \"what it does\" }", what);
        list[2 * i] = tend_lua_kept_at(L, lua_gettop(L), 1, what);
        list[2 * i + 1] = tend_lua_kept_at(L, lua_gettop(L), 2, what);
        if (list[2 * i] == NULL || list[2 * i + 1] == NULL)
            luaL_error(L, "%s: expected entries as { \"line\", \"what it does\" }", what);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return list;
}

void tend_lua_bind_command(lua_State *L, int index)
{
    static const char *const keys[] = { "api",   "args",    "author", "command", "examples",
                                        "fields", "flags",  "group",  "license", "limits", "more",
                                        "needs", "requires", "run",     "summary", "tests",  "title",
                                        "url",   "version", "writes", NULL };
    struct command *self = tend_lua_take(L, sizeof *self);
    struct tend_command_record *record = &self->record;
    const char *what;

    record->size = sizeof *record;
    record->name = tend_lua_needed(L, index, "a command", "command");
    self->what = what = tend_lua_keep(L, "command \"%s\"", record->name);
    tend_lua_kind_keys(L, index, what, keys);
    record->summary = tend_lua_field(L, index, what, "summary", NULL);
    record->group = tend_lua_field(L, index, what, "group", NULL);
    record->more = tend_lua_field(L, index, what, "more", NULL);
    record->fields = tend_lua_words(L, index, what, "fields");
    record->writes = tend_lua_is_true(L, index, what, "writes");
    record->args = tend_lua_args(L, index, what, "args");
    record->flags = tend_lua_args(L, index, what, "flags");
    record->examples = read_examples(L, index, what);
    self->function = tend_lua_function(L, index, what, "run");
    if (self->function == LUA_NOREF)
        luaL_error(L, "%s: run is missing; expected function(ctx, args)", what);
    self->lua = tend_lua_of(L);
    record->run = command_run;
    tend_lua_provide(L, "command", record, self);
}
