/* The lead source: csv reads every table of text that programs export and
 * people make, and knows the layouts of the usual ones. */
#include "csv.h"
#include <stdio.h>
#include <string.h>

#define FIRST_LINE 60000 /* bytes: a longer one is of no table */

/* Is there no end of the first line, as far as one may look? */
static bool is_endless(struct tend_text head)
{
    return head.len >= FIRST_LINE && !memchr(head.at, '\n', (size_t)head.len) &&
           !memchr(head.at, '\r', (size_t)head.len);
}

static int32_t sniff(struct tend_ctx *ctx, struct tend_text head, struct tend_text filename)
{
    static const struct csv_wish none = { 0 };
    struct csv_dialect dialect;
    struct csv_layout layout;
    int64_t width;
    int32_t sure;
    bool named = filename.len > 4 &&
                 (ctx->text->is((struct tend_text){ filename.at + filename.len - 4, 4 }, ".csv") ||
                  ctx->text->is((struct tend_text){ filename.at + filename.len - 4, 4 }, ".tsv"));

    if (ctx->text->trim(head).len == 0)
        return 10; /* no rows, and nothing that speaks against it */
    if (csv_is_other(ctx->text, head) || is_endless(head))
        return 0;
    dialect = csv_dialect_guess(&none, ctx, head, &sure, &width);
    if (csv_layout_guess(&layout, ctx, NULL, &none, head, dialect, width) == TEND_OK) {
        if (layout.program != CSV_TABLE)
            sure = 90;
        else if (sure == 0 && !layout.hint && layout.n > 0 && dialect.delimiter != ':')
            sure = 30; /* people can be told, by one label or by the values */
        csv_layout_finish(&layout);
    }
    return named && sure < 60 ? 60 : sure;
}

static void say_found(struct tend_ctx *ctx, struct tend_input *in, const char *what,
                      const char *value)
{
    if (TEND_HAS(ctx->source, found)) /* a host from before that has nowhere to show it */
        ctx->source->found(in, what, (struct tend_text){ value, (int64_t)strlen(value) });
}

/* Rows until there is no more text; the first header_row of them are skipped. */
static tend_status read_rows(struct tend_ctx *ctx, struct tend_input *in,
                             const struct csv_layout *layout, struct csv_parser *p)
{
    int64_t skip = layout->header_row;
    tend_status status = TEND_OK;
    bool footer = false;

    for (;;) {
        struct tend_text block;
        int32_t got;

        while ((got = csv_parser_row(p)) > 0) {
            struct tend_row *row;

            if (skip > 0) {
                skip--;
                continue;
            }
            if (p->n == 1 && p->cells[0].text.len == 0)
                continue;
            if (csv_row_is_footer(layout, p)) {
                footer = true;
                continue;
            }
            row = ctx->source->row(in);
            ctx->source->place(row, p->row_line, p->raw);
            status = csv_row_put(ctx, layout, p, row);
            if (status != TEND_OK)
                return status;
        }
        if (got < 0)
            return ctx->host->fail(ctx, got, "out of memory");
        if (p->end) {
            if (footer)
                say_found(ctx, in, "footer", "left out");
            return TEND_OK;
        }
        got = ctx->source->block(in, &block);
        if (got < 0)
            return got;
        p->end = got == 0;
        if (got > 0 && csv_parser_feed(p, block) != TEND_OK)
            return ctx->host->fail(ctx, TEND_NOMEM, "out of memory");
    }
}

/* What is above the first N lines is not looked at. */
static bool skip_lines(struct tend_text *head, int64_t lines)
{
    for (; lines > 0; lines--) {
        int64_t i = 0;

        while (i < head->len && head->at[i] != '\n' && head->at[i] != '\r')
            i++;
        if (i == head->len)
            return false;
        i += head->at[i] == '\r' && i + 1 < head->len && head->at[i + 1] == '\n';
        *head = (struct tend_text){ head->at + i + 1, head->len - i - 1 };
    }
    return true;
}

static void tell_found(struct tend_ctx *ctx, struct tend_input *in, const struct csv_wish *wish,
                       struct csv_dialect dialect, const struct csv_layout *layout)
{
    char text[40] = { 0 };

    say_found(ctx, in, "delimiter", csv_delimiter_name(dialect.delimiter, text));
    if (dialect.quote != '"')
        say_found(ctx, in, "quote", (text[0] = dialect.quote, text[1] = '\0', text));
    if (dialect.backslash)
        say_found(ctx, in, "quotes within", "behind a backslash");
    if (layout->header)
        snprintf(text, sizeof text, "in line %lld", (long long)(layout->header_line + wish->skip));
    say_found(ctx, in, "header", layout->header ? text : "none");
}

static tend_status read_table(struct tend_ctx *ctx, struct tend_input *in, struct tend_text head,
                              const struct csv_wish *wish)
{
    struct csv_dialect dialect;
    struct csv_layout layout;
    struct csv_parser p;
    int64_t width;
    int32_t sure;
    tend_status status;

    dialect = csv_dialect_guess(wish, ctx, head, &sure, &width);
    status = csv_layout_guess(&layout, ctx, in, wish, head, dialect, width);
    if (status != TEND_OK)
        return ctx->host->fail(ctx, status, "out of memory");
    ctx->source->layout(in, csv_program_title(layout.program));
    tell_found(ctx, in, wish, dialect, &layout);
    csv_show_columns(ctx, in, &layout);
    csv_parser_begin(&p, dialect);
    p.line += wish->skip;
    status = csv_parser_feed(&p, head);
    if (status == TEND_OK)
        status = read_rows(ctx, in, &layout, &p);
    csv_parser_finish(&p);
    csv_layout_finish(&layout);
    return status;
}

static tend_status read_file(struct tend_ctx *ctx, struct tend_input *in)
{
    struct tend_text head;
    struct csv_wish wish;
    tend_status status = csv_wish_read(ctx, &wish);
    int32_t got;

    if (status != TEND_OK)
        return status;
    got = ctx->source->block(in, &head);
    if (got <= 0)
        return got;
    if (is_endless(head))
        return ctx->host->fail(ctx, TEND_INVALID,
                               "no line ends within the first %d bytes: this is no table",
                               FIRST_LINE);
    if (!skip_lines(&head, wish.skip))
        return ctx->host->fail(ctx, TEND_INVALID, "there are no %lld lines to skip",
                               (long long)wish.skip);
    return read_table(ctx, in, head, &wish);
}

static const struct tend_lead_source csv = {
    .size = sizeof csv, .name = "csv", .title = "comma separated values", .sniff = sniff, .read = read_file,
    .options = csv_options,
};

static tend_status init(struct tend_ctx *ctx, const struct tend_host *host)
{
    return host->provide(ctx, "lead_source", &csv);
}

static const struct tend_plugin plugin = {
    TEND_HEAD,
    .name = "csv",
    .version = "0.1.0",
    .summary = "Reads tables of people: CSV, TSV and their kin",
    .license = "GPL-3.0-or-later",
    .needs = "none",
    .init = init,
};

TEND_EXPORT const struct tend_plugin *tend_plugin_entry(void)
{
    return &plugin;
}
