/* The part of tend.d.lua that is no command: what plugins and chunks of Lua are given,
 * from the lists of include/tend/api.def. A test compares it with what is there when they
 * run. */
#include "plugin/api.h"
#include "shell/help.h"

/* "words" as LuaLS writes it. */
static const char *type_of(struct tend_text word)
{
    static const char *const types[][2] = {
        { "text", "string" },        { "words", "string|string[]" }, { "integer", "integer" },
        { "number", "number" },      { "boolean", "boolean" },       { "any", "any" },
        { "table", "table" },        { "function", "function" },     { "false", "false" },
        { "person", "tend.lua.person|integer" },
        { "effect", "tend.lua.effect" },
    };

    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (tend_text_is(word, types[i][0]))
            return types[i][1];
    return NULL;
}

/* "since:integer?" as "since?: integer". */
static void add_param(struct tend_buffer *buf, struct tend_text param)
{
    struct tend_text name, word;
    bool optional = param.len > 0 && param.at[param.len - 1] == '?';

    param.len -= optional;
    tend_text_cut(&param, ":", &name);
    tend_buffer_addf(buf, ", %.*s%s: ", TEND_FMT(name), optional ? "?" : "");
    for (bool first = true; tend_text_cut(&param, "|", &word); first = false) {
        const char *type = type_of(word);

        tend_buffer_adds(buf, first ? "" : "|");
        if (type != NULL)
            tend_buffer_adds(buf, type);
        else /* 'debug' */
            tend_buffer_addf(buf, "\"%.*s\"", (int)word.len - 2, word.at + 1);
    }
}

/* Functions of the console and of text have no self. */
static void add_function(struct tend_buffer *buf, const struct tend_api_lua *row)
{
    struct tend_text params = tend_text_of(row->params), param;
    struct tend_buffer all = { 0 };
    bool has_self = strcmp(row->object, "console") != 0 && strcmp(row->object, "text") != 0;

    if (has_self)
        tend_buffer_addf(&all, ", self: tend.lua.%s", row->object);
    while (tend_text_word(&params, &param))
        add_param(&all, param);
    tend_buffer_addf(buf, "fun(%s)", all.len > 0 ? all.at + 2 : "");
    if (row->result[0] != '\0')
        tend_buffer_addf(buf, ": %s", row->result);
    tend_buffer_finish(&all);
}

static void add_type(struct tend_buffer *buf, const struct tend_api_lua *row)
{
    if (row->params != NULL)
        add_function(buf, row);
    else
        tend_buffer_adds(buf, row->result);
}

static void add_object(struct tend_buffer *buf, const struct tend_api_lua *object)
{
    tend_buffer_addf(buf, "---%s\n---@class tend.lua.%s\n", object->doc, object->object);
    if (strcmp(object->object, "person") == 0 || strcmp(object->object, "event") == 0)
        tend_buffer_adds(buf, "---@field [string] any\n");
    for (const struct tend_api_lua *row = tend_api_lua; row->object != NULL; row++) {
        if (row->name == NULL || strcmp(row->object, object->object) != 0)
            continue;
        tend_buffer_addf(buf, "---@field %s ", row->name);
        add_type(buf, row);
        tend_buffer_addf(buf, "%s%s\n", row->doc[0] ? " " : "", row->doc);
    }
    tend_buffer_addc(buf, '\n');
}

/* Of the console's functions those that stand in _G too. */
static bool is_global(const struct tend_api_lua *row)
{
    return strcmp(row->object, "console") == 0 && row->params != NULL &&
           strcmp(row->name, "command") != 0 && strcmp(row->name, "alias") != 0;
}

void tend_lua_types_api(struct tend_buffer *buf)
{
    const struct tend_api_lua *row;

    tend_buffer_adds(buf, "---@alias tend.lua.effect table one effect; see plugins/README.md\n\n");
    for (row = tend_api_lua; row->object != NULL; row++)
        if (row->name == NULL)
            add_object(buf, row);
    tend_buffer_adds(buf, "---@type tend.lua.console\ntend = {}\n");
    for (row = tend_api_lua; row->object != NULL; row++)
        if (is_global(row)) {
            tend_buffer_adds(buf, "---@type ");
            add_function(buf, row);
            tend_buffer_addf(buf, "\n%s = nil\n", row->name);
        }
    tend_buffer_addc(buf, '\n');
}
