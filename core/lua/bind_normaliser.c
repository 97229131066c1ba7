/* normaliser = "name", field = ..., and either keys(ctx, values, regions) for a
 * column at once, or key(ctx, value, region) for one. */
#include "lua/lua_state.h"

struct normaliser {
    struct tend_normaliser record;
    struct tend_lua *lua;
    int keys, key;
    const char *who;
};

struct column { /* one call */
    int64_t n;
    const struct tend_text *values, *regions;
    struct tend_text *keys;
};

/* In a list a text that is missing is false: nil would end the list. */
static void push_list(lua_State *L, int64_t n, const struct tend_text *texts)
{
    lua_createtable(L, (int)n, 0);
    for (int64_t i = 0; i < n; i++) {
        if (texts != NULL && texts[i].len > 0)
            lua_pushlstring(L, texts[i].at, (size_t)texts[i].len);
        else
            lua_pushboolean(L, false);
        lua_rawseti(L, -2, i + 1);
    }
}

/* The function for one, called for each; a Lua function of the host's making,
 * so that it runs below the same protection. */
static int each(lua_State *L)
{
    const struct tend_lua_frame *frame = tend_lua_of(L)->frame;
    const struct normaliser *self = frame->self;
    const struct column *column = frame->out;

    lua_createtable(L, (int)column->n, 0);
    for (int64_t i = 0; i < column->n; i++) {
        lua_rawgeti(L, LUA_REGISTRYINDEX, self->key);
        tend_lua_push_ctx(L);
        tend_lua_push_text(L, column->values[i]);
        tend_lua_push_text(L, column->regions ? column->regions[i] : (struct tend_text){ "", 0 });
        lua_call(L, 3, 1);
        if (lua_isnil(L, -1)) {
            lua_pop(L, 1);
            lua_pushboolean(L, false);
        }
        lua_rawseti(L, -2, i + 1);
    }
    return 1;
}

static int push_keys(lua_State *L, struct tend_lua_frame *frame)
{
    const struct normaliser *self = frame->self;
    const struct column *column = frame->out;

    if (self->keys == LUA_NOREF) {
        lua_pushcfunction(L, each);
        return 0;
    }
    lua_rawgeti(L, LUA_REGISTRYINDEX, self->keys);
    tend_lua_push_ctx(L);
    push_list(L, column->n, column->values);
    push_list(L, column->n, column->regions);
    return 3;
}

static void take_keys(lua_State *L, struct tend_lua_frame *frame, int first)
{
    const struct normaliser *self = frame->self;
    const struct column *column = frame->out;

    if (!lua_istable(L, first))
        luaL_error(L, "%s returned a %s; expected a list of keys", self->who,
                   luaL_typename(L, first));
    if ((int64_t)lua_rawlen(L, first) > column->n)
        luaL_error(L, "%s returned %I keys for %I values", self->who,
                   (LUAI_UACINT)lua_rawlen(L, first), (LUAI_UACINT)column->n);
    for (int64_t i = 0; i < column->n; i++) {
        struct tend_text key = { "", 0 };
        int type = lua_rawgeti(L, first, i + 1);

        if (type != LUA_TNIL &&
            ((type == LUA_TBOOLEAN && lua_toboolean(L, -1)) || !tend_lua_to_text(L, -1, &key)))
            luaL_error(L, "%s returned a %s as key %I; expected a text, or nil for none", self->who,
                       lua_typename(L, type), (LUAI_UACINT)(i + 1));
        column->keys[i] =
            key.len ? frame->ctx->text->keep(frame->ctx, key) : (struct tend_text){ "", 0 };
        lua_pop(L, 1);
    }
}

static tend_status normaliser_keys(struct tend_ctx *ctx, int64_t n, const struct tend_text *values,
                                   const struct tend_text *regions, struct tend_text *keys)
{
    const struct normaliser *self = tend_lua_self(ctx);
    struct column column = { .n = n, .values = values, .regions = regions, .keys = keys };
    struct tend_lua_frame frame = {
        .push = push_keys,
        .take = take_keys,
        .results = 1,
        .self = self,
        .out = &column,
        .ctx = ctx,
    };

    return tend_lua_call(self->lua, &frame);
}

void tend_lua_bind_normaliser(lua_State *L, int index)
{
    static const char *const keys[] = { "api",     "author", "field",      "key",     "keys",
                                        "license", "limits", "needs", "requires",  "normaliser", "summary", "tests",
                                        "title",   "url",    "version",    NULL };
    struct normaliser *self = tend_lua_take(L, sizeof *self);
    const char *what;

    self->record.size = sizeof self->record;
    self->record.name = tend_lua_needed(L, index, "a normaliser", "normaliser");
    what = tend_lua_keep(L, "normaliser \"%s\"", self->record.name);
    tend_lua_kind_keys(L, index, what, keys);
    self->record.field = tend_lua_needed(L, index, what, "field");
    self->keys = tend_lua_function(L, index, what, "keys");
    self->key = tend_lua_function(L, index, what, "key");
    if ((self->keys == LUA_NOREF) == (self->key == LUA_NOREF))
        luaL_error(L,
                   "%s: expected keys(ctx, values, regions) or key(ctx, value, region), and"
                   " one of them only",
                   what);
    self->record.keys = normaliser_keys;
    self->lua = tend_lua_of(L);
    self->who = tend_lua_keep(L, "%s: %s", what, self->key == LUA_NOREF ? "keys" : "key");
    tend_lua_provide(L, "normaliser", &self->record, self);
}
