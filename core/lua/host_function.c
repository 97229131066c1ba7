/* tend.c and tend.service: functions of other plugins as functions of Lua, with no glue. What crosses, and
 * what is refused, is decided by the letters of a signature. */
#include "lua/lua_state.h"
#include "plugin/runtime.h"
#include <string.h>

#define NAME_MOST 64

struct link {
    struct tend_link link;
    char of[NAME_MOST], name[NAME_MOST];
};

/* "score(person, integer)" */
static const char *prototype(lua_State *L, const struct tend_link *link)
{
    const struct tend_signature *signature = link->signature;
    luaL_Buffer text;

    luaL_buffinit(L, &text);
    luaL_addstring(&text, link->name);
    luaL_addchar(&text, '(');
    for (int32_t i = 0; i < signature->n; i++) {
        if (i > 0)
            luaL_addstring(&text, ", ");
        luaL_addstring(&text, tend_letter_lua(signature->args[i]));
    }
    luaL_addchar(&text, ')');
    luaL_pushresult(&text);
    return lua_tostring(L, -1);
}

static const char *where(const struct tend_link *link)
{
    return link->service ? "tend.service" : "tend.c";
}

static int refuse_count(lua_State *L, const struct tend_link *link)
{
    int n = lua_gettop(L);

    return luaL_error(L, "%s.%s.%s takes %d argument%s, not %d: %s", where(link), link->of,
                      link->name, (int)link->signature->n, link->signature->n == 1 ? "" : "s", n,
                      prototype(L, link));
}

const char *tend_lua_expected(char letter)
{
    switch (letter) {
    case 'b':
        return "true or false";
    case 'i':
        return "an integer from -2147483648 to 2147483647";
    case 'l':
        return "an integer";
    case 'd':
        return "a number";
    case 's':
        return "a string";
    default:
        return "a person or an id";
    }
}

static const char *given(lua_State *L, int index)
{
    if (lua_isnoneornil(L, index))
        return "nil";
    if (lua_type(L, index) == LUA_TNUMBER)  /* out of range, or not whole */
        return luaL_tolstring(L, index, NULL);
    return lua_pushfstring(L, "a %s", luaL_typename(L, index));
}

static const char *take_text(lua_State *L, int index, struct tend_any *out)
{
    size_t len;

    out->is.text = NULL;
    if (lua_isnil(L, index))
        return NULL;
    if (lua_type(L, index) != LUA_TSTRING)
        return given(L, index);
    out->is.text = lua_tolstring(L, index, &len);
    return memchr(out->is.text, '\0', len) == NULL ? NULL : "a string with a NUL byte in it";
}

static const char *take_number(lua_State *L, int index, struct tend_any *out)
{
    int is = 0;

    if (lua_type(L, index) == LUA_TNUMBER)
        out->is.number = lua_tointegerx(L, index, &is);
    if (!is || (out->as == 'i' && (out->is.number < INT32_MIN || out->is.number > INT32_MAX)) ||
        (out->as == 'h' && out->is.number < 0))
        return given(L, index);
    return NULL;
}

const char *tend_lua_take_any(lua_State *L, int index, struct tend_any *out)
{
    const tend_id *person;

    switch (out->as) {
    case 's':
        return take_text(L, index, out);
    case 'b':
        out->is.number = lua_toboolean(L, index);
        return lua_isboolean(L, index) ? NULL : given(L, index);
    case 'd':
        out->is.real = lua_tonumber(L, index);
        return lua_type(L, index) == LUA_TNUMBER ? NULL : given(L, index);
    case 'h':
        person = luaL_testudata(L, index, "tend.person");
        if (person == NULL)
            return take_number(L, index, out);
        out->is.number = *person;
        return NULL;
    default:
        return take_number(L, index, out);
    }
}

static void take(lua_State *L, const struct tend_link *link, int index, struct tend_any *out)
{
    const char *wrong;

    out->as = link->signature->args[index - 1];
    wrong = tend_lua_take_any(L, index, out);
    if (wrong != NULL)
        luaL_error(L, "%s.%s.%s: argument %d is %s; expected %s: %s", where(link), link->of,
                   link->name, index, wrong, tend_lua_expected((char)out->as), prototype(L, link));
}

int tend_lua_push_any(lua_State *L, const struct tend_any *value)
{
    switch (value->as) {
    case 'v':
        return 0;
    case 'b':
        lua_pushboolean(L, value->is.number != 0);
        return 1;
    case 'd':
        lua_pushnumber(L, value->is.real);
        return 1;
    case 's':
        lua_pushstring(L, value->is.text); /* NULL is nil */
        return 1;
    case 'h':
        tend_lua_push_person(L, value->is.number);
        return 1;
    default:
        lua_pushinteger(L, value->is.number);
        return 1;
    }
}

static void find(lua_State *L, struct tend_link *link)
{
    struct tend_error err = { 0 };

    if (tend_link_find(tend_lua_of(L)->instance, link, &err) != TEND_OK)
        luaL_error(L, "%s.%s.%s: %s", where(link), link->of, link->name, err.text);
}

