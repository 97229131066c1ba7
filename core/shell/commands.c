/* All commands, in the order of help, one a line; those of two words behind their first. */
#include "base/array.h"
#include "base/text.h"
#include "shell/command.h"
#include <string.h>

static const struct tend_command *const commands[] = {
    &tend_cmd_due,
    &tend_cmd_log,
    &tend_cmd_done,
    &tend_cmd_plan,
    &tend_cmd_snooze,
    &tend_cmd_spread,
    &tend_cmd_triage,
    &tend_cmd_drop,
    &tend_cmd_playbook,
    &tend_cmd_playbook_list,
    &tend_cmd_playbook_show,
    &tend_cmd_playbook_start,
    &tend_cmd_channel,
    &tend_cmd_channel_list,
    &tend_cmd_channel_send,
    &tend_cmd_move,
    &tend_cmd_note,
    &tend_cmd_import,
    &tend_cmd_add,
    &tend_cmd_set,
    &tend_cmd_show,
    &tend_cmd_list,
    &tend_cmd_count,
    &tend_cmd_find,
    &tend_cmd_archive,
    &tend_cmd_edit,
    &tend_cmd_remove,
    &tend_cmd_consent,
    &tend_cmd_forget,
    &tend_cmd_scrub,
    &tend_cmd_merge,
    &tend_cmd_unmerge,
    &tend_cmd_sponsor,
    &tend_cmd_tree,
    &tend_cmd_tag,
    &tend_cmd_link,
    &tend_cmd_dnc,
    &tend_cmd_why,
    &tend_cmd_undo,
    &tend_cmd_redo,
    &tend_cmd_history,
    &tend_cmd_report,
    &tend_cmd_tick,
    &tend_cmd_daemon,
    &tend_cmd_release,
    &tend_cmd_export,
    &tend_cmd_backup,
    &tend_cmd_restore,
    &tend_cmd_check,
    &tend_cmd_config,
    &tend_cmd_events,
    &tend_cmd_events_show,
    &tend_cmd_events_unused,
    &tend_cmd_plugin,
    &tend_cmd_plugin_list,
    &tend_cmd_plugin_info,
    &tend_cmd_plugin_exports,
    &tend_cmd_plugin_add,
    &tend_cmd_plugin_remove,
    &tend_cmd_plugin_enable,
    &tend_cmd_plugin_disable,
    &tend_cmd_plugin_top,
    &tend_cmd_plugin_reload,
    &tend_cmd_plugin_secret,
    &tend_cmd_plugin_save,
    &tend_cmd_plugin_new,
    &tend_cmd_plugin_check,
    &tend_cmd_plugin_test,
    &tend_cmd_lua,
    &tend_cmd_help,
    &tend_cmd_complete,
    &tend_cmd_worker,
};
#define N_COMMANDS ((int64_t)(sizeof commands / sizeof *commands))

static const struct tend_command *const *plugged;
static int64_t n_plugged;

void tend_command_plug(const struct tend_command *const *list, int64_t n)
{
    plugged = list;
    n_plugged = n;
}

#define PLUGGED_GROUP "plugins"
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
    if (index >= N_COMMANDS && index < N_COMMANDS + n_plugged)
        return plugged[index - N_COMMANDS];
    return index >= 0 && index < N_COMMANDS ? commands[index] : NULL;
}

const struct tend_command *tend_command_own(struct tend_text name)
{
    for (int64_t i = 0; i < N_COMMANDS; i++) {
        if (tend_text_is(name, commands[i]->name))
            return commands[i];
    }
    return NULL;
}

const struct tend_command *tend_command_find(struct tend_text name)
{
    const struct tend_command *command;

    for (int64_t i = 0; (command = tend_command_at(i)) != NULL; i++) {
        if (tend_text_is(name, command->name))
            return command;
    }
    return NULL;
}

const char *tend_command_sub_at(const struct tend_command *first, int64_t index)
{
    const struct tend_command *command;

    for (int64_t i = 0; (command = tend_command_at(i)) != NULL; i++) {
        if (command->of != NULL && strcmp(command->of, first->name) == 0 && index-- == 0)
            return command->name + strlen(command->of) + 1;
    }
    return NULL;
}

const struct tend_command *tend_command_sub(const struct tend_command *first,
                                            struct tend_text word)
{
    const struct tend_command *command;

    for (int64_t i = 0; (command = tend_command_at(i)) != NULL; i++) {
        if (command->of != NULL && strcmp(command->of, first->name) == 0 &&
            tend_text_is(word, command->name + strlen(command->of) + 1))
            return command;
    }
    return NULL;
}

const char *tend_command_nearest(struct tend_text name)
{
    TEND_ARRAY(const char *) names = { 0 };
    const struct tend_command *command;
    const char *near;

    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        if (tend_text_is(name, others[i].word))
            return others[i].command;
    }
    for (int64_t i = 0; (command = tend_command_at(i)) != NULL; i++) {
        if (!(command->effects & TEND_HIDDEN) && command->of == NULL)
            TEND_PUSH(&names, command->name);
    }
    TEND_PUSH(&names, NULL);
    near = tend_text_nearest(name, names.at);
    TEND_ARRAY_FINISH(&names);
    return near;
}

const char *tend_command_group(int64_t index)
{
    int64_t n = (int64_t)(sizeof groups / sizeof *groups);

    if (index == n && n_plugged > 0)
        return PLUGGED_GROUP;
    return index >= 0 && index < n ? groups[index] : NULL;
}
