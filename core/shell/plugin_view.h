/* A plugin as the commands about plugins show it. */
#ifndef TEND_SHELL_PLUGIN_VIEW_H
#define TEND_SHELL_PLUGIN_VIEW_H

#include "shell/output.h"

const char *tend_plugin_state(enum tend_instance_state state);
/* "policy a, command b" */
struct tend_text tend_plugin_provides(struct tend_shell *shell, const char *name);
/* What a plugin may, and what it asks for beyond that; "" where it names no right. */
void tend_plugin_rights(struct tend_shell *shell, const char *name, struct tend_text *may,
                        struct tend_text *withheld);
/* Who uses its services: "a, b", or "". */
const char *tend_plugin_users(struct tend_shell *shell, const char *name);
/* May it be taken away? TEND_BUSY while others use its services, who are named. */
tend_status tend_plugin_free(struct tend_shell *shell, struct tend_text name);
void tend_plugin_json(struct tend_shell *shell, struct tend_json *json,
                      const struct tend_instance_info *info);
/* The plugin that the argument NAME names; TEND_USAGE with a caret under it. */
tend_status tend_plugin_named(struct tend_shell *shell, const struct tend_parsed *parsed,
                              struct tend_instance_info *info);
extern const struct tend_member tend_plugin_members[];

#endif
