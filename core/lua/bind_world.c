/* ctx.file, ctx.secret and ctx.options. What fails is nil, why, and one word for it. */
#include "lua/lua_state.h"

int tend_lua_failed(lua_State *L, tend_status status)
{
    struct tend_ctx *ctx = tend_lua_of(L)->frame->ctx;

    lua_pushnil(L);
    lua_pushstring(L, tend_lua_slot(ctx));
    lua_pushstring(L, tend_status_name(status));
    tend_lua_forgive(ctx);              /* the plugin was told: it may go on */
    return 3;
}

tend_status tend_lua_status_of(const char *code)
{
    for (tend_status status = TEND_NOMEM; status >= TEND_USAGE; status--)
        if (strcmp(tend_status_name(status), code) == 0)
            return status;
    return TEND_OK;
}

static const struct tend_file_api *file_of(lua_State *L)
{
    const struct tend_file_api *file = tend_lua_in_call(L)->ctx->file;

    if (file == NULL)
        luaL_error(L, "no files can be read here");
    return file;
}

static int file_read(lua_State *L)
{
    const struct tend_file_api *file = file_of(L);
    struct tend_text content;
    tend_status status = file->read(tend_lua_of(L)->frame->ctx,
                                    tend_lua_to_str(L, 1, "file.read: path"), &content);

    if (status != TEND_OK)
        return tend_lua_failed(L, status);
    lua_pushlstring(L, content.at, (size_t)content.len);
    return 1;
}

static int file_list(lua_State *L)
{
    const struct tend_file_api *file = file_of(L);
    struct tend_text names, name;
    tend_status status = file->list(tend_lua_of(L)->frame->ctx,
                                    tend_lua_to_str(L, 1, "file.list: path"), &names);

    if (status != TEND_OK)
        return tend_lua_failed(L, status);
    lua_newtable(L);
    for (lua_Integer i = 1; tend_text_cut(&names, "\n", &name); i++) {
        if (name.len == 0)
            break;
        lua_pushlstring(L, name.at, (size_t)name.len);
        lua_rawseti(L, -2, i);
    }
    return 1;
}

void tend_lua_push_file_functions(lua_State *L)
{
    static const luaL_Reg functions[] = {
        { "list", file_list }, { "read", file_read }, { NULL, NULL },
    };

    luaL_newlib(L, functions);
}

int tend_lua_ctx_secret(lua_State *L)
{
    struct tend_ctx *ctx = tend_lua_in_call(L)->ctx;
    struct tend_text value;
    tend_status status;

    tend_lua_drop_ctx(L);
    if (ctx->secret == NULL)
        return luaL_error(L, "secrets are there in `page` of a lead source and `send` of a "
                             "channel alone");
    status = ctx->secret->get(ctx, tend_lua_to_str(L, 1, "secret: name"), &value);
    if (status != TEND_OK)
        return tend_lua_failed(L, status);
    lua_pushlstring(L, value.at, (size_t)value.len);
    return 1;
}

void tend_lua_push_options(lua_State *L)
{
    struct tend_ctx *ctx = tend_lua_of(L)->frame->ctx;
    const struct tend_lead_source *source = tend_lua_record(ctx);

    lua_newtable(L);
    if (tend_lua_of(L)->frame->input != NULL && ctx->command != NULL)
        tend_lua_push_values(L, ctx, source->options);
}
