/* require, and reading Lua files: text only, and only from the folder that the
 * plugin has for itself. */
#include "base/buffer.h"
#include "base/memory.h"
#include "lua/lua_state.h"
#include "plugin/runtime.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

#define FILE_MOST (1024 * 1024)
#define LOADED "tend.required"

struct file {
    char *text;
    size_t len;
};

/* The caller frees the text, before anything of Lua can raise. */
static bool read_file(const char *path, struct file *file, const char **why)
{
    FILE *in = fopen(path, "rb");

    *why = strerror(errno);
    if (in == NULL)
        return false;
    file->text = tend_alloc(FILE_MOST + 1);
    file->len = fread(file->text, 1, FILE_MOST + 1, in);
    if (ferror(in))
        *why = strerror(errno);
    else
        *why = file->len > FILE_MOST ? "it is longer than 1 MB" : NULL;
    fclose(in);
    if (*why == NULL)
        return true;
    tend_free(file->text);
    return false;
}

void tend_lua_push_file(lua_State *L, const char *path, const char *chunk)
{
    struct file file = { NULL, 0 };
    const char *why;
    size_t skip = 0;
    void *text;
    size_t len;

    if (!read_file(path, &file, &why))
        luaL_error(L, "%s: cannot be read: %s", path, why);
    if (file.len >= 3 && memcmp(file.text, "\xEF\xBB\xBF", 3) == 0)
        skip = 3;
    len = file.len - skip;
    /* into the arena: parsing may raise, and then nobody would free it */
    text = tend_arena_take(&tend_lua_of(L)->scratch, len + 1);
    memcpy(text, file.text + skip, len);
    tend_free(file.text);
    lua_pushfstring(L, "@%s", chunk);
    if (tend_lua_load_text(L, (struct tend_text){ text, (int64_t)len }, lua_tostring(L, -1)) !=
        LUA_OK)
        lua_error(L);
    lua_remove(L, -2);
    tend_arena_reset(&tend_lua_of(L)->scratch);
}

/* Words of letters, digits, - and _, joined by dots. */
static bool is_module(const char *name)
{
    static const char letters[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

    for (;;) {
        size_t n = strspn(name, letters);

        if (n == 0)
            return false;
        name += n;
        if (*name == '\0')
            return true;
        if (*name++ != '.')
            return false;
    }
}

static int required(lua_State *L, int status, lua_KContext context)
{
    (void)status;
    (void)context;
    if (lua_isnil(L, -1)) { /* as in stock Lua: a module without a value is true */
        lua_pop(L, 1);
        lua_pushboolean(L, true);
    }
    lua_pushvalue(L, -1);
    lua_setfield(L, 2, lua_tostring(L, 1));
    return 1;
}

static const char loading; /* stands for a module until it is there */

static int env_require(lua_State *L)
{
    struct tend_lua *lua = tend_lua_of(L);
    const char *name = luaL_checkstring(L, 1), *file, *folder_name;

    lua_settop(L, 1);
    lua_getfield(L, LUA_REGISTRYINDEX, LOADED);
    if (lua_getfield(L, 2, name) != LUA_TNIL) {
        if (lua_touserdata(L, -1) == &loading)
            return luaL_error(L, "require \"%s\": it is being loaded, or its loading failed: two"
                                 " files that require each other, or one itself", name);
        return 1;
    }
    lua_pop(L, 1);
    if (!is_module(name))
        return luaL_error(L,
                          "require: \"%s\" is no name of a module: words of letters, digits,"
                          " - and _, joined by dots",
                          name);
    if (lua->folder == NULL)
        return luaL_error(L,
                          "require \"%s\": a plugin of one file has no folder of its own;"
                          " make it NAME/NAME.lua",
                          name);
    file = luaL_gsub(L, name, ".", "/");
    folder_name = strrchr(lua->folder, '/');
    folder_name = folder_name ? folder_name + 1 : lua->folder;
    lua_pushfstring(L, "%s/%s.lua", lua->folder, file);
    lua_pushfstring(L, "%s/%s.lua", folder_name, file);
    tend_instance_file(lua->instance, lua_tostring(L, -2));
    tend_lua_push_file(L, lua_tostring(L, -2), lua_tostring(L, -1));
    lua_pushlightuserdata(L, (void *)&loading);
    lua_setfield(L, 2, name);
    lua_pushvalue(L, 1);
    lua_callk(L, 1, 1, 0, required);
    return required(L, LUA_OK, 0);
}

void tend_lua_open_require(lua_State *L)
{
    lua_newtable(L);
    lua_setfield(L, LUA_REGISTRYINDEX, LOADED);
    lua_pushcfunction(L, env_require);
    lua_setglobal(L, "require");
}
