/* What was typed at the Lua prompt under which name, so that it can be kept: the
 * text of the chunk that gave a global its value. */
#include "lua/lua_console.h"
#include "lua/lua_state.h"
#include "plugin/runtime.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define TYPED "tend.typed"      /* name -> { value, text or false } */

void tend_lua_note_typed(lua_State *L, struct tend_text chunk)
{
    int top = lua_gettop(L);

    luaL_getsubtable(L, LUA_REGISTRYINDEX, TYPED);
    lua_pushglobaltable(L);
    for (lua_pushnil(L); lua_next(L, top + 2); lua_pop(L, 1)) {
        int type = lua_type(L, -1);
        bool same = false;

        if (lua_type(L, -2) != LUA_TSTRING || (type != LUA_TFUNCTION && type != LUA_TTABLE))
            continue;
        lua_pushvalue(L, -2);
        if (lua_rawget(L, top + 1) == LUA_TTABLE) {
            lua_rawgeti(L, -1, 1);
            same = lua_rawequal(L, -1, -3);
            lua_pop(L, 1);
        }
        lua_pop(L, 1);
        if (same)
            continue;
        lua_pushvalue(L, -2);
        lua_createtable(L, 2, 0);
        lua_pushvalue(L, -3);
        lua_rawseti(L, -2, 1);
        if (chunk.at != NULL)
            lua_pushlstring(L, chunk.at, (size_t)chunk.len);
        else
            lua_pushboolean(L, false);
        lua_rawseti(L, -2, 2);
        lua_rawset(L, top + 1);
    }
    lua_settop(L, top);
}

/* The text that gave this name its value, on the stack; NULL if nobody typed it. */
static const char *text_of(lua_State *L, const char *name)
{
    luaL_getsubtable(L, LUA_REGISTRYINDEX, TYPED);
    if (lua_getfield(L, -1, name) != LUA_TTABLE)
        return NULL;
    lua_rawgeti(L, -1, 2);
    return lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : NULL;
}

/* Past a text or a comment that begins at *at. */
static bool skip_quoted(const char **at)
{
    const char *p = *at;

    if (p[0] == '-' && p[1] == '-') {
        *at = p + strcspn(p, "\n");
        return true;
    }
    if (*p != '"' && *p != '\'')
        return false;
    for (p++; *p != '\0' && *p != **at; p++)
        if (*p == '\\' && p[1] != '\0')
            p++;
    *at = *p != '\0' ? p + 1 : p;
    return true;
}

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

static bool is_lent(const char *word)
{
    static const char *const lent[] = { "people", "due", "now", "emit", "tend", NULL };

    for (const char *const *one = lent; *one != NULL; one++)
        if (strcmp(*one, word) == 0)
            return true;
    return false;
}

/* A name in the text that the saved file would not have. */
static void find_missing(lua_State *L, const char *text, struct tend_typed *out)
{
    const char *at = text;

    while (*at != '\0' && out->missing[0] == '\0') {
        const char *from = at;
        char word[64];

        if (skip_quoted(&at))
            continue;
        while (is_word(*at))
            at++;
        if (at == from) {
            at++;
            continue;
        }
        if ((size_t)(at - from) >= sizeof word || isdigit((unsigned char)*from) ||
            (from > text && (from[-1] == '.' || from[-1] == ':')))
            continue;
        memcpy(word, from, (size_t)(at - from));
        word[at - from] = '\0';
        if (is_lent(word)) {
            strcpy(out->missing, word);
            out->lent = true;
        } else {
            const char *other = text_of(L, word);

            if (other != NULL && strcmp(other, text) != 0)
                strcpy(out->missing, word);
        }
        lua_settop(L, 4);
    }
}

static int look(lua_State *L)
{
    const char *name = lua_touserdata(L, 1);
    struct tend_typed *out = lua_touserdata(L, 2);
    const char *text;

    lua_settop(L, 2);
    lua_getglobal(L, name);
    luaL_getsubtable(L, LUA_REGISTRYINDEX, TYPED);
    text = text_of(L, name);
    if (text == NULL)
        return 0;
    tend_buffer_adds(&out->text, text);
    lua_settop(L, 4);
    out->table = lua_istable(L, 3);
    if (lua_isfunction(L, 3)) {
        lua_Debug ar;

        lua_pushvalue(L, 3);
        lua_getinfo(L, ">u", &ar);
        out->params = ar.nparams;
        for (int i = 0; i < ar.nparams && i < 2; i++) {
            lua_pushvalue(L, 3);
            snprintf(out->param[i], sizeof out->param[i], "%s", lua_getlocal(L, NULL, i + 1));
        }
    }
    lua_settop(L, 4);
    find_missing(L, out->text.at, out);
    return 0;
}

bool tend_lua_typed(struct tend_instance *console, const char *name, struct tend_typed *out)
{
    struct tend_lua *lua = tend_instance_data(console);
    int top;

    *out = (struct tend_typed){ 0 };
    if (lua == NULL)
        return false;
    top = lua_gettop(lua->L);
    lua_pushcfunction(lua->L, look);
    lua_pushlightuserdata(lua->L, (void *)(uintptr_t)name);
    lua_pushlightuserdata(lua->L, out);
    lua_pcall(lua->L, 2, 0, 0);
    lua_settop(lua->L, top);
    return out->text.len > 0;
}
