/* help: the user's manual, made from the declarations of the commands. */
#include "shell/help.h"
#include "shell/output.h"
#include "shell/plugged.h"

static void put(struct tend_shell *shell, const char *text)
{
    fputs(text, shell->out);
}

static void json_name(struct tend_json *json, const struct tend_command *command)
{
    tend_json_open(json, NULL, '{');
    tend_json_str(json, "name", command->name);
    tend_json_str(json, "group", command->group);
    tend_json_str(json, "summary", command->summary);
}

static int json_all(struct tend_shell *shell)
{
    const struct tend_command *command;
    struct tend_json json = { 0 };

    tend_json_open(&json, NULL, '[');
    for (int64_t i = 0; (command = tend_command_at(i)) != NULL; i++) {
        if (command->effects & TEND_HIDDEN)
            continue;
        json_name(&json, command);
        tend_json_close(&json, '}');
    }
    tend_json_close(&json, ']');
    tend_json_print(shell, &json);
    return TEND_EXIT_OK;
}

static void json_choices(struct tend_json *json, const char *const *choices)
{
    tend_json_open(json, "choices", '[');
    for (; choices != NULL && *choices != NULL; choices++)
        tend_json_str(json, NULL, *choices);
    tend_json_close(json, ']');
    tend_json_close(json, '}');
}

static int json_command(struct tend_shell *shell, const struct tend_command *command)
{
    struct tend_json json = { 0 };
    struct tend_buffer usage = { 0 };

    tend_usage(&usage, command);
    json_name(&json, command);
    tend_json_str(&json, "usage", usage.at + strlen("usage: "));
    tend_json_open(&json, "args", '[');
    for (const struct tend_arg *arg = command->args; arg != NULL && arg->name != NULL; arg++) {
        tend_json_open(&json, NULL, '{');
        tend_json_str(&json, "name", arg->name);
        tend_json_bool(&json, "optional", (arg->how & TEND_OPTIONAL) != 0);
        tend_json_str(&json, "help", arg->help);
        json_choices(&json, arg->choices);
    }
    tend_json_close(&json, ']');
    tend_json_open(&json, "flags", '[');
    for (const struct tend_flag *flag = command->flags; flag != NULL && flag->name != NULL;
         flag++) {
        tend_json_open(&json, NULL, '{');
        tend_json_str(&json, "name", flag->name);
        tend_json_bool(&json, "keyword", (flag->how & TEND_KEYWORD) != 0);
        tend_json_str(&json, "value", flag->value);
        tend_json_str(&json, "help", flag->help);
        json_choices(&json, flag->choices);
    }
    tend_json_close(&json, ']');
    tend_json_open(&json, "examples", '[');
    for (const struct tend_example *e = command->examples; e != NULL && e->line != NULL; e++) {
        tend_json_open(&json, NULL, '{');
        tend_json_str(&json, "line", e->line);
        tend_json_str(&json, "does", e->does);
        tend_json_close(&json, '}');
    }
    tend_json_close(&json, ']');
    tend_json_close(&json, '}');
    tend_json_print(shell, &json);
    tend_buffer_finish(&usage);
    return TEND_EXIT_OK;
}

int tend_help_all(struct tend_shell *shell)
{
    const char *group;

    if (tend_plugged_load(shell) != TEND_OK)
        return tend_shell_fail(shell);
    if (shell->options.json)
        return json_all(shell);
    put(shell, "tend keeps people, and whom to follow up when.\n\n"
               "usage: tend [OPTION]... COMMAND [ARGUMENT]...\n"
               "       tend                     the list of the day, then a prompt\n");
    for (int64_t g = 0; (group = tend_command_group(g)) != NULL; g++) {
        const struct tend_command *command;

        fprintf(shell->out, "\n%s\n", group);
        for (int64_t i = 0; (command = tend_command_at(i)) != NULL; i++) {
            if (!(command->effects & TEND_HIDDEN) &&
                tend_text_is(tend_text_of(command->group), group))
                fprintf(shell->out, "  %-10s %s\n", command->name, command->summary);
        }
    }
    put(shell, "\noptions, before or after the command\n"
               "  --db PATH|URL     the database, else TEND_DB, else the XDG data folder\n"
               "  --now TIME        2026-11-26T19:00:00+01:00: the clock stands there\n"
               "  --json --csv      how data is printed\n"
               "  --dry-run, -n     show what would come of it, write nothing\n"
               "  --yes, -y         do not ask\n"
               "  --quiet, -q       no lines about what was done\n"
               "  --plugin-dir DIR  more plugins (may be given several times)\n"
               "  --no-plugins      none but those of --plugin-dir\n"
               "  --help --version\n"
               "\npeople: p12, 12, the beginning of a name (ann, \"ann l\", ann.l), an e-mail, a\n"
               "number, . the last one, me\n"
               "times: tomorrow 3pm, fri 19:00, +3d, jan 5, 2026-12-01\n"
               "exit status: 0 done, 1 failed, 2 wrong usage, 3 ambiguous or already there,\n"
               "4 vetoed, 5 done in part, 130 interrupted. More: help COMMAND. At the prompt\n"
               "`quit` ends it.\n");
    return TEND_EXIT_OK;
}

