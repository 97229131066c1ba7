/* stage_set = "name", stages = { { "listed", track =, means =, title = }, ... },
 * touch_kinds, dispositions, holds, rule(ctx, event); the guards stand in
 * bind_guard.c. */
#include "lua/lua_state.h"

struct stages {
    struct tend_stage_set record;
    struct tend_lua_answer answer; /* the rule */
    const char *what;              /* `stage_set "pipeline"`, for messages */
};

static tend_status stages_rule(struct tend_ctx *ctx, const struct tend_event *event)
{
    const struct stages *self = tend_lua_self(ctx);

    return tend_lua_ask(&self->answer, ctx, event);
}

/* { "listed", track = "opportunity", means = "open", title = "Listed" } */
static const struct tend_word *read_word(lua_State *L, const char *what, const char *track)
{
    static const char *const all[] = { "means", "title", "track", NULL };
    struct tend_word *word = tend_lua_take(L, sizeof *word);
    int entry = lua_gettop(L);

    if (lua_type(L, entry) == LUA_TSTRING) {
        word->name = tend_lua_keep(L, "%s", tend_lua_to_str(L, entry, what));
        word->track = track;
        return word;
    }
    if (!lua_istable(L, entry) || lua_rawgeti(L, entry, 1) != LUA_TSTRING)
        luaL_error(L, "%s: expected entries as { \"name\", means = \"...\" }", what);
    word->name = tend_lua_keep(L, "%s", tend_lua_to_str(L, -1, what));
    lua_pop(L, 1);
    lua_pushnil(L);
    lua_rawseti(L, entry, 1); /* what is left has names */
    what = tend_lua_keep(L, "%s: \"%s\"", what, word->name);
    tend_lua_known_keys(L, entry, what, all);
    word->track = tend_lua_field(L, entry, what, "track", track);
    word->means = tend_lua_words(L, entry, what, "means");
    word->title = tend_lua_field(L, entry, what, "title", NULL);
    return word;
}

static const struct tend_word *const *read_words(lua_State *L, int index, const char *set,
                                                 const char *key, const char *track)
{
    const char *what = tend_lua_keep(L, "%s: %s", set, key);
    const struct tend_word **words;
    lua_Integer n;
    int type;

    lua_pushstring(L, key);
    type = lua_rawget(L, index);
    if (type != LUA_TNIL && type != LUA_TTABLE)
        luaL_error(L, "%s is a %s; expected a list", what, lua_typename(L, type));
    if (type == LUA_TNIL) {
        lua_pop(L, 1);
        return NULL;
    }
    n = (lua_Integer)lua_rawlen(L, -1);
    words = tend_lua_take(L, ((size_t)n + 1) * sizeof *words);
    for (lua_Integer i = 0; i < n; i++) {
        lua_rawgeti(L, -1, i + 1);
        words[i] = read_word(L, what, track);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return words;
}

/* Every stage has a track: its own, or the primary one of the set. */
static void check_stages(lua_State *L, const struct stages *self)
{
    const struct tend_stage_set *set = &self->record;
    bool found = set->initial == NULL;

    for (const struct tend_word *const *stage = set->stages; stage && *stage; stage++) {
        if ((*stage)->track == NULL)
            luaL_error(L, "%s: stage \"%s\" has no track, and the set no primary one", self->what,
                       (*stage)->name);
        found = found || strcmp((*stage)->name, set->initial) == 0;
    }
    if (!found)
        luaL_error(L, "%s: initial is \"%s\", which is none of its stages", self->what,
                   set->initial);
}

void tend_lua_bind_stage_set(lua_State *L, int index)
{
    static const char *const keys[] = {
        "api",   "author", "dispositions", "guards", "holds",     "initial", "license", "limits",
        "needs", "requires", "on",     "primary",      "rule",   "stage_set", "stages",  "summary",
        "tests", "title",  "touch_kinds",  "url",    "version",   NULL,
    };
    struct stages *self = tend_lua_take(L, sizeof *self);
    struct tend_stage_set *set = &self->record;

    self->answer.lua = tend_lua_of(L);
    set->size = sizeof *set;
    set->name = tend_lua_needed(L, index, "a stage set", "stage_set");
    self->what = tend_lua_keep(L, "stage_set \"%s\"", set->name);
    self->answer.who = tend_lua_keep(L, "%s: rule", self->what);
    tend_lua_kind_keys(L, index, self->what, keys);
    set->primary = tend_lua_field(L, index, self->what, "primary", NULL);
    set->initial = tend_lua_field(L, index, self->what, "initial", NULL);
    set->stages = read_words(L, index, self->what, "stages", set->primary);
    set->touch_kinds = read_words(L, index, self->what, "touch_kinds", NULL);
    set->dispositions = read_words(L, index, self->what, "dispositions", NULL);
    set->holds = read_words(L, index, self->what, "holds", NULL);
    check_stages(L, self);
    set->guards = tend_lua_bind_guards(L, index, self->what);
    set->on = tend_lua_words(L, index, self->what, "on");
    self->answer.function = tend_lua_function(L, index, self->what, "rule");
    if ((self->answer.function == LUA_NOREF) != (set->on == NULL))
        luaL_error(L, "%s: on and rule go together: the events, and function(ctx, event)",
                   self->what);
    if (self->answer.function != LUA_NOREF)
        set->rule = stages_rule;
    tend_lua_provide(L, "stage_set", set, self);
}
