/* save = function(ctx), restore = function(ctx, value, version): what a plugin
 * hands to the one that takes its place. A value is a tree of nil, booleans,
 * numbers, texts and tables, and crosses as bytes: what cannot cross is named.
 *
 *     value: 'n' | 't' | 'f' | 'i' 8 bytes | 'd' 8 bytes | 's' length bytes
 *          | '{' count, then key and value for each
 *
 * Lengths and counts are 8 bytes; all are as the machine has them, since the
 * bytes never leave the process. */
#include "lua/lua_state.h"
#include <string.h>

#define DEPTH_MOST 60
#define BYTES_MOST (1024 * 1024)

struct writing {
    struct tend_buffer out;
    struct tend_buffer where; /* "value.people[3]" */
    const void *on_path[DEPTH_MOST];
    int depth;
};

static void write_value(lua_State *L, struct writing *w, int index);

static void write_bytes(struct writing *w, const void *at, size_t n)
{
    tend_buffer_add(&w->out, (struct tend_text){ at, (int64_t)n });
}

static void write_tag(lua_State *L, struct writing *w, char tag)
{
    if (w->out.len > BYTES_MOST)
        luaL_error(L, "%s: more than %d bytes are kept; what must last belongs into the database",
                   w->where.at, BYTES_MOST);
    tend_buffer_addc(&w->out, tag);
}

static void write_number(lua_State *L, struct writing *w, int index)
{
    lua_Integer whole = lua_tointeger(L, index);
    lua_Number real = lua_tonumber(L, index);

    if (lua_isinteger(L, index)) {
        write_tag(L, w, 'i');
        write_bytes(w, &whole, sizeof whole);
    } else {
        write_tag(L, w, 'd');
        write_bytes(w, &real, sizeof real);
    }
}

static void write_text(lua_State *L, struct writing *w, int index)
{
    size_t len;
    const char *at = lua_tolstring(L, index, &len);
    int64_t n = (int64_t)len;

    write_tag(L, w, 's');
    write_bytes(w, &n, sizeof n);
    if (len <= BYTES_MOST) /* what is longer is refused at the next tag */
        write_bytes(w, at, len);
    else
        luaL_error(L, "%s: a text of more than %d bytes", w->where.at, BYTES_MOST);
}

/* ".name" or "[3]"; keys of other types are refused. Returns where it was before. */
static int64_t step(lua_State *L, struct writing *w, int key)
{
    int64_t before = w->where.len;

    if (lua_type(L, key) == LUA_TSTRING)
        tend_buffer_addf(&w->where, ".%.40s", lua_tostring(L, key));
    else if (lua_isinteger(L, key))
        tend_buffer_addf(&w->where, "[%lld]", (long long)lua_tointeger(L, key));
    else
        luaL_error(L, "%s has a key that is a %s; expected texts and whole numbers", w->where.at,
                   luaL_typename(L, key));
    return before;
}

static void back(struct writing *w, int64_t before)
{
    w->where.len = before;
    w->where.at[before] = '\0';
}

static void write_table(lua_State *L, struct writing *w, int index)
{
    const void *own = lua_topointer(L, index);
    int64_t n = 0, at;

    for (int i = 0; i < w->depth; i++)
        if (w->on_path[i] == own)
            luaL_error(L, "%s is a table that it stands in itself; a value is a tree", w->where.at);
    if (w->depth == DEPTH_MOST)
        luaL_error(L, "%s is more than %d tables deep", w->where.at, DEPTH_MOST);
    if (lua_getmetatable(L, index))
        luaL_error(L, "%s is a table with a metatable; keep what is in it", w->where.at);
    luaL_checkstack(L, 8, "value");
    write_tag(L, w, '{');
    at = w->out.len;
    write_bytes(w, &n, sizeof n);
    w->on_path[w->depth++] = own;
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
        int top = lua_gettop(L);
        int64_t before = step(L, w, top - 1);

        write_value(L, w, top - 1);
        write_value(L, w, top);
        back(w, before);
        n++;
    }
    w->depth--;
    memcpy(w->out.at + at, &n, sizeof n);
}

static void write_value(lua_State *L, struct writing *w, int index)
{
    switch (lua_type(L, index)) {
    case LUA_TNIL:
        write_tag(L, w, 'n');
        break;
    case LUA_TBOOLEAN:
        write_tag(L, w, lua_toboolean(L, index) ? 't' : 'f');
        break;
    case LUA_TNUMBER:
        write_number(L, w, index);
        break;
    case LUA_TSTRING:
        write_text(L, w, index);
        break;
    case LUA_TTABLE:
        write_table(L, w, index);
        break;
    default:
        if (luaL_testudata(L, index, "tend.person") != NULL)
            luaL_error(L, "%s is a person; keep p.id", w->where.at);
        luaL_error(L, "%s is a %s; expected nil, a boolean, a number, a text or a table of these",
                   w->where.at, luaL_typename(L, index));
    }
}

/* --- reading ----------------------------------------------------------------- */