static void put_choices(struct tend_shell *shell, const char *const *choices)
{
    for (const char *const *choice = choices; choices != NULL && *choice != NULL; choice++)
        fprintf(shell->out, "%s%s", choice == choices ? " (" : ", ", *choice);
    if (choices != NULL)
        put(shell, ")");
}

int tend_help_command(struct tend_shell *shell, const struct tend_command *command)
{
    struct tend_buffer usage = { 0 };

    if (shell->options.json)
        return json_command(shell, command);
    fprintf(shell->out, "%s: %s\n\n", command->name, command->summary);
    for (const struct tend_example *e = command->examples; e != NULL && e->line != NULL; e++)
        fprintf(shell->out, "  tend %s\n      %s\n", e->line, e->does);
    tend_usage(&usage, command);
    fprintf(shell->out, "\n%s\n", usage.at);
    tend_buffer_finish(&usage);
    for (const struct tend_arg *arg = command->args; arg != NULL && arg->name != NULL; arg++)
        fprintf(shell->out, "  %-18s %s\n", arg->name, arg->help);
    for (const struct tend_flag *flag = command->flags; flag != NULL && flag->name != NULL;
         flag++) {
        bool keyword = (flag->how & TEND_KEYWORD) != 0;
        const char *shown = keyword ? tend_arena_printf(&shell->arena, "%s=%s", flag->name,
                                                        flag->value)
                            : flag->value != NULL
                                ? tend_arena_printf(&shell->arena, "--%s %s", flag->name,
                                                    flag->value)
                                : tend_arena_printf(&shell->arena, "--%s", flag->name);

        fprintf(shell->out, "  %-18s %s", shown, flag->help);
        if (flag->value == NULL || strchr(flag->value, '|') == NULL)
            put_choices(shell, flag->choices);
        put(shell, "\n");
    }
    if (command->more != NULL)
        fprintf(shell->out, "\n%s\n", command->more);
    if (command->effects & TEND_WRITES)
        put(shell, "\nIt writes: --dry-run shows what would come of it, undo takes it back.\n");
    if (command->fields != NULL)
        fprintf(shell->out, "\n--json: %s\n", command->fields);
    return TEND_EXIT_OK;
}

static int run_help(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_text name = tend_given_text(parsed, "COMMAND", &shell->arena);
    const struct tend_command *command;
    const char *near;

    if (name.len == 0)
        return tend_help_all(shell);
    command = tend_command_find(name);
    if (command == NULL && tend_plugged_load(shell) != TEND_OK)
        return tend_shell_fail(shell);
    if (command == NULL)
        command = tend_command_find(name);
    if (command != NULL)
        return tend_help_command(shell, command);
    near = tend_command_nearest(name);
    tend_error_set(&shell->err, TEND_USAGE, "there is no command \"%.*s\"%s%s%s", TEND_FMT(name),
                   near != NULL ? "; did you mean " : "", near != NULL ? near : "",
                   near != NULL ? "?" : "");
    tend_error_cure(&shell->err, "help");
    return tend_shell_fail(shell);
}

static const struct tend_arg args[] = {
    { "COMMAND", TEND_SLOT_TOPIC, TEND_OPTIONAL, "one command; without it all of them", NULL },
    { 0 }
};
static const struct tend_example examples[] = {
    { "help log", "how to log a touch" },
    { 0 }
};
const struct tend_command tend_cmd_help = {
    .name = "help", .group = "the house", .summary = "what there is, and how it is used",
    .args = args, .examples = examples, .effects = TEND_NO_STORE,
    .fields = "an array of commands: name group summary; of one: usage args flags examples too",
    .run = run_help,
};