static int call(lua_State *L)
{
    struct tend_lua_frame *frame = tend_lua_of(L)->frame;
    struct tend_link *link = lua_touserdata(L, lua_upvalueindex(1));
    struct tend_any args[TEND_EXPORT_ARGS], result;
    int n = lua_gettop(L);

    if (frame->ctx == NULL)
        tend_lua_in_call(L);
    if (!tend_link_current(tend_lua_of(L)->instance, link))
        find(L, link);
    if (n != link->signature->n)
        return refuse_count(L, link);
    for (int i = 1; i <= n; i++)
        take(L, link, i, &args[i - 1]);
    if (tend_link_call(frame->ctx, link, args, &result) != TEND_OK)
        return luaL_error(L, "%s", tend_link_error(frame->ctx));
    return tend_lua_push_any(L, &result);
}

/* --- tend.c.<plugin>.<function> ------------------------------------------- */

static const char *check_name(lua_State *L, int index, const char *what)
{
    const char *name = tend_lua_to_str(L, index, what);

    if (strlen(name) >= NAME_MOST)
        luaL_error(L, "%s is longer than any that there is", what);
    return name;
}

/* Of a plugin: a function is made when it is asked for, and kept. While a plugin loads
 * those that it calls later may not be there yet. */
static int functions_index(lua_State *L)
{
    const char *of = lua_tostring(L, lua_upvalueindex(1));
    const char *name = check_name(L, 2, "the name of a function");
    struct link *made = lua_newuserdatauv(L, sizeof *made, 0);
    struct tend_error err = { 0 };

    memset(made, 0, sizeof *made);
    strcpy(made->of, of);
    strcpy(made->name, name);
    made->link.of = made->of;
    made->link.name = made->name;
    made->link.service = lua_toboolean(L, lua_upvalueindex(2));
    if (tend_lua_of(L)->frame->ctx != NULL &&
        tend_link_find(tend_lua_of(L)->instance, &made->link, &err) != TEND_OK)
        return luaL_error(L, "%s", err.text);
    lua_pushcclosure(L, call, 1);
    lua_pushvalue(L, 2);
    lua_pushvalue(L, -2);
    lua_rawset(L, 1);
    return 1;
}

static int closed(lua_State *L)
{
    return luaL_error(L, "nothing can be put into %s; a plugin in C lists its functions as exports, "
                         "in Lua it provides a service",
                      lua_tostring(L, lua_upvalueindex(1)));
}

/* A table whose __index is the function on the top, with `name` in messages. */
static void push_closed(lua_State *L, const char *name)
{
    lua_newtable(L);
    lua_newtable(L);
    lua_rotate(L, -3, -1); /* table meta index */
    lua_setfield(L, -2, "__index");
    lua_pushstring(L, name);
    lua_pushvalue(L, -1);
    lua_setfield(L, -3, "__metatable");
    lua_pushcclosure(L, closed, 1);
    lua_setfield(L, -2, "__newindex");
    lua_setmetatable(L, -2);
}

static int plugins_index(lua_State *L)
{
    bool service = lua_toboolean(L, lua_upvalueindex(1));
    const char *of = check_name(L, 2, "the name of a plugin");
    struct tend_error err = { 0 };

    if (tend_lua_of(L)->frame->ctx != NULL &&
        tend_link_there(tend_lua_of(L)->instance, of, service, &err) != TEND_OK)
        return luaL_error(L, "%s", err.text);
    lua_pushvalue(L, 2);
    lua_pushvalue(L, 2);
    lua_pushboolean(L, service);
    lua_pushcclosure(L, functions_index, 2);
    push_closed(L, service ? "tend.service" : "tend.c");
    lua_pushvalue(L, -1);
    lua_insert(L, -3); /* made name made */
    lua_rawset(L, 1);
    lua_pushvalue(L, 2);
    lua_rawget(L, 1);
    return 1;
}

/* tend.has("geo", 2): is this service there, at this level at least? */
static int has(lua_State *L)
{
    struct tend_text name = tend_text_of(tend_lua_to_str(L, 1, "has: the name of a service"));

    lua_pushboolean(L, tend_link_has(tend_lua_of(L)->instance, name, luaL_optinteger(L, 2, 1)));
    return 1;
}

static void push_plugins(lua_State *L, bool service)
{
    lua_pushboolean(L, service);
    lua_pushcclosure(L, plugins_index, 1);
    push_closed(L, service ? "tend.service" : "tend.c");
}

void tend_lua_open_functions(lua_State *L)
{
    lua_newtable(L);
    push_plugins(L, false);
    lua_setfield(L, -2, "c");
    push_plugins(L, true);
    lua_setfield(L, -2, "service");
    lua_pushcfunction(L, has);
    lua_setfield(L, -2, "has");
    lua_setglobal(L, "tend");
}
