/* tend.d.lua: the types of what commands take and print, and of what plugins
 * see, for the language servers of editors. */
#include "shell/help.h"

/* integer, [task], {text} as LuaLS writes it. */
static void add_type(struct tend_buffer *buf, const char *type)
{
    size_t len = strlen(type);
    char inner[64];

    if (type[0] == '[' || type[0] == '{') {
        snprintf(inner, sizeof inner, "%.*s", (int)len - 2, type + 1);
        if (type[0] == '{')
            tend_buffer_adds(buf, "table<string, ");
        add_type(buf, inner);
        tend_buffer_adds(buf, type[0] == '{' ? ">" : "[]");
    } else if (strcmp(type, "text") == 0 || strcmp(type, "time") == 0) {
        tend_buffer_adds(buf, "string");
    } else if (strcmp(type, "object") == 0) {
        tend_buffer_adds(buf, "table");
    } else if (strcmp(type, "integer") == 0 || strcmp(type, "number") == 0 || strcmp(type, "any") == 0 ||
               strcmp(type, "boolean") == 0) {
        tend_buffer_adds(buf, type);
    } else {
        tend_buffer_addf(buf, "tend.%s", type);
    }
}

static void add_members(struct tend_buffer *buf, const struct tend_member *members)
{
    struct tend_member member;

    for (int64_t i = 0; tend_member_at(members, i, &member); i++) {
        tend_buffer_addf(buf, "---@field %s? ", member.name);
        add_type(buf, member.type);
        if (member.what != NULL)
            tend_buffer_addf(buf, " %s", member.what);
        tend_buffer_addc(buf, '\n');
    }
}

static void add_field(struct tend_buffer *buf, const char *name, bool optional, enum tend_slot slot,
                      const char *help)
{
    bool number = slot == TEND_SLOT_NUMBER, yes = slot == TEND_SLOT_NONE;

    tend_buffer_addf(buf, "---@field [\"%s\"]%s %s %s\n", name, optional ? "?" : "",
                     number ? "integer" : yes ? "boolean" : "string", help);
}

static void add_command(struct tend_buffer *buf, const struct tend_command *command)
{
    tend_buffer_addf(buf, "---%s\n---@class tend.args.%s\n", command->summary, command->name);
    for (const struct tend_arg *arg = command->args; arg != NULL && arg->name != NULL; arg++)
        add_field(buf, arg->name, (arg->how & TEND_OPTIONAL) != 0, arg->slot, arg->help);
    for (const struct tend_flag *flag = command->flags; flag != NULL && flag->name != NULL; flag++)
        add_field(buf, flag->name, true, flag->slot, flag->help);
    tend_buffer_addf(buf, "\n---what `%s --json` prints\n---@class tend.json.%s\n", command->name,
                     command->name);
    add_members(buf, command->members);
    tend_buffer_addc(buf, '\n');
}

int tend_lua_types(struct tend_shell *shell)
{
    const struct tend_command *command;
    const struct tend_shape *shape;
    struct tend_buffer buf = { 0 };

    tend_buffer_adds(&buf, "---@meta tend\n-- Made by `tend help --lua-types` from the declarations "
                           "of the commands.\n\n");
    for (int64_t i = 0; (shape = tend_shape_at(i)) != NULL; i++) {
        tend_buffer_addf(&buf, "---@class tend.%s\n", shape->name);
        add_members(&buf, shape->members);
        tend_buffer_addc(&buf, '\n');
    }
    for (int64_t i = 0; (command = tend_command_at(i)) != NULL; i++) {
        if (!(command->effects & TEND_HIDDEN))
            add_command(&buf, command);
    }
    tend_lua_types_api(&buf);
    if (shell->plugins)
        tend_lua_types_exports(shell, &buf);
    fwrite(buf.at, 1, (size_t)buf.len, shell->out);
    tend_buffer_finish(&buf);
    return TEND_EXIT_OK;
}
