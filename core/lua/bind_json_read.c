/* JSON as Lua values, for what services answer: null is absent, and a whole number too
 * big for one is a text of its digits, since an id that was rounded is another's. */
#include "lua/lua_state.h"
#include <jansson.h>

#define DEEP 100                /* arrays and objects in each other */
#define DIGITS 18               /* of a number that surely fits */

/* A copy in which whole numbers that are too big stand in quotes. */
static void quote_big(struct tend_text text, struct tend_buffer *out)
{
    bool in_text = false;
    int64_t from = 0;

    for (int64_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        int64_t end = i;

        if (in_text) {
            i += c == '\\';
            in_text = c != '"';
            continue;
        }
        in_text = c == '"';
        if (c != '-' && (c < '0' || c > '9'))
            continue;
        while (end < text.len && text.at[end] && strchr("+-.eE0123456789", text.at[end]))
            end++;
        if (end - i > DIGITS && !memchr(text.at + i, '.', (size_t)(end - i)) &&
            !memchr(text.at + i, 'e', (size_t)(end - i)) &&
            !memchr(text.at + i, 'E', (size_t)(end - i))) {
            tend_buffer_add(out, (struct tend_text){ text.at + from, i - from });
            tend_buffer_addc(out, '"');
            tend_buffer_add(out, (struct tend_text){ text.at + i, end - i });
            tend_buffer_addc(out, '"');
            from = end;
        }
        i = end - 1;
    }
    tend_buffer_add(out, (struct tend_text){ text.at + from, text.len - from });
}

static void push(lua_State *L, const json_t *value, int depth);

static void push_array(lua_State *L, const json_t *value, int depth)
{
    size_t n = json_array_size(value);

    lua_createtable(L, n < 1000 ? (int)n : 1000, 0);
    for (size_t i = 0; i < n; i++) {
        push(L, json_array_get(value, i), depth + 1);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static void push_object(lua_State *L, const json_t *value, int depth)
{
    const char *key;
    json_t *member;

    lua_newtable(L);
    json_object_foreach((json_t *)(uintptr_t)value, key, member) {
        lua_pushstring(L, key);
        push(L, member, depth + 1);
        lua_rawset(L, -3);
    }
}

static void push(lua_State *L, const json_t *value, int depth)
{
    luaL_checkstack(L, 6, "JSON that is too deep");
    if (depth > DEEP)
        luaL_error(L, "JSON with more than %d arrays and objects in each other", DEEP);
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        push_object(L, value, depth);
        break;
    case JSON_ARRAY:
        push_array(L, value, depth);
        break;
    case JSON_STRING:
        lua_pushlstring(L, json_string_value(value), json_string_length(value));
        break;
    case JSON_INTEGER:
        lua_pushinteger(L, json_integer_value(value));
        break;
    case JSON_REAL:
        lua_pushnumber(L, json_real_value(value));
        break;
    case JSON_TRUE:
    case JSON_FALSE:
        lua_pushboolean(L, json_is_true(value));
        break;
    default:
        lua_pushnil(L);
        break;
    }
}

/* In a protected call, so that the document is let go whatever happens. */
static int push_document(lua_State *L)
{
    push(L, lua_touserdata(L, 1), 0);
    return 1;
}

static json_t *parse(struct tend_text text, json_error_t *error)
{
    struct tend_buffer quoted = { 0 };
    json_t *document;

    if (tend_text_starts(text, "\xEF\xBB\xBF"))
        text = (struct tend_text){ text.at + 3, text.len - 3 };
    quote_big(text, &quoted);
    document = json_loadb(quoted.len > 0 ? quoted.at : "", (size_t)quoted.len,
                          JSON_DECODE_ANY | JSON_ALLOW_NUL, error);
    tend_buffer_finish(&quoted);
    return document;
}

bool tend_lua_push_json(lua_State *L, struct tend_text text, const char **why)
{
    struct tend_arena *scratch = &tend_lua_of(L)->scratch;
    json_error_t error = { .line = -1 };
    json_t *document = parse(text, &error);
    int status;

    if (document == NULL) {
        tend_arena_reset(scratch);
        *why = tend_arena_printf(scratch, "the answer is no JSON: line %d, column %d: %s",
                                 error.line, error.column, error.text);
        return false;
    }
    lua_pushcfunction(L, push_document);
    lua_pushlightuserdata(L, document);
    status = lua_pcall(L, 1, 1, 0);
    json_decref(document);
    if (status != LUA_OK)
        lua_error(L);
    return true;
}
