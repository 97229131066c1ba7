/* The Lua table of a playbook: playbook = "first-week", title, audience, steps =
 * { { "welcome-call", title, type, window = "0d..1d", closed_by, why }, ... }. */
#define TEND_UNSTABLE
#include "lua/lua_state.h"
#include <tend/x/playbook.h>

/* The step on the top of the stack. */
static const struct tend_step *read_step(lua_State *L, lua_Integer i, const char *what)
{
    static const char *const keys[] = { "closed_by", "title", "type", "why", "window", NULL };
    struct tend_step *step = tend_lua_take(L, sizeof *step);
    int at = lua_gettop(L);

    if (!lua_istable(L, at))
        luaL_error(L, "%s: steps[%I] is a %s; expected { \"name\", title = ..., window = ... }", what,
                   (LUAI_UACINT)i, luaL_typename(L, at));
    step->size = sizeof *step;
    step->name = tend_lua_kept_at(L, at, 1, tend_lua_keep(L, "%s: steps[%d]", what, (int)i));
    if (step->name == NULL)
        luaL_error(L, "%s: steps[%I] has no name; expected { \"name\", title = ..., window = ... }",
                   what, (LUAI_UACINT)i);
    lua_pushnil(L);
    lua_rawseti(L, at, 1);
    what = tend_lua_keep(L, "%s: step \"%s\"", what, step->name);
    tend_lua_known_keys(L, at, what, keys);
    step->title = tend_lua_needed(L, at, what, "title");
    step->type = tend_lua_field(L, at, what, "type", NULL);
    step->window = tend_lua_needed(L, at, what, "window");
    step->closed_by = tend_lua_words(L, at, what, "closed_by");
    step->why = tend_lua_field(L, at, what, "why", NULL);
    return step;
}

static const struct tend_step *const *read_steps(lua_State *L, int index, const char *what)
{
    lua_Integer n = (lua_Integer)tend_lua_open_list(L, index, what, "steps");
    const struct tend_step **steps;

    if (n <= 0)
        luaL_error(L, "%s: steps is missing; expected { { \"name\", title = ..., window = "
                      "\"0d..1d\" }, ... }", what);
    steps = tend_lua_take(L, ((size_t)n + 1) * sizeof *steps);
    for (lua_Integer i = 1; i <= n; i++) {
        lua_rawgeti(L, -1, i);
        steps[i - 1] = read_step(L, i, what);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return steps;
}

void tend_lua_bind_playbook(lua_State *L, int index)
{
    static const char *const keys[] = { "api",      "audience", "author",  "license", "limits", "needs",
                                        "playbook", "steps",    "summary", "tests",   "title",
                                        "url",      "version",  NULL };
    struct tend_playbook *record = tend_lua_take(L, sizeof *record);
    const char *what;

    record->size = sizeof *record;
    record->name = tend_lua_needed(L, index, "a playbook", "playbook");
    what = tend_lua_keep(L, "playbook \"%s\"", record->name);
    tend_lua_kind_keys(L, index, what, keys);
    record->title = tend_lua_needed(L, index, what, "title");
    record->audience = tend_lua_field(L, index, what, "audience", NULL);
    record->steps = read_steps(L, index, what);
    tend_lua_provide(L, "playbook", record, NULL);
}
