/* A plugin as the commands about plugins show it. */
#ifndef TEND_SHELL_PLUGIN_VIEW_H
#define TEND_SHELL_PLUGIN_VIEW_H

#include "plugin/tally.h"
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
/* What it listens to, "policy a: touch.logged"; NULL past the last. */
const char *tend_plugin_handler(struct tend_shell *shell, const char *name, int64_t n);
/* How often its service is worth asking, and with what; NULL: it does not say. */
const char *tend_plugin_asks(struct tend_shell *shell, const char *name);
/* What it costs, as members of an object: since the counting began, in all processes. */
void tend_plugin_tally_json(struct tend_json *json, const struct tend_tally *tally);
#define TEND_TALLY_MEMBERS                                                                   \
    { "calls", "integer", NULL }, { "microseconds", "integer", NULL },                       \
        { "p99", "integer", "microseconds" }, { "longest", "integer", "microseconds" },      \
        { "longest_what", "text", NULL }, { "memory", "integer", "the most bytes it held" }, \
        { "kills", "integer", NULL }, { "errors", "integer", NULL },                         \
        { "effects", "integer", NULL }
/* The plugin that the argument NAME names; TEND_USAGE with a caret under it. */
tend_status tend_plugin_named(struct tend_shell *shell, const struct tend_parsed *parsed,
                              struct tend_instance_info *info);
/* Likewise the playbook, the channel. */
tend_status tend_provider_named(struct tend_shell *shell, const struct tend_parsed *parsed,
                                const char *kind, const struct tend_provider **out);
extern const struct tend_member tend_plugin_add_members[];  /* of plugin add and save */
extern const struct tend_member tend_plugin_members[];

#endif
