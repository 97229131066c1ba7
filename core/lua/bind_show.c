/* Any value as text for whoever typed `=`: tables pretty and bounded, cycles named,
 * keys in order, texts within tables in quotes. */
#include "lua/lua_state.h"

#define DEEP 4
#define ITEMS 60
#define WIDE 72
#define KEYS 2000 /* that are looked at */

static void add_quoted(struct tend_buffer *out, struct tend_text text)
{
    tend_buffer_addc(out, '"');
    for (int64_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];

        if (c == '"' || c == '\\')
            tend_buffer_addf(out, "\\%c", c);
        else if (c == '\n')
            tend_buffer_adds(out, "\\n");
        else if (c < 0x20 || c == 0x7F)
            tend_buffer_addf(out, "\\%d", c);
        else
            tend_buffer_addc(out, (char)c);
    }
    tend_buffer_addc(out, '"');
}

static void add_person(lua_State *L, int index, struct tend_buffer *out)
{
    tend_id person = *(tend_id *)lua_touserdata(L, index);
    struct tend_lua_frame *frame = tend_lua_of(L)->frame;

    tend_buffer_addf(out, "p%lld", (long long)person);
    if (frame->ctx != NULL && frame->ctx->read != NULL) {
        struct tend_text name = frame->ctx->read->get(frame->ctx, person, "name");

        tend_buffer_addf(out, "%s%.*s", name.len > 0 ? " " : "", TEND_FMT(name));
    }
}

static bool is_word(struct tend_text text)
{
    for (int64_t i = 0; i < text.len; i++) {
        char c = text.at[i];

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
              (i > 0 && c >= '0' && c <= '9')))
            return false;
    }
    return text.len > 0;
}

static struct tend_text text_at(lua_State *L, int index)
{
    size_t len;
    const char *at = lua_tolstring(L, index, &len);

    return (struct tend_text){ at, (int64_t)len };
}

static void show(lua_State *L, int index, struct tend_buffer *out, int depth);

static void add_key(lua_State *L, int index, struct tend_buffer *out, int depth)
{
    if (lua_type(L, index) == LUA_TSTRING && is_word(text_at(L, index))) {
        tend_buffer_add(out, text_at(L, index));
    } else {
        tend_buffer_addc(out, '[');
        show(L, index, out, depth + 1);
        tend_buffer_addc(out, ']');
    }
    tend_buffer_adds(out, " = ");
}

/* Pushes a list of the keys that are not 1..n, sorted; how many. */
static lua_Integer push_keys(lua_State *L, int index, lua_Integer n)
{
    lua_Integer count = 0;

    lua_newtable(L);
    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        if (lua_isinteger(L, -1) && lua_tointeger(L, -1) >= 1 && lua_tointeger(L, -1) <= n)
            continue;
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, ++count);
        if (count == KEYS) {
            lua_pop(L, 1);
            break;
        }
    }
    return count;
}

static int compare(lua_State *L, int a, int b)
{
    if (lua_type(L, a) == LUA_TSTRING && lua_type(L, b) == LUA_TSTRING)
        return tend_text_cmp(text_at(L, a), text_at(L, b));
    if (lua_type(L, a) == LUA_TNUMBER && lua_type(L, b) == LUA_TNUMBER)
        return lua_tonumber(L, a) < lua_tonumber(L, b) ? -1 : 1;
    return lua_type(L, a) - lua_type(L, b);
}

/* Few keys are shown, so the smallest is looked for each time. */
static void sort_keys(lua_State *L, int list, lua_Integer n)
{
    for (lua_Integer i = 1; i <= n && i <= ITEMS; i++) {
        for (lua_Integer j = i + 1; j <= n; j++) {
            lua_rawgeti(L, list, i);
            lua_rawgeti(L, list, j);
            if (compare(L, -1, -2) < 0) {
                lua_rawseti(L, list, i);
                lua_rawseti(L, list, j);
            } else {
                lua_pop(L, 2);
            }
        }
    }
}

static void add_gap(struct tend_buffer *out, int depth, bool first)
{
    tend_buffer_adds(out, first ? "\n" : ",\n");
    for (int i = 0; i <= depth; i++)
        tend_buffer_adds(out, "  ");
}

