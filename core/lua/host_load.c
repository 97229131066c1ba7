/* Loading a Lua plugin: a state of its own, its file run under the limits of a
 * call, and the table that it returns turned into records. */
#include "base/memory.h"
#include "lua/lua_host.h"
#include "lua/lua_state.h"
#include <string.h>

struct kind {
    const char *name;
    void (*bind)(lua_State *L, int index);
};

static const struct kind kinds[] = {
    { "channel", tend_lua_bind_channel },
    { "command", tend_lua_bind_command },
    { "lead_source", tend_lua_bind_source },
    { "matcher", tend_lua_bind_matcher },
    { "normaliser", tend_lua_bind_normaliser },
    { "playbook", tend_lua_bind_playbook },
    { "policy", tend_lua_bind_policy },
    { "report", tend_lua_bind_report },
    { "service", tend_lua_bind_service },
    { "stage_set", tend_lua_bind_stage_set },
};

#define N_KINDS (sizeof kinds / sizeof *kinds)

/* The kind of a table by its key, or NULL. */
static const struct kind *kind_of(lua_State *L, int index)
{
    const struct kind *kind = NULL;

    for (size_t i = 0; i < N_KINDS; i++) {
        lua_pushstring(L, kinds[i].name);
        if (lua_rawget(L, index) != LUA_TNIL) {
            if (kind != NULL)
                luaL_error(L, "this is a %s and a %s; several go into provides = { ... }",
                           kind->name, kinds[i].name);
            kind = &kinds[i];
        }
        lua_pop(L, 1);
    }
    return kind;
}

static void check_name(lua_State *L, const char *name)
{
    size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");

    if (name[n] != '\0' || name[0] < 'a')
        luaL_error(L,
                   "the name \"%s\": expected small letters, digits and -, beginning with a"
                   " letter",
                   name);
}

static void check_api(lua_State *L, int index)
{
    lua_Integer api;
    int is = 1;

    lua_pushliteral(L, "api");
    api = lua_rawget(L, index) == LUA_TNIL ? 0 : lua_tointegerx(L, -1, &is);
    if (!is || lua_type(L, -1) == LUA_TSTRING || api < 0)
        luaL_error(L, "api is a %s; expected the API level that the plugin needs, as 0",
                   luaL_typename(L, -1));
    if (api > TEND_API)
        luaL_error(L, "it needs API level %I, and this tend has %d: a newer tend is needed",
                   (LUAI_UACINT)api, TEND_API);
    lua_pop(L, 1);
}