struct reading {
    struct tend_text text;
    int64_t version;
};

static bool read_bytes(struct tend_text *text, void *out, size_t n)
{
    if (text->len < (int64_t)n)
        return false;
    memcpy(out, text->at, n);
    text->at += n;
    text->len -= (int64_t)n;
    return true;
}

/* Bytes that this file did not write are refused, never followed. */
static void read_value(lua_State *L, struct tend_text *text, int depth)
{
    static const char *const broken = "what was kept is damaged";
    lua_Integer whole = 0;
    lua_Number real = 0;
    int64_t n = 0;
    char tag = 0;

    luaL_checkstack(L, 4, "value");
    if (depth > DEPTH_MOST || !read_bytes(text, &tag, 1))
        luaL_error(L, broken);
    switch (tag) {
    case 'n':
        lua_pushnil(L);
        return;
    case 't':
    case 'f':
        lua_pushboolean(L, tag == 't');
        return;
    case 'i':
        if (!read_bytes(text, &whole, sizeof whole))
            luaL_error(L, broken);
        lua_pushinteger(L, whole);
        return;
    case 'd':
        if (!read_bytes(text, &real, sizeof real))
            luaL_error(L, broken);
        lua_pushnumber(L, real);
        return;
    case 's':
        if (!read_bytes(text, &n, sizeof n) || n < 0 || n > text->len)
            luaL_error(L, broken);
        lua_pushlstring(L, text->at, (size_t)n);
        text->at += n;
        text->len -= n;
        return;
    case '{':
        if (!read_bytes(text, &n, sizeof n) || n < 0 || n > text->len)
            luaL_error(L, broken);
        lua_newtable(L);
        while (n-- > 0) {
            read_value(L, text, depth + 1);
            if (lua_type(L, -1) != LUA_TSTRING && !lua_isinteger(L, -1))
                luaL_error(L, broken);
            read_value(L, text, depth + 1);
            lua_rawset(L, -3);
        }
        return;
    default:
        luaL_error(L, broken);
    }
}

/* --- the two calls ------------------------------------------------------------ */

static int push_save(lua_State *L, struct tend_lua_frame *frame)
{
    (void)frame;
    lua_rawgeti(L, LUA_REGISTRYINDEX, tend_lua_of(L)->save);
    tend_lua_push_ctx(L);
    return 1;
}

static void take_save(lua_State *L, struct tend_lua_frame *frame, int first)
{
    struct writing *w = frame->out;
    lua_Debug ar;

    lua_rawgeti(L, LUA_REGISTRYINDEX, tend_lua_of(L)->save);
    lua_getinfo(L, ">S", &ar);
    tend_buffer_addf(&w->where, "%s:%d: value", ar.short_src, ar.linedefined);
    write_value(L, w, first);
}

tend_status tend_lua_save(struct tend_lua *lua, struct tend_ctx *ctx, int64_t *version,
                          struct tend_text *state)
{
    struct writing w = { .depth = 0 };
    struct tend_lua_frame frame = {
        .push = push_save, .take = take_save, .results = 1, .ctx = ctx, .out = &w,
    };
    tend_status status;

    if (lua->save == LUA_NOREF)
        return TEND_UNSUPPORTED;
    status = tend_lua_call(lua, &frame);
    *version = lua->state_version;
    if (status == TEND_OK)
        *state = ctx->text->keep(ctx, tend_buffer_text(&w.out));
    tend_buffer_finish(&w.out);
    tend_buffer_finish(&w.where);
    return status;
}

static int push_restore(lua_State *L, struct tend_lua_frame *frame)
{
    const struct reading *r = frame->self;
    struct tend_text text = r->text;

    lua_rawgeti(L, LUA_REGISTRYINDEX, tend_lua_of(L)->restore);
    tend_lua_push_ctx(L);
    read_value(L, &text, 0);
    lua_pushinteger(L, r->version);
    return 3;
}

tend_status tend_lua_restore(struct tend_lua *lua, struct tend_ctx *ctx, int64_t version,
                             struct tend_text state)
{
    struct reading r = { state, version };
    struct tend_lua_frame frame = { .push = push_restore, .ctx = ctx, .self = &r };

    return lua->restore == LUA_NOREF ? TEND_UNSUPPORTED : tend_lua_call(lua, &frame);
}

void tend_lua_bind_state(lua_State *L, int index, const char *what)
{
    struct tend_lua *lua = tend_lua_of(L);
    int is = 1;

    lua->save = tend_lua_function(L, index, what, "save");
    lua->restore = tend_lua_function(L, index, what, "restore");
    lua_pushliteral(L, "state_version");
    lua->state_version = lua_rawget(L, index) == LUA_TNIL ? 1 : lua_tointegerx(L, -1, &is);
    if (!is || lua_type(L, -1) == LUA_TSTRING || lua->state_version < 0)
        luaL_error(L, "%s: state_version is a %s; expected a whole number", what,
                   luaL_typename(L, -1));
    lua_pop(L, 1);
}
