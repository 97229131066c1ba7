/* The event being answered, read when a field is asked for; and the move that a
 * guard is asked about. */
#include "lua/lua_state.h"

static bool is_list(const char *field)
{
    return strcmp(field, "means") == 0 || strcmp(field, "fields") == 0;
}

static void push_id(lua_State *L, tend_id id)
{
    if (id != 0)
        lua_pushinteger(L, id);
    else
        lua_pushnil(L);
}

static int event_index(lua_State *L)
{
    int64_t serial = *(int64_t *)luaL_checkudata(L, 1, "tend.event");
    const char *field = tend_lua_to_str(L, 2, "a field of an event");
    struct tend_lua_frame *frame = tend_lua_in_call(L);
    struct tend_text value = { "", 0 };

    if (frame->event == NULL || frame->serial != serial)
        return luaL_error(L, "this event is of a call that is over");
    if (strcmp(field, "name") == 0) {
        lua_pushstring(L, frame->event->name);
    } else if (strcmp(field, "person") == 0) {
        push_id(L, frame->event->person);
    } else if (strcmp(field, "subject") == 0) {
        push_id(L, frame->event->subject);
    } else if (strcmp(field, "at") == 0) {
        lua_pushinteger(L, frame->event->at);
    } else {
        if (frame->ctx->read != NULL && frame->ctx->read->event != NULL)
            value = frame->ctx->read->event(frame->ctx, field);
        if (is_list(field))
            tend_lua_push_set(L, value);
        else
            tend_lua_push_text(L, value);
        tend_lua_read_done(L);
    }
    return 1;
}

static int event_newindex(lua_State *L)
{
    return luaL_error(L, "an event cannot be written");
}

static int event_tostring(lua_State *L)
{
    lua_settop(L, 1);
    lua_pushliteral(L, "name");
    return event_index(L);
}

void tend_lua_push_event(lua_State *L)
{
    *(int64_t *)lua_newuserdatauv(L, sizeof(int64_t), 0) = tend_lua_of(L)->frame->serial;
    luaL_setmetatable(L, "tend.event");
}

void tend_lua_open_event(lua_State *L)
{
    static const luaL_Reg functions[] = {
        { "__index", event_index },
        { "__newindex", event_newindex },
        { "__tostring", event_tostring },
        { NULL, NULL },
    };

    tend_lua_class(L, "tend.event", functions);
}

static void set_text(lua_State *L, const char *key, const char *text)
{
    tend_lua_push_text(L, tend_text_of(text));
    lua_setfield(L, -2, key);
}

void tend_lua_push_move(lua_State *L, const struct tend_move *move)
{
    lua_createtable(L, 0, 5);
    push_id(L, move->person);
    lua_setfield(L, -2, "person");
    set_text(L, "track", move->track);
    set_text(L, "from", move->from);
    set_text(L, "to", move->to);
    set_text(L, "by", move->by);
}
