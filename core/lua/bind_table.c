/* Reading the tables that a plugin is declared with: every member is known and
 * of its type, or the message says what was expected. */
#include "lua/lua_state.h"

void *tend_lua_take(lua_State *L, size_t size)
{
    return tend_arena_take(tend_lua_of(L)->arena, size);
}

const char *tend_lua_keep(lua_State *L, const char *fmt, ...)
{
    va_list args;
    char *text;

    va_start(args, fmt);
    text = tend_arena_vprintf(tend_lua_of(L)->arena, fmt, args);
    va_end(args);
    return text;
}

/* Pushes the words with commas; the list in a message. */
static const char *listed(lua_State *L, const char *const *words)
{
    luaL_Buffer text;

    luaL_buffinit(L, &text);
    for (const char *const *word = words; *word != NULL; word++) {
        if (word != words)
            luaL_addchar(&text, ' ');
        luaL_addstring(&text, *word);
    }
    luaL_pushresult(&text);
    return lua_tostring(L, -1);
}

void tend_lua_unknown(lua_State *L, const char *what, const char *word, const char *const *words)
{
    const char *near = tend_text_nearest(tend_text_of(word), words);

    if (near != NULL)
        luaL_error(L, "%s has no \"%s\"; did you mean \"%s\"? It has: %s", what, word, near,
                   listed(L, words));
    luaL_error(L, "%s has no \"%s\"; it has: %s", what, word, listed(L, words));
}

static bool is_known(const char *word, const char *const *words)
{
    for (; *words != NULL; words++)
        if (strcmp(word, *words) == 0)
            return true;
    return false;
}

void tend_lua_known_keys(lua_State *L, int index, const char *what, const char *const *keys)
{
    index = lua_absindex(L, index);
    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        if (lua_type(L, -1) != LUA_TSTRING)
            luaL_error(L, "%s has a member without a name; it has: %s", what, listed(L, keys));
        if (!is_known(lua_tostring(L, -1), keys))
            tend_lua_unknown(L, what, lua_tostring(L, -1), keys);
    }
}

void tend_lua_kind_keys(lua_State *L, int index, const char *what, const char *const *keys)
{
    static const char *const common[] = { "restore", "save", "selftest", "state_version", NULL };
    const char *all[40];
    size_t n = 0;

    for (const char *const *key = keys; *key != NULL && n < 36; key++)
        all[n++] = *key;
    memcpy(&all[n], common, sizeof common);
    tend_lua_known_keys(L, index, what, all);
}

static int raw_field(lua_State *L, int index, const char *key)
{
    index = lua_absindex(L, index);
    lua_pushstring(L, key);
    return lua_rawget(L, index);
}

const char *tend_lua_field(lua_State *L, int index, const char *what, const char *key,
                           const char *otherwise)
{
    const char *text = otherwise;

    if (raw_field(L, index, key) != LUA_TNIL) {
        lua_pushfstring(L, "%s: %s", what, key);
        if (lua_type(L, -2) != LUA_TSTRING)
            luaL_error(L, "%s is a %s; expected a text", lua_tostring(L, -1), luaL_typename(L, -2));
        text = tend_lua_keep(L, "%s", tend_lua_to_str(L, -2, lua_tostring(L, -1)));
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return text;
}

const char *tend_lua_needed(lua_State *L, int index, const char *what, const char *key)
{
    const char *text = tend_lua_field(L, index, what, key, NULL);

    if (text == NULL || text[0] == '\0')
        luaL_error(L, "%s: %s is missing; expected a text", what, key);
    return text;
}

const char *tend_lua_words(lua_State *L, int index, const char *what, const char *key)
{
    const char *text = NULL;

    if (raw_field(L, index, key) != LUA_TNIL) {
        lua_pushfstring(L, "%s: %s", what, key);
        text = tend_lua_keep(L, "%s", tend_lua_to_words(L, -2, lua_tostring(L, -1)));
        lua_pop(L, 2);
    }
    lua_pop(L, 1);
    return text;
}

int tend_lua_function(lua_State *L, int index, const char *what, const char *key)
{
    int type = raw_field(L, index, key);

    if (type == LUA_TNIL) {
        lua_pop(L, 1);
        return LUA_NOREF;
    }
    if (type != LUA_TFUNCTION)
        luaL_error(L, "%s: %s is a %s; expected a function", what, key, lua_typename(L, type));
    return luaL_ref(L, LUA_REGISTRYINDEX);
}

/* By insertion: they are few. */
void tend_lua_sort(lua_State *L, int names, lua_Integer n)
{
    for (lua_Integer i = 2; i <= n; i++) {
        lua_Integer at = i;

        lua_rawgeti(L, names, i);
        for (; at > 1; at--) {
            lua_rawgeti(L, names, at - 1);
            if (strcmp(lua_tostring(L, -1), lua_tostring(L, -2)) <= 0) {
                lua_pop(L, 1);
                break;
            }
            lua_rawseti(L, names, at);
        }
        lua_rawseti(L, names, at);
    }
}
