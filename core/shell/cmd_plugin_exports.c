/* plugin exports: functions that plugins offer to others, with what they take and give. */
#include "module/exports.h"
#include "shell/help.h"
#include "shell/plugin_view.h"

typedef void (*each_fn)(struct tend_shell *shell, const struct tend_provider *provider,
                        const struct tend_function *function, void *data);

/* Exports first, then services; `of` empty: of all. */
static int64_t walk(struct tend_shell *shell, struct tend_text of, each_fn each, void *data)
{
    static const char *const kinds[] = { "exports", "service" };
    const struct tend_provider *provider;
    int64_t n = 0;

    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        for (int64_t i = 0;
             (provider = tend_registry_at(shell->registry, kinds[k], i, true)) != NULL; i++) {
            if (provider->functions == NULL ||
                (of.len > 0 && !tend_text_is(of, provider->owner != NULL
                                                     ? tend_instance_name(provider->owner)
                                                     : "core")))
                continue;
            for (int64_t f = 0; f < provider->functions->n; f++, n++)
                each(shell, provider, &provider->functions->at[f], data);
        }
    return n;
}

static bool is_service(const struct tend_provider *provider)
{
    return strcmp(provider->kind, "service") == 0;
}

/* barn-tools as Lua can write it: barn_tools. */
static const char *lua_name(struct tend_shell *shell, const char *name)
{
    char *copy = tend_arena_str(&shell->arena, tend_text_of(name));

    for (char *c = copy; *c; c++)
        if (*c == '-')
            *c = '_';
    return copy;
}

/* "tend.c.tools.score(person, integer): number" */
static const char *prototype(struct tend_shell *shell, const struct tend_provider *provider,
                             const struct tend_function *function)
{
    struct tend_buffer buf = { 0 };
    const char *text;

    tend_buffer_addf(&buf, "tend.%s.%s.%s(", is_service(provider) ? "service" : "c",
                     lua_name(shell, provider->name), function->name);
    for (int32_t i = 0; i < function->signature.n; i++)
        tend_buffer_addf(&buf, "%s%s", i > 0 ? ", " : "",
                         tend_letter_lua(function->signature.args[i]));
    tend_buffer_addc(&buf, ')');
    if (function->signature.result != 'v')
        tend_buffer_addf(&buf, ": %s", tend_letter_lua(function->signature.result));
    text = tend_arena_str(&shell->arena, tend_buffer_text(&buf));
    tend_buffer_finish(&buf);
    return text;
}

static void add_row(struct tend_shell *shell, const struct tend_provider *provider,
                    const struct tend_function *function, void *data)
{
    struct tend_sheet *sheet = data;

    tend_sheet_add(sheet, tend_text_of(tend_instance_name(provider->owner)));
    tend_sheet_add(sheet, tend_text_of(prototype(shell, provider, function)));
    tend_sheet_add(sheet, tend_text_of(function->text));
    tend_sheet_add(sheet, tend_text_of(function->doc));
}

static void add_json(struct tend_shell *shell, const struct tend_provider *provider,
                     const struct tend_function *function, void *data)
{
    struct tend_json *json = data;

    tend_json_open(json, NULL, '{');
    tend_json_str(json, "plugin", tend_instance_name(provider->owner));
    tend_json_str(json, "kind", is_service(provider) ? "service" : "c");
    tend_json_str(json, "of", provider->name);
    tend_json_str(json, "function", function->name);
    tend_json_str(json, "signature", function->text);
    tend_json_str(json, "lua", prototype(shell, provider, function));
    tend_json_str(json, "doc", function->doc);
    tend_json_close(json, '}');
}

struct types {
    struct tend_buffer *buf;
    const struct tend_provider *last;
};

