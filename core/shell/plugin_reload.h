/* A reload as the prompt, the daemon and the command show it. */
#ifndef TEND_SHELL_PLUGIN_RELOAD_H
#define TEND_SHELL_PLUGIN_RELOAD_H

#include "plugin/reload.h"
#include "shell/shell.h"

/* Loads the plugin anew, and says what came of it: a line on the screen, an error
 * where errors go. shell->err stays filled after a failure. */
tend_status tend_plugin_reload(struct tend_shell *shell, struct tend_text name,
                               struct tend_reload *reload);
/* "reloaded", "waits", "failed" */
const char *tend_plugin_reload_word(tend_status status, const struct tend_reload *reload);
/* Those that waited until no call of the plugin was on the stack. */
void tend_plugin_reload_wanted(struct tend_shell *shell);

#endif
