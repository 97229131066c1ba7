/* export: people out again, as JSON here, as CSV or vCard by desk/export. */
#include "desk/export.h"
#include "shell/ref.h"
#include "shell/view.h"
#include "store/filter.h"
#include <stdlib.h>

/* A terminal gets it with control characters shown, all else as it is. */
static tend_status export_to(struct tend_shell *shell, const struct tend_export_ask *ask,
                             const tend_id *persons, int64_t n)
{
    struct tend_buffer shown = { 0 };
    char *text = NULL;
    size_t len = 0;
    FILE *memory;
    tend_status status;

    if (shell->width == 0)
        return tend_export(&shell->desk, ask, persons, n, shell->out);
    memory = open_memstream(&text, &len);
    if (memory == NULL)
        return tend_error_set(&shell->err, TEND_IO, "there is not enough memory");
    status = tend_export(&shell->desk, ask, persons, n, memory);
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
    struct tend_export_ask ask = {
        .old = tend_text_is(tend_given_text(parsed, "vcard", &shell->arena), "3"),
        .guard = tend_given_is(parsed, "guard"),
    };
    struct tend_filter *filter;
    tend_id *persons;
    int64_t n;
    tend_status status = tend_ref_filter(shell, tend_given(parsed, "FILTER"), &filter);

    if (format.len == 0 && (shell->options.csv || ask.guard))
        format = TEND_TEXT("csv");
    if (format.len == 0 && tend_given_is(parsed, "vcard"))
        format = TEND_TEXT("vcf");
    if (status == TEND_OK && ask.guard && !tend_text_is(format, "csv"))
        status = tend_error_set(&shell->err, TEND_USAGE,
                                "--guard is for spreadsheets: it needs --format csv");
    if (status == TEND_OK && tend_given_is(parsed, "vcard") && !tend_text_is(format, "vcf"))
        status = tend_error_set(&shell->err, TEND_USAGE, "--vcard is for cards: it needs --format vcf");
    if (status == TEND_OK)
        status = tend_filter_list(shell->store, filter, -1, &shell->arena, &persons, &n);
    if (status == TEND_OK && tend_export_named(format, &ask.format)) {
        status = export_to(shell, &ask, persons, n);
    } else if (status == TEND_OK) {
        shell->options.json = true;
        shell->options.csv = false;
        status = tend_view_people(shell, persons, n);
    }
    return status == TEND_OK ? TEND_EXIT_OK : tend_shell_fail(shell);
}

static const char *const formats[] = { "csv", "vcf", "json", NULL };
static const char *const versions[] = { "3", "4", NULL };
static const struct tend_arg args[] = {
    { "FILTER", TEND_SLOT_FILTER, TEND_OPTIONAL, "terms that must all hold; none: everybody",
      NULL },
    { 0 }
};
static const struct tend_flag flags[] = {
    { "format", TEND_SLOT_CHOICE, 0, "csv|vcf|json", "json if not said", formats },
    { "vcard", TEND_SLOT_CHOICE, 0, "3|4", "the version of the cards; 4 if not said", versions },
    { "guard", TEND_SLOT_NONE, 0, NULL, "what begins with = + - @ gets an apostrophe in front: for "
      "spreadsheets", NULL },
    { 0 }
};
static const struct tend_example examples[] = {
    { "export --format vcf has:phone", "for a telephone" },
    { "export --format vcf --vcard 3 tag:vip", "for an older address book" },
    { "export --format csv --guard", "a table for a spreadsheet" },
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
