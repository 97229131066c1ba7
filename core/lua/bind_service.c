/* The Lua table of a service: functions = { distance = { "d(dd)", function(ctx, a, b) ...
 * end, "what it does" } }, which values enter and leave by the letters of its signature. */
#include "lua/lua_state.h"

#define FUNCTIONS_MOST 256
#define SIGNATURE_MOST 15

struct service {
    struct tend_service record;
    struct tend_lua *lua;
    const char *what;
    int *functions;             /* references, as in the record */
};

struct serving { /* one call */
    const struct service *self;
    int64_t index;
    const struct tend_any *args;
    struct tend_any *result;
};

static int push(lua_State *L, struct tend_lua_frame *frame)
{
    const struct serving *serving = frame->out;
    const char *letters = serving->self->record.functions[serving->index].signature + 2;
    int n = 0;

    lua_rawgeti(L, LUA_REGISTRYINDEX, serving->self->functions[serving->index]);
    tend_lua_push_ctx(L);
    for (; letters[n] != ')'; n++)
        tend_lua_push_any(L, &serving->args[n]);
    return n + 1;
}

static void take(lua_State *L, struct tend_lua_frame *frame, int first)
{
    const struct serving *serving = frame->out;
    const struct tend_export *function = &serving->self->record.functions[serving->index];
    struct tend_any *result = serving->result;
    const char *wrong;

    result->as = function->signature[0];
    if (result->as == 'v')
        return;
    if (result->as == 'h' && lua_isnil(L, first)) { /* nobody */
        result->is.number = 0;
        return;
    }
    wrong = tend_lua_take_any(L, first, result);
    if (wrong != NULL)
        luaL_error(L, "%s: %s returned %s; expected %s", serving->self->what, function->name, wrong,
                   tend_lua_expected(function->signature[0]));
    if (result->as == 's' && result->is.text != NULL)
        result->is.text = frame->ctx->text->keep(frame->ctx, tend_text_of(result->is.text)).at;
}

tend_status tend_lua_serve(struct tend_ctx *ctx, int64_t index, const struct tend_any *args,
                           struct tend_any *result)
{
    const struct service *self = tend_lua_self(ctx);
    struct serving serving = { self, index, args, result };
    struct tend_lua_frame frame = {
        .push = push, .take = take, .results = 1, .self = self, .out = &serving, .ctx = ctx,
    };

    return tend_lua_call(self->lua, &frame);
}

/* One function: { "d(dd)", function, "what it does" } on the top. */
static void read_function(lua_State *L, const char *what, struct tend_export *out, int *reference)
{
    const char *signature;

    if (!lua_istable(L, -1))
        luaL_error(L, "%s: functions.%s is a %s; expected { \"d(dd)\", function(ctx, a, b) ... end, "
                      "\"what it does\" }", what, out->name, luaL_typename(L, -1));
    lua_rawgeti(L, -1, 1);
    if (lua_type(L, -1) != LUA_TSTRING || lua_rawlen(L, -1) > SIGNATURE_MOST)
        luaL_error(L, "%s: functions.%s: its signature is no text as \"d(dd)\"", what, out->name);
    signature = tend_lua_to_str(L, -1, "a signature");
    memcpy(out->signature, signature, strlen(signature) + 1);
    lua_rawgeti(L, -2, 3);
    out->doc = lua_isnil(L, -1) ? "" : tend_lua_keep(L, "%s", tend_lua_to_str(L, -1, "what a function does"));
    lua_pop(L, 2);
    if (lua_rawgeti(L, -1, 2) != LUA_TFUNCTION)
        luaL_error(L, "%s: functions.%s has a %s; expected function(ctx, ...)", what, out->name,
                   luaL_typename(L, -1));
    *reference = luaL_ref(L, LUA_REGISTRYINDEX);
}

/* By name, since the order of a table is by chance. Their names stand in a list on the top. */
static lua_Integer push_names(lua_State *L, int index, const char *what)
{
    lua_Integer n = 0;

    lua_newtable(L);
    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        if (lua_type(L, -1) != LUA_TSTRING)
            luaL_error(L, "%s: functions has a member without a name", what);
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, ++n);
    }
    for (lua_Integer i = 2; i <= n; i++)
        for (lua_Integer j = i; j > 1; j--) {
            lua_rawgeti(L, -1, j - 1);
            lua_rawgeti(L, -2, j);
            if (strcmp(lua_tostring(L, -2), lua_tostring(L, -1)) <= 0) {
                lua_pop(L, 2);
                break;
            }
            lua_rawseti(L, -3, j - 1);
            lua_rawseti(L, -2, j);
        }
    return n;
}

static void read_functions(lua_State *L, struct service *self, int index)
{
    struct tend_export *list;
    lua_Integer n;
    int names;

    lua_pushliteral(L, "functions");
    if (lua_rawget(L, index) != LUA_TTABLE)
        luaL_error(L, "%s: functions is a %s; expected { name = { \"d(dd)\", function(ctx, a, b) ... "
                      "end, \"what it does\" } }", self->what, luaL_typename(L, -1));
    n = push_names(L, lua_gettop(L), self->what);
    if (n == 0 || n > FUNCTIONS_MOST)
        luaL_error(L, "%s: it has %I functions; expected 1 to %d", self->what, (LUAI_UACINT)n,
                   FUNCTIONS_MOST);
    names = lua_gettop(L);
    list = tend_lua_take(L, (size_t)(n + 1) * sizeof *list);
    self->functions = tend_lua_take(L, (size_t)n * sizeof *self->functions);
    for (lua_Integer i = 0; i < n; i++) {
        lua_rawgeti(L, names, i + 1);
        list[i].size = sizeof *list;
        list[i].name = tend_lua_keep(L, "%s", lua_tostring(L, -1));
        lua_rawget(L, names - 1);
        read_function(L, self->what, &list[i], &self->functions[i]);
        lua_settop(L, names);
    }
    lua_settop(L, names - 2);
    self->record.functions = list;
}

void tend_lua_bind_service(lua_State *L, int index)
{
    static const char *const keys[] = { "api",      "author",  "functions", "level", "license", "limits",
                                        "needs",    "requires", "restore",  "save",  "service",
                                        "summary",  "tests",   "title",     "url",   "version", NULL };
    struct service *self = tend_lua_take(L, sizeof *self);
    int is = 1;

    self->record.size = sizeof self->record;
    self->record.name = tend_lua_needed(L, index, "a service", "service");
    self->what = tend_lua_keep(L, "service \"%s\"", self->record.name);
    tend_lua_known_keys(L, index, self->what, keys);
    lua_pushliteral(L, "level");
    self->record.level = lua_rawget(L, index) == LUA_TNIL ? 1 : lua_tointegerx(L, -1, &is);
    if (!is || self->record.level < 1)
        luaL_error(L, "%s: level is %s; expected an integer from 1 on", self->what,
                   luaL_tolstring(L, -1, NULL));
    lua_pop(L, 1);
    read_functions(L, self, index);
    self->lua = tend_lua_of(L);
    tend_lua_provide(L, "service", &self->record, self);
}