/* limits = "time:2s", or limits = { time = "2s", effects = 200 }. */
static const char *limits_of(lua_State *L, int index, const char *what)
{
    static const char *const names[] = { "effects", "memory", "output", "rows",
                                         "time",    "total",  NULL };
    struct tend_text value;
    const char *all = "";
    int table;

    lua_pushliteral(L, "limits");
    if (lua_rawget(L, index) != LUA_TTABLE) {
        lua_pop(L, 1);
        return tend_lua_field(L, index, what, "limits", "");
    }
    table = lua_gettop(L);
    tend_lua_known_keys(L, table, tend_lua_keep(L, "%s: limits", what), names);
    for (const char *const *name = names; *name != NULL; name++) {
        lua_pushstring(L, *name);
        if (lua_rawget(L, table) != LUA_TNIL) {
            if (!tend_lua_to_text(L, -1, &value))
                luaL_error(L, "%s: limits: %s is a %s; expected a text as \"2s\"", what, *name,
                           luaL_typename(L, -1));
            all = tend_lua_keep(L, "%s%s:%.*s ", all, *name, (int)value.len, value.at);
        }
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return all;
}

static void take_manifest(lua_State *L, int index, const char *name)
{
    const char *what = tend_lua_keep(L, "plugin \"%s\"", name), *needs;
    struct tend_manifest manifest = { .name = name };
    struct tend_error err = { 0 };

    check_name(L, name);
    check_api(L, index);
    needs = tend_lua_needs(L, index, what);
    manifest.version = tend_lua_field(L, index, what, "version", "");
    manifest.summary = tend_lua_field(L, index, what, "summary", "");
    manifest.license = tend_lua_field(L, index, what, "license", "");
    manifest.author = tend_lua_field(L, index, what, "author", "");
    tend_lua_bind_trial(L, index, what);
    tend_lua_bind_state(L, index, what);
    manifest.needs = needs ? needs : "";
    manifest.limits = limits_of(L, index, what);
    manifest.requires = tend_lua_words(L, index, what, "requires");
    if (tend_instance_manifest(tend_lua_of(L)->instance, &manifest, &err) != TEND_OK)
        luaL_error(L, "%s", err.text);
    if (tend_instance_memory_most(tend_lua_of(L)->instance) > 0)
        tend_lua_of(L)->most = (size_t)tend_instance_memory_most(tend_lua_of(L)->instance);
}

static void refuse(lua_State *L)
{
    luaL_error(L, "the file returns no plugin; expected return { policy = \"name\", ... }, or one"
                  " of: command lead_source matcher normaliser playbook report service stage_set; or { plugin = \"name\", provides ="
                  " { ... } }");
}

/* What is handed over at a reload is the plugin's, whatever it provides. */
static void refuse_state(lua_State *L, int entry, lua_Integer i)
{
    static const char *const words[] = { "restore", "save", "selftest", "state_version", NULL };

    for (const char *const *word = words; *word != NULL; word++) {
        lua_pushstring(L, *word);
        if (lua_rawget(L, entry) != LUA_TNIL)
            luaL_error(L, "provides[%I]: %s belongs beside provides", (LUAI_UACINT)i, *word);
        lua_pop(L, 1);
    }
}

static void take_several(lua_State *L, int index)
{
    static const char *const keys[] = { "api",    "author",   "license", "limits", "needs", "requires",
                                        "plugin", "provides", "summary", "tests",
                                        "title",  "url",      "version", NULL };
    const char *name = tend_lua_needed(L, index, "a plugin", "plugin");
    lua_Integer n;

    tend_lua_kind_keys(L, index, tend_lua_keep(L, "plugin \"%s\"", name), keys);
    take_manifest(L, index, name);
    lua_pushliteral(L, "provides");
    if (lua_rawget(L, index) != LUA_TTABLE)
        luaL_error(L, "provides is a %s; expected a list of tables", luaL_typename(L, -1));
    n = (lua_Integer)lua_rawlen(L, -1);
    for (lua_Integer i = 1; i <= n; i++) {
        const struct kind *kind = NULL;
        int type = lua_rawgeti(L, -1, i);

        if (type == LUA_TTABLE)
            kind = kind_of(L, lua_gettop(L));
        if (kind == NULL)
            luaL_error(L,
                       "provides[%I]: expected a table with one of: command lead_source"
                       " matcher normaliser playbook policy report service stage_set",
                       (LUAI_UACINT)i);
        refuse_state(L, lua_gettop(L), i);
        kind->bind(L, lua_gettop(L));
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

static void take_plugin(lua_State *L, struct tend_lua_frame *frame, int first)
{
    const struct kind *kind;

    (void)frame;
    if (!lua_istable(L, first))
        refuse(L);
    lua_pushliteral(L, "plugin");
    if (lua_rawget(L, first) != LUA_TNIL) {
        lua_pop(L, 1);
        take_several(L, first);
        return;
    }
    lua_pop(L, 1);
    kind = kind_of(L, first);
    if (kind == NULL)
        refuse(L);
    take_manifest(L, first, tend_lua_needed(L, first, "a plugin", kind->name));
    kind->bind(L, first);
}

static int push_chunk(lua_State *L, struct tend_lua_frame *frame)
{
    struct tend_lua *lua = tend_lua_of(L);

    (void)frame;
    tend_lua_push_file(L, tend_instance_path(lua->instance), lua->chunk);
    return 0;
}

static int open_all(lua_State *L)
{
    tend_lua_open(L);
    tend_lua_open_person(L);
    tend_lua_open_event(L);
    tend_lua_open_input(L);
    tend_lua_open_http(L);
    tend_lua_open_ctx(L);
    return 0;
}

/* DIR/NAME/NAME.lua has a folder of its own, DIR/NAME.lua has none. */
static void name_file(struct tend_lua *lua, const char *path)
{
    const char *file = strrchr(path, '/'), *folder;
    size_t stem, len;

    lua->chunk = file ? file + 1 : path;
    if (file == NULL || file == path)
        return;
    for (folder = file; folder > path && folder[-1] != '/';)
        folder--;
    len = (size_t)(file - folder);
    stem = strlen(file + 1) - strlen(tend_lua_runtime.suffix);
    if (len == stem && strncmp(folder, file + 1, len) == 0) {
        lua->folder = tend_arena_str(lua->arena, (struct tend_text){ path, file - path });
        lua->chunk = folder;
    }
}

tend_status tend_lua_make(struct tend_instance *instance, const char *path,
                          struct tend_error *err)
{
    struct tend_lua *lua = tend_alloc(sizeof *lua);

    tend_instance_set_data(instance, lua);
    lua->instance = instance;
    lua->selftest = LUA_NOREF;
    lua->save = lua->restore = LUA_NOREF;
    lua->most = TEND_LUA_MEMORY;
    lua->arena = tend_instance_arena(instance);
    name_file(lua, tend_arena_str(lua->arena, tend_text_of(path)));
    lua->L = lua_newstate(tend_lua_allocate, lua);
    if (lua->L == NULL)
        return tend_error_set(err, TEND_NOMEM, "there is no memory for a Lua state");
    *(struct tend_lua **)lua_getextraspace(lua->L) = lua;
    lua_pushcfunction(lua->L, open_all);
    if (lua_pcall(lua->L, 0, 0, 0) != LUA_OK)
        return tend_error_set(err, TEND_INTERNAL, "its Lua state cannot be made");
    return TEND_OK;
}

static tend_status load(struct tend_instance *instance, const char *path, struct tend_error *err)
{
    struct tend_lua_frame frame = { .push = push_chunk, .take = take_plugin, .results = 1 };
    tend_status status = tend_lua_make(instance, path, err);
    struct tend_lua *lua = tend_instance_data(instance);

    if (status != TEND_OK)
        return status;
    if (tend_lua_call(lua, &frame) != TEND_OK)
        return tend_error_set(err, frame.code, "%s", frame.text);
    return TEND_OK;
}

static void unload(struct tend_instance *instance)
{
    struct tend_lua *lua = tend_instance_data(instance);

    if (lua == NULL)
        return;
    if (lua->L != NULL)
        lua_close(lua->L); /* no finalizers, nothing to be closed: runs no code */
    tend_arena_finish(&lua->scratch);
    tend_buffer_finish(&lua->json);
    tend_instance_set_data(instance, NULL);
    tend_free(lua);
}

static int64_t memory(const struct tend_instance *instance)
{
    const struct tend_lua *lua = tend_instance_data(instance);

    return lua ? (int64_t)lua->peak : 0;
}

static tend_status save(struct tend_instance *instance, struct tend_ctx *ctx, int64_t *version,
                        struct tend_text *state)
{
    return tend_lua_save(tend_instance_data(instance), ctx, version, state);
}

static tend_status restore(struct tend_instance *instance, struct tend_ctx *ctx, int64_t version,
                           struct tend_text state)
{
    return tend_lua_restore(tend_instance_data(instance), ctx, version, state);
}

static bool trial(struct tend_instance *instance, int64_t growths, int64_t steps)
{
    return tend_lua_trial(tend_instance_data(instance), growths, steps);
}

static tend_status selftest(struct tend_instance *instance, struct tend_ctx *ctx)
{
    return tend_lua_selftest(tend_instance_data(instance), ctx);
}

const struct tend_runtime tend_lua_runtime = {
    .name = "lua",
    .suffix = ".lua",
    .load = load,
    .unload = unload,
    .memory = memory,
    .serve = tend_lua_serve,
    .save = save,
    .restore = restore,
    .selftest = selftest,
    .trial = trial,
};
