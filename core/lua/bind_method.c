/* What can be done with a person, as methods that emit effects: p:tag "vip",
 * p:task { "Call back", window = "2d" }. The same in a policy and at the Lua prompt. */
#include "lua/lua_state.h"

static const char *const names[] = { "tag",  "untag", "note", "set",  "move", "hold",
                                     "link", "task",  "done", "drop", NULL };

/* { [name] = value, person = p } with the members of the table at `more`. */
static void push_effect(lua_State *L, const char *name, int value, int more)
{
    lua_newtable(L);
    if (more != 0) {
        lua_pushnil(L);
        while (lua_next(L, more)) {
            if (lua_type(L, -2) == LUA_TSTRING) {
                lua_pushvalue(L, -2);
                lua_insert(L, -2);
                lua_rawset(L, -4);
            } else {
                lua_pop(L, 1);
            }
        }
    }
    if (value != 0) {
        lua_pushvalue(L, value);
        lua_setfield(L, -2, name);
    }
    lua_pushvalue(L, 1);
    lua_setfield(L, -2, "person");
}

/* A task without a key is known by its title. */
static void put_key(lua_State *L)
{
    if (lua_getfield(L, -1, "key") == LUA_TNIL) {
        lua_getfield(L, -2, "task");
        lua_setfield(L, -3, "key");
    }
    lua_pop(L, 1);
}

/* p:task {} and the like. */
static const char *sample(const char *name)
{
    return strcmp(name, "task") == 0 ? "p:task { \"Call\", window = \"1d..2d\" }"
           : strcmp(name, "set") == 0 ? "p:set(\"interest\", \"business\")"
           : strcmp(name, "link") == 0 ? "p:link(other, \"spouse\")"
           : strcmp(name, "hold") == 0 ? "p:hold(\"soft_no\", { till = \"6w\" })" : NULL;
}

static int refuse(lua_State *L, const char *name)
{
    if (sample(name) != NULL)
        return luaL_error(L, "%s of a person: expected %s", name, sample(name));
    return luaL_error(L, "%s of a person: expected p:%s \"...\"", name, name);
}

static int method(lua_State *L)
{
    const char *name = lua_tostring(L, lua_upvalueindex(1));
    int value = 2, more = 0;

    luaL_checkudata(L, 1, "tend.person");
    if (lua_isnoneornil(L, 2))
        return refuse(L, name);
    tend_lua_check_call(L, "person", name, 2);
    lua_settop(L, 3);
    if (strcmp(name, "set") == 0 || strcmp(name, "link") == 0) {
        const char *second = name[0] == 's' ? "value" : "type";

        push_effect(L, name, 2, 0);
        lua_pushvalue(L, 3);
        lua_setfield(L, -2, second);
    } else {
        if (lua_istable(L, 2)) {
            more = 2;
            value = lua_rawgeti(L, 2, 1) != LUA_TNIL ? lua_gettop(L) : 0;
            if (value == 0 && lua_getfield(L, 2, name) == LUA_TNIL)
                return refuse(L, name);
        } else if (lua_istable(L, 3)) {
            more = 3;
        }
        push_effect(L, name, value, more);
    }
    if (strcmp(name, "task") == 0)
        put_key(L);
    tend_lua_emit(L, lua_gettop(L));
    lua_settop(L, 1);
    return 1;
}

/* p:tasks(), p:touches(): a list of tables. */
static int rows(lua_State *L)
{
    tend_id person = *(tend_id *)luaL_checkudata(L, 1, "tend.person");

    return tend_lua_push_rows(L, lua_tostring(L, lua_upvalueindex(1)), person);
}

void tend_lua_set_methods(lua_State *L)
{
    static const char *const lists[] = { "tasks", "touches" };

    for (const char *const *name = names; *name != NULL; name++) {
        lua_pushstring(L, *name);
        lua_pushcclosure(L, method, 1);
        lua_setfield(L, -2, *name);
    }
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        lua_pushstring(L, lists[i]);
        lua_pushcclosure(L, rows, 1);
        lua_setfield(L, -2, lists[i]);
    }
}
