/* A lead source that is bad in two ways: it looks at the line before when the next one is there,
 * and does not care whether somebody wants more rows. */
#include <tend/plugin.h>

static int32_t sniff(struct tend_ctx *ctx, struct tend_text head, struct tend_text filename)
{
    (void)ctx, (void)head, (void)filename;
    return 100;
}

static void hand_over(struct tend_ctx *ctx, struct tend_input *in, struct tend_text name)
{
    struct tend_row *row = ctx->source->row(in);

    ctx->source->put(row, "name", name);
    ctx->source->put(row, "id", name);
    ctx->source->end(row);
}

static tend_status read_lines(struct tend_ctx *ctx, struct tend_input *in)
{
    struct tend_text before = { "", 0 }, line;

    while (ctx->source->line(in, &line) > 0) {
        if (before.len > 0)
            hand_over(ctx, in, before);
        before = line;
    }
    if (before.len > 0)
        hand_over(ctx, in, before);
    return TEND_OK;
}

static const struct tend_lead_source bad = {
    .size = sizeof bad, .name = "bad", .title = "bad on purpose", .sniff = sniff, .read = read_lines,
};

static tend_status init(struct tend_ctx *ctx, const struct tend_host *host)
{
    return host->provide(ctx, "lead_source", &bad);
}

static const struct tend_plugin plugin = {
    TEND_HEAD, .name = "bad", .version = "1.0.0", .summary = "Bad on purpose", .license = "0BSD",
    .needs = "none", .init = init,
};

TEND_EXPORT const struct tend_plugin *tend_plugin_entry(void)
{
    return &plugin;
}
