/* What a lead source reads: `for line in input:lines() do`. The time that the
 * host needs for a line is not the plugin's, and a line is a new budget. */
#include "lua/lua_state.h"

/* The frame of the call that this input belongs to. */
static struct tend_lua_frame *check_input(lua_State *L)
{
    int64_t serial = *(int64_t *)luaL_checkudata(L, 1, "tend.input");
    struct tend_lua_frame *frame = tend_lua_in_call(L);

    if (frame->input == NULL || frame->serial != serial)
        luaL_error(L, "this input is of a call that is over");
    if (frame->ctx->source == NULL)
        luaL_error(L, "the host gives no input here");
    return frame;
}

static int push_piece(lua_State *L, struct tend_lua_frame *frame,
                      int32_t (*next)(struct tend_input *, struct tend_text *))
{
    struct tend_text piece = { "", 0 };
    int32_t got = next(frame->input, &piece);

    if (got < 0)
        return tend_lua_halt(L, got);
    if (got == 0)
        return 0;
    tend_lua_renew(tend_lua_of(L));
    lua_pushlstring(L, piece.at, (size_t)piece.len); /* an empty line is a line */
    return 1;
}

static int input_line(lua_State *L)
{
    struct tend_lua_frame *frame = check_input(L);

    return push_piece(L, frame, frame->ctx->source->line);
}

static int input_block(lua_State *L)
{
    struct tend_lua_frame *frame = check_input(L);

    return push_piece(L, frame, frame->ctx->source->block);
}

static int input_lines(lua_State *L)
{
    check_input(L);
    lua_pushcfunction(L, input_line);
    lua_pushvalue(L, 1);
    return 2;
}

static int input_blocks(lua_State *L)
{
    check_input(L);
    lua_pushcfunction(L, input_block);
    lua_pushvalue(L, 1);
    return 2;
}

static int input_map(lua_State *L)
{
    struct tend_lua_frame *frame = check_input(L);
    struct tend_text column, field = { "", 0 };

    if (!tend_lua_to_text(L, 2, &column))
        return luaL_error(L, "map: column is a %s; expected a text", luaL_typename(L, 2));
    if (frame->ctx->source->map(frame->input, column, &field) <= 0)
        field.len = 0;
    tend_lua_push_text(L, field);
    return 1;
}

static int input_layout(lua_State *L)
{
    struct tend_lua_frame *frame = check_input(L);

    frame->ctx->source->layout(frame->input, tend_lua_to_str(L, 2, "layout: title"));
    return 0;
}

static int input_column(lua_State *L)
{
    struct tend_lua_frame *frame = check_input(L);
    struct tend_text name;
    const char *field = NULL;

    if (!tend_lua_to_text(L, 2, &name))
        return luaL_error(L, "column: name is a %s; expected a text", luaL_typename(L, 2));
    if (!lua_isnoneornil(L, 3))
        field = tend_lua_to_str(L, 3, "column: field");
    frame->ctx->source->column(frame->input, name, field);
    return 0;
}

static int input_found(lua_State *L)
{
    struct tend_lua_frame *frame = check_input(L);
    const char *what = tend_lua_to_str(L, 2, "found: what");
    struct tend_text value;

    if (!tend_lua_to_text(L, 3, &value))
        return luaL_error(L, "found: value is a %s; expected a text", luaL_typename(L, 3));
    frame->ctx->source->found(frame->input, what, value);
    return 0;
}

static int input_index(lua_State *L)
{
    const char *name = tend_lua_to_str(L, 2, "a member of input");

    if (lua_getfield(L, lua_upvalueindex(1), name) == LUA_TNIL) {
        static const char *const names[] = { "block", "blocks", "column", "found", "layout", "line",
                                             "lines", "map",    NULL };

        tend_lua_unknown(L, "input", name, names);
    }
    return 1;
}

void tend_lua_push_input(lua_State *L)
{
    *(int64_t *)lua_newuserdatauv(L, sizeof(int64_t), 0) = tend_lua_of(L)->frame->serial;
    luaL_setmetatable(L, "tend.input");
}

void tend_lua_open_input(lua_State *L)
{
    static const luaL_Reg methods[] = {
        { "block", input_block }, { "blocks", input_blocks }, { "column", input_column },
        { "found", input_found },
        { "layout", input_layout },
        { "line", input_line },   { "lines", input_lines },   { "map", input_map },
        { NULL, NULL },
    };
    static const luaL_Reg functions[] = { { NULL, NULL } };

    tend_lua_class(L, "tend.input", functions);
    luaL_getmetatable(L, "tend.input");
    lua_newtable(L);
    tend_lua_functions(L, "input", methods);
    lua_pushcclosure(L, input_index, 1);
    lua_setfield(L, -2, "__index");
    lua_pop(L, 1);
}
