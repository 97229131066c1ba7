/* The Lua table of a channel: channel = "sms", address = "phone", most = 160, send =
 * function(ctx, message), which returns "accepted", or "failed", "retry", "unknown" and why. */
#define TEND_UNSTABLE
#include "lua/lua_state.h"
#include <tend/x/channel.h>

struct channel {
    struct tend_channel record;
    struct tend_lua *lua;
    int function;
    const char *what;
};

struct sending { /* one call of send */
    const struct tend_message *message;
    int64_t sent;
};

static int push(lua_State *L, struct tend_lua_frame *frame)
{
    const struct channel *self = frame->self;
    const struct tend_message *message = ((const struct sending *)frame->out)->message;

    lua_rawgeti(L, LUA_REGISTRYINDEX, self->function);
    tend_lua_push_ctx(L);
    lua_newtable(L);
    tend_lua_push_text(L, tend_text_of(message->key));
    lua_setfield(L, -2, "key");
    tend_lua_push_text(L, tend_text_of(message->to));
    lua_setfield(L, -2, "to");
    tend_lua_push_text(L, tend_text_of(message->name));
    lua_setfield(L, -2, "name");
    tend_lua_push_text(L, tend_text_of(message->subject));
    lua_setfield(L, -2, "subject");
    tend_lua_push_text(L, message->text);
    lua_setfield(L, -2, "text");
    return 2;
}

/* nil, text, code of ctx.http: only who was too busy surely took nothing. */
static void take_failure(lua_State *L, struct sending *sending, struct tend_lua_frame *frame,
                         int first)
{
    const char *text = tend_lua_to_str(L, first + 1, "send: why it failed");
    bool busy = lua_type(L, first + 2) == LUA_TSTRING &&
                strcmp(lua_tostring(L, first + 2), "busy") == 0;

    sending->sent = busy ? TEND_SENT_RETRY : TEND_SENT_UNKNOWN;
    frame->ctx->host->fail(frame->ctx, busy ? TEND_BUSY : TEND_IO, "%s", text);
}

static void take(lua_State *L, struct tend_lua_frame *frame, int first)
{
    static const char *const words[] = { "accepted", "failed", "retry", "unknown", NULL };
    const struct channel *self = frame->self;
    struct sending *sending = frame->out;
    const char *word = lua_tostring(L, first);
    int64_t at = 0;

    if (lua_isnil(L, first) && !lua_isnil(L, first + 1)) {
        take_failure(L, sending, frame, first);
        return;
    }
    while (word != NULL && words[at] != NULL && strcmp(words[at], word) != 0)
        at++;
    if (word == NULL || words[at] == NULL)
        luaL_error(L, "%s: send returned %s; expected \"accepted\", or \"failed\", \"retry\" or "
                      "\"unknown\" and why", self->what, word != NULL ? word : luaL_typename(L, first));
    sending->sent = at;
    if (at != TEND_SENT_ACCEPTED)
        frame->ctx->host->fail(frame->ctx, TEND_IO, "%s",
                               lua_isnil(L, first + 1) ? "the channel did not say why"
                                                       : tend_lua_to_str(L, first + 1, "send: why"));
}

static tend_status channel_send(struct tend_ctx *ctx, const struct tend_message *message,
                                int64_t *sent)
{
    const struct channel *self = tend_lua_self(ctx);
    struct sending sending = { message, TEND_SENT_UNKNOWN };
    struct tend_lua_frame frame = {
        .push = push, .take = take, .results = 3, .self = self, .out = &sending, .ctx = ctx,
    };
    tend_status status = tend_lua_call(self->lua, &frame);

    *sent = sending.sent;
    return status;
}

static int64_t most_of(lua_State *L, int index, const char *what)
{
    int64_t most;
    int is = 1;

    lua_pushliteral(L, "most");
    most = lua_rawget(L, index) == LUA_TNIL ? 0 : lua_tointegerx(L, -1, &is);
    if (!is || most < 0)
        luaL_error(L, "%s: most is a %s; expected how many characters a text may have", what,
                   luaL_typename(L, -1));
    lua_pop(L, 1);
    return most;
}

void tend_lua_bind_channel(lua_State *L, int index)
{
    static const char *const keys[] = { "address", "api",     "author", "channel", "license", "limits",
                                        "most",    "needs",   "requires", "send",  "summary", "tests",
                                        "title",   "url",     "version", NULL };
    struct channel *self = tend_lua_take(L, sizeof *self);
    struct tend_channel *record = &self->record;

    record->size = sizeof *record;
    record->name = tend_lua_needed(L, index, "a channel", "channel");
    self->what = tend_lua_keep(L, "channel \"%s\"", record->name);
    tend_lua_kind_keys(L, index, self->what, keys);
    record->title = tend_lua_field(L, index, self->what, "title", record->name);
    record->address = tend_lua_needed(L, index, self->what, "address");
    record->most = most_of(L, index, self->what);
    self->function = tend_lua_function(L, index, self->what, "send");
    if (self->function == LUA_NOREF)
        luaL_error(L, "%s: send is missing; expected function(ctx, message)", self->what);
    self->lua = tend_lua_of(L);
    record->send = channel_send;
    tend_lua_provide(L, "channel", record, self);
}
