/* SPDX-License-Identifier: 0BSD
 *
 * barn, in C: a lead source. It reads what the (made-up) program Leadbarn exports:
 *
 *     LEADBARN 2
 *     campaign Spring fair
 *
 *     1007 Huber, Eva
 *     t 0664/555 12 34 mobile
 *     m eva@example.com
 *     n met at the tractor show
 *
 * A person begins with a number; an empty line ends them.
 *
 * It teaches: the host opens, decodes and numbers the lines; a reader gives rows.
 */
#include <tend/plugin.h>

/* How sure are we that this file is ours, from 0 to 100? The surest reads it. */
static int32_t sniff(struct tend_ctx *ctx, struct tend_text head, struct tend_text filename)
{
    (void)filename;
    return ctx->text->starts(head, "LEADBARN ") ? 100 : 0;
}

/* "1007 Huber, Eva": a row begins here, and gets its first fields. */
static struct tend_row *begin_person(struct tend_ctx *ctx, struct tend_input *in,
                                     struct tend_text line, struct tend_text campaign)
{
    struct tend_row *row = ctx->source->row(in);
    struct tend_text id, family;

    ctx->text->cut(&line, " ", &id);
    ctx->text->cut(&line, ",", &family);
    ctx->source->put(row, "id", id); /* the same id is the same person next time */
    ctx->source->put(row, "family", family);
    ctx->source->put(row, "given", line);             /* what was not cut off; may be empty */
    ctx->source->put(row, "barn.campaign", campaign); /* a dot makes it an attribute */
    return row;
}

/* "t 0664/555 12 34 mobile": the label is the last word, if that is no number. */
static void put_phone(struct tend_ctx *ctx, struct tend_row *row, struct tend_text text)
{
    int64_t end = text.len;

    while (end > 0 && text.at[end - 1] >= 'a' && text.at[end - 1] <= 'z')
        end--;
    /* as typed: what makes +43... of it is a normaliser */
    ctx->source->put(row, "phone", (struct tend_text){ text.at, end });
    ctx->source->label(row, (struct tend_text){ text.at + end, text.len - end });
}

/* One of the lines below a person's name; 0 if it is none of ours. */
static int32_t put_line(struct tend_ctx *ctx, struct tend_row *row, struct tend_text line)
{
    struct tend_text what;

    ctx->text->cut(&line, " ", &what);
    if (ctx->text->is(what, "t"))
        put_phone(ctx, row, line);
    else if (ctx->text->is(what, "m"))
        ctx->source->put(row, "email", line);
    else if (ctx->text->is(what, "n"))
        ctx->source->put(row, "note", line);
    else
        return 0;
    return 1;
}

/* Reads the whole file, once. Every way out returns the status of what went
 * wrong below us: the host has said why already. */
static tend_status read_file(struct tend_ctx *ctx, struct tend_input *in)
{
    struct tend_text line, word, campaign = { "", 0 };
    struct tend_row *row = NULL;
    int32_t got, bad = 0;
    tend_status status = TEND_OK;

    while (status == TEND_OK && (got = ctx->source->line(in, &line)) != 0) {
        if (got < 0)
            return got;
        line = ctx->text->trim(line);
        if (row && line.len == 0) {
            status = bad ? ctx->source->reject(row, "barn.line", 1, "t, m or n was expected")
                         : ctx->source->end(row);
            row = NULL;
            bad = 0;
        } else if (row) {
            bad = !put_line(ctx, row, line) || bad;
        } else if (line.len > 0 && line.at[0] >= '0' && line.at[0] <= '9') {
            row = begin_person(ctx, in, line, campaign);
        } else if (ctx->text->starts(line, "campaign ")) {
            ctx->text->cut(&line, " ", &word);
            campaign = ctx->text->keep(ctx, line); /* a line lives until the next one */
        }
    }
    return row && status == TEND_OK ? ctx->source->end(row) : status;
}

static const struct tend_lead_source source = {
    .size = sizeof source, .name = "barn", .title = "Leadbarn export", .sniff = sniff, .read = read_file,
};

static tend_status init(struct tend_ctx *ctx, const struct tend_host *host)
{
    return host->provide(ctx, "lead_source", &source);
}

static const struct tend_plugin plugin = {
    TEND_HEAD,
    .name = "barn",
    .version = "1.0.0",
    .summary = "Reads Leadbarn's exports",
    .license = "0BSD",
    .needs = "none",
    .init = init,
};

TEND_EXPORT const struct tend_plugin *tend_plugin_entry(void)
{
    return &plugin;
}
