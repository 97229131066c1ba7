/* plugin enable: one that was disabled is loaded again. */
#include "shell/added.h"

static int run(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    return tend_added_switch(shell, parsed, true);
}

static const struct tend_arg args[] = {
    { "NAME", TEND_SLOT_PLUGIN, 0, "which plugin", NULL },
    { 0 }
};
static const struct tend_example examples[] = {
    { "plugin enable cadence", "it is loaded again" },
    { 0 }
};
const struct tend_command tend_cmd_plugin_enable = {
    .name = "plugin enable", .of = "plugin", .group = "the house",
    .summary = "load again what was disabled", .args = args, .examples = examples,
    .effects = TEND_NO_STORE, .document = TEND_ONE, .members = tend_added_members, .run = run,
};
