/* help: the user's manual, made from the declarations of the commands. */
#include "base/array.h"
#include "shell/help.h"
#include "shell/output.h"
#include "shell/plugged.h"
#include "store/filter.h"

static void put(struct tend_shell *shell, const char *text)
{
    fputs(text, shell->out);
}

int tend_help_all(struct tend_shell *shell)
{
    const struct tend_help_topic *topic;
    const struct tend_global *global;
    const char *group;

    if (tend_plugged_load(shell) != TEND_OK)
        return tend_shell_fail(shell);
    if (shell->options.json)
        return tend_help_json(shell, NULL);
    put(shell, "tend keeps people, and whom to follow up when.\n\n"
               "usage: tend [OPTION]... COMMAND [ARGUMENT]...\n"
               "       tend                     the list of the day, then a prompt\n"
               "\n"
               "to begin   import contacts.csv, or add \"Ann Lee\"; then triage: ten people, a key each\n"
               "each day   due; log ann call \"what was said\"; plan ann call fri; why t1; undo\n");
    for (int64_t g = 0; (group = tend_command_group(g)) != NULL; g++) {
        const struct tend_command *command;

        fprintf(shell->out, "\n%s\n", group);
        for (int64_t i = 0; (command = tend_command_at(i)) != NULL; i++) {
            if (!(command->effects & TEND_HIDDEN) && command->of == NULL &&
                tend_text_is(tend_text_of(command->group), group))
                fprintf(shell->out, "  %-10s %s\n", command->name, command->summary);
        }
    }
    put(shell, "\noptions, before or after the command\n");
    for (int64_t i = 0; (global = tend_global_at(i)) != NULL; i++) {
        char *name = tend_arena_printf(&shell->arena, "--%s%s%s%s%c", global->name,
                                       global->value != NULL ? " " : "",
                                       global->value != NULL ? global->value : "",
                                       global->letter != '\0' ? ", -" : "",
                                       global->letter != '\0' ? global->letter : ' ');

        fprintf(shell->out, "  %-18s %s\n", name, global->help);
    }
    put(shell, "\ntopics\n");
    for (int64_t i = 0; (topic = tend_help_topic_at(i)) != NULL; i++)
        fprintf(shell->out, "  %-10s %s\n", topic->name, topic->summary);
    put(shell, "\nexit status: 0 done, 1 failed, 2 wrong usage, 3 ambiguous or already there,\n"
               "4 vetoed, 5 done in part, 130 interrupted. More: help COMMAND, help TOPIC.\n"
               "At the prompt `quit` ends it.\n");
    return TEND_EXIT_OK;
}

static void put_choices(struct tend_shell *shell, const char *const *choices)
{
    for (const char *const *choice = choices; choices != NULL && *choice != NULL; choice++)
        fprintf(shell->out, "%s%s", choice == choices ? " (" : ", ", *choice);
    if (choices != NULL)
        put(shell, ")");
}

static void put_members(struct tend_shell *shell, const struct tend_command *command)
{
    static const char *const documents[] = { "an object", "an array of objects",
                                             "an object, or an array where several were asked" };
    struct tend_buffer buf = { 0 };
    struct tend_member member;
    int64_t column = 0;

    fprintf(shell->out, "\n--json: %s with\n ", documents[command->document]);
    for (int64_t i = 0; tend_member_at(command->members, i, &member); i++) {
        if (column + (int64_t)strlen(member.name) > 70) {
            tend_buffer_adds(&buf, "\n ");
            column = 0;
        }
        tend_buffer_addf(&buf, " %s", member.name);
        column += (int64_t)strlen(member.name) + 1;
    }
    fprintf(shell->out, "%s\n", buf.len > 0 ? buf.at : "");
    tend_buffer_finish(&buf);
}

int tend_help_command(struct tend_shell *shell, const struct tend_command *command)
{
    struct tend_buffer usage = { 0 };
    const char *second;

    if (shell->options.json)
        return tend_help_json(shell, command);
    fprintf(shell->out, "%s: %s\n\n", command->name, command->summary);
    for (const struct tend_example *e = command->examples; e != NULL && e->line != NULL; e++)
        fprintf(shell->out, "  tend %s\n      %s\n", e->line, e->does);
    tend_usage(&usage, command);
    fprintf(shell->out, "\n%s\n", usage.at);
    tend_buffer_finish(&usage);
    for (int64_t i = 0; (second = tend_command_sub_at(command, i)) != NULL; i++)
        fprintf(shell->out, "  %s %-12s %s\n", command->name, second,
                tend_command_sub(command, tend_text_of(second))->summary);
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
    if (command->members != NULL)
        put_members(shell, command);
    return TEND_EXIT_OK;
}

