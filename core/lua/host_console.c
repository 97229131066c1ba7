/* Runs what is typed at the Lua prompt: a state like a plugin's, whose chunks are
 * calls. The user's own init.lua is run in it when it is made. */
#include "lua/lua_console.h"
#include "lua/lua_host.h"
#include "lua/lua_state.h"
#include <string.h>

void tend_lua_alias(lua_State *L, const char *name, const char *line)
{
    struct tend_error err = { 0 };

    if (tend_instance_alias(tend_lua_of(L)->instance, name, line, &err) != TEND_OK)
        luaL_error(L, "%s", err.text);
}

static bool is_cut_off(lua_State *L, int status)
{
    size_t len;
    const char *text = status == LUA_ERRSYNTAX ? lua_tolstring(L, -1, &len) : NULL;

    return text != NULL && len >= 5 && strcmp(text + len - 5, "<eof>") == 0;
}

/* Pushes the function, or the error. */
static int load_text(lua_State *L, const char *before, struct tend_text text, const char *name)
{
    int status;

    lua_pushfstring(L, "=%s", name);
    lua_pushstring(L, before);
    lua_pushlstring(L, text.at, (size_t)text.len);
    lua_concat(L, 2);
    status = luaL_loadbufferx(L, lua_tostring(L, -1), lua_rawlen(L, -1), lua_tostring(L, -2), "t");
    lua_replace(L, -3);
    lua_pop(L, 1);
    return status;
}

/* Does nothing: what runs for a chunk that goes on in the next line. */
static int nothing(lua_State *L)
{
    (void)L;
    return 0;
}

