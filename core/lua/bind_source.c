/* lead_source = "name", sniff(ctx, head, filename), read(ctx, input). */
#include "lua/lua_state.h"

struct source {
    struct tend_lead_source record;
    struct tend_lua *lua;
    int sniff, read, page;
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

/* --- page ----------------------------------------------------------------- */

struct paged { /* one call of page */
    struct tend_text cursor;
    tend_status status;
};

static int push_page(lua_State *L, struct tend_lua_frame *frame)
{
    const struct source *self = frame->self;
    const struct paged *paged = frame->out;

    lua_rawgeti(L, LUA_REGISTRYINDEX, self->page);
    tend_lua_push_ctx(L);
    tend_lua_push_text(L, paged->cursor);
    return 2;
}

/* nil, text, code: why there is no page. */
static void take_failure(lua_State *L, const struct source *self, struct tend_lua_frame *frame,
                         int first)
{
    struct paged *paged = frame->out;
    const char *text = tend_lua_to_str(L, first + 1, "page: why it failed");

    if (lua_isnil(L, first + 2))
        lua_pushstring(L, "internal"), lua_replace(L, first + 2);
    paged->status = tend_lua_status_of(tend_lua_to_str(L, first + 2, "page: code"));
    if (paged->status == TEND_OK)
        luaL_error(L, "%s: page returned the code \"%s\"; expected one of those of ctx.http, such as "
                      "\"busy\"", self->what, lua_tostring(L, first + 2));
    frame->ctx->host->fail(frame->ctx, paged->status, "%s", text);
}

static void take_page(lua_State *L, struct tend_lua_frame *frame, int first)
{
    static const char *const keys[] = { "cursor", "more", NULL };
    const struct source *self = frame->self;
    struct tend_text cursor = { "", 0 };
    bool more;

    if (lua_isnil(L, first) && !lua_isnil(L, first + 1)) {
        take_failure(L, self, frame, first);
        return;
    }
    if (lua_isnil(L, first))
        return; /* all was read, and there is no place to go on from */
    if (!lua_istable(L, first))
        luaL_error(L, "%s: page returned a %s; expected { cursor = ..., more = ... }, or nil, why, "
                      "code", self->what, luaL_typename(L, first));
    tend_lua_known_keys(L, first, "what page returned", keys);
    lua_getfield(L, first, "more");
    more = lua_toboolean(L, -1);
    if (lua_getfield(L, first, "cursor") == LUA_TNIL && more)
        luaL_error(L, "%s: page returned more = true without a cursor to go on from", self->what);
    if (!lua_isnil(L, -1) && !tend_lua_to_text(L, -1, &cursor))
        luaL_error(L, "%s: page returned a cursor that is a %s; expected a text", self->what,
                   luaL_typename(L, -1));
    if (!lua_isnil(L, -1))
        frame->ctx->source->cursor(frame->input, cursor, more);
}

static tend_status source_page(struct tend_ctx *ctx, struct tend_input *input,
                               struct tend_text cursor)
{
    const struct source *self = tend_lua_self(ctx);
    struct paged paged = { .cursor = cursor };
    struct tend_lua_frame frame = {
        .push = push_page,
        .take = take_page,
        .results = 3,
        .self = self,
        .out = &paged,
        .ctx = ctx,
        .input = input,
    };
    tend_status status = tend_lua_call(self->lua, &frame);

    return status == TEND_OK ? paged.status : status;
}

void tend_lua_bind_source(lua_State *L, int index)
{
    static const char *const keys[] = { "api",     "author", "every",   "lead_source",
                                        "license", "limits", "needs",   "options",
                                        "page",    "read",   "requires", "sniff", "summary",
                                        "tests",   "title",  "url",     "version", NULL };
    struct source *self = tend_lua_take(L, sizeof *self);

    self->record.size = sizeof self->record;
    self->record.name = tend_lua_needed(L, index, "a lead source", "lead_source");
    self->what = tend_lua_keep(L, "lead_source \"%s\"", self->record.name);
    tend_lua_kind_keys(L, index, self->what, keys);
    self->record.title = tend_lua_field(L, index, self->what, "title", self->record.name);
    self->sniff = tend_lua_function(L, index, self->what, "sniff");
    self->read = tend_lua_function(L, index, self->what, "read");
    self->page = tend_lua_function(L, index, self->what, "page");
    if (self->read == LUA_NOREF && self->page == LUA_NOREF)
        luaL_error(L, "%s: read is missing; expected function(ctx, input), or page = "
                      "function(ctx, cursor)", self->what);
    self->record.sniff = source_sniff;
    self->record.read = self->read != LUA_NOREF ? source_read : NULL;
    self->record.page = self->page != LUA_NOREF ? source_page : NULL;
    self->record.every = tend_lua_field(L, index, self->what, "every", NULL);
    self->record.options = tend_lua_options(L, index, self->what, "options");
    self->lua = tend_lua_of(L);
    tend_lua_provide(L, "lead_source", &self->record, self);
}
