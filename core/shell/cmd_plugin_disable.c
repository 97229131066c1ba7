/* plugin disable: one is not loaded until it is enabled, those that come with tend too. */
#include "shell/added.h"

static int run(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    return tend_added_switch(shell, parsed, false);
}

static const struct tend_arg args[] = {
    { "NAME", TEND_SLOT_PLUGIN, 0, "which plugin", NULL },
    { 0 }
};
static const struct tend_example examples[] = {
    { "plugin disable cadence", "it is not loaded any more, until it is enabled" },
    { 0 }
};
const struct tend_command tend_cmd_plugin_disable = {
    .name = "plugin disable", .of = "plugin", .group = "the house",
    .summary = "leave a plugin out, until it is enabled", .args = args, .examples = examples,
    .effects = TEND_NO_STORE, .document = TEND_ONE, .members = tend_added_members, .run = run,
};