static void add_types(struct tend_shell *shell, const struct tend_provider *provider,
                      const struct tend_function *function, void *data)
{
    static const char *const names = "abcdefgh";
    struct types *types = data;
    const char *of = lua_name(shell, provider->name);
    const char *kind = is_service(provider) ? "service" : "c";

    if (types->last != provider)
        tend_buffer_addf(types->buf, "\n---@type tend.%s.%s\ntend.%s.%s = nil\n---@class tend.%s.%s\n",
                         kind, of, kind, of, kind, of);
    types->last = provider;
    tend_buffer_addf(types->buf, "---@field %s fun(", function->name);
    for (int32_t i = 0; i < function->signature.n; i++)
        tend_buffer_addf(types->buf, "%s%c: %s%s", i > 0 ? ", " : "", names[i],
                         function->signature.args[i] == 'h'
                             ? "tend.lua.person|integer"
                             : tend_letter_lua(function->signature.args[i]),
                         function->signature.args[i] == 's' ? "?" : "");
    tend_buffer_adds(types->buf, ")");
    if (function->signature.result != 'v')
        tend_buffer_addf(types->buf, ": %s%s",
                         function->signature.result == 'h'
                             ? "tend.lua.person?"
                             : tend_letter_lua(function->signature.result),
                         function->signature.result == 's' ? "?" : "");
    tend_buffer_addf(types->buf, " %s\n", function->doc);
}

void tend_lua_types_exports(struct tend_shell *shell, struct tend_buffer *buf)
{
    walk(shell, (struct tend_text){ 0 }, add_types, &(struct types){ buf, NULL });
}

static int run(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    static const struct tend_sheet_column columns[] = {
        { "plugin", 0 }, { "lua", 0 }, { "signature", 0 }, { "what", TEND_COLUMN_SHRINKS },
    };
    struct tend_sheet sheet = { columns, sizeof columns / sizeof *columns, { 0 } };
    struct tend_text name = tend_given_text(parsed, "NAME", &shell->arena);
    struct tend_instance_info info;
    struct tend_buffer buf = { 0 };
    struct tend_json json = { 0 };

    if (name.len > 0 && tend_plugin_named(shell, parsed, &info) != TEND_OK)
        return tend_shell_fail(shell);
    if (tend_given_is(parsed, "lua-types")) {
        tend_buffer_adds(&buf, "---@meta\n");
        walk(shell, name, add_types, &(struct types){ &buf, NULL });
        fwrite(buf.at, 1, (size_t)buf.len, shell->out);
        tend_buffer_finish(&buf);
        return TEND_EXIT_OK;
    }
    if (shell->options.json) {
        tend_json_open(&json, NULL, '[');
        walk(shell, name, add_json, &json);
        tend_json_close(&json, ']');
        tend_json_print(shell, &json);
        return TEND_EXIT_OK;
    }
    if (walk(shell, name, add_row, &sheet) > 0)
        tend_sheet_print(shell, &sheet);
    else
        TEND_ARRAY_FINISH(&sheet.cell);
    return TEND_EXIT_OK;
}

static const struct tend_arg args[] = {
    { "NAME", TEND_SLOT_PLUGIN, TEND_OPTIONAL, "of one plugin", NULL },
    { 0 }
};
static const struct tend_flag flags[] = {
    { .name = "lua-types", .help = "as types for the language servers of editors" },
    { 0 }
};
static const struct tend_example examples[] = {
    { "plugin exports", "all that can be called" },
    { 0 }
};
static const struct tend_member members[] = {
    { "plugin", "text", NULL },
    { "kind", "text", "c, service" },
    { "of", "text", "the name behind tend.c or tend.service" },
    { "function", "text", NULL },
    { "signature", "text", NULL },
    { "lua", "text", "how Lua calls it" },
    { "doc", "text", NULL },
    { 0 }
};
const struct tend_command tend_cmd_plugin_exports = {
    .name = "plugin exports", .of = "plugin", .group = "the house",
    .summary = "functions that plugins offer to others", .args = args, .flags = flags,
    .examples = examples, .effects = TEND_PLUGINS, .document = TEND_LIST, .members = members,
    .run = run,
};
