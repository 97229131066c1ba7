/* ctx.text: the small jobs with text, the same as in include/tend/text.h. */
#include "lua/lua_state.h"

#define FOLD_MOST (1024 * 1024)

static struct tend_text check_text(lua_State *L, int arg)
{
    size_t len;
    const char *at = luaL_checklstring(L, arg, &len);

    return (struct tend_text){ at, (int64_t)len };
}

/* text.cut(rest, sep): the piece, and what is left of rest; nil when it is
 * spent, so that `piece, rest = text.cut(rest, ",")` walks a list. */
static int text_cut(lua_State *L)
{
    struct tend_text rest, piece;
    const char *sep = luaL_checkstring(L, 2);

    if (lua_isnil(L, 1))
        return 0;
    rest = check_text(L, 1);
    luaL_argcheck(L, sep[0] != '\0', 2, "a separator is not empty");
    tend_lua_check(L);
    if (!tend_text_cut(&rest, sep, &piece))
        return 0;
    lua_pushlstring(L, piece.at, (size_t)piece.len);
    lua_pushlstring(L, rest.at, (size_t)rest.len);
    return 2;
}

static int text_trim(lua_State *L)
{
    struct tend_text text = tend_text_trim(check_text(L, 1));

    lua_pushlstring(L, text.at, (size_t)text.len);
    return 1;
}

static int text_fold(lua_State *L)
{
    struct tend_arena *scratch = &tend_lua_of(L)->scratch;
    struct tend_text text = check_text(L, 1);

    luaL_argcheck(L, text.len <= FOLD_MOST, 1, "a text of at most 1 MB can be folded");
    tend_lua_check(L);
    tend_arena_reset(scratch);
    text = tend_text_fold(scratch, text);
    lua_pushlstring(L, text.at, (size_t)text.len);
    return 1;
}

static int text_starts(lua_State *L)
{
    struct tend_text text = check_text(L, 1), with = check_text(L, 2);

    lua_pushboolean(L, text.len >= with.len && memcmp(text.at, with.at, (size_t)with.len) == 0);
    return 1;
}

void tend_lua_push_text_functions(lua_State *L)
{
    static const luaL_Reg functions[] = {
        { "cut", text_cut },       { "trim", text_trim }, { "fold", text_fold },
        { "starts", text_starts }, { NULL, NULL },
    };

    lua_newtable(L);
    tend_lua_functions(L, "text", functions);
}