static int show_topic(struct tend_shell *shell, const struct tend_help_topic *topic)
{
    struct tend_filter_help help;

    if (shell->options.json) {
        struct tend_json json = { 0 };

        tend_json_open(&json, NULL, '{');
        tend_json_str(&json, "name", topic->name);
        tend_json_str(&json, "summary", topic->summary);
        tend_json_str(&json, "text", topic->text);
        tend_json_close(&json, '}');
        tend_json_print(shell, &json);
        return TEND_EXIT_OK;
    }
    fprintf(shell->out, "%s: %s\n\n%s", topic->name, topic->summary,
            topic->text != NULL ? topic->text : "");
    for (int64_t i = 0; topic->text == NULL && tend_filter_term_at(i, &help); i++)
        fprintf(shell->out, "  %s:%-*s %s\n", help.name, 10 - (int)strlen(help.name), "",
                help.expected);
    if (topic->text == NULL)
        put(shell, "\nOne term a word, and all must hold. `not` turns the next one round, a comma\n"
                   "gives choices (stage:listed,prospect), two dots a range (touched:..-14d). A bare\n"
                   "word is a word of the name; any attribute is a term (interest:business). Values\n"
                   "with spaces stand in quotes.\n");
    return TEND_EXIT_OK;
}

/* The nearest command or topic; NULL. */
static const char *nearest(struct tend_text name)
{
    const struct tend_help_topic *topic;
    TEND_ARRAY(const char *) names = { 0 };
    const char *near = tend_command_nearest(name);

    for (int64_t i = 0; (topic = tend_help_topic_at(i)) != NULL; i++)
        TEND_PUSH(&names, topic->name);
    TEND_PUSH(&names, NULL);
    near = near != NULL ? near : tend_text_nearest(name, names.at);
    TEND_ARRAY_FINISH(&names);
    return near;
}

static int run_help(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_words words = tend_given(parsed, "COMMAND");
    const struct tend_help_topic *topic;
    const struct tend_command *command;
    struct tend_text name;
    const char *near;

    if (tend_given_is(parsed, "man"))
        return tend_man_write(shell, tend_given_str(parsed, "man", &shell->arena));
    if (tend_given_is(parsed, "reference"))
        return tend_reference_write(shell, tend_given_str(parsed, "reference", &shell->arena));
    if (tend_given_is(parsed, "lua-types"))
        return tend_lua_types(shell);
    if (words.n == 0)
        return tend_help_all(shell);
    name = words.at[0].text;
    command = tend_command_find(name);
    topic = tend_help_topic_find(name);
    if ((command != NULL ? (command->effects & TEND_SECOND_PLUGGED) != 0 : topic == NULL) &&
        tend_plugged_load(shell) != TEND_OK)
        return tend_shell_fail(shell);
    if (command == NULL)
        command = tend_command_find(name);
    if (command != NULL && words.n > 1 && tend_command_sub(command, words.at[1].text) != NULL)
        command = tend_command_sub(command, words.at[1].text);
    if (words.n > (command != NULL && command->of != NULL ? 2 : 1)) {
        tend_point_at(&shell->err, TEND_USAGE, shell->line, &words.at[words.n - 1],
                      "help is about one command or topic at a time; leave \"%.*s\" out",
                      TEND_FMT(words.at[words.n - 1].text));
        return tend_shell_fail(shell);
    }
    if (command != NULL)
        return tend_help_command(shell, command);
    if (topic != NULL)
        return show_topic(shell, topic);
    near = nearest(name);
    tend_point_at(&shell->err, TEND_USAGE, shell->line, &words.at[0],
                  "there is no command or topic \"%.*s\"%s%s%s", TEND_FMT(name),
                  near != NULL ? "; did you mean " : "", near != NULL ? near : "",
                  near != NULL ? "?" : "");
    tend_error_cure(&shell->err, "help");
    return tend_shell_fail(shell);
}

static const struct tend_arg args[] = {
    { "COMMAND", TEND_SLOT_TOPIC, TEND_OPTIONAL | TEND_REPEAT, "a command, or a topic; without it all of them",
      NULL },
    { 0 }
};
static const struct tend_flag flags[] = {
    { "man", TEND_SLOT_FILE, 0, "DIR", "write tend.1 and a page for each command there", NULL },
    { "reference", TEND_SLOT_FILE, 0, "DIR", "write what plugins are given there, a page a topic", NULL },
    { "lua-types", TEND_SLOT_NONE, 0, NULL, "print the types for Lua's language servers", NULL },
    { 0 }
};
static const struct tend_example examples[] = {
    { "help log", "how to log a touch" },
    { "help times", "how days and times are written" },
    { 0 }
};
static const struct tend_member members[] = {
    { "...", "command", NULL },
    { "text", "text", "of a topic" },
    { 0 }
};
const struct tend_command tend_cmd_help = {
    .name = "help", .group = "the house", .summary = "what there is, and how it is used",
    .args = args, .flags = flags, .examples = examples, .effects = TEND_NO_STORE,
    .document = TEND_ONE_OR_LIST, .members = members, .run = run_help,
};
