/* Effects as Lua tables: { task = "Follow up", key = "mull-over", ... }. What each
 * has is in include/tend/api/effects.def. */
#include "lua/lua_state.h"
#include <stdio.h>

enum member_type { LINE, LINES, VALUE, SHOWN, WORDS, TIME, NUMBER, PERSON, CELLS, COUNT };

struct member {
    uint32_t kind;
    const char *name;   /* in Lua; "" is not there */
    enum member_type type;
    size_t at;          /* where in the struct */
};

struct form {
    const char *name;   /* the member of this name is the main one */
    uint32_t kind;
    size_t size;
    const struct member *members;   /* up to the first of another kind */
};

union any_effect {
    struct tend_fx fx;
    struct tend_fx_task task;
    struct tend_fx_retime retime;
    struct tend_fx_close close;
    struct tend_fx_move move;
    struct tend_fx_hold hold;
    struct tend_fx_set set;
    struct tend_fx_text text;
    struct tend_fx_link link;
    struct tend_fx_state state;
    struct tend_fx_row row;
    struct tend_fx_ask ask;
    struct tend_fx_schedule schedule;
};

static const struct member members[] = {
#define TEND_EFFECT(NAME, name, level, record, person, need, lua, doc) \
    { TEND_FX_##NAME, lua, LINE, offsetof(struct tend_fx, key) },
#define TEND_EFFECT_MEMBER(NAME, record, member, level, lua, type, most, need, doc) \
    { TEND_FX_##NAME, lua, type, offsetof(struct record, member) },
#define TEND_EFFECT_ALIAS(NAME, record, member, lua, type) \
    { TEND_FX_##NAME, lua, type, offsetof(struct record, member) },
#include <tend/api/effects.def>
    { 0, NULL, LINE, 0 },
};

enum { /* where the members of each begin, its key before all */
#define TEND_EFFECT(NAME, name, level, record, person, need, lua, doc) FIRST_##NAME,
#define TEND_EFFECT_MEMBER(NAME, record, member, level, lua, type, most, need, doc) \
    AT_##NAME##_##member,
#define TEND_EFFECT_ALIAS(NAME, record, member, lua, type) ALIAS_##NAME##_##member,
#include <tend/api/effects.def>
};

static const struct form forms[] = {
#define TEND_EFFECT(NAME, name, level, record, person, need, lua, doc) \
    { #name, TEND_FX_##NAME, sizeof(struct record), members + FIRST_##NAME },
#include <tend/api/effects.def>
};

#define N_FORMS (sizeof forms / sizeof *forms)

static const struct form *form_named(const char *name)
{
    for (size_t i = 0; i < N_FORMS; i++)
        if (strcmp(forms[i].name, name) == 0)
            return &forms[i];
    return NULL;
}

static void refuse_nameless(lua_State *L, const char *key)
{
    const char *names[N_FORMS + 1] = { NULL };

    for (size_t i = 0; i < N_FORMS; i++)
        names[i] = forms[i].name;
    tend_lua_unknown(L, "an effect", key, names);
}

/* Which effect the table is: the one name of an effect among its keys. */
static const struct form *form_of(lua_State *L, int index)
{
    const struct form *form = NULL, *other;
    const char *stray = "";

    lua_pushnil(L);
    while (lua_next(L, index)) {
        lua_pop(L, 1);
        if (lua_type(L, -1) != LUA_TSTRING)
            luaL_error(L, "an effect has a member without a name: [%s]",
                       lua_isnumber(L, -1) ? lua_tostring(L, -1) : luaL_typename(L, -1));
        other = form_named(lua_tostring(L, -1));
        if (other != NULL && form != NULL)
            luaL_error(L, "an effect is one thing: this is %s and %s; return a list of two",
                       form->name, other->name);
        if (other != NULL)
            form = other;
        else if (stray[0] == '\0' || strcmp(lua_tostring(L, -1), stray) < 0)
            stray = lua_tostring(L, -1);
    }
    if (form == NULL && stray[0] == '\0')
        luaL_error(L, "an effect is empty; expected one as { tag = \"vip\" }");
    if (form == NULL)
        refuse_nameless(L, stray);
    return form;
}

static const struct member *member_of(lua_State *L, const struct form *form, const char *name)
{
    const char *names[16] = { "person" };
    char what[40];
    size_t n = 1;

    for (const struct member *member = form->members; member->kind == form->kind; member++) {
        if (member->name[0] == '\0')
            continue;
        if (strcmp(name, member->name) == 0)
            return member;
        if (strcmp(member->name, form->name) != 0)
            names[n++] = member->name;
    }
    snprintf(what, sizeof what, "the effect \"%s\"", form->name);
    tend_lua_unknown(L, what, name, names);
    return NULL;
}

static void put_str(union any_effect *effect, size_t at, const char *text)
{
    memcpy((char *)effect + at, &text, sizeof text);
}

static void put_int(union any_effect *effect, size_t at, int64_t number)
{
    memcpy((char *)effect + at, &number, sizeof number);
}

/* A cell's value as text; pushes what holds it. A person is an id. */
static struct tend_text cell_text(lua_State *L, int index, const char *name)
{
    const tend_id *person = luaL_testudata(L, index, "tend.person");
    struct tend_text text;
    size_t len;

    if (person != NULL)
        lua_pushinteger(L, *person);
    else if (lua_istable(L, index))
        luaL_tolstring(L, index, NULL); /* tags and the like say themselves */
    else
        lua_pushvalue(L, index);
    if (lua_type(L, -1) == LUA_TNUMBER) {
        text.at = lua_tolstring(L, -1, &len);
        text.len = (int64_t)len;
    } else if (!tend_lua_to_text(L, -1, &text)) {
        luaL_error(L, "%s of a row is a %s; expected a text, a number or a person", name,
                   luaL_typename(L, -1));
    }
    return text;
}

/* { person = p, days = 12 } on the top of the stack becomes cells; what holds
 * them, and the texts in them, is there afterwards. */
static void put_cells(lua_State *L, struct tend_fx_row *row)
{
    int at = lua_gettop(L), kept;
    struct tend_cell *cells;
    int64_t n = 0;

    if (!lua_istable(L, at))
        luaL_error(L, "row is a %s; expected a table as { name = \"Ann\", days = 3 }",
                   luaL_typename(L, at));
    lua_newtable(L);
    kept = lua_gettop(L);
    for (lua_pushnil(L); lua_next(L, at); lua_pop(L, 1))
        n++;
    cells = lua_newuserdatauv(L, (size_t)(n > 0 ? n : 1) * sizeof *cells, 0);
    lua_rawseti(L, kept, 1);
    n = 0;
    lua_pushnil(L);
    while (lua_next(L, at)) {
        if (lua_type(L, -2) != LUA_TSTRING)
            luaL_error(L, "a row has a value without a name; expected { name = \"Ann\", days = 3 }");
        cells[n].name = lua_tostring(L, -2);
        cells[n].text = cell_text(L, lua_gettop(L), cells[n].name);
        lua_rawseti(L, kept, ++n + 1);
        lua_pop(L, 1);
    }
    row->cells = cells;
    row->n = n;
    lua_replace(L, at); /* the row itself is held by its effect */
}

/* The value on the top is a text that is taken as it is; its table holds it, as long as
 * no code of the plugin runs, which only the cells of a row can. */
static bool put_plain(lua_State *L, const struct form *form, const struct member *member,
                      union any_effect *effect)
{
    const char *text;
    size_t len;

    if (member->type > WORDS || form->kind == TEND_FX_ROW || lua_type(L, -1) != LUA_TSTRING)
        return false;
    text = lua_tolstring(L, -1, &len);
    if (memchr(text, '\0', len) != NULL)
        return false;
    put_str(effect, member->at, text);
    return true;
}

/* The value is on the top of the stack; its text is there afterwards. */
static void put(lua_State *L, const struct form *form, const struct member *member,
                union any_effect *effect)
{
    char what[64];
    int is;

    snprintf(what, sizeof what, "%s of the effect \"%s\"", member->name, form->name);
    switch (member->type) {
    case LINE:
    case LINES:
        if (lua_isboolean(L, -1))
            luaL_error(L, "%s is a boolean; expected a text", what);
        put_str(effect, member->at, tend_lua_to_str(L, -1, what));
        break;
    case VALUE:
    case SHOWN:
        if (form->kind == TEND_FX_STATE && lua_isboolean(L, -1) && !lua_toboolean(L, -1))
            put_str(effect, member->at, NULL);
        else
            put_str(effect, member->at, tend_lua_to_str(L, -1, what));
        break;
    case WORDS:
        put_str(effect, member->at, tend_lua_to_words(L, -1, what));
        break;
    case TIME:
        put_int(effect, member->at, lua_tointegerx(L, -1, &is));
        if (!is)
            luaL_error(L, "%s is a %s; expected microseconds, as ctx.now", what,
                       luaL_typename(L, -1));
        break;
    case NUMBER:
    case COUNT:
        put_int(effect, member->at, lua_tointegerx(L, -1, &is));
        if (!is)
            luaL_error(L, "%s is a %s; expected a whole number", what, luaL_typename(L, -1));
        break;
    case PERSON:
        put_int(effect, member->at, tend_lua_to_person(L, -1, what));
        break;
    case CELLS:
        put_cells(L, &effect->row);
        break;
    }
}

static void put_person(lua_State *L, union any_effect *effect)
{
    /* false: of nobody, which is the plugin's own state */
    bool nobody = lua_isboolean(L, -1) && !lua_toboolean(L, -1);

    effect->fx.person = nobody ? 0 : tend_lua_to_person(L, -1, "person of an effect");
}

void tend_lua_emit(lua_State *L, int index)
{
    struct tend_lua_frame *frame = tend_lua_in_call(L);
    const struct tend_make_api *make = frame->ctx->make;
    union any_effect effect = { .fx = { 0 } };
    const struct form *form;
    bool valued = false;
    int kept, n = 0;

    index = lua_absindex(L, index);
    if (!lua_istable(L, index))
        luaL_error(L, "an effect is a table, as { tag = \"vip\" }; this is a %s",
                   luaL_typename(L, index));
    if (make == NULL || make->emit == NULL)
        luaL_error(L, "no effects can be made here");
    form = form_of(L, index);
    effect.fx = (struct tend_fx){ (uint32_t)form->size, form->kind, frame->person, NULL };
    lua_pushnil(L); /* a table that holds texts which were made for it, if there are any */
    kept = lua_gettop(L);
    lua_pushnil(L);
    while (lua_next(L, index)) {
        const char *key = lua_tostring(L, kept + 1);

        if (strcmp(key, "person") == 0) {
            put_person(L, &effect);
        } else {
            const struct member *member = member_of(L, form, key);

            if (!put_plain(L, form, member, &effect)) {
                if (n == 0) {
                    lua_newtable(L);
                    lua_replace(L, kept);
                }
                put(L, form, member, &effect);
                lua_rawseti(L, kept, ++n);
            }
            valued = valued || member->type == VALUE;
        }
        lua_settop(L, kept + 1);
    }
    if ((form->kind == TEND_FX_SET || form->kind == TEND_FX_STATE) && !valued)
        luaL_error(L,
                   "the effect \"%s\" has no value; expected a text, a number, or false"
                   " for none",
                   form->name);
    if (make->emit(frame->ctx, &effect.fx) != TEND_OK)
        luaL_error(L, "%s", tend_lua_slot(frame->ctx));
    lua_settop(L, kept - 1);
}

static bool is_empty(lua_State *L, int index)
{
    lua_pushnil(L);
    if (!lua_next(L, index))
        return true;
    lua_pop(L, 2);
    return false;
}

/* A list may have false in it: `late and { task = ... }`. */
static void emit_list(lua_State *L, int index, const char *who)
{
    lua_Integer n = (lua_Integer)lua_rawlen(L, index);

    for (lua_Integer i = 1; i <= n; i++) {
        int type = lua_rawgeti(L, index, i);

        if (type == LUA_TTABLE)
            tend_lua_emit(L, -1);
        else if (type != LUA_TNIL && (type != LUA_TBOOLEAN || lua_toboolean(L, -1)))
            luaL_error(L, "%s returned a list with a %s in it; expected effects", who,
                       lua_typename(L, type));
        lua_pop(L, 1);
    }
}

void tend_lua_emit_answer(lua_State *L, int index, const char *who)
{
    int type = lua_type(L, index);

    if (type == LUA_TNIL || type == LUA_TNONE || (type == LUA_TBOOLEAN && !lua_toboolean(L, index)))
        return;
    if (type != LUA_TTABLE)
        luaL_error(L, "%s returned a %s; expected nothing, an effect or a list of effects", who,
                   lua_typename(L, type));
    if (lua_rawlen(L, index) > 0)
        emit_list(L, index, who);
    else if (!is_empty(L, index))
        tend_lua_emit(L, index);
}
