/* plugin reload: what changed on the disk is taken up while the program runs. */
#include "shell/plugin_reload.h"
#include "shell/plugin_view.h"
#include "shell/plugin_watch.h"

static int run_named(struct tend_shell *shell, struct tend_text name, struct tend_json *json)
{
    struct tend_reload reload;
    tend_status status = tend_plugin_reload(shell, name, &reload);

    tend_json_open(json, NULL, '{');
    tend_json_text(json, "name", name);
    tend_json_str(json, "result", tend_plugin_reload_word(status, &reload));
    tend_json_bool(json, "carried", reload.carried);
    tend_json_int(json, "times", reload.times);
    tend_json_str(json, "trouble", status != TEND_OK ? shell->err.text : NULL);
    tend_json_close(json, '}');
    return status == TEND_OK ? TEND_EXIT_OK : TEND_EXIT_FAILED;
}

static int run_all(struct tend_shell *shell, struct tend_json *json)
{
    struct tend_instance_info info;
    int exit_status = TEND_EXIT_OK;

    for (int64_t i = 0; tend_registry_instance(shell->registry, i, &info); i++) {
        char name[64];

        snprintf(name, sizeof name, "%s", info.manifest.name);
        if (run_named(shell, tend_text_of(name), json) != TEND_EXIT_OK)
            exit_status = TEND_EXIT_FAILED;
    }
    return exit_status;
}

/* --watch and --no-watch; what they say is said when the reload went well. */
static int run_watch(struct tend_shell *shell, struct tend_text name, bool on)
{
    if (!shell->prompt) {
        tend_error_set(&shell->err, TEND_USAGE, "--watch lasts as long as a prompt or a daemon");
        tend_error_cure(&shell->err, "tend --watch, or tend daemon --watch");
        return tend_shell_fail(shell);
    }
    if (!on)
        tend_plugin_watch_stop(shell);
    else if (tend_plugin_watch_start(shell, name) != TEND_OK)
        return tend_shell_fail(shell);
    tend_shell_note(shell, on ? "%.*s loaded anew when saved, until: plugin reload --no-watch"
                              : "%.*s loaded anew by hand from now on",
                    TEND_FMT(name.len > 0 && on ? tend_text_of(tend_arena_printf(
                                                      &shell->arena, "plugin %.*s is", TEND_FMT(name)))
                                                : TEND_TEXT("plugins are")));
    return TEND_EXIT_OK;
}

static int run_reload(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_text name = tend_given_text(parsed, "NAME", &shell->arena);
    bool all = tend_given_is(parsed, "all"), watch = tend_given_is(parsed, "watch");
    bool stop = tend_given_is(parsed, "no-watch");
    struct tend_instance_info info;
    struct tend_json json = { 0 };
    int exit_status = TEND_EXIT_OK;

    if ((all && name.len > 0) || (watch && stop) || (name.len == 0 && !all && !watch && !stop)) {
        tend_error_set(&shell->err, TEND_USAGE, "plugin reload takes the name of a plugin, or --all");
        return tend_shell_fail(shell);
    }
    if (name.len > 0 && tend_plugin_named(shell, parsed, &info) != TEND_OK)
        return tend_shell_fail(shell);
    if (watch || stop)
        exit_status = run_watch(shell, name, watch);
    else if (!shell->prompt)
        tend_shell_note(shell, "nothing was running: a command that stands alone loads its plugins "
                               "anew anyway; at the prompt this takes up what changed");
    if (exit_status != TEND_EXIT_OK)
        return exit_status;
    tend_json_open(&json, NULL, '[');
    if (all)
        exit_status = run_all(shell, &json);
    else if (name.len > 0 && !stop)
        exit_status = run_named(shell, name, &json);
    tend_json_close(&json, ']');
    if (shell->options.json)
        tend_json_print(shell, &json);
    else
        tend_buffer_finish(&json.buf);
    return exit_status;
}

static const struct tend_arg args[] = {
    { "NAME", TEND_SLOT_PLUGIN, TEND_OPTIONAL, "which plugin", NULL },
    { 0 }
};
static const struct tend_flag flags[] = {
    { "watch", TEND_SLOT_NONE, 0, NULL, "from now on also when its file is saved; alone: all of them",
      NULL },
    { "no-watch", TEND_SLOT_NONE, 0, NULL, "not any more", NULL },
    { "all", TEND_SLOT_NONE, 0, NULL, "every plugin that is loaded, or failed to load", NULL },
    { 0 }
};
static const struct tend_example examples[] = {
    { "plugin reload csv", "its file is loaded anew, and takes over" },
    { "plugin reload --all", "every plugin" },
    { "plugin reload --watch", "from now on each plugin whose file is saved" },
    { 0 }
};
static const struct tend_member members[] = {
    { "name", "text", NULL },
    { "result", "text", "reloaded, waits, failed" },
    { "carried", "boolean", "the new one took over what the old one kept" },
    { "times", "integer", "how often, since the program began" },
    { "trouble", "text", "why it failed" },
    { 0 }
};
const struct tend_command tend_cmd_plugin_reload = {
    .name = "plugin reload", .of = "plugin", .group = "the house",
    .summary = "take up a plugin's file as it is now", .args = args, .flags = flags,
    .examples = examples,
    .more = "The new one starts beside the old one and takes over all at once; whatever is wrong\n"
            "with it is said, and the old one goes on. What it keeps in memory it can hand over\n"
            "(save, restore); timers, tasks and state in the database are the plugin's, by name.",
    .effects = TEND_PLUGINS, .document = TEND_LIST, .members = members, .run = run_reload,
};
