/* The Lua table of a matcher: matcher = "same-house", score = function(ctx, a, b)
 * return 0.9, "the same address" end. */
#include "lua/lua_state.h"

struct matcher {
    struct tend_matcher record;
    struct tend_lua *lua;
    int score;
    const char *what;
};

struct block { /* one call */
    int64_t n;
    const struct tend_pair *pairs;
    struct tend_score *scores;
};

/* What the function said of one pair: nothing, or a number and a reason. */
static void take_score(lua_State *L, const struct matcher *self, int first,
                       struct tend_score *score)
{
    struct tend_lua_frame *frame = tend_lua_of(L)->frame;
    struct tend_text reason = { "", 0 };
    int is;

    if (lua_isnil(L, first))
        return;
    score->same = lua_tonumberx(L, first, &is);
    if (!is || lua_type(L, first) != LUA_TNUMBER)
        luaL_error(L, "%s: score returned a %s; expected a number from 0 to 1, or nil for no opinion",
                   self->what, luaL_typename(L, first));
    if (!lua_isnil(L, first + 1) && lua_type(L, first + 1) != LUA_TSTRING)
        luaL_error(L, "%s: the reason is a %s; expected a text, or nil", self->what,
                   luaL_typename(L, first + 1));
    if (tend_lua_to_text(L, first + 1, &reason) && reason.len > 0)
        score->reason = frame->ctx->text->keep(frame->ctx, reason);
}

/* A function of the host's making that calls the plugin's for each pair: one
 * crossing a block, below the same protection. */
static int each(lua_State *L)
{
    const struct tend_lua_frame *frame = tend_lua_of(L)->frame;
    const struct matcher *self = frame->self;
    const struct block *block = frame->out;

    for (int64_t i = 0; i < block->n; i++) {
        lua_rawgeti(L, LUA_REGISTRYINDEX, self->score);
        tend_lua_push_ctx(L);
        tend_lua_push_person(L, block->pairs[i].a);
        tend_lua_push_person(L, block->pairs[i].b);
        lua_call(L, 3, 2);
        take_score(L, self, lua_gettop(L) - 1, &block->scores[i]);
        lua_settop(L, 0);
    }
    return 0;
}

static int push(lua_State *L, struct tend_lua_frame *frame)
{
    (void)frame;
    lua_pushcfunction(L, each);
    return 0;
}

static tend_status matcher_score(struct tend_ctx *ctx, int64_t n, const struct tend_pair *pairs,
                                 struct tend_score *scores)
{
    const struct matcher *self = tend_lua_self(ctx);
    struct block block = { n, pairs, scores };
    struct tend_lua_frame frame = { .push = push, .self = self, .out = &block, .ctx = ctx };

    for (int64_t i = 0; i < n; i++)
        scores[i] = (struct tend_score){ .same = -1, .reason = { "", 0 } };
    return tend_lua_call(self->lua, &frame);
}

void tend_lua_bind_matcher(lua_State *L, int index)
{
    static const char *const keys[] = { "api",     "author", "license", "limits", "matcher", "needs", "requires", "score",
                                        "summary", "tests",  "title",   "url",     "version", NULL };
    struct matcher *self = tend_lua_take(L, sizeof *self);
    const char *what;

    self->record.size = sizeof self->record;
    self->record.name = tend_lua_needed(L, index, "a matcher", "matcher");
    self->what = what = tend_lua_keep(L, "matcher \"%s\"", self->record.name);
    tend_lua_kind_keys(L, index, what, keys);
    self->record.title = tend_lua_field(L, index, what, "title", NULL);
    self->score = tend_lua_function(L, index, what, "score");
    if (self->score == LUA_NOREF)
        luaL_error(L, "%s: score is missing; expected function(ctx, a, b)", what);
    self->record.score = matcher_score;
    self->lua = tend_lua_of(L);
    tend_lua_provide(L, "matcher", &self->record, self);
}
