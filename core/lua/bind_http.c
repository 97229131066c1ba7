/* ctx.http: `local res, text, code = ctx.http.get(URL, { query = { ... } })`. A request
 * that fails is nil, why, and one word for it ("busy"). */
#include "lua/lua_state.h"
#include <stdlib.h>

#define PAIRS_MOST 100

static struct tend_lua_frame *in_world(lua_State *L)
{
    struct tend_lua_frame *frame = tend_lua_in_call(L);

    if (frame->ctx->http == NULL)
        luaL_error(L, "the network is there in `page` of a lead source and `send` of a channel "
                      "alone");
    return frame;
}

/* The names of a table, sorted, as a new table: the order of a Lua table is chance. */
static lua_Integer push_names(lua_State *L, int index, const char *what)
{
    lua_Integer n = 0;
    int names;

    lua_newtable(L);
    names = lua_gettop(L);
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING)
            luaL_error(L, "%s: expected { name = value, ... }", what);
        if (n == PAIRS_MOST)
            luaL_error(L, "%s: more than %d", what, PAIRS_MOST);
        lua_pushvalue(L, -2);
        lua_rawseti(L, names, ++n);
    }
    tend_lua_sort(L, names, n);
    return n;
}

/* { name = value } as name, value, ..., NULL. What it points at stays on the stack's tables. */
static const char *const *pairs(lua_State *L, int options, const char *key)
{
    const char **list = NULL;
    int type = lua_getfield(L, options, key), table = lua_gettop(L);
    lua_Integer n;

    if (type == LUA_TNIL)
        return NULL;
    if (type != LUA_TTABLE)
        luaL_error(L, "http: %s is a %s; expected { name = value, ... }", key,
                   lua_typename(L, type));
    n = push_names(L, table, key);
    list = lua_newuserdatauv(L, (size_t)(2 * n + 1) * sizeof *list, 1);
    lua_newtable(L);                    /* keeps the texts of values alive */
    for (lua_Integer i = 1; i <= n; i++) {
        struct tend_text value;

        lua_rawgeti(L, table + 1, i);
        list[2 * i - 2] = tend_lua_to_str(L, -1, key);
        lua_rawget(L, table);
        if (!tend_lua_to_text(L, -1, &value))
            luaL_error(L, "http: %s.%s is a %s; expected a text", key, list[2 * i - 2],
                       luaL_typename(L, -1));
        list[2 * i - 1] = tend_lua_to_str(L, -1, key);
        if (lua_isboolean(L, -1))
            list[2 * i - 1] = value.len ? "yes" : "";
        lua_rawseti(L, -2, i);
    }
    list[2 * n] = NULL;
    return list;
}

/* "20s", "500ms" or a number of seconds. */
static int64_t timeout_of(lua_State *L, int options)
{
    int type = lua_getfield(L, options, "timeout");
    const char *text;
    char *end;
    double number;

    if (type == LUA_TNIL)
        return 0;
    text = tend_lua_to_str(L, -1, "http: timeout");
    number = strtod(text, &end);
    if (strcmp(end, "ms") == 0)
        number /= 1000;
    else if (strcmp(end, "m") == 0)
        number *= 60;
    else if (strcmp(end, "s") != 0 && *end != '\0')
        number = 0;
    if (end == text || !(number > 0 && number <= 3600))
        luaL_error(L, "http: timeout is \"%s\"; expected a time such as \"20s\"", text);
    return (int64_t)(number * 1e6);
}

static void form_value(struct tend_buffer *out, const char *text)
{
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;

        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
            strchr("-._", c))
            tend_buffer_addc(out, (char)c);
        else
            tend_buffer_addf(out, "%%%02X", c);
    }
}

/* json =, form = or body =; pushes what keeps it. */
static void take_body(lua_State *L, int options, struct tend_http_request *request)
{
    struct tend_buffer *out = &tend_lua_of(L)->json;
    const char *const *form = pairs(L, options, "form");

    tend_buffer_reset(out);
    if (lua_getfield(L, options, "json") != LUA_TNIL) {
        tend_lua_json(L, lua_gettop(L), lua_gettop(L), out);
        request->type = "application/json";
    } else if (form != NULL) {
        for (const char *const *at = form; *at; at += 2) {
            if (at != form)
                tend_buffer_addc(out, '&');
            form_value(out, at[0]);
            tend_buffer_addc(out, '=');
            form_value(out, at[1]);
        }
        request->type = "application/x-www-form-urlencoded";
    } else if (lua_getfield(L, options, "body") != LUA_TNIL) {
        if (!tend_lua_to_text(L, -1, &request->body))
            luaL_error(L, "http: body is a %s; expected a text", luaL_typename(L, -1));
        request->type = "text/plain";
        return;
    }
    request->body = tend_buffer_text(out);
}

