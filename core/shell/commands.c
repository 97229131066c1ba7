/* All commands, in the order of help. */
#include "base/text.h"
#include "shell/command.h"

static const struct tend_command *const commands[] = {
    &tend_cmd_due,     &tend_cmd_log,    &tend_cmd_done,    &tend_cmd_plan,   &tend_cmd_snooze,
    &tend_cmd_drop,    &tend_cmd_move,   &tend_cmd_note,    &tend_cmd_import, &tend_cmd_add,
    &tend_cmd_set,     &tend_cmd_show,   &tend_cmd_list,    &tend_cmd_count,  &tend_cmd_find,
    &tend_cmd_tag,     &tend_cmd_link,   &tend_cmd_dnc,     &tend_cmd_why,    &tend_cmd_undo,
    &tend_cmd_redo,    &tend_cmd_history, &tend_cmd_tick,   &tend_cmd_export, &tend_cmd_backup,
    &tend_cmd_restore,
    &tend_cmd_check,   &tend_cmd_config, &tend_cmd_plugin,  &tend_cmd_help,
};
#define N_COMMANDS ((int64_t)(sizeof commands / sizeof *commands))

static const char *const groups[] = { "daily", "people", "looking back", "the house" };

/* Words of other programs that mean one of ours; only ever a suggestion. */
static const struct {
    const char *word, *command;
} others[] = {
    { "ls", "list" },    { "new", "add" },     { "create", "add" }, { "edit", "set" },
    { "call", "log" },   { "today", "due" },   { "todo", "due" },   { "next", "due" },
    { "search", "find" }, { "delete", "drop" }, { "rm", "drop" },   { "complete", "done" },
    { "load", "import" }, { "info", "show" },  { "view", "show" },  { "cat", "show" },
};

const struct tend_command *tend_command_at(int64_t index)
{
    return index >= 0 && index < N_COMMANDS ? commands[index] : NULL;
}

const struct tend_command *tend_command_find(struct tend_text name)
{
    for (int64_t i = 0; i < N_COMMANDS; i++) {
        if (tend_text_is(name, commands[i]->name))
            return commands[i];
    }
    return NULL;
}

const char *tend_command_nearest(struct tend_text name)
{
    const char *names[N_COMMANDS + 1];

    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (tend_text_is(name, others[i].word))
            return others[i].command;
    }
    for (int64_t i = 0; i < N_COMMANDS; i++)
        names[i] = commands[i]->name;
    names[N_COMMANDS] = NULL;
    return tend_text_nearest(name, names);
}

const char *tend_command_group(int64_t index)
{
    return index >= 0 && index < (int64_t)(sizeof groups / sizeof *groups) ? groups[index] : NULL;
}
