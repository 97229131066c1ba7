/* lead_source = "name", sniff(ctx, head, filename), read(ctx, input). */
#include "lua/lua_state.h"

struct source {
    struct tend_lead_source record;
    struct tend_lua *lua;
    int sniff, read;
    const char *what;
};

struct sniffed { /* one call of sniff */
    struct tend_text head, filename;
    int32_t sure;
};

static int push_sniff(lua_State *L, struct tend_lua_frame *frame)
{
    const struct source *self = frame->self;
    const struct sniffed *sniffed = frame->out;

    lua_rawgeti(L, LUA_REGISTRYINDEX, self->sniff);
    tend_lua_push_ctx(L);
    lua_pushlstring(L, sniffed->head.at, (size_t)sniffed->head.len);
    lua_pushlstring(L, sniffed->filename.at, (size_t)sniffed->filename.len);
    return 3;
}

static void take_sniff(lua_State *L, struct tend_lua_frame *frame, int first)
{
    const struct source *self = frame->self;
    struct sniffed *sniffed = frame->out;
    lua_Number sure = lua_tonumber(L, first);

    if (lua_isnil(L, first) || (lua_isboolean(L, first) && !lua_toboolean(L, first)))
        return;
    if (lua_type(L, first) != LUA_TNUMBER || !(sure >= 0 && sure <= 100))
        luaL_error(L, "%s: sniff returned %s; expected a number from 0 to 100", self->what,
                   lua_type(L, first) == LUA_TNUMBER ? luaL_tolstring(L, first, NULL)
                                                     : luaL_typename(L, first));
    sniffed->sure = (int32_t)sure;
}

/* Where sniff fails, the source is not sure at all, and the slot says why. */
static int32_t source_sniff(struct tend_ctx *ctx, struct tend_text head, struct tend_text filename)
{
    const struct source *self = tend_lua_self(ctx);
    struct sniffed sniffed = { .head = head, .filename = filename };
    struct tend_lua_frame frame = {
        .push = push_sniff,
        .take = take_sniff,
        .results = 1,
        .self = self,
        .out = &sniffed,
        .ctx = ctx,
    };
    tend_status status;

    if (self->sniff == LUA_NOREF)
        return 0; /* never guessed, only named: --from */
    status = tend_lua_call(self->lua, &frame);
    return status == TEND_OK ? sniffed.sure : status;
}

static int push_read(lua_State *L, struct tend_lua_frame *frame)
{
    const struct source *self = frame->self;

    lua_rawgeti(L, LUA_REGISTRYINDEX, self->read);
    tend_lua_push_ctx(L);
    tend_lua_push_input(L);
    return 2;
}

/* A list of rows is no answer: rows are handed over one by one. */
static void take_read(lua_State *L, struct tend_lua_frame *frame, int first)
{
    const struct source *self = frame->self;

    if (lua_istable(L, first))
        luaL_error(L,
                   "%s: read returned a table; expected nothing: rows are given with"
                   " ctx.row { ... }",
                   self->what);
}

static tend_status source_read(struct tend_ctx *ctx, struct tend_input *input)
{
    const struct source *self = tend_lua_self(ctx);
    struct tend_lua_frame frame = {
        .push = push_read,
        .take = take_read,
        .results = 1,
        .self = self,
        .ctx = ctx,
        .input = input,
    };

    return tend_lua_call(self->lua, &frame);
}

void tend_lua_bind_source(lua_State *L, int index)
{
    static const char *const keys[] = { "api",  "author",  "lead_source", "license", "needs", "requires",
                                        "read", "sniff",   "summary",     "tests",   "title",
                                        "url",  "version", NULL };
    struct source *self = tend_lua_take(L, sizeof *self);

    self->record.size = sizeof self->record;
    self->record.name = tend_lua_needed(L, index, "a lead source", "lead_source");
    self->what = tend_lua_keep(L, "lead_source \"%s\"", self->record.name);
    tend_lua_kind_keys(L, index, self->what, keys);
    self->record.title = tend_lua_field(L, index, self->what, "title", self->record.name);
    self->sniff = tend_lua_function(L, index, self->what, "sniff");
    self->read = tend_lua_function(L, index, self->what, "read");
    if (self->read == LUA_NOREF)
        luaL_error(L, "%s: read is missing; expected function(ctx, input)", self->what);
    self->record.sniff = source_sniff;
    self->record.read = source_read;
    self->lua = tend_lua_of(L);
    tend_lua_provide(L, "lead_source", &self->record, self);
}
