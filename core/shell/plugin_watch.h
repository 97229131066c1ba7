/* Plugins are loaded anew when their files are saved: --watch. */
#ifndef TEND_SHELL_PLUGIN_WATCH_H
#define TEND_SHELL_PLUGIN_WATCH_H

#include "shell/shell.h"

/* From now on, this plugin; all of them if name is empty. */
tend_status tend_plugin_watch_start(struct tend_shell *shell, struct tend_text name);
void tend_plugin_watch_stop(struct tend_shell *shell);
/* To wait for; -1: nothing is watched. */
int tend_plugin_watch_fd(const struct tend_shell *shell);
/* Takes what has come. When to look at the files, by the machine's clock: a moment
 * after the last save; 0 for never. */
int64_t tend_plugin_watch_due(struct tend_shell *shell);
/* Loads anew whose files have changed, if it is time (or `now`); what comes of it
 * is said. */
void tend_plugin_watch_turn(struct tend_shell *shell, bool now);
/* The plugin was loaded as its files are: there is nothing to do for it. */
void tend_plugin_watch_seen(struct tend_shell *shell, struct tend_text name);

#endif