static void push_args(lua_State *L, const struct tend_eval *eval)
{
    lua_newtable(L);
    lua_pushstring(L, eval->name);
    lua_rawseti(L, -2, 0);
    for (int64_t i = 0; i < eval->n_args; i++) {
        lua_pushlstring(L, eval->args[i].at, (size_t)eval->args[i].len);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_setglobal(L, "arg");
    luaL_checkstack(L, (int)eval->n_args + 8, "too many arguments");
    for (int64_t i = 0; i < eval->n_args; i++)
        lua_pushlstring(L, eval->args[i].at, (size_t)eval->args[i].len);
}

/* As a value if it is one, else as statements. */
static int push_eval(lua_State *L, struct tend_lua_frame *frame)
{
    struct tend_eval *eval = frame->eval;
    struct tend_text text = eval->chunk;
    int status = LUA_ERRSYNTAX;
    bool cut_off = false;

    if (eval->script && text.len > 0 && text.at[0] == '#') {
        const char *end = memchr(text.at, '\n', (size_t)text.len);
        int64_t skip = end != NULL ? end - text.at : text.len;

        text = (struct tend_text){ text.at + skip, text.len - skip };
    }
    if (!eval->script) {
        status = load_text(L, "return ", text, eval->name);
        cut_off = is_cut_off(L, status);
        if (status != LUA_OK)
            lua_pop(L, 1);
    }
    if (status != LUA_OK)
        status = load_text(L, "", text, eval->name);
    if (!eval->script && (cut_off || is_cut_off(L, status))) {
        eval->incomplete = true;
        lua_pop(L, 1);
        lua_pushcfunction(L, nothing);
        return 0;
    }
    if (status != LUA_OK)
        lua_error(L);
    if (!eval->script)
        return 0;
    push_args(L, eval);
    return (int)eval->n_args;
}

static void take_eval(lua_State *L, struct tend_lua_frame *frame, int first)
{
    struct tend_eval *eval = frame->eval;
    int last = lua_gettop(L);

    if (!eval->script)
        tend_lua_note_typed(L, eval->chunk);
    if (eval->json)
        tend_lua_json(L, first, last, &eval->value);
    for (int i = first; !eval->json && !eval->script && i <= last; i++) {
        tend_buffer_reset(&eval->out);
        tend_lua_show(L, i, &eval->out);
        eval->host->print(eval->data, tend_buffer_text(&eval->out));
    }
    if (!eval->script && last >= first) { /* what was shown last */
        lua_pushvalue(L, first);
        lua_setglobal(L, "_");
    }
}

static tend_status eval(struct tend_instance *instance, struct tend_ctx *ctx,
                        struct tend_eval *what)
{
    struct tend_lua_frame frame = {
        .push = push_eval, .take = take_eval, .results = LUA_MULTRET, .ctx = ctx, .eval = what,
    };

    return tend_lua_call(tend_instance_data(instance), &frame);
}

static int push_file(lua_State *L, struct tend_lua_frame *frame)
{
    struct tend_lua *lua = tend_lua_of(L);

    (void)frame;
    tend_lua_push_file(L, tend_instance_path(lua->instance), lua->chunk);
    return 0;
}

static int open_console(lua_State *L)
{
    tend_lua_open_console(L);
    tend_lua_note_typed(L, (struct tend_text){ 0 });
    return 0;
}

static tend_status load(struct tend_instance *instance, const char *path, struct tend_error *err)
{
    struct tend_lua_frame frame = { .push = push_file };
    struct tend_lua *lua;
    tend_status status = tend_lua_make(instance, path, err);

    if (status != TEND_OK)
        return status;
    lua = tend_instance_data(instance);
    lua_pushcfunction(lua->L, open_console);
    if (lua_pcall(lua->L, 0, 0, 0) != LUA_OK)
        return tend_error_set(err, TEND_INTERNAL, "its Lua state cannot be made");
    if (path[0] != '\0' && tend_lua_call(lua, &frame) != TEND_OK)
        return tend_error_set(err, frame.code, "%s", frame.text);
    return TEND_OK;
}

static int check_incomplete(lua_State *L)
{
    const struct tend_text *chunk = lua_touserdata(L, 1);
    int status = load_text(L, "return ", *chunk, "lua");
    bool cut_off = is_cut_off(L, status);

    if (status != LUA_OK && !cut_off)
        cut_off = is_cut_off(L, load_text(L, "", *chunk, "lua"));
    lua_pushboolean(L, cut_off);
    return 1;
}

bool tend_lua_incomplete(struct tend_instance *console, struct tend_text chunk)
{
    struct tend_lua *lua = tend_instance_data(console);
    bool is;
    int top;

    if (lua == NULL)
        return false;
    top = lua_gettop(lua->L);
    lua_pushcfunction(lua->L, check_incomplete);
    lua_pushlightuserdata(lua->L, &chunk);
    is = lua_pcall(lua->L, 1, 1, 0) == LUA_OK && lua_toboolean(lua->L, -1);
    lua_settop(lua->L, top);
    return is;
}

/* --- completion ------------------------------------------------------------ */

struct completing {
    struct tend_text path, start; /* "tend.te": path "tend", start "te" */
    char sign;                    /* . or :, 0 for a global */
    tend_lua_word_fn add;
    void *data;
};

static bool is_part(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static void add_if(const struct completing *c, struct tend_text word)
{
    if (word.len >= c->start.len && memcmp(word.at, c->start.at, (size_t)c->start.len) == 0)
        c->add(c->data, word);
}

static void add_of_person(const struct completing *c)
{
    static const char *const methods[] = { "tag",  "untag", "note", "set",   "move",    "hold", "link",
                                           "task", "done",  "drop", "tasks", "touches", "touched",
                                           NULL };
    static const char *const fields[] = { "id",    "name",   "given",    "family", "stage", "hold",
                                          "zone",  "source", "region",   "tags",   "roles", "dnc",
                                          "email", "phone",  "interest", "keeper", NULL };
    const char *const *words = c->sign == ':' ? methods : fields;

    for (; *words != NULL; words++)
        add_if(c, tend_text_of(*words));
}

/* Looks without running anything: raw tables only. The state is below pcall. */
static int complete(lua_State *L)
{
    const struct completing *c = lua_touserdata(L, 1);
    struct tend_text rest = c->path, name;

    lua_pushglobaltable(L);
    while (c->sign != '\0' && tend_text_cut(&rest, ".", &name)) {
        if (lua_type(L, -1) != LUA_TTABLE)
            return 0;
        lua_pushlstring(L, name.at, (size_t)name.len);
        lua_rawget(L, -2);
    }
    if (lua_type(L, -1) == LUA_TSTRING)
        lua_getglobal(L, "string");
    if (luaL_testudata(L, -1, "tend.person") != NULL) {
        add_of_person(c);
        return 0;
    }
    if (lua_type(L, -1) != LUA_TTABLE)
        return 0;
    for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1))
        if (lua_type(L, -2) == LUA_TSTRING)
            add_if(c, tend_text_of(lua_tostring(L, -2)));
    return 0;
}

void tend_lua_complete(struct tend_instance *console, struct tend_text text,
                       tend_lua_word_fn add, void *data)
{
    struct tend_lua *lua = tend_instance_data(console);
    struct completing c = { .add = add, .data = data };
    int64_t i = text.len, from;
    int top;

    while (i > 0 && is_part(text.at[i - 1]))
        i--;
    c.start = (struct tend_text){ text.at + i, text.len - i };
    if (i > 0 && (text.at[i - 1] == '.' || text.at[i - 1] == ':')) {
        c.sign = text.at[--i];
        from = i;
        while (from > 0 && (is_part(text.at[from - 1]) || text.at[from - 1] == '.'))
            from--;
        c.path = (struct tend_text){ text.at + from, i - from };
    }
    if (lua == NULL || (c.sign == '\0' && c.start.len == 0))
        return;
    top = lua_gettop(lua->L);
    lua_pushcfunction(lua->L, complete);
    lua_pushlightuserdata(lua->L, &c);
    lua_pcall(lua->L, 1, 0, 0);
    lua_settop(lua->L, top);
}

static void unload(struct tend_instance *instance)
{
    tend_lua_runtime.unload(instance);
}

static int64_t memory(const struct tend_instance *instance)
{
    return tend_lua_runtime.memory(instance);
}

const struct tend_runtime tend_lua_console_runtime = {
    .name = "lua", .suffix = ".lua", .load = load, .unload = unload, .memory = memory,
    .eval = eval,
};