static bool is_seen(lua_State *L, int index)
{
    bool seen;

    lua_getfield(L, LUA_REGISTRYINDEX, "tend.shown");
    lua_pushvalue(L, index);
    seen = lua_rawget(L, -2) != LUA_TNIL;
    lua_pop(L, 2);
    return seen;
}

static void mark(lua_State *L, int index, bool on)
{
    lua_getfield(L, LUA_REGISTRYINDEX, "tend.shown");
    lua_pushvalue(L, index);
    if (on)
        lua_pushboolean(L, true);
    else
        lua_pushnil(L);
    lua_rawset(L, -3);
    lua_pop(L, 1);
}

/* On one line if it fits there: what was written with breaks is drawn together. */
static void draw_together(struct tend_buffer *out, int64_t from)
{
    struct tend_buffer line = { 0 };
    int64_t i = from;

    if (out->len - from > 3 * WIDE)
        return;
    while (i < out->len) {
        if (out->at[i] == '\n') {
            while (i < out->len && (out->at[i] == '\n' || out->at[i] == ' '))
                i++;
            tend_buffer_addc(&line, ' ');
        } else {
            tend_buffer_addc(&line, out->at[i++]);
        }
    }
    if (line.len <= WIDE) {
        out->len = from;
        tend_buffer_add(out, tend_buffer_text(&line));
    }
    tend_buffer_finish(&line);
}

static void show_table(lua_State *L, int index, struct tend_buffer *out, int depth)
{
    lua_Integer n = (lua_Integer)lua_rawlen(L, index), shown = 0, keys;
    int64_t from = out->len;
    int list;

    if (is_seen(L, index)) {
        tend_buffer_adds(out, "<itself>");
        return;
    }
    if (depth >= DEEP) {
        tend_buffer_adds(out, "{...}");
        return;
    }
    mark(L, index, true);
    keys = push_keys(L, index, n);
    list = lua_gettop(L);
    sort_keys(L, list, keys);
    tend_buffer_addc(out, '{');
    for (lua_Integer i = 1; i <= n && shown < ITEMS; i++, shown++) {
        add_gap(out, depth, shown == 0);
        lua_rawgeti(L, index, i);
        show(L, lua_gettop(L), out, depth + 1);
        lua_pop(L, 1);
    }
    for (lua_Integer i = 1; i <= keys && shown < ITEMS; i++, shown++) {
        add_gap(out, depth, shown == 0);
        lua_rawgeti(L, list, i);
        add_key(L, lua_gettop(L), out, depth);
        lua_rawget(L, index);
        show(L, lua_gettop(L), out, depth + 1);
        lua_pop(L, 1);
    }
    if (n + keys > shown) {
        add_gap(out, depth, false);
        tend_buffer_addf(out, "... %lld more", (long long)(n + keys - shown));
    }
    if (shown > 0)
        add_gap(out, depth - 1, true);
    tend_buffer_addc(out, '}');
    draw_together(out, from);
    lua_settop(L, list - 1);
    mark(L, index, false);
}

static void show(lua_State *L, int index, struct tend_buffer *out, int depth)
{
    luaL_checkstack(L, 12, "a value too deep to be shown");
    if (luaL_testudata(L, index, "tend.person") != NULL) {
        add_person(L, index, out);
    } else if (lua_type(L, index) == LUA_TSTRING) {
        if (depth > 0)
            add_quoted(out, text_at(L, index));
        else
            tend_buffer_add(out, text_at(L, index));
    } else if (lua_type(L, index) == LUA_TTABLE) {
        show_table(L, index, out, depth);
    } else {
        luaL_tolstring(L, index, NULL);
        tend_buffer_add(out, text_at(L, -1));
        lua_pop(L, 1);
    }
}

void tend_lua_show(lua_State *L, int index, struct tend_buffer *out)
{
    lua_newtable(L);
    lua_setfield(L, LUA_REGISTRYINDEX, "tend.shown");
    show(L, lua_absindex(L, index), out, 0);
}
