/* plugin list, plugin info: who plugs in what. */
#include "sched/timer.h"
#include "shell/output.h"

static const char *const kinds[] = { "lead_source", "normaliser", "stage_set", "policy",
                                     "command" };

static const char *state_word(enum tend_instance_state state)
{
    return state == TEND_INSTANCE_LOADED ? "loaded" : state == TEND_INSTANCE_FAILED ? "failed"
                                                                                    : "aside";
}

/* Is this provider of the plugin of that name? The core's own have no instance. */
static bool provided_by(const struct tend_provider *provider, const char *name)
{
    const char *owner = provider->owner != NULL ? tend_instance_name(provider->owner) : "core";

    return owner != NULL && name != NULL && strcmp(owner, name) == 0;
}

static struct tend_text provides(struct tend_shell *shell, const char *name)
{
    const struct tend_provider *provider;
    struct tend_buffer buf = { 0 };
    struct tend_text text;

    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        for (int64_t i = 0;
             (provider = tend_registry_at(shell->registry, kinds[k], i, true)) != NULL; i++) {
            if (provided_by(provider, name))
                tend_buffer_addf(&buf, "%s%s %s", buf.len > 0 ? ", " : "", kinds[k],
                                 provider->name);
        }
    }
    text = tend_arena_text(&shell->arena, tend_buffer_text(&buf));
    tend_buffer_finish(&buf);
    return text;
}

static void json_provides(struct tend_shell *shell, struct tend_json *json, const char *name)
{
    const struct tend_provider *provider;

    tend_json_open(json, "provides", '[');
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        for (int64_t i = 0;
             (provider = tend_registry_at(shell->registry, kinds[k], i, true)) != NULL; i++) {
            if (!provided_by(provider, name))
                continue;
            tend_json_open(json, NULL, '{');
            tend_json_str(json, "kind", kinds[k]);
            tend_json_str(json, "name", provider->name);
            tend_json_close(json, '}');
        }
    }
    tend_json_close(json, ']');
}

static void json_plugin(struct tend_shell *shell, struct tend_json *json,
                        const struct tend_instance_info *info)
{
    tend_json_open(json, NULL, '{');
    tend_json_str(json, "name", info->manifest.name);
    tend_json_str(json, "version", info->manifest.version);
    tend_json_str(json, "summary", info->manifest.summary);
    tend_json_str(json, "license", info->manifest.license);
    tend_json_str(json, "needs", info->manifest.needs);
    tend_json_str(json, "language", info->language);
    tend_json_str(json, "state", state_word(info->state));
    tend_json_str(json, "trouble", info->trouble);
    tend_json_str(json, "path", info->path);
    json_provides(shell, json, info->manifest.name);
    tend_json_int(json, "calls", info->calls);
    tend_json_int(json, "microseconds", info->time);
    tend_json_int(json, "longest", info->longest);
    tend_json_int(json, "memory", info->memory);
    tend_json_close(json, '}');
}

static const struct tend_sheet_column columns[] = {
    { "name", 0 }, { "version", 0 }, { "in", 0 }, { "state", 0 },
    { "provides", TEND_COLUMN_SHRINKS }, { "summary", TEND_COLUMN_SHRINKS },
};

static int plugin_list(struct tend_shell *shell)
{
    struct tend_sheet sheet = { columns, sizeof columns / sizeof *columns, { 0 } };
    struct tend_instance_info info;
    struct tend_json json = { 0 };

    tend_json_open(&json, NULL, '[');
    for (int64_t i = 0; tend_registry_instance(shell->registry, i, &info); i++) {
        json_plugin(shell, &json, &info);
        tend_sheet_add(&sheet, tend_text_of(info.manifest.name));
        tend_sheet_add(&sheet, tend_text_of(info.manifest.version));
        tend_sheet_add(&sheet, tend_text_of(info.language));
        tend_sheet_add(&sheet, tend_text_of(state_word(info.state)));
        tend_sheet_add(&sheet, provides(shell, info.manifest.name));
        tend_sheet_add(&sheet, tend_text_of(info.manifest.summary));
    }
    tend_json_close(&json, ']');
    if (shell->options.json) {
        tend_json_print(shell, &json);
        TEND_ARRAY_FINISH(&sheet.cell);
        return TEND_EXIT_OK;
    }
    tend_buffer_finish(&json.buf);
    tend_sheet_print(shell, &sheet);
    return TEND_EXIT_OK;
}

static void info_line(struct tend_shell *shell, const char *label, const char *text)
{
    if (text != NULL && *text != '\0')
        tend_line_out(shell, "  %-9s %s", label, text);
}

