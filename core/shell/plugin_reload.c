/* Says what came of a reload, and drops what the shell had made of the old one. */
#include "shell/plugin_reload.h"
#include "shell/added.h"
#include "shell/output.h"
#include "shell/plugin_watch.h"

const char *tend_plugin_reload_word(tend_status status, const struct tend_reload *reload)
{
    return status != TEND_OK ? "failed" : reload->waits ? "waits" : "reloaded";
}

static void say(struct tend_shell *shell, struct tend_text name, const struct tend_reload *reload)
{
    if (reload->waits) {
        tend_shell_note(shell, "plugin %.*s is at work; it is loaded anew when that is over",
                        TEND_FMT(name));
        return;
    }
    if (!shell->options.json && !shell->options.quiet)
        tend_line_out(shell, "plugin %.*s is loaded anew%s", TEND_FMT(name),
                      reload->carried ? ", with what the old one kept" : "");
    if (reload->dropped)
        tend_shell_note(shell, "plugin %.*s: what the old one kept is gone, since the new one has no "
                               "restore", TEND_FMT(name));
    if (reload->copies > TEND_RELOADS_KEPT)
        tend_shell_note(shell, "plugin %.*s: %d copies of its code stay in memory; start tend anew "
                               "when it suits", TEND_FMT(name), reload->copies);
    if (reload->aside)
        tend_shell_note(shell, "plugin %.*s stays set aside: its file is the same", TEND_FMT(name));
}

/* A file that was added is what somebody said yes to; of another one that is said, and code of a
 * module is not loaded from it. */
static tend_status check_added(struct tend_shell *shell, struct tend_text name)
{
    struct tend_instance_info info;

    for (int64_t i = 0; tend_registry_instance(shell->registry, i, &info); i++) {
        struct tend_origin origin;

        if (!tend_text_is(name, info.manifest.name))
            continue;
        origin = tend_added_origin(shell, info.path);
        if (strcmp(origin.is, "added") != 0 || origin.changed[0] == '\0')
            return TEND_OK;
        if (strcmp(info.language, "c") != 0) {
            tend_added_say_changed(shell, info.manifest.name, origin.changed, false);
            return TEND_OK;
        }
        tend_error_set(&shell->err, TEND_DENIED,
                       "plugin %s was not loaded anew: %s has changed since you added it",
                       info.manifest.name, origin.changed);
        tend_error_cure(&shell->err, "plugin add %s", info.manifest.name);
        return TEND_DENIED;
    }
    return TEND_OK;
}

tend_status tend_plugin_reload(struct tend_shell *shell, struct tend_text name,
                               struct tend_reload *reload)
{
    tend_status status = check_added(shell, name);

    *reload = (struct tend_reload){ 0 };
    if (status == TEND_OK)
        status = tend_registry_reload(shell->registry, name, reload);

    if (status != TEND_OK || !reload->waits)
        tend_plugin_watch_seen(shell, name);
    if (status == TEND_OK)
        say(shell, name, reload);
    else
        tend_shell_fail(shell);
    return status;
}

void tend_plugin_reload_wanted(struct tend_shell *shell)
{
    struct tend_reload reload;
    const char *name;

    while (shell->registry != NULL && (name = tend_registry_wanted(shell->registry)) != NULL) {
        char kept[64];

        snprintf(kept, sizeof kept, "%s", name);
        tend_plugin_reload(shell, tend_text_of(kept), &reload);
    }
}
