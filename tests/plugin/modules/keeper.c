/* A C plugin that hands a number to the one that takes its place. */
#include <tend/plugin.h>

/* A module has no globals of its own; this one counts the calls of its own copy. */
static int32_t calls;

static tend_status run(struct tend_ctx *ctx)
{
    const char *const words[] = { "none", "one", "two", "three" };

    calls++;
    return TEND_PRINT(ctx, words[calls & 3]);
}

static const struct tend_command_record command = {
    .size = sizeof command, .name = "keeper", .summary = "counts", .run = run,
};

static tend_status init(struct tend_ctx *ctx, const struct tend_host *host)
{
    return host->provide(ctx, "command", &command);
}

static tend_status save(struct tend_ctx *ctx, int64_t *version, struct tend_text *state)
{
    *version = 3;
    *state = ctx->text->keep(ctx, (struct tend_text){ (const char *)&calls, sizeof calls });
    return TEND_OK;
}

static tend_status restore(struct tend_ctx *ctx, int64_t version, struct tend_text state)
{
    if (version != 3 || state.len != (int64_t)sizeof calls)
        return ctx->host->fail(ctx, TEND_INVALID, "version %d of the state", (int)version);
    for (size_t i = 0; i < sizeof calls; i++)
        ((char *)&calls)[i] = state.at[i];
    return TEND_OK;
}

TEND_EXPORT const struct tend_plugin *tend_plugin_entry(void)
{
    static const struct tend_plugin plugin = {
        TEND_HEAD, .name = "keeper", .version = "1.0.0", .summary = "keeps a number",
        .license = "0BSD", .needs = "", .init = init, .save = save, .restore = restore,
    };

    return &plugin;
}
