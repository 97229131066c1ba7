/* plugin info: one plugin, and how it does. */
#include "sched/timer.h"
#include "shell/added.h"
#include "shell/plugin_view.h"

static void info_line(struct tend_shell *shell, const char *label, const char *text)
{
    if (text != NULL && *text != '\0')
        tend_line_out(shell, "  %-9s %s", label, text);
}

static void print_rights(struct tend_shell *shell, const struct tend_instance_info *info)
{
    struct tend_origin origin = tend_added_origin(shell, info->path);
    struct tend_text may, withheld;

    tend_plugin_rights(shell, info->manifest.name, &may, &withheld);
    info_line(shell, "may", may.len > 0 ? tend_arena_str(&shell->arena, may)
                                        : "read and bring about all; nothing of the world");
    info_line(shell, "may not", tend_arena_str(&shell->arena, withheld));
    info_line(shell, "origin", strcmp(origin.is, "folder") == 0 ? "--plugin-dir" : origin.is);
    info_line(shell, "from", origin.from);
    info_line(shell, "changed", origin.changed);
}

static void print_costs(struct tend_shell *shell, const struct tend_tally *tally)
{
    struct tend_arena *arena = &shell->arena;

    if (tally == NULL || tally->calls == 0) {
        info_line(shell, "calls", "none since the counting began");
        return;
    }
    info_line(shell, "calls",
              tend_arena_printf(arena, "%lld, %.1f ms in all, 99 of 100 within %.2f ms",
                                (long long)tally->calls, (double)tally->time / 1000,
                                (double)tend_tally_within(tally, 99) / 1000));
    info_line(shell, "longest", tend_arena_printf(arena, "%.2f ms, %s",
                                                  (double)tally->longest / 1000,
                                                  tally->longest_what));
    info_line(shell, "ended", tend_arena_printf(arena, "%lld stopped, %lld failed, %lld effects",
                                                (long long)tally->kills, (long long)tally->errors,
                                                (long long)tally->effects));
    if (tally->memory > 0)
        info_line(shell, "memory", tend_arena_printf(arena, "%.1f MB at most",
                                                     (double)tally->memory / 1048576));
}

static void print_info(struct tend_shell *shell, const struct tend_instance_info *info)
{
    const char *name = info->manifest.name != NULL ? info->manifest.name : "(no name)";
    const char *handler;
    int64_t asleep = 0;

    tend_line_out(shell, "%s %s", name,
                  info->manifest.version != NULL ? info->manifest.version : "");
    info_line(shell, "what", info->manifest.summary);
    info_line(shell, "state", tend_plugin_state(info->state));
    info_line(shell, "trouble", info->trouble);
    info_line(shell, "language", info->language);
    info_line(shell, "license", info->manifest.license);
    info_line(shell, "by", info->manifest.author);
    print_rights(shell, info);
    info_line(shell, "provides", tend_arena_str(&shell->arena, tend_plugin_provides(shell, name)));
    info_line(shell, "asks", tend_plugin_asks(shell, name));
    info_line(shell, "used by", tend_plugin_users(shell, name));
    info_line(shell, "file", info->path);
    if (info->manifest.name != NULL &&
        tend_timer_asleep(shell->store, tend_text_of(name), &asleep) == TEND_OK && asleep > 0)
        info_line(shell, "waits", tend_arena_printf(&shell->arena, "%lld %s for it to be there, "
                                                    "or as it was", (long long)asleep,
                                                    asleep == 1 ? "timer" : "timers"));
    for (int64_t i = 0; (handler = tend_plugin_handler(shell, name, i)) != NULL; i++)
        info_line(shell, "listens", handler);
    print_costs(shell, info->tally);
}

static int run_info(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_instance_info info;

    if (tend_plugin_named(shell, parsed, &info) != TEND_OK)
        return tend_shell_fail(shell);
    if (shell->options.json) {
        struct tend_json json = { 0 };

        tend_plugin_json(shell, &json, &info);
        tend_json_print(shell, &json);
    } else {
        print_info(shell, &info);
    }
    return info.state == TEND_INSTANCE_FAILED ? TEND_EXIT_FAILED : TEND_EXIT_OK;
}

static const struct tend_arg args[] = {
    { "NAME", TEND_SLOT_PLUGIN, 0, "which plugin", NULL },
    { 0 }
};
static const struct tend_example examples[] = {
    { "plugin info csv", "what it is, what it provides, how it does" },
    { 0 }
};
const struct tend_command tend_cmd_plugin_info = {
    .name = "plugin info", .of = "plugin", .group = "the house",
    .summary = "one plugin, and how it does", .args = args, .examples = examples,
    .effects = TEND_PLUGINS, .document = TEND_ONE, .members = tend_plugin_members,
    .run = run_info,
};
