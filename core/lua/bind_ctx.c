/* ctx: one object for all calls, which answers for the call in progress. Every
 * function may be called with a dot or with a colon. */
#include "lua/lua_state.h"

void tend_lua_drop_ctx(lua_State *L)
{
    if (luaL_testudata(L, 1, "tend.ctx") != NULL)
        lua_remove(L, 1);
}

static int ctx_emit(lua_State *L)
{
    tend_lua_drop_ctx(L);
    tend_lua_emit(L, 1);
    return 0;
}

static int ctx_veto(lua_State *L)
{
    struct tend_lua_frame *frame = tend_lua_in_call(L);
    const char *cure = NULL;

    tend_lua_drop_ctx(L);
    if (frame->ctx->make == NULL || frame->ctx->make->veto == NULL)
        return luaL_error(L, "there is nothing to veto here; a guard may");
    if (!lua_isnoneornil(L, 3))
        cure = tend_lua_to_str(L, 3, "veto: cure");
    if (frame->ctx->make->veto(frame->ctx, tend_lua_to_str(L, 1, "veto: code"),
                               tend_lua_to_str(L, 2, "veto: text"), cure) != TEND_OK)
        return luaL_error(L, "%s", tend_lua_slot(frame->ctx));
    return 0;
}

static int ctx_means(lua_State *L)
{
    struct tend_lua_frame *frame = tend_lua_in_call(L);

    tend_lua_drop_ctx(L);
    if (frame->ctx->read == NULL || frame->ctx->read->means == NULL)
        return luaL_error(L, "no meanings can be read here");
    if (lua_isnoneornil(L, 2)) { /* no stage means nothing */
        lua_pushboolean(L, false);
        return 1;
    }
    lua_pushboolean(L, frame->ctx->read->means(frame->ctx, tend_lua_to_str(L, 1, "means: what"),
                                               tend_lua_to_str(L, 2, "means: name"),
                                               tend_lua_to_str(L, 3, "means: meaning")) > 0);
    return 1;
}

static tend_id next_person(lua_State *L, const char *filter, tend_id after)
{
    struct tend_lua_frame *frame = tend_lua_in_call(L);
    tend_id person;

    if (frame->ctx->read == NULL || frame->ctx->read->next == NULL)
        luaL_error(L, "no people can be searched here");
    person = frame->ctx->read->next(frame->ctx, filter, after);
    if (person < 0)
        luaL_error(L, "%s", tend_lua_slot(frame->ctx));
    tend_lua_read_done(L);
    return person;
}

static int ctx_next(lua_State *L)
{
    tend_id person, after = 0;

    tend_lua_drop_ctx(L);
    if (!lua_isnoneornil(L, 2))
        after = tend_lua_to_person(L, 2, "next: after");
    person = next_person(L, tend_lua_to_str(L, 1, "next: filter"), after);
    if (person != 0)
        lua_pushinteger(L, person);
    else
        lua_pushnil(L);
    return 1;
}

static int people_step(lua_State *L)
{
    tend_id after = lua_isnil(L, 2) ? 0 : tend_lua_to_person(L, 2, "people: after");

    tend_lua_push_person(L, next_person(L, tend_lua_to_str(L, 1, "people: filter"), after));
    return 1;
}

int tend_lua_ctx_people(lua_State *L)
{
    tend_lua_drop_ctx(L);
    lua_settop(L, 1);
    tend_lua_to_str(L, 1, "people: filter");
    lua_pushcfunction(L, people_step);
    lua_insert(L, 1);
    return 2;
}

/* ctx:state(name): of the person of the call; ctx:state(name, false): of the
 * plugin itself; ctx:state(name, person). */
static int ctx_state(lua_State *L)
{
    struct tend_lua_frame *frame = tend_lua_in_call(L);
    tend_id person = frame->person;

    tend_lua_drop_ctx(L);
    if (frame->ctx->read == NULL || frame->ctx->read->state == NULL)
        return luaL_error(L, "no state can be read here");
    if (lua_isboolean(L, 2) && !lua_toboolean(L, 2))
        person = 0;
    else if (!lua_isnoneornil(L, 2))
        person = tend_lua_to_person(L, 2, "state: person");
    tend_lua_push_text(
        L, frame->ctx->read->state(frame->ctx, person, tend_lua_to_str(L, 1, "state: name")));
    tend_lua_read_done(L);
    return 1;
}

static int ctx_log(lua_State *L)
{
    static const char *const levels[] = { "debug", "info", "warning", NULL };
    struct tend_lua_frame *frame = tend_lua_in_call(L);
    int level;

    tend_lua_drop_ctx(L);
    level = luaL_checkoption(L, 2, "info", levels);
    frame->ctx->host->log(frame->ctx, level, "%s", luaL_tolstring(L, 1, NULL));
    return 0;
}

static const luaL_Reg methods[] = {
    { "emit", ctx_emit },
    { "get", tend_lua_ctx_get },
    { "log", ctx_log },
    { "means", ctx_means },
    { "next", ctx_next },
    { "people", tend_lua_ctx_people },
    { "print", tend_lua_ctx_print },
    { "reject", tend_lua_ctx_reject },
    { "row", tend_lua_ctx_row },
    { "secret", tend_lua_ctx_secret },
    { "state", ctx_state },
    { "touched", tend_lua_ctx_touched },
    { "veto", ctx_veto },
    { NULL, NULL },
};

#define N_METHODS (sizeof methods / sizeof *methods - 1)

static int unknown(lua_State *L, const char *name)
{
    const char *names[N_METHODS + 7] = { "file", "http", "now", "options", "person", "text" };

    for (size_t i = 0; i < N_METHODS; i++)
        names[6 + i] = methods[i].name;
    tend_lua_unknown(L, "ctx", name, names);
    return 0;
}

static int ctx_index(lua_State *L)
{
    struct tend_lua_frame *frame = tend_lua_in_call(L);
    const char *name = tend_lua_to_str(L, 2, "a member of ctx");

    if (strcmp(name, "now") == 0)
        lua_pushinteger(L, frame->ctx->now);
    else if (strcmp(name, "person") == 0)
        tend_lua_push_person(L, frame->person);
    else if (strcmp(name, "options") == 0)
        tend_lua_push_options(L);
    else if (lua_getfield(L, lua_upvalueindex(1), name) == LUA_TNIL)
        return unknown(L, name);
    return 1;
}

static int ctx_newindex(lua_State *L)
{
    return luaL_error(L, "ctx cannot be written; what should happen is an effect");
}

static const char the_ctx[] = "tend.the_ctx"; /* a key of the registry */

void tend_lua_open_ctx(lua_State *L)
{
    static const luaL_Reg functions[] = { { "__newindex", ctx_newindex }, { NULL, NULL } };

    tend_lua_class(L, "tend.ctx", functions);
    luaL_getmetatable(L, "tend.ctx");
    lua_createtable(L, 0, N_METHODS + 1);
    tend_lua_functions(L, "ctx", methods);
    tend_lua_push_text_functions(L);
    lua_setfield(L, -2, "text");
    tend_lua_push_file_functions(L);
    lua_setfield(L, -2, "file");
    tend_lua_push_http_functions(L);
    lua_setfield(L, -2, "http");
    lua_pushcclosure(L, ctx_index, 1);
    lua_setfield(L, -2, "__index");
    lua_newuserdatauv(L, 0, 0);
    lua_insert(L, -2);
    lua_setmetatable(L, -2);
    lua_rawsetp(L, LUA_REGISTRYINDEX, the_ctx);
}

void tend_lua_push_ctx(lua_State *L)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, the_ctx);
}
