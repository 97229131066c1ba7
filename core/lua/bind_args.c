/* What a command or a report takes: its declaration in Lua tables, and the values
 * that were given, as the plugin gets them. */
#include "lua/lua_state.h"

#define OPTIONS_MOST 32

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

void tend_lua_push_values(lua_State *L, struct tend_ctx *ctx,
                          const struct tend_command_arg *const *list)
{
    for (; list != NULL && *list != NULL; list++) {
        push_value(L, ctx, *list);
        lua_setfield(L, -2, (*list)->name);
    }
}

/* --- the declaration ------------------------------------------------------ */

bool tend_lua_is_true(lua_State *L, int index, const char *what, const char *key)
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

const char *tend_lua_kept_at(lua_State *L, int index, int i, const char *what)
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

/* What stands behind the name and the type, which are `places` of the list. */
static void read_rest(lua_State *L, int entry, int places, const char *what,
                      struct tend_command_arg *arg)
{
    static const char *const keys[] = { "choices", "help", "keyword", "optional", "past", NULL };

    if (arg->type == NULL)
        arg->type = "flag";
    drop_places(L, entry, places);
    what = tend_lua_keep(L, "%s: \"%s\"", what, arg->name);
    tend_lua_known_keys(L, entry, what, keys);
    arg->help = tend_lua_field(L, entry, what, "help", NULL);
    arg->choices = tend_lua_words(L, entry, what, "choices");
    if (tend_lua_is_true(L, entry, what, "optional"))
        arg->how |= TEND_ARG_OPTIONAL;
    if (tend_lua_is_true(L, entry, what, "keyword"))
        arg->how |= TEND_ARG_KEYWORD;
    if (tend_lua_is_true(L, entry, what, "past"))
        arg->how |= TEND_ARG_PAST;
}

/* { "days", "number", help = "...", optional = true } */
static const void *read_arg(lua_State *L, const char *what)
{
    struct tend_command_arg *arg = tend_lua_take(L, sizeof *arg);
    int entry = lua_gettop(L);

    if (!lua_istable(L, entry))
        luaL_error(L, "%s: expected entries as { \"days\", \"number\", help = \"...\" }", what);
    arg->size = sizeof *arg;
    arg->name = tend_lua_kept_at(L, entry, 1, what);
    arg->type = tend_lua_kept_at(L, entry, 2, what);
    if (arg->name == NULL)
        luaL_error(L, "%s: an entry has no name; expected { \"days\", \"number\", help = \"...\" }",
                   what);
    read_rest(L, entry, 2, what, arg);
    return arg;
}

/* days = { "number", help = "..." } */
static const void *read_option(lua_State *L, const char *what, const char *name)
{
    struct tend_command_arg *arg = tend_lua_take(L, sizeof *arg);
    int entry = lua_gettop(L);

    if (!lua_istable(L, entry))
        luaL_error(L, "%s: %s is a %s; expected { \"number\", help = \"...\" }", what, name,
                   luaL_typename(L, entry));
    arg->size = sizeof *arg;
    arg->name = name;
    arg->type = tend_lua_kept_at(L, entry, 1, what);
    read_rest(L, entry, 1, what, arg);
    return arg;
}

int64_t tend_lua_open_list(lua_State *L, int index, const char *what, const char *key)
{
    int type;

    lua_pushstring(L, key);
    type = lua_rawget(L, index);
    if (type != LUA_TNIL && type != LUA_TTABLE)
        luaL_error(L, "%s: %s is a %s; expected a list", what, key, lua_typename(L, type));
    return type == LUA_TTABLE ? (int64_t)lua_rawlen(L, -1) : -1;
}

const struct tend_command_arg *const *tend_lua_args(lua_State *L, int index, const char *what,
                                                    const char *key)
{
    const struct tend_command_arg **list = NULL;
    int64_t n = tend_lua_open_list(L, index, what, key);

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

/* The names of a table, in the order of the alphabet: that of a Lua table is chance. */
static int64_t sorted_names(lua_State *L, int table, const char *what, const char **names)
{
    int64_t n = 0;

    for (lua_pushnil(L); lua_next(L, table); lua_pop(L, 1)) {
        const char *name;
        int64_t at = n++;

        if (lua_type(L, -2) != LUA_TSTRING)
            luaL_error(L, "%s: expected entries as days = { \"number\", help = \"...\" }", what);
        if (n > OPTIONS_MOST)
            luaL_error(L, "%s: more than %d", what, OPTIONS_MOST);
        name = tend_lua_keep(L, "%s", lua_tostring(L, -2));
        for (; at > 0 && strcmp(names[at - 1], name) > 0; at--)
            names[at] = names[at - 1];
        names[at] = name;
    }
    return n;
}

const struct tend_command_arg *const *tend_lua_options(lua_State *L, int index, const char *what,
                                                       const char *key)
{
    const struct tend_command_arg **list;
    const char *names[OPTIONS_MOST];
    int64_t n = tend_lua_open_list(L, index, what, key);
    int table = lua_gettop(L);

    if (n != 0) { /* none, or a list, as the flags of a command */
        lua_pop(L, 1);
        return tend_lua_args(L, index, what, key);
    }
    what = tend_lua_keep(L, "%s: %s", what, key);
    n = sorted_names(L, table, what, names);
    list = tend_lua_take(L, ((size_t)n + 1) * sizeof *list);
    for (int64_t i = 0; i < n; i++) {
        lua_pushstring(L, names[i]);
        lua_rawget(L, table);
        list[i] = read_option(L, what, names[i]);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return list;
}
