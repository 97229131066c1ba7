/* Declarations as JSON, for who reads help with a program. */
#include "shell/help.h"
#include "shell/output.h"

static void json_choices(struct tend_json *json, const char *const *choices)
{
    tend_json_open(json, "choices", '[');
    for (; choices != NULL && *choices != NULL; choices++)
        tend_json_str(json, NULL, *choices);
    tend_json_close(json, ']');
}

static void json_args(struct tend_json *json, const struct tend_arg *arg)
{
    tend_json_open(json, "args", '[');
    for (; arg != NULL && arg->name != NULL; arg++) {
        tend_json_open(json, NULL, '{');
        tend_json_str(json, "name", arg->name);
        tend_json_str(json, "type", tend_slot_name(arg->slot));
        tend_json_bool(json, "optional", (arg->how & TEND_OPTIONAL) != 0);
        tend_json_bool(json, "where", (arg->how & TEND_WHERE) != 0);
        tend_json_str(json, "help", arg->help);
        json_choices(json, arg->choices);
        tend_json_close(json, '}');
    }
    tend_json_close(json, ']');
}

static void json_flags(struct tend_json *json, const struct tend_flag *flag)
{
    tend_json_open(json, "flags", '[');
    for (; flag != NULL && flag->name != NULL; flag++) {
        tend_json_open(json, NULL, '{');
        tend_json_str(json, "name", flag->name);
        tend_json_str(json, "type", tend_slot_name(flag->slot));
        tend_json_bool(json, "keyword", (flag->how & TEND_KEYWORD) != 0);
        tend_json_bool(json, "repeat", (flag->how & TEND_REPEAT) != 0);
        tend_json_str(json, "value", flag->value);
        tend_json_str(json, "help", flag->help);
        json_choices(json, flag->choices);
        tend_json_close(json, '}');
    }
    tend_json_close(json, ']');
}

static void json_members(struct tend_json *json, const struct tend_member *members)
{
    struct tend_member member;

    tend_json_open(json, "json", '[');
    for (int64_t i = 0; tend_member_at(members, i, &member); i++) {
        tend_json_open(json, NULL, '{');
        tend_json_str(json, "name", member.name);
        tend_json_str(json, "type", member.type);
        tend_json_str(json, "what", member.what);
        tend_json_close(json, '}');
    }
    tend_json_close(json, ']');
}

static void json_command(struct tend_json *json, const struct tend_command *command)
{
    static const char *const documents[] = { "one", "list", "one or list" };
    struct tend_buffer usage = { 0 };

    tend_usage(&usage, command);
    tend_json_open(json, NULL, '{');
    tend_json_str(json, "name", command->name);
    tend_json_str(json, "group", command->group);
    tend_json_str(json, "summary", command->summary);
    tend_json_str(json, "usage", usage.at + strlen("usage: "));
    tend_json_bool(json, "writes", (command->effects & TEND_WRITES) != 0);
    json_args(json, command->args);
    json_flags(json, command->flags);
    tend_json_open(json, "examples", '[');
    for (const struct tend_example *e = command->examples; e != NULL && e->line != NULL; e++) {
        tend_json_open(json, NULL, '{');
        tend_json_str(json, "line", e->line);
        tend_json_str(json, "does", e->does);
        tend_json_close(json, '}');
    }
    tend_json_close(json, ']');
    tend_json_str(json, "document", documents[command->document]);
    json_members(json, command->members);
    tend_json_close(json, '}');
    tend_buffer_finish(&usage);
}

int tend_help_json(struct tend_shell *shell, const struct tend_command *command)
{
    struct tend_json json = { 0 };

    if (command != NULL) {
        json_command(&json, command);
    } else {
        tend_json_open(&json, NULL, '[');
        for (int64_t i = 0; (command = tend_command_at(i)) != NULL; i++) {
            if (!(command->effects & TEND_HIDDEN))
                json_command(&json, command);
        }
        tend_json_close(&json, ']');
    }
    tend_json_print(shell, &json);
    return TEND_EXIT_OK;
}