static void take_options(lua_State *L, int options, struct tend_http_request *request)
{
    static const char *const keys[] = { "bearer", "body",  "form",    "headers", "json",
                                        "method", "query", "timeout", "type",    NULL };

    tend_lua_known_keys(L, options, "the options of http", keys);
    request->query = pairs(L, options, "query");
    request->headers = pairs(L, options, "headers");
    if (lua_getfield(L, options, "bearer") != LUA_TNIL)
        request->bearer = tend_lua_to_str(L, -1, "http: bearer");
    if (lua_getfield(L, options, "method") != LUA_TNIL)
        request->method = tend_lua_to_str(L, -1, "http: method");
    request->timeout = timeout_of(L, options);
    take_body(L, options, request);
    if (lua_getfield(L, options, "type") != LUA_TNIL)
        request->type = tend_lua_to_str(L, -1, "http: type");
}

static int response_index(lua_State *L)
{
    const char *why = NULL, *name = lua_tostring(L, 2);
    struct tend_text body = { "", 0 };

    if (name == NULL || strcmp(name, "json") != 0)
        return 0;
    lua_pushliteral(L, "body");
    lua_rawget(L, 1);
    tend_lua_to_text(L, -1, &body);
    tend_lua_check(L);
    if (!tend_lua_push_json(L, body, &why))
        return luaL_error(L, "%s", why);
    lua_pushliteral(L, "json");
    lua_pushvalue(L, -2);
    lua_rawset(L, 1);
    return 1;
}

/* Of the last response. */
static int headers_index(lua_State *L)
{
    struct tend_lua_frame *frame = in_world(L);

    tend_lua_push_text(L, frame->ctx->http->header(frame->ctx, tend_lua_to_str(L, 2, "a header")));
    return 1;
}

static void push_response(lua_State *L, const struct tend_http_response *response)
{
    lua_newtable(L);
    lua_pushinteger(L, response->status);
    lua_setfield(L, -2, "status");
    lua_pushlstring(L, response->body.at, (size_t)response->body.len);
    lua_setfield(L, -2, "body");
    lua_pushlstring(L, response->type.at, (size_t)response->type.len);
    lua_setfield(L, -2, "type");
    lua_newtable(L);
    luaL_setmetatable(L, "tend.headers");
    lua_setfield(L, -2, "headers");
    luaL_setmetatable(L, "tend.response");
}

static int ask(lua_State *L, const char *method)
{
    struct tend_lua_frame *frame = in_world(L);
    struct tend_http_request request = { .size = sizeof request, .body = { "", 0 } };
    struct tend_http_response response = { .size = sizeof response };
    tend_status status;

    request.url = tend_lua_to_str(L, 1, "http: the url");
    request.method = method;
    if (!lua_isnoneornil(L, 2)) {
        luaL_checktype(L, 2, LUA_TTABLE);
        take_options(L, 2, &request);
    }
    status = frame->ctx->http->send(frame->ctx, &request, &response);
    tend_lua_renew(tend_lua_of(L));     /* the network's time is not the plugin's */
    if (status != TEND_OK)
        return tend_lua_failed(L, status);
    push_response(L, &response);
    return 1;
}

static int http_get(lua_State *L)
{
    return ask(L, "GET");
}

static int http_post(lua_State *L)
{
    return ask(L, "POST");
}

void tend_lua_open_http(lua_State *L)
{
    static const luaL_Reg response[] = { { "__index", response_index }, { NULL, NULL } };
    static const luaL_Reg headers[] = { { "__index", headers_index }, { NULL, NULL } };

    tend_lua_class(L, "tend.response", response);
    tend_lua_class(L, "tend.headers", headers);
}

void tend_lua_push_http_functions(lua_State *L)
{
    static const luaL_Reg functions[] = {
        { "get", http_get }, { "post", http_post }, { NULL, NULL },
    };

    luaL_newlib(L, functions);
}
