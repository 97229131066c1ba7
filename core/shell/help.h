/* Help, made from the declarations of the commands. */
#ifndef TEND_SHELL_HELP_H
#define TEND_SHELL_HELP_H

#include "shell/shell.h"

struct tend_help_topic {
    const char *name, *summary, *text;
};
const struct tend_help_topic *tend_help_topic_at(int64_t index);    /* NULL past the last */
const struct tend_help_topic *tend_help_topic_find(struct tend_text name);

int tend_help_all(struct tend_shell *shell);
int tend_help_command(struct tend_shell *shell, const struct tend_command *command);
/* Declarations as JSON: of one command, or NULL: of all. */
int tend_help_json(struct tend_shell *shell, const struct tend_command *command);
/* Writes tend.1, and tend-VERB.1 for each command, into the folder. */
int tend_man_write(struct tend_shell *shell, const char *folder);
/* Writes a page for each table, object of Lua, kind and effect that plugins have. */
int tend_reference_write(struct tend_shell *shell, const char *folder);
/* Prints tend.d.lua: the types of what commands take and print. */
int tend_lua_types(struct tend_shell *shell);
/* lua_types_api.c: adds what plugins and chunks of Lua are given. */
void tend_lua_types_api(struct tend_buffer *buf);
/* cmd_plugin_exports.c: adds what loaded plugins offer as tend.c and tend.service. */
void tend_lua_types_exports(struct tend_shell *shell, struct tend_buffer *buf);

#endif
