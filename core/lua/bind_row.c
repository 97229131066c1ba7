/* ctx.row, ctx.reject and ctx.print: what a lead source hands over, and what a
 * command or a report says. A row is looked at
 * whole before it is begun, so that a wrong value leaves none half built. */
#include "base/clock.h"
#include "lua/lua_state.h"
#include <string.h>

#define FIELDS_MOST 1000

static struct tend_lua_frame *in_source(lua_State *L)
{
    struct tend_lua_frame *frame = tend_lua_in_call(L);

    if (frame->input == NULL || frame->ctx->source == NULL)
        luaL_error(L, "rows can be given only by a lead source, a command or a report");
    return frame;
}

/* A text that may be absent: nil, or false which is no value. */
static struct tend_text text_at(lua_State *L, int index, const char *field)
{
    struct tend_text text = { "", 0 };

    if (!lua_isnil(L, index) && !tend_lua_to_text(L, index, &text))
        luaL_error(L,
                   "row: \"%s\" is a %s; expected a text, { value =, label = } or a list of"
                   " these",
                   field, luaL_typename(L, index));
    return text;
}

/* One value: a text or { value =, label = }. With row it is put. */
static void put_value(lua_State *L, int index, const char *field, struct tend_row *row)
{
    static const char *const keys[] = { "label", "value", NULL };
    const struct tend_source_api *source = tend_lua_of(L)->frame->ctx->source;
    struct tend_text value, label = { "", 0 };
    int top = lua_gettop(L);

    if (lua_istable(L, index)) {
        if (row == NULL)
            tend_lua_known_keys(L, index, field, keys);
        lua_pushliteral(L, "value");
        lua_rawget(L, index);
        lua_pushliteral(L, "label");
        lua_rawget(L, index);
        value = text_at(L, top + 1, field);
        label = text_at(L, top + 2, field);
    } else {
        value = text_at(L, index, field);
    }
    if (row != NULL && value.len > 0) {
        source->put(row, field, value);
        if (label.len > 0)
            source->label(row, label);
    }
    lua_settop(L, top);
}

/* A text of the table at index as one more attribute of the row. */
static void put_member(lua_State *L, int index, const char *key, const char *field,
                       struct tend_row *row)
{
    struct tend_text value;

    lua_getfield(L, index, key);
    value = text_at(L, lua_gettop(L), field);
    if (row != NULL && value.len > 0)
        tend_lua_of(L)->frame->ctx->source->put(row, field, value);
    lua_pop(L, 1);
}

/* { channel = "phone", wording =, at =, proof = }: what was agreed to, under names that begin
 * with consent.phone. */
static void put_consent(lua_State *L, int index, struct tend_row *row)
{
    static const char *const keys[] = { "at", "channel", "proof", "wording", NULL };
    int top = lua_gettop(L);
    const char *channel, *field;

    tend_lua_known_keys(L, index, "consent", keys);
    lua_getfield(L, index, "channel");
    channel = tend_lua_to_str(L, -1, "consent: channel");
    field = lua_pushfstring(L, "consent.%s", channel);
    if (lua_getfield(L, index, "wording") == LUA_TNIL) {
        if (row != NULL)
            tend_lua_of(L)->frame->ctx->source->put(row, field, tend_text_of("yes"));
    } else {
        put_member(L, index, "wording", field, row);
    }
    put_member(L, index, "at", lua_pushfstring(L, "%s.at", field), row);
    put_member(L, index, "proof", lua_pushfstring(L, "%s.proof", field), row);
    lua_settop(L, top);
}

static void put_field(lua_State *L, int index, const char *field, struct tend_row *row)
{
    lua_Integer n = lua_istable(L, index) ? (lua_Integer)lua_rawlen(L, index) : 0;

    if (n == 0 && lua_istable(L, index) && strcmp(field, "consent") == 0) {
        put_consent(L, index, row);
        return;
    }
    if (n == 0)
        put_value(L, index, field, row);
    for (lua_Integer i = 1; i <= n; i++) {
        lua_rawgeti(L, index, i);
        put_value(L, lua_gettop(L), field, row);
        lua_pop(L, 1);
    }
}

/* Pushes a sorted list of the field names: the order of a Lua table is chance. */
static lua_Integer push_names(lua_State *L, int index)
{
    lua_Integer n = 0;
    int names = lua_gettop(L) + 1;

    lua_newtable(L);
    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        if (lua_type(L, -1) != LUA_TSTRING)
            luaL_error(L, "row: a field has no name; expected { name = \"...\", email = ... }");
        tend_lua_to_str(L, -1, "row: the name of a field");
        if (strcmp(lua_tostring(L, -1), "line") == 0 || strcmp(lua_tostring(L, -1), "raw") == 0)
            continue;
        if (n == FIELDS_MOST)
            luaL_error(L, "row: more than %d fields", FIELDS_MOST);
        lua_pushvalue(L, -1);
        lua_rawseti(L, names, ++n);
    }
    tend_lua_sort(L, names, n);
    return n;
}

