/* A person as an object: p.name, p.tags.vip, p["stage.product"], and tostring
 * gives p12. It holds the id only; what is read is always what is known now. */
#include "lua/lua_state.h"

static tend_id check_person(lua_State *L)
{
    return *(tend_id *)luaL_checkudata(L, 1, "tend.person");
}

static const char last[] = "tend.person.last"; /* a key of the registry: the last one */

static const char *const lists[] = { "tags", "roles", "dnc" };

static bool is_list(const char *field)
{
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (strcmp(field, lists[i]) == 0)
            return true;
    return false;
}

/* ctx:get(id, field) and p[field]. */
static int push_field(lua_State *L, tend_id person, const char *field, bool list)
{
    struct tend_lua_frame *frame = tend_lua_in_call(L);
    const struct tend_read_api *read = frame->ctx->read;
    struct tend_text value;

    if (read == NULL || read->get == NULL)
        return luaL_error(L, "no person can be read here");
    value = read->get(frame->ctx, person, field);
    if (value.len == 0)
        tend_lua_check_denied(L, frame->ctx);
    if (list)
        tend_lua_push_set(L, value);
    else
        tend_lua_push_text(L, value);
    tend_lua_read_done(L);
    return 1;
}

int tend_lua_ctx_get(lua_State *L)
{
    const char *field;

    tend_lua_drop_ctx(L);
    field = tend_lua_to_str(L, 2, "get: field");
    return push_field(L, tend_lua_to_person(L, 1, "get: person"), field, is_list(field));
}

static int64_t touched(lua_State *L, tend_id person, int terms)
{
    struct tend_lua_frame *frame = tend_lua_in_call(L);
    const struct tend_read_api *read = frame->ctx->read;
    lua_Integer since = luaL_optinteger(L, terms + 1, 0);
    int64_t n;

    if (read == NULL || read->touched == NULL)
        return luaL_error(L, "no touches can be read here");
    n = read->touched(frame->ctx, person, tend_lua_to_words(L, terms, "touched: terms"), since);
    if (n < 0)
        luaL_error(L, "%s", tend_lua_slot(frame->ctx));
    tend_lua_read_done(L);
    return n;
}

int tend_lua_ctx_touched(lua_State *L)
{
    tend_lua_drop_ctx(L);
    lua_pushinteger(L, touched(L, tend_lua_in_call(L)->person, 1));
    return 1;
}

static int person_touched(lua_State *L)
{
    tend_lua_check_call(L, "person", "touched", 2);
    lua_pushinteger(L, touched(L, check_person(L), 2));
    return 1;
}

/* Upvalue 1: the metatable. */
static tend_id own_person(lua_State *L)
{
    const tend_id *person = lua_touserdata(L, 1);

    if (person == NULL || !lua_getmetatable(L, 1) || !lua_rawequal(L, -1, lua_upvalueindex(1)))
        return check_person(L);
    lua_pop(L, 1);
    return *person;
}

/* Upvalue 2: the functions by their names, true for a list, a number for the id; the rest
 * is a field as it is. */
static int person_index(lua_State *L)
{
    tend_id person = own_person(L);
    const char *field = tend_lua_to_str(L, 2, "a field of a person");
    int type;

    lua_settop(L, 2);
    lua_pushvalue(L, 2);
    type = lua_rawget(L, lua_upvalueindex(2));
    if (type == LUA_TFUNCTION)
        return 1;
    if (type == LUA_TNUMBER)
        lua_pushinteger(L, person);
    else
        push_field(L, person, field, type == LUA_TBOOLEAN);
    return 1;
}

static int person_newindex(lua_State *L)
{
    return luaL_error(L,
                      "a person cannot be written; return the effect { set = \"%s\", value = ... }",
                      luaL_tolstring(L, 2, NULL));
}

static int person_eq(lua_State *L)
{
    const tend_id *other = luaL_testudata(L, 2, "tend.person");

    lua_pushboolean(L, other != NULL && check_person(L) == *other);
    return 1;
}

static int person_tostring(lua_State *L)
{
    lua_pushfstring(L, "p%I", (LUAI_UACINT)check_person(L));
    return 1;
}

/* One that is asked for again is the same object: it says who, and nothing else. */
void tend_lua_push_person(lua_State *L, tend_id person)
{
    const tend_id *before;

    if (person == 0) {
        lua_pushnil(L);
        return;
    }
    lua_rawgetp(L, LUA_REGISTRYINDEX, last);
    before = lua_touserdata(L, -1);
    if (before != NULL && *before == person)
        return;
    lua_pop(L, 1);
    *(tend_id *)lua_newuserdatauv(L, sizeof person, 0) = person;
    luaL_setmetatable(L, "tend.person");
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, last);
}

static void push_members(lua_State *L)
{
    lua_newtable(L);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        lua_pushboolean(L, true);
        lua_setfield(L, -2, lists[i]);
    }
    lua_pushinteger(L, 0);
    lua_setfield(L, -2, "id");
    lua_pushcfunction(L, person_touched);
    lua_setfield(L, -2, "touched");
    tend_lua_set_methods(L);
}

void tend_lua_open_person(lua_State *L)
{
    static const luaL_Reg functions[] = {
        { "__newindex", person_newindex },
        { "__eq", person_eq },
        { "__tostring", person_tostring },
        { NULL, NULL },
    };

    tend_lua_class(L, "tend.person", functions);
    luaL_getmetatable(L, "tend.person");
    lua_pushvalue(L, -1);
    push_members(L);
    lua_pushcclosure(L, person_index, 2);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
}
