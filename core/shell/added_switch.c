/* Enabling and disabling: of what was added, and of what comes with tend, which then has
 * an entry in the record that says only that. */
#include "shell/added.h"
#include "shell/output.h"
#include "shell/plugin_view.h"

const struct tend_member tend_added_members[] = {
    { "name", "text", NULL },
    { "enabled", "boolean", NULL },
    { 0 }
};

/* Is it one that comes with tend? */
static bool ships(struct tend_shell *shell, struct tend_text name)
{
    const char *dir = tend_shell_plugin_dir(&shell->arena);
    struct tend_registry *registry;
    struct tend_instance_info info;
    bool found = false;

    if (dir == NULL)
        return false;
    if (tend_shell_registry(shell, true) != TEND_OK)
        return false;
    registry = shell->registry;
    for (int64_t i = 0; tend_registry_instance(registry, i, &info); i++)
        if (tend_text_is(name, info.manifest.name) &&
            tend_text_starts(tend_text_of(info.path), dir))
            found = true;
    return found;
}

static tend_status nothing(struct tend_shell *shell, const struct tend_token *token,
                           const char *what)
{
    tend_point_at(&shell->err, TEND_USAGE, shell->line, token, "\"%.*s\" %s",
                  TEND_FMT(token->text), what);
    tend_error_cure(&shell->err, "plugin list");
    return TEND_USAGE;
}

static tend_status change(struct tend_shell *shell, struct tend_added_work *work,
                          const struct tend_token *token, bool on)
{
    struct tend_text name = token->text;
    struct tend_added *entry = tend_added_find(&work->list, name);

    if (entry == NULL && on)
        return nothing(shell, token, "is not among what is disabled");
    if (entry == NULL && !ships(shell, name))
        return nothing(shell, token, "was not added, and does not come with tend");
    if (entry == NULL)
        entry = tend_added_take(&work->list, name);
    entry->enabled = on;
    if (on && entry->path == NULL)
        tend_added_remove(&work->list, name);
    return TEND_OK;
}

int tend_added_switch(struct tend_shell *shell, const struct tend_parsed *parsed, bool on)
{
    struct tend_text name = tend_given_text(parsed, "NAME", &shell->arena);
    struct tend_added_work work;
    struct tend_json json = { 0 };
    tend_status status = tend_added_begin(shell, &work);

    if (status != TEND_OK)
        return tend_shell_fail(shell);
    status = on ? TEND_OK : tend_plugin_free(shell, name);
    if (status == TEND_OK)
        status = change(shell, &work, &tend_given(parsed, "NAME").at[0], on);
    if (status != TEND_OK) {
        tend_added_end(shell, &work, false);
        return tend_shell_fail(shell);
    }
    if (tend_added_end(shell, &work, true) != TEND_OK)
        return tend_shell_fail(shell);
    if (shell->registry != NULL && !on)
        tend_registry_drop(shell->registry, name);
    if (shell->registry != NULL && on && shell->plugins && tend_shell_load_plugins(shell) != TEND_OK)
        return tend_shell_fail(shell);
    if (!shell->options.json) {
        tend_sayf(shell, on ? "%.*s is loaded again" : "%.*s is left out until it is enabled; "
                                                        "what it kept stays",
                  TEND_FMT(name));
        return TEND_EXIT_OK;
    }
    tend_json_open(&json, NULL, '{');
    tend_json_text(&json, "name", name);
    tend_json_bool(&json, "enabled", on);
    tend_json_close(&json, '}');
    tend_json_print(shell, &json);
    return TEND_EXIT_OK;
}
