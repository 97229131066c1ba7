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

static void push_people(lua_State *L, struct tend_ctx *ctx, const char *name)
{
    tend_id person;

    lua_newtable(L);
    for (lua_Integer i = 0; (person = ctx->command->person(ctx, name, i)) != 0; i++) {
        tend_lua_push_person(L, person);
        lua_rawseti(L, -2, i + 1);
    }
}

static void push_value(lua_State *L, struct tend_ctx *ctx, const struct tend_command_arg *arg)
{
    const struct tend_command_api *command = ctx->command;

    if (command->text(ctx, arg->name).len == 0)
        lua_pushnil(L);
    else if (strcmp(arg->type, "person") == 0)
        tend_lua_push_person(L, command->number(ctx, arg->name));
    else if (strcmp(arg->type, "people") == 0)
        push_people(L, ctx, arg->name);
    else if (strcmp(arg->type, "flag") == 0)
        lua_pushboolean(L, true);
    else if (strcmp(arg->type, "number") == 0 || strcmp(arg->type, "time") == 0 ||
             strcmp(arg->type, "task") == 0)
        lua_pushinteger(L, command->number(ctx, arg->name));
    else
        tend_lua_push_text(L, command->text(ctx, arg->name));
}

static void push_values(lua_State *L, struct tend_ctx *ctx,
                        const struct tend_command_arg *const *list)
{
    for (; list != NULL && *list != NULL; list++) {
        push_value(L, ctx, *list);
        lua_setfield(L, -2, (*list)->name);
    }
}

static int push(lua_State *L, struct tend_lua_frame *frame)
{
    const struct command *self = frame->self;

    lua_rawgeti(L, LUA_REGISTRYINDEX, self->function);
    tend_lua_push_ctx(L);
    lua_newtable(L);
    push_values(L, frame->ctx, self->record.args);
    push_values(L, frame->ctx, self->record.flags);
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

static bool is_true(lua_State *L, int index, const char *what, const char *key)
{
    bool is;
    int type;

    lua_pushstring(L, key);
    type = lua_rawget(L, index);
    if (type != LUA_TNIL && type != LUA_TBOOLEAN)
        luaL_error(L, "%s: %s is a %s; expected true or false", what, key, lua_typename(L, type));
    is = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return is;
}

/* The text at place i of a list, kept; NULL if there is none. */
static const char *kept_at(lua_State *L, int index, int i, const char *what)
{
    const char *text = NULL;
    int type = lua_rawgeti(L, index, i);

    if (type != LUA_TNIL && type != LUA_TSTRING)
        luaL_error(L, "%s: [%d] is a %s; expected a text", what, i, lua_typename(L, type));
    if (type == LUA_TSTRING)
        text = tend_lua_keep(L, "%s", tend_lua_to_str(L, -1, what));
    lua_pop(L, 1);
    return text;
}

static void drop_places(lua_State *L, int index, int n)
{
    for (int i = 1; i <= n; i++) {
        lua_pushnil(L);
        lua_rawseti(L, index, i);
    }
}

/* { "days", "number", help = "...", optional = true } */
static const void *read_arg(lua_State *L, const char *what)
{
    static const char *const keys[] = { "choices", "help", "keyword", "optional", "past", NULL };
    struct tend_command_arg *arg = tend_lua_take(L, sizeof *arg);
    int entry = lua_gettop(L);

    if (!lua_istable(L, entry))
        luaL_error(L, "%s: expected entries as { \"days\", \"number\", help = \"...\" }", what);
    arg->size = sizeof *arg;
    arg->name = kept_at(L, entry, 1, what);
    arg->type = kept_at(L, entry, 2, what);
    if (arg->name == NULL)
        luaL_error(L, "%s: an entry has no name; expected { \"days\", \"number\", help = \"...\" }",
                   what);
    if (arg->type == NULL)
        arg->type = "flag";
    drop_places(L, entry, 2);
    what = tend_lua_keep(L, "%s: \"%s\"", what, arg->name);
    tend_lua_known_keys(L, entry, what, keys);
    arg->help = tend_lua_field(L, entry, what, "help", NULL);
    arg->choices = tend_lua_words(L, entry, what, "choices");
    if (is_true(L, entry, what, "optional"))
        arg->how |= TEND_ARG_OPTIONAL;
    if (is_true(L, entry, what, "keyword"))
        arg->how |= TEND_ARG_KEYWORD;
    if (is_true(L, entry, what, "past"))
        arg->how |= TEND_ARG_PAST;
    return arg;
}

/* Pushes the list under `key`; how many it has, -1 if there is none. */
static int64_t open_list(lua_State *L, int index, const char *what, const char *key)
{
    int type;

    lua_pushstring(L, key);
    type = lua_rawget(L, index);
    if (type != LUA_TNIL && type != LUA_TTABLE)
        luaL_error(L, "%s: %s is a %s; expected a list", what, key, lua_typename(L, type));
    return type == LUA_TTABLE ? (int64_t)lua_rawlen(L, -1) : -1;
}

static const struct tend_command_arg *const *read_args(lua_State *L, int index, const char *what,
                                                       const char *key)
{
    const struct tend_command_arg **list = NULL;
    int64_t n = open_list(L, index, what, key);

    if (n >= 0)
        list = tend_lua_take(L, ((size_t)n + 1) * sizeof *list);
    for (int64_t i = 0; i < n; i++) {
        lua_rawgeti(L, -1, i + 1);
        list[i] = read_arg(L, tend_lua_keep(L, "%s: %s", what, key));
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return list;
}

/* { { "dormant 30", "who was not reached for 30 days" } } */
static const char *const *read_examples(lua_State *L, int index, const char *what)
{
    const char **list = NULL;
    int64_t n = open_list(L, index, what, "examples");

    if (n >= 0)
        list = tend_lua_take(L, (2 * (size_t)n + 1) * sizeof *list);
    what = tend_lua_keep(L, "%s: examples", what);
    for (int64_t i = 0; i < n; i++) {
        if (lua_rawgeti(L, -1, i + 1) != LUA_TTABLE)
            luaL_error(L, "%s: expected entries as { \"line\", \"what it does\" }", what);
        list[2 * i] = kept_at(L, lua_gettop(L), 1, what);
        list[2 * i + 1] = kept_at(L, lua_gettop(L), 2, what);
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
                                        "fields", "flags",  "group",  "license", "more",
                                        "needs", "run",     "summary", "tests",  "title",
                                        "url",   "version", "writes", NULL };
    struct command *self = tend_lua_take(L, sizeof *self);
    struct tend_command_record *record = &self->record;
    const char *what;

    record->size = sizeof *record;
    record->name = tend_lua_needed(L, index, "a command", "command");
    self->what = what = tend_lua_keep(L, "command \"%s\"", record->name);
    tend_lua_known_keys(L, index, what, keys);
    record->summary = tend_lua_field(L, index, what, "summary", NULL);
    record->group = tend_lua_field(L, index, what, "group", NULL);
    record->more = tend_lua_field(L, index, what, "more", NULL);
    record->fields = tend_lua_words(L, index, what, "fields");
    record->writes = is_true(L, index, what, "writes");
    record->args = read_args(L, index, what, "args");
    record->flags = read_args(L, index, what, "flags");
    record->examples = read_examples(L, index, what);
    self->function = tend_lua_function(L, index, what, "run");
    if (self->function == LUA_NOREF)
        luaL_error(L, "%s: run is missing; expected function(ctx, args)", what);
    self->lua = tend_lua_of(L);
    record->run = command_run;
    tend_lua_provide(L, "command", record, self);
}
