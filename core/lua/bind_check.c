/* Before a function of the host runs: is it called as include/tend/api.def says? One check
 * for all, so that a wrong call is named the same way everywhere: the function, the argument,
 * what was expected and what came. */
#include "lua/lua_state.h"

enum {
    TEXT = 1,
    WORDS = 2,
    INTEGER = 4,
    NUMBER = 8,
    BOOLEAN = 16,
    PERSON = 32,
    TABLE = 64,
    FUNCTION = 128,
    NO = 256,
    ANY = 512
};

static const struct type {
    const char *word, *title;
    int bit;
} types[] = {
    { "text", "a text", TEXT },          { "words", "a text or a list of texts", WORDS },
    { "integer", "a whole number", INTEGER }, { "number", "a number", NUMBER },
    { "boolean", "true or false", BOOLEAN },  { "person", "a person or an id", PERSON },
    { "table", "a table", TABLE },       { "function", "a function", FUNCTION },
    { "false", "false", NO },            { "any", "a value", ANY },
    { "effect", "an effect", ANY },     /* bind_effect.c says more of it */
};

#define N_TYPES (sizeof types / sizeof *types)
#define PARAMS_MOST 4

struct param {
    struct tend_text name;
    int types;
    bool optional;
};

struct row {
    const char *object, *name, *params;
};

static const struct row rows[] = {
#define TEND_LUA(object, name, level, params, result, of, doc) { #object, #name, params },
#include <tend/api.def>
};

#define N_ROWS (sizeof rows / sizeof *rows)

/* The same for every state of the process, read from the rows once. */
static struct param params[N_ROWS][PARAMS_MOST + 1];
static bool read_already;

static int type_of(struct tend_text word)
{
    for (size_t i = 0; i < N_TYPES; i++)
        if (tend_text_is(word, types[i].word))
            return types[i].bit;
    return TEXT; /* 'debug': the function says which words it takes */
}

static void read_rows(void)
{
    struct tend_text rest, param, word;

    for (size_t i = 0; i < N_ROWS; i++) {
        rest = tend_text_of(rows[i].params);
        for (size_t n = 0; n < PARAMS_MOST && tend_text_word(&rest, &param); n++) {
            struct param *p = &params[i][n];

            p->optional = param.at[param.len - 1] == '?';
            param.len -= p->optional;
            tend_text_cut(&param, ":", &p->name);
            while (tend_text_cut(&param, "|", &word))
                p->types |= type_of(word);
        }
    }
    read_already = true;
}

static bool is_integer(lua_State *L, int index)
{
    int is;

    lua_tointegerx(L, index, &is);
    return is != 0;
}

/* What each type takes is what bind_value.c makes of it: a number is a text too. */
static bool fits(lua_State *L, int index, int wanted)
{
    switch (lua_type(L, index)) {
    case LUA_TSTRING:
        return (wanted & (TEXT | WORDS | ANY)) || ((wanted & INTEGER) && is_integer(L, index)) ||
               ((wanted & NUMBER) && lua_isnumber(L, index));
    case LUA_TNUMBER:
        return (wanted & (TEXT | WORDS | NUMBER | ANY)) ||
               ((wanted & (INTEGER | PERSON)) && is_integer(L, index));
    case LUA_TBOOLEAN:
        return (wanted & (BOOLEAN | TEXT | WORDS | ANY)) ||
               ((wanted & NO) && !lua_toboolean(L, index));
    case LUA_TTABLE:
        return (wanted & (TABLE | WORDS | ANY)) != 0;
    case LUA_TFUNCTION:
        return (wanted & (FUNCTION | ANY)) != 0;
    case LUA_TUSERDATA:
        return (wanted & ANY) || ((wanted & PERSON) && luaL_testudata(L, index, "tend.person")) ||
               ((wanted & (TABLE | WORDS)) && luaL_getmetafield(L, index, "__len") != LUA_TNIL);
    default:
        return (wanted & ANY) != 0;
    }
}

static int refuse(lua_State *L, const struct row *row, const struct param *param, int index)
{
    bool missing = lua_isnoneornil(L, index);
    const char *came = luaL_typename(L, index);
    luaL_Buffer wanted;
    bool first = true;

    luaL_buffinit(L, &wanted);
    for (size_t i = 0; i < N_TYPES; i++)
        if (param->types & types[i].bit) {
            luaL_addstring(&wanted, first ? "" : " or ");
            luaL_addstring(&wanted, types[i].title);
            first = false;
        }
    luaL_pushresult(&wanted);
    return luaL_error(L, "%s.%s: %s is %s%s; expected %s", row->object, row->name,
                      tend_lua_keep(L, "%.*s", TEND_FMT(param->name)), missing ? "" : "a ",
                      missing ? "missing" : came, lua_tostring(L, -1));
}

static void check(lua_State *L, int number, int from)
{
    for (const struct param *param = params[number]; param->name.len > 0; param++, from++)
        if (lua_isnoneornil(L, from) ? !param->optional && !(param->types & ANY)
                                     : !fits(L, from, param->types))
            refuse(L, &rows[number], param, from);
}

static int find(const char *object, const char *name)
{
    if (!read_already)
        read_rows();
    for (size_t i = 0; i < N_ROWS; i++)
        if (strcmp(rows[i].object, object) == 0 && strcmp(rows[i].name, name) == 0)
            return (int)i;
    return -1;
}

void tend_lua_check_call(lua_State *L, const char *object, const char *name, int from)
{
    int number = find(object, name);

    if (number < 0)
        luaL_error(L, "%s.%s is not in include/tend/api", object, name);
    check(L, number, from);
}

/* Upvalues: the function, its row, where its arguments begin; 0: behind ctx, if that is there. */
static int checked(lua_State *L)
{
    int from = (int)lua_tointeger(L, lua_upvalueindex(3));

    if (from == 0) {
        tend_lua_drop_ctx(L);
        from = 1;
    }
    check(L, (int)lua_tointeger(L, lua_upvalueindex(2)), from);
    return lua_tocfunction(L, lua_upvalueindex(1))(L);
}

void tend_lua_functions(lua_State *L, const char *object, const luaL_Reg *functions)
{
    int from = strcmp(object, "ctx") == 0 ? 0 : strcmp(object, "input") == 0 ? 2 : 1;

    for (; functions->name != NULL; functions++) {
        int number = find(object, functions->name);

        if (number < 0)
            luaL_error(L, "%s.%s is not in include/tend/api", object, functions->name);
        lua_pushcfunction(L, functions->func);
        lua_pushinteger(L, number);
        lua_pushinteger(L, from);
        lua_pushcclosure(L, checked, 3);
        lua_setfield(L, -2, functions->name);
    }
}
