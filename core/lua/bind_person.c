/* A person as an object: p.name, p.tags.vip, p["stage.product"], and tostring
 * gives p12. It holds the id only; what is read is always what is known now. */
#include "lua/lua_state.h"

static tend_id check_person(lua_State *L)
{
    return *(tend_id *)luaL_checkudata(L, 1, "tend.person");
}

static bool is_list(const char *field)
{
    return strcmp(field, "tags") == 0 || strcmp(field, "roles") == 0 || strcmp(field, "dnc") == 0;
}

/* ctx:get(id, field) and p[field]. */
static int push_field(lua_State *L, tend_id person, const char *field)
{
    struct tend_lua_frame *frame = tend_lua_in_call(L);
    const struct tend_read_api *read = frame->ctx->read;
    struct tend_text value;

    if (read == NULL || read->get == NULL)
        return luaL_error(L, "no person can be read here");
    value = read->get(frame->ctx, person, field);
    if (value.len == 0)
        tend_lua_check_denied(L, frame->ctx);
    if (is_list(field))
        tend_lua_push_set(L, value);
    else
        tend_lua_push_text(L, value);
    tend_lua_read_done(L);
    return 1;
}

int tend_lua_ctx_get(lua_State *L)
{
    tend_lua_drop_ctx(L);
    return push_field(L, tend_lua_to_person(L, 1, "get: person"),
                      tend_lua_to_str(L, 2, "get: field"));
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

static int person_index(lua_State *L)
{
    tend_id person = check_person(L);
    const char *field = tend_lua_to_str(L, 2, "a field of a person");

    if (strcmp(field, "id") == 0)
        lua_pushinteger(L, person);
    else if (strcmp(field, "touched") == 0)
        lua_pushcfunction(L, person_touched);
    else if (!tend_lua_push_method(L, field))
        push_field(L, person, field);
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

void tend_lua_push_person(lua_State *L, tend_id person)
{
    if (person == 0) {
        lua_pushnil(L);
        return;
    }
    *(tend_id *)lua_newuserdatauv(L, sizeof person, 0) = person;
    luaL_setmetatable(L, "tend.person");
}

void tend_lua_open_person(lua_State *L)
{
    static const luaL_Reg functions[] = {
        { "__index", person_index },
        { "__newindex", person_newindex },
        { "__eq", person_eq },
        { "__tostring", person_tostring },
        { NULL, NULL },
    };

    tend_lua_class(L, "tend.person", functions);
}
