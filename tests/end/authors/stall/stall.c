/*
 * stall: the list that the till of a market stall writes.      tend import autumn.stall
 *
 *     STALL 3;2026-11-20
 *     @market;Autumn
 *     204|MOSER, Ida|0664/555 77 01 // 01/555 33|ida@example.com|yes
 *
 * meson setup build && meson compile -C build && tend plugin test .
 */
#include <tend/plugin.h>

/* How sure are we, 0 to 100, from the first bytes? */
static int32_t sniff(struct tend_ctx *ctx, struct tend_text head, struct tend_text filename)
{
    (void)filename;
    return ctx->text->starts(head, "STALL ") ? 100 : 0;
}

/* One line, one person. */
static tend_status read_person(struct tend_ctx *ctx, struct tend_row *row, struct tend_text line,
                               struct tend_text market)
{
    struct tend_text rest = line, id, name, phones, email, asked, family, phone;

    if (!ctx->text->cut(&rest, "|", &id) || !ctx->text->cut(&rest, "|", &name) ||
        !ctx->text->cut(&rest, "|", &phones) || !ctx->text->cut(&rest, "|", &email) ||
        !ctx->text->cut(&rest, "|", &asked))
        return ctx->source->reject(row, "stall.short", tend_column(line, rest),
                                   "5 fields expected: id|name|phones|e-mail|yes or no");
    if (rest.len > 0)
        return ctx->source->reject(row, "stall.long", tend_column(line, rest),
                                   "more than 5 fields: is there a '|' in the name?");

    ctx->source->put(row, "id", id);
    ctx->text->cut(&name, ",", &family);
    ctx->source->put(row, "family", family);
    ctx->source->put(row, "given", name);
    while (ctx->text->cut(&phones, "//", &phone))
        ctx->source->put(row, "phone", phone);
    ctx->source->put(row, "email", email);
    ctx->source->put(row, "stall.market", market);
    if (ctx->text->is(asked, "yes"))
        ctx->source->put(row, "consent.phone", asked);
    return ctx->source->end(row);
}

static tend_status read_file(struct tend_ctx *ctx, struct tend_input *in)
{
    struct tend_text line, key, market = { "", 0 };
    tend_status status = TEND_OK;
    int32_t got;

    while (status == TEND_OK && (got = ctx->source->line(in, &line)) != 0) {
        if (got < 0)
            return got;
        if (line.len == 0 || ctx->text->starts(line, "STALL "))
            continue;
        if (ctx->text->starts(line, "@market;")) {
            ctx->text->cut(&line, ";", &key);
            market = ctx->text->keep(ctx, line);
        } else {
            status = read_person(ctx, ctx->source->row(in), line, market);
        }
    }
    return status;
}

static const struct tend_lead_source stall = {
    .size = sizeof stall, .name = "stall", .title = "list of a market stall", .sniff = sniff,
    .read = read_file,
};

static tend_status init(struct tend_ctx *ctx, const struct tend_host *host)
{
    return host->provide(ctx, "lead_source", &stall);
}

TEND_PLUGIN(.name = "stall", .version = "1.0.0", .summary = "Reads the lists of market stalls",
            .license = "0BSD", .needs = "none", .init = init)
