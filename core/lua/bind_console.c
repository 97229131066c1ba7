/* What a chunk at the Lua prompt finds besides what plugins have: person "ann",
 * people "stage:prospect", due(), and `tend` with the same functions in it. */
#include "lua/lua_console.h"
#include "lua/lua_state.h"

static struct tend_eval *eval_of(lua_State *L)
{
    struct tend_lua_frame *frame = tend_lua_of(L)->frame;

    if (frame == NULL || frame->eval == NULL)
        luaL_error(L, "this is for the Lua prompt and scripts");
    return frame->eval;
}

static int console_person(lua_State *L)
{
    struct tend_eval *eval = eval_of(L);
    struct tend_text word = tend_text_of(tend_lua_to_str(L, 1, "person: whom"));
    tend_id person;

    tend_buffer_reset(&eval->out);
    person = eval->host->person(eval->data, word, &eval->out);
    if (person == 0)
        return luaL_error(L, "%s", eval->out.at ? eval->out.at : "nobody");
    tend_lua_push_person(L, person);
    return 1;
}

/* Texts are texts, what is a number of ours a number, a person a person. */
static void push_cell(lua_State *L, const struct tend_cell *cell)
{
    int64_t number;

    if (strcmp(cell->name, "person") == 0 && tend_text_int(cell->text, &number))
        tend_lua_push_person(L, number);
    else if ((strcmp(cell->name, "id") == 0 || strcmp(cell->name, "at") == 0 ||
              strcmp(cell->name, "opens") == 0 || strcmp(cell->name, "closes") == 0) &&
             tend_text_int(cell->text, &number))
        lua_pushinteger(L, number);
    else if (strcmp(cell->name, "overdue") == 0 || strcmp(cell->name, "significant") == 0)
        lua_pushboolean(L, cell->text.len > 0);
    else
        tend_lua_push_text(L, cell->text);
    lua_setfield(L, -2, cell->name);
}

int tend_lua_push_rows(lua_State *L, const char *what, tend_id person)
{
    struct tend_eval *eval = eval_of(L);
    const struct tend_cell *cells;
    int64_t n;

    lua_newtable(L);
    for (lua_Integer i = 0; eval->host->row(eval->data, what, person, i, &cells, &n); i++) {
        lua_newtable(L);
        for (int64_t c = 0; c < n; c++)
            push_cell(L, &cells[c]);
        lua_rawseti(L, -2, i + 1);
    }
    return 1;
}

static int console_due(lua_State *L)
{
    return tend_lua_push_rows(L, "due", 0);
}

static int console_now(lua_State *L)
{
    lua_pushinteger(L, tend_lua_in_call(L)->ctx->now);
    return 1;
}

static int console_emit(lua_State *L)
{
    tend_lua_emit(L, 1);
    return 0;
}

/* While init.lua is read. */
static int console_command(lua_State *L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    lua_getfield(L, 1, "name"); /* tend.command { name = ... } as well as { command = ... } */
    if (!lua_isnil(L, -1)) {
        lua_setfield(L, 1, "command");
        lua_pushnil(L);
        lua_setfield(L, 1, "name");
    }
    lua_settop(L, 1);
    tend_lua_bind_command(L, 1);
    return 0;
}

static int console_alias(lua_State *L)
{
    tend_lua_alias(L, tend_lua_to_str(L, 1, "alias: its name"),
                   tend_lua_to_str(L, 2, "alias: the command"));
    return 0;
}

void tend_lua_open_console(lua_State *L)
{
    static const luaL_Reg functions[] = {
        { "person", console_person }, { "people", tend_lua_ctx_people }, { "due", console_due },
        { "now", console_now },       { "emit", console_emit },          { NULL, NULL },
    };
    static const luaL_Reg own[] = {
        { "command", console_command }, { "alias", console_alias }, { NULL, NULL },
    };

    lua_pushglobaltable(L);
    tend_lua_functions(L, "console", functions);
    lua_getfield(L, -1, "tend");
    tend_lua_functions(L, "console", functions);
    tend_lua_functions(L, "console", own);
    tend_lua_push_text_functions(L);
    lua_setfield(L, -2, "text");
    lua_pop(L, 2);
}