/* The record of a service as one line of JSON, in the place of `raw`. */
static void raw_json(lua_State *L, int index)
{
    struct tend_buffer *json = &tend_lua_of(L)->json;

    tend_buffer_reset(json);
    tend_lua_json(L, index, index, json);
    lua_pushlstring(L, json->at, (size_t)json->len);
    lua_replace(L, index);
}

/* Pushes line and raw of the table; where the row stands in the file. */
static int64_t place_of(lua_State *L, int index, struct tend_text *raw)
{
    int64_t line;
    int is = 1;

    lua_pushliteral(L, "raw");
    lua_rawget(L, index);
    if (lua_istable(L, -1))
        raw_json(L, lua_gettop(L));
    *raw = text_at(L, -1, "raw");
    lua_pushliteral(L, "line");
    line = lua_rawget(L, index) == LUA_TNIL ? 0 : lua_tointegerx(L, -1, &is);
    if (!is || line < 0)
        luaL_error(L, "row: \"line\" is a %s; expected the number of a line", luaL_typename(L, -1));
    return line;
}

static void walk(lua_State *L, int names, lua_Integer n, struct tend_row *row)
{
    for (lua_Integer i = 1; i <= n; i++) {
        lua_rawgeti(L, names, i);
        lua_pushvalue(L, -1);
        lua_rawget(L, 1);
        put_field(L, lua_gettop(L), lua_tostring(L, -2), row);
        lua_pop(L, 2);
    }
}

static int finish(lua_State *L, int64_t since, tend_status status)
{
    if (status != TEND_OK)
        return tend_lua_halt(L, status); /* the host wants no more rows */
    tend_lua_handed(tend_lua_of(L), since);
    return 0;
}

/* In a command or a report: the effect that is a row, or a line. */
static int emit_said(lua_State *L, const char *effect)
{
    tend_lua_drop_ctx(L);
    lua_settop(L, 1);
    lua_createtable(L, 0, 1);
    lua_insert(L, 1);
    lua_setfield(L, 1, effect);
    tend_lua_emit(L, 1);
    return 0;
}

int tend_lua_ctx_print(lua_State *L)
{
    if (tend_lua_in_call(L)->ctx->command == NULL)
        luaL_error(L, "lines can be printed only by a command or a report");
    return emit_said(L, "print");
}

int tend_lua_ctx_row(lua_State *L)
{
    const struct tend_source_api *source;
    struct tend_lua_frame *frame;
    struct tend_row *row;
    struct tend_text raw;
    int64_t line, since;
    lua_Integer n;

    if (tend_lua_in_call(L)->ctx->command != NULL && tend_lua_in_call(L)->input == NULL)
        return emit_said(L, "row");
    frame = in_source(L);
    source = frame->ctx->source;
    tend_lua_drop_ctx(L);
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    line = place_of(L, 1, &raw); /* at 2 and 3 */
    n = push_names(L, 1);        /* at 4 */
    walk(L, 4, n, NULL);
    since = tend_clock_ticks();
    row = source->row(frame->input);
    if (line > 0 || raw.len > 0)
        source->place(row, line, raw);
    walk(L, 4, n, row);
    return finish(L, since, source->end(row));
}

/* ctx.reject(code, text, column), or with more to say ctx.reject { code =,
 * text =, column =, line =, raw = }. */
int tend_lua_ctx_reject(lua_State *L)
{
    static const char *const keys[] = { "code", "column", "line", "raw", "text", NULL };
    struct tend_lua_frame *frame = in_source(L);
    const struct tend_source_api *source = frame->ctx->source;
    const char *code, *text;
    struct tend_text raw = { "", 0 };
    int64_t line = 0, column, since;
    struct tend_row *row;

    tend_lua_drop_ctx(L);
    if (lua_istable(L, 1) && lua_type(L, 2) == LUA_TSTRING) { /* (record, code, text) */
        lua_settop(L, 3);
        raw_json(L, 1);
        raw = text_at(L, 1, "raw");
        code = tend_lua_to_str(L, 2, "reject: code");
        text = tend_lua_to_str(L, 3, "reject: text");
        column = 0;
    } else if (lua_istable(L, 1)) {
        lua_settop(L, 1);
        tend_lua_known_keys(L, 1, "reject", keys);
        lua_getfield(L, 1, "code");
        lua_getfield(L, 1, "text");
        lua_getfield(L, 1, "column"); /* at 2, 3, 4 */
        line = place_of(L, 1, &raw);
        code = tend_lua_to_str(L, 2, "reject: code");
        text = tend_lua_to_str(L, 3, "reject: text");
        column = luaL_optinteger(L, 4, 0);
    } else {
        code = tend_lua_to_str(L, 1, "reject: code");
        text = tend_lua_to_str(L, 2, "reject: text");
        column = luaL_optinteger(L, 3, 0);
    }
    since = tend_clock_ticks();
    row = source->row(frame->input);
    if (line > 0 || raw.len > 0)
        source->place(row, line, raw);
    return finish(L, since, source->reject(row, code, column, text));
}
