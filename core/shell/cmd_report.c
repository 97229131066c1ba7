/* report: which reports there are. Each is a command of two words, `report NAME`, which
 * plugged.c makes of what a plugin declares. */
#define TEND_UNSTABLE
#include "shell/output.h"
#include <tend/x/report.h>

static const struct tend_sheet_column columns[] = {
    { "name", 0 }, { "what", TEND_COLUMN_SHRINKS }, { "options", TEND_COLUMN_SHRINKS },
    { "plugin", TEND_COLUMN_RANK(1) },
};

/* "month= --all" */
static struct tend_text options_of(struct tend_shell *shell, const struct tend_report *report)
{
    const struct tend_command_arg *const *option = report->options;
    struct tend_buffer buf = { 0 };
    struct tend_text text;

    for (; option != NULL && *option != NULL; option++) {
        bool flag = strcmp((*option)->type, "flag") == 0;

        tend_buffer_addf(&buf, "%s%s%s%s", buf.len > 0 ? " " : "", flag ? "--" : "",
                         (*option)->name, flag ? "" : "=");
    }
    text = tend_arena_text(&shell->arena, tend_buffer_text(&buf));
    tend_buffer_finish(&buf);
    return text;
}

static int run_report(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_sheet sheet = { columns, sizeof columns / sizeof *columns, { 0 } };
    const struct tend_provider *provider;
    struct tend_json json = { 0 };
    int64_t n = 0;

    (void)parsed;
    tend_json_open(&json, NULL, '[');
    for (; (provider = tend_registry_at(shell->registry, "report", n, false)) != NULL; n++) {
        const struct tend_report *report = provider->record;
        const char *plugin = tend_instance_name(provider->owner);
        struct tend_text options = options_of(shell, report);

        tend_json_open(&json, NULL, '{');
        tend_json_str(&json, "name", provider->name);
        tend_json_str(&json, "title", report->title);
        tend_json_text(&json, "options", options);
        tend_json_str(&json, "fields", report->fields);
        tend_json_str(&json, "plugin", plugin);
        tend_json_close(&json, '}');
        tend_sheet_add(&sheet, tend_text_of(provider->name));
        tend_sheet_add(&sheet, tend_text_of(report->title));
        tend_sheet_add(&sheet, options);
        tend_sheet_add(&sheet, tend_text_of(plugin));
    }
    tend_json_close(&json, ']');
    if (shell->options.json) {
        tend_json_print(shell, &json);
        TEND_ARRAY_FINISH(&sheet.cell);
        return TEND_EXIT_OK;
    }
    tend_buffer_finish(&json.buf);
    tend_sheet_print(shell, &sheet);
    if (n == 0)
        tend_shell_note(shell, "there are no reports; a plugin brings them (see plugin list)");
    return TEND_EXIT_OK;
}

static const struct tend_example examples[] = {
    { "report", "which reports there are" },
    { 0 }
};
static const struct tend_member members[] = {
    { "name", "text", NULL },
    { "title", "text", NULL },
    { "options", "text", "\"month= --all\"" },
    { "fields", "text", "of its rows, with their types" },
    { "plugin", "text", NULL },
    { 0 }
};
const struct tend_command tend_cmd_report = {
    .name = "report", .group = "looking back", .summary = "the reports that plugins bring",
    .more = "report NAME [option=value...] shows one, as a table, CSV or JSON.",
    .examples = examples, .effects = TEND_PLUGINS | TEND_SECOND_PLUGGED, .document = TEND_LIST,
    .members = members, .run = run_report,
};
