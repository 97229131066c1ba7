/* plugin remove: one that was added goes; what it kept in the database stays. */
#include "shell/added.h"
#include "shell/output.h"
#include "shell/plugin_view.h"

static tend_status unknown(struct tend_shell *shell, const struct tend_added_list *list,
                           const struct tend_token *token)
{
    struct tend_text name = token->text;
    TEND_ARRAY(const char *) names = { 0 };
    const char *near;

    for (int64_t i = 0; i < list->plugin.n; i++)
        if (list->plugin.at[i].path != NULL)
            TEND_PUSH(&names, list->plugin.at[i].name);
    TEND_PUSH(&names, NULL);
    near = tend_text_nearest(name, names.at);
    tend_point_at(&shell->err, TEND_USAGE, shell->line, token,
                  "no plugin \"%.*s\" was added%s%s%s; one that comes with tend can be disabled",
                  TEND_FMT(name), near != NULL ? "; did you mean " : "", near != NULL ? near : "",
                  near != NULL ? "?" : "");
    tend_error_cure(&shell->err, "plugin list");
    TEND_ARRAY_FINISH(&names);
    return TEND_USAGE;
}

static int run(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_text name = tend_given_text(parsed, "NAME", &shell->arena);
    struct tend_added_work work;
    const struct tend_added *added;
    struct tend_json json = { 0 };
    const char *from;
    bool linked;

    if (tend_added_begin(shell, &work) != TEND_OK)
        return tend_shell_fail(shell);
    added = tend_added_find(&work.list, name);
    if (added == NULL || added->path == NULL) {
        unknown(shell, &work.list, &tend_given(parsed, "NAME").at[0]);
        tend_added_end(shell, &work, false);
        return tend_shell_fail(shell);
    }
    if (tend_plugin_free(shell, name) != TEND_OK) {
        tend_added_end(shell, &work, false);
        return tend_shell_fail(shell);
    }
    linked = added->linked;
    from = tend_arena_str(&shell->arena, tend_text_of(linked ? added->path : added->from));
    tend_added_remove(&work.list, name);
    if (tend_added_end(shell, &work, true) != TEND_OK)
        return tend_shell_fail(shell);
    if (!linked)
        tend_added_erase(shell, tend_arena_str(&shell->arena, name));
    if (shell->registry != NULL)
        tend_registry_drop(shell->registry, name);
    if (!shell->options.json) {
        tend_sayf(shell, "%.*s is removed. What it kept, and the timers it set, stay and wait for "
                         "it: plugin add %s",
                  TEND_FMT(name), from);
        return TEND_EXIT_OK;
    }
    tend_json_open(&json, NULL, '{');
    tend_json_text(&json, "name", name);
    tend_json_str(&json, "from", from);
    tend_json_close(&json, '}');
    tend_json_print(shell, &json);
    return TEND_EXIT_OK;
}

static const struct tend_arg args[] = {
    { "NAME", TEND_SLOT_PLUGIN, 0, "which plugin", NULL },
    { 0 }
};
static const struct tend_example examples[] = {
    { "plugin remove leadbarn", "its files and its rights are gone; what it kept stays" },
    { 0 }
};
static const struct tend_member members[] = {
    { "name", "text", NULL },
    { "from", "text", "where it was added from" },
    { 0 }
};
const struct tend_command tend_cmd_plugin_remove = {
    .name = "plugin remove", .of = "plugin", .group = "the house",
    .summary = "take out what was added", .args = args, .examples = examples,
    .effects = TEND_NO_STORE, .document = TEND_ONE, .members = members, .run = run,
};
