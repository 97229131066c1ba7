/* guards = { { "name", function(ctx, move) return "text", "cure", "code" end } }:
 * nothing or true is a pass, a text is a veto. */
#include "lua/lua_state.h"

struct guard {
    struct tend_guard record; /* first: the record being called is this */
    struct tend_lua *lua;
    int check, params;
};

static int push_check(lua_State *L, struct tend_lua_frame *frame)
{
    const struct guard *self = frame->self;

    lua_rawgeti(L, LUA_REGISTRYINDEX, self->check);
    tend_lua_push_ctx(L);
    if (self->params < 2)
        return 1;
    tend_lua_push_move(L, frame->out);
    return 2;
}

static void take_check(lua_State *L, struct tend_lua_frame *frame, int first)
{
    const struct guard *self = frame->self;
    const char *cure = NULL, *code = self->record.name;
    int type = lua_type(L, first);

    if (type == LUA_TNIL || (type == LUA_TBOOLEAN && lua_toboolean(L, first)))
        return;
    if (type != LUA_TSTRING)
        luaL_error(L,
                   "guard \"%s\" returned %s; expected nothing, or the text of a veto (with a"
                   " cure and a code)",
                   self->record.name,
                   type == LUA_TBOOLEAN ? "false"
                                        : lua_pushfstring(L, "a %s", lua_typename(L, type)));
    if (!lua_isnil(L, first + 1))
        cure = tend_lua_to_str(L, first + 1, "the cure of a veto");
    if (!lua_isnil(L, first + 2))
        code = tend_lua_to_str(L, first + 2, "the code of a veto");
    if (frame->ctx->make->veto(frame->ctx, code, tend_lua_to_str(L, first, "the text of a veto"),
                               cure) != TEND_OK)
        luaL_error(L, "%s", tend_lua_slot(frame->ctx));
}

static tend_status check(struct tend_ctx *ctx, const struct tend_move *move)
{
    const struct guard *self = tend_lua_record(ctx);
    struct tend_move asked = *move;
    struct tend_lua_frame frame;

    tend_lua_frame_clear(&frame);
    frame.push = push_check;
    frame.take = take_check;
    frame.results = 3;
    frame.self = self;
    frame.out = &asked;
    frame.ctx = ctx;
    frame.person = move->person;
    frame.last = tend_lua_began(ctx);
    return tend_lua_call(self->lua, &frame);
}

/* How many arguments it looks at: a table that nobody sees need not be made. */
static int params_of(lua_State *L, int index)
{
    lua_Debug ar;

    lua_pushvalue(L, index);
    lua_getinfo(L, ">u", &ar);
    return ar.isvararg ? 2 : ar.nparams;
}

/* The entry is on the top of the stack. */
static const struct tend_guard *read_guard(lua_State *L, const char *what)
{
    struct guard *self = tend_lua_take(L, sizeof *self);
    int entry = lua_gettop(L);

    if (!lua_istable(L, entry) || lua_rawgeti(L, entry, 1) != LUA_TSTRING ||
        lua_rawgeti(L, entry, 2) != LUA_TFUNCTION)
        luaL_error(L, "%s: guards: expected entries as { \"name\", function(ctx, move) ... end }",
                   what);
    self->record.size = sizeof self->record;
    self->record.name = tend_lua_keep(L, "%s", tend_lua_to_str(L, -2, "the name of a guard"));
    self->record.check = check;
    self->lua = tend_lua_of(L);
    self->params = params_of(L, -1);
    self->check = luaL_ref(L, LUA_REGISTRYINDEX);
    lua_pop(L, 1);
    return &self->record;
}

const struct tend_guard *const *tend_lua_bind_guards(lua_State *L, int index, const char *what)
{
    const struct tend_guard **guards;
    lua_Integer n;
    int type;

    lua_pushliteral(L, "guards");
    type = lua_rawget(L, index);
    if (type == LUA_TNIL) {
        lua_pop(L, 1);
        return NULL;
    }
    if (type != LUA_TTABLE)
        luaL_error(L, "%s: guards is a %s; expected a list", what, lua_typename(L, type));
    n = (lua_Integer)lua_rawlen(L, -1);
    guards = tend_lua_take(L, ((size_t)n + 1) * sizeof *guards);
    for (lua_Integer i = 0; i < n; i++) {
        lua_rawgeti(L, -1, i + 1);
        guards[i] = read_guard(L, what);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return guards;
}
