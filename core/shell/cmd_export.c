/* export: people out again, as JSON here, as CSV or vCard by desk/export. */
#include "desk/export.h"
#include "shell/ref.h"
#include "shell/view.h"
#include "store/filter.h"
#include <stdlib.h>

/* A terminal gets it with control characters shown, all else as it is. */
static tend_status export_to(struct tend_shell *shell, enum tend_export_format format,
                             const tend_id *persons, int64_t n)
{
    struct tend_buffer shown = { 0 };
    char *text = NULL;
    size_t len = 0;
    FILE *memory;
    tend_status status;

    if (shell->width == 0)
        return tend_export(&shell->desk, format, persons, n, shell->out);
    memory = open_memstream(&text, &len);
    if (memory == NULL)
        return tend_error_set(&shell->err, TEND_IO, "there is not enough memory");
    status = tend_export(&shell->desk, format, persons, n, memory);
    fclose(memory);
    if (status == TEND_OK) {
        tend_lines_show(&shown, (struct tend_text){ text, (int64_t)len });
        fwrite(shown.at != NULL ? shown.at : "", 1, (size_t)shown.len, shell->out);
    }
    tend_buffer_finish(&shown);
    free(text);
    return status;
}

static int run_export(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_text format = tend_given_text(parsed, "format", &shell->arena);
    enum tend_export_format named;
    struct tend_filter *filter;
    tend_id *persons;
    int64_t n;
    tend_status status = tend_ref_filter(shell, tend_given(parsed, "FILTER"), &filter);

    if (format.len == 0 && shell->options.csv)
        format = TEND_TEXT("csv");
    if (status == TEND_OK)
        status = tend_filter_list(shell->store, filter, -1, &shell->arena, &persons, &n);
    if (status == TEND_OK && tend_export_named(format, &named)) {
        status = export_to(shell, named, persons, n);
    } else if (status == TEND_OK) {
        shell->options.json = true;
        shell->options.csv = false;
        status = tend_view_people(shell, persons, n);
    }
    return status == TEND_OK ? TEND_EXIT_OK : tend_shell_fail(shell);
}

static const char *const formats[] = { "csv", "vcf", "json", NULL };
static const struct tend_arg args[] = {
    { "FILTER", TEND_SLOT_FILTER, TEND_OPTIONAL, "terms that must all hold; none: everybody",
      NULL },
    { 0 }
};
static const struct tend_flag flags[] = {
    { "format", TEND_SLOT_CHOICE, 0, "csv|vcf|json", "json if not said", formats },
    { 0 }
};
static const struct tend_example examples[] = {
    { "export --format vcf has:phone", "for a telephone" },
    { "export --format json", "everything, for another program" },
    { 0 }
};
static const struct tend_member export_members[] = {
    { "...", "person", NULL },
    { 0 }
};
const struct tend_command tend_cmd_export = {
    .name = "export", .group = "the house", .summary = "people as CSV, vCard or JSON",
    .args = args, .flags = flags, .examples = examples, .effects = TEND_PLUGINS,
    .document = TEND_LIST, .members = export_members, .run = run_export,
};
