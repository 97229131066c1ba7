/* Commands that are not the core's: those of plugins, their reports, and what the user's
 * own init.lua brings. They are loaded when a verb is not known, at the prompt's
 * start, for help and for completion, and never before. */
#ifndef TEND_SHELL_PLUGGED_H
#define TEND_SHELL_PLUGGED_H

#include "shell/shell.h"
#include <tend/command.h>

struct tend_plugged {           /* one command of a plugin */
    struct tend_command command;            /* first: a parsed line has its address */
    const struct tend_provider *provider;
    const struct tend_command_record *record;
    bool report;                            /* `report NAME`, by a record of its own kind */
    const char **arg_name, **flag_name;     /* as the line has them, by the record's order */
};

/* Loads plugins, and plugs in their commands. Harmless when it was done. */
tend_status tend_plugged_load(struct tend_shell *shell);
/* Have plugins come or gone since? Then its commands may lead nowhere. */
bool tend_plugged_stale(const struct tend_shell *shell);
void tend_plugged_finish(struct tend_shell *shell);
/* What an alias of the user's stands for; NULL: it is none. */
const char *tend_plugged_alias(const struct tend_command *command);
/* Is it a command of a plugin? */
const struct tend_plugged *tend_plugged_of(const struct tend_command *command);

/* cmd_plugged.c */
int tend_plugged_run(struct tend_shell *shell, const struct tend_parsed *parsed);

/* plugged_value.c: what was given, as the plugin gets it; texts live in the
 * command's arena. words n 0: no value. */
struct tend_call_value;
tend_status tend_plugged_value(struct tend_shell *shell, const struct tend_command_arg *arg,
                               struct tend_words words, struct tend_call_value *value);

/* plugged_rows.c: prints the rows among the effects, and in JSON the whole answer. */
struct tend_effects;
void tend_plugged_rows(struct tend_shell *shell, const struct tend_command_record *record,
                       const struct tend_effects *effects);
struct tend_json;
void tend_plugged_json(struct tend_shell *shell, struct tend_json *json,
                       const struct tend_command_record *record,
                       const struct tend_effects *effects);

#endif
