/* `needs` of a manifest: a text, a list of texts, or a table with a list for each kind
 * of right, which is made into the one text that a C plugin writes. */
#include "lua/lua_state.h"

static const char *const kinds[] = { "reads", "effects", "files", "net", "secrets", "native", NULL };

/* A word of a list keeps its spaces. */
static void add_quoted(struct tend_buffer *out, const char *word)
{
    tend_buffer_addc(out, '"');
    for (; *word; word++) {
        if (*word == '"' || *word == '\\')
            tend_buffer_addc(out, '\\');
        tend_buffer_addc(out, *word);
    }
    tend_buffer_addc(out, '"');
}

/* The list, or text, on top of the stack; the text so far is a Lua value below it, so
 * that an error leaves nothing behind. */
static void add_kind(lua_State *L, const char *kind)
{
    struct tend_arena *arena = tend_lua_of(L)->arena;
    struct tend_buffer out = { 0 };
    const char *text, *what = tend_lua_keep(L, "needs: %s", kind);

    if (strcmp(kind, "native") == 0) {
        if (lua_type(L, -1) != LUA_TBOOLEAN)
            luaL_error(L, "%s is a %s; expected true", what, luaL_typename(L, -1));
        lua_pushstring(L, lua_toboolean(L, -1) ? " native" : "");
        return;
    }
    if (!lua_istable(L, -1)) {
        lua_pushfstring(L, " %s:%s", kind, tend_lua_to_str(L, -1, what));
        return;
    }
    for (lua_Integer i = 1; lua_rawgeti(L, -1, i) != LUA_TNIL; i++, lua_pop(L, 1))
        if (lua_type(L, -1) != LUA_TSTRING || strlen(lua_tostring(L, -1)) != lua_rawlen(L, -1))
            luaL_error(L, "%s[%I] is a %s; expected a text", what, (LUAI_UACINT)i,
                       luaL_typename(L, -1));
    lua_pop(L, 1);
    for (lua_Integer i = 1; lua_rawgeti(L, -1, i) != LUA_TNIL; i++, lua_pop(L, 1)) {
        tend_buffer_adds(&out, i == 1 ? " " : ",");
        tend_buffer_adds(&out, i == 1 ? kind : "");
        tend_buffer_adds(&out, i == 1 ? ":" : "");
        add_quoted(&out, lua_tostring(L, -1));
    }
    lua_pop(L, 1);
    text = tend_arena_str(arena, tend_buffer_text(&out));
    tend_buffer_finish(&out);
    lua_pushstring(L, text);
}

static const char *from_table(lua_State *L, int table)
{
    tend_lua_known_keys(L, table, "needs", kinds);
    lua_pushliteral(L, "");
    for (const char *const *kind = kinds; *kind != NULL; kind++) {
        lua_pushstring(L, *kind);
        if (lua_rawget(L, table) == LUA_TNIL) {
            lua_pop(L, 1);
            continue;
        }
        add_kind(L, *kind);
        lua_remove(L, -2);
        lua_concat(L, 2);
    }
    return lua_rawlen(L, -1) > 0 ? lua_tostring(L, -1) : "none";
}

const char *tend_lua_needs(lua_State *L, int index, const char *what)
{
    int table = lua_gettop(L) + 1;
    const char *text = NULL;

    index = lua_absindex(L, index);
    lua_pushliteral(L, "needs");
    switch (lua_rawget(L, index)) {
    case LUA_TNIL:
        break;
    case LUA_TTABLE:
        if (lua_rawlen(L, table) == 0) {
            text = tend_lua_keep(L, "%s", from_table(L, table));
            break;
        }
        /* fall through */
    default:
        text = tend_lua_keep(L, "%s", tend_lua_to_words(L, table, tend_lua_keep(L, "%s: needs", what)));
    }
    lua_settop(L, table - 1);
    return text;
}
