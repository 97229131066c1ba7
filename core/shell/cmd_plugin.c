/* plugin: who plugs in what; without a second word, plugin list. */
#include "shell/added.h"
#include "shell/plugin_view.h"

static const struct tend_sheet_column columns[] = {
    { "name", 0 }, { "version", 0 }, { "in", 0 }, { "state", 0 },
    { "provides", TEND_COLUMN_SHRINKS }, { "summary", TEND_COLUMN_SHRINKS },
};

/* What is not loaded, since the user wants it so. */
static void add_disabled(struct tend_shell *shell, struct tend_sheet *sheet,
                         struct tend_json *json)
{
    const char *record = tend_added_record(shell);
    struct tend_added_list list = { 0 };
    struct tend_error ignored = { 0 };

    if (record == NULL || tend_added_read(record, &list, &ignored) != TEND_OK)
        list.plugin.n = 0;
    for (int64_t i = 0; i < list.plugin.n; i++) {
        const struct tend_added *one = &list.plugin.at[i];
        const char *const cells[] = { one->name, one->version, one->language, "disabled", "", "" };

        if (one->enabled)
            continue;
        tend_json_open(json, NULL, '{');
        tend_json_str(json, "name", one->name);
        tend_json_str(json, "version", one->version);
        tend_json_str(json, "language", one->language);
        tend_json_str(json, "state", "disabled");
        tend_json_str(json, "path", one->path);
        tend_json_close(json, '}');
        for (size_t c = 0; c < sizeof cells / sizeof *cells; c++)
            tend_sheet_add(sheet, tend_arena_text(&shell->arena, tend_text_of(cells[c])));
    }
    tend_added_finish(&list);
}

static int run_list(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_sheet sheet = { columns, sizeof columns / sizeof *columns, { 0 } };
    struct tend_instance_info info;
    struct tend_json json = { 0 };

    (void)parsed;
    tend_json_open(&json, NULL, '[');
    for (int64_t i = 0; tend_registry_instance(shell->registry, i, &info); i++) {
        tend_plugin_json(shell, &json, &info);
        tend_sheet_add(&sheet, tend_text_of(info.manifest.name));
        tend_sheet_add(&sheet, tend_text_of(info.manifest.version));
        tend_sheet_add(&sheet, tend_text_of(info.language));
        tend_sheet_add(&sheet, tend_text_of(tend_plugin_state(info.state)));
        tend_sheet_add(&sheet, tend_plugin_provides(shell, info.manifest.name));
        tend_sheet_add(&sheet, tend_text_of(info.manifest.summary));
    }
    add_disabled(shell, &sheet, &json);
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

static const struct tend_example list_examples[] = {
    { "plugin list", "what is loaded, and what it provides" },
    { 0 }
};
const struct tend_command tend_cmd_plugin_list = {
    .name = "plugin list", .of = "plugin", .group = "the house",
    .summary = "what is loaded, and what it provides", .examples = list_examples,
    .effects = TEND_PLUGINS, .document = TEND_LIST, .members = tend_plugin_members,
    .run = run_list,
};

static const struct tend_example examples[] = {
    { "plugin", "what is loaded, and what it provides" },
    { 0 }
};
const struct tend_command tend_cmd_plugin = {
    .name = "plugin", .group = "the house", .summary = "what plugs in", .examples = examples,
    .effects = TEND_PLUGINS, .document = TEND_LIST, .members = tend_plugin_members,
    .run = run_list,
};