static void print_info(struct tend_shell *shell, const struct tend_instance_info *info)
{
    const char *name = info->manifest.name != NULL ? info->manifest.name : "(no name)";
    int64_t asleep = 0;

    tend_line_out(shell, "%s %s", name,
                  info->manifest.version != NULL ? info->manifest.version : "");
    info_line(shell, "what", info->manifest.summary);
    info_line(shell, "state", state_word(info->state));
    info_line(shell, "trouble", info->trouble);
    info_line(shell, "language", info->language);
    info_line(shell, "license", info->manifest.license);
    info_line(shell, "needs", info->manifest.needs);
    info_line(shell, "provides", tend_arena_str(&shell->arena, provides(shell, name)));
    info_line(shell, "file", info->path);
    if (info->manifest.name != NULL &&
        tend_timer_asleep(shell->store, tend_text_of(name), &asleep) == TEND_OK && asleep > 0)
        info_line(shell, "waits", tend_arena_printf(&shell->arena, "%lld %s for it to be there, "
                                                    "or as it was", (long long)asleep,
                                                    asleep == 1 ? "timer" : "timers"));
    info_line(shell, "calls", tend_arena_printf(&shell->arena, "%lld, %lld us in all, %lld us the "
                                                               "longest", (long long)info->calls,
                                                (long long)info->time, (long long)info->longest));
}

static int plugin_info(struct tend_shell *shell, struct tend_text name)
{
    TEND_ARRAY(const char *) names = { 0 };
    struct tend_instance_info info;
    const char *near;

    for (int64_t i = 0; tend_registry_instance(shell->registry, i, &info); i++) {
        if (info.manifest.name == NULL)
            continue;
        TEND_PUSH(&names, info.manifest.name);
        if (!tend_text_is(name, info.manifest.name))
            continue;
        TEND_ARRAY_FINISH(&names);
        if (shell->options.json) {
            struct tend_json json = { 0 };

            json_plugin(shell, &json, &info);
            tend_json_print(shell, &json);
        } else {
            print_info(shell, &info);
        }
        return info.state == TEND_INSTANCE_FAILED ? TEND_EXIT_FAILED : TEND_EXIT_OK;
    }
    TEND_PUSH(&names, NULL);
    near = tend_text_nearest(name, names.at);
    tend_error_set(&shell->err, TEND_NOT_FOUND, "no plugin is called \"%.*s\"%s%s%s",
                   TEND_FMT(name), near != NULL ? "; did you mean " : "", near != NULL ? near : "",
                   near != NULL ? "?" : "");
    tend_error_cure(&shell->err, "plugin list");
    TEND_ARRAY_FINISH(&names);
    return tend_shell_fail(shell);
}

static int run_plugin(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_text verb = tend_given_text(parsed, "VERB", &shell->arena);
    struct tend_text name = tend_given_text(parsed, "NAME", &shell->arena);
    bool list = tend_text_is(verb, "list");

    if (list != (name.len == 0)) {
        tend_error_set(&shell->err, TEND_USAGE, "plugin list, or: plugin info NAME");
        return tend_shell_fail(shell);
    }
    return list ? plugin_list(shell) : plugin_info(shell, name);
}

static const char *const verbs[] = { "list", "info", NULL };
static const struct tend_arg args[] = {
    { "VERB", TEND_SLOT_CHOICE, 0, "list or info", verbs },
    { "NAME", TEND_SLOT_PLUGIN, TEND_OPTIONAL, "of info: which plugin", NULL },
    { 0 }
};
static const struct tend_example examples[] = {
    { "plugin list", "what is loaded, and what it provides" },
    { "plugin info csv", "one of them" },
    { 0 }
};
static const struct tend_member plugin_members[] = {
    { "name", "text", NULL },
    { "version", "text", NULL },
    { "summary", "text", NULL },
    { "license", "text", NULL },
    { "needs", "text", NULL },
    { "language", "text", "c, lua" },
    { "state", "text", "loaded, failed, aside" },
    { "trouble", "text", NULL },
    { "path", "text", NULL },
    { "provides", "[object]", "kind name" },
    { "calls", "integer", NULL },
    { "microseconds", "integer", NULL },
    { "longest", "integer", NULL },
    { "memory", "integer", NULL },
    { 0 }
};
const struct tend_command tend_cmd_plugin = {
    .name = "plugin", .group = "the house", .summary = "what plugs in", .args = args,
    .examples = examples, .effects = TEND_PLUGINS,
    .document = TEND_ONE_OR_LIST, .members = plugin_members, .run = run_plugin,
};
