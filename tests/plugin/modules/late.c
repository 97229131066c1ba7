/* A C plugin whose init fails after it has provided something. */
#include <tend/plugin.h>

static tend_status run(struct tend_ctx *ctx, const struct tend_event *event)
{
    (void)ctx, (void)event;
    return TEND_OK;
}

static const struct tend_policy policy = { sizeof policy, "late", "touch.logged", run };

static tend_status init(struct tend_ctx *ctx, const struct tend_host *host)
{
    tend_status status = host->provide(ctx, "policy", &policy);

    if (status != TEND_OK)
        return status;
    return host->fail(ctx, TEND_UNSUPPORTED, "there is no %s here", "moon");
}

static void fini(struct tend_ctx *ctx)
{
    ctx->host->log(ctx, 2, "fini of a plugin that never began");
}

static const struct tend_plugin plugin = {
    TEND_HEAD,
    .name = "late",
    .version = "1.0.0",
    .summary = "fails late, for the tests",
    .license = "0BSD",
    .needs = "",
    .init = init,
    .fini = fini,
};

const struct tend_plugin *tend_plugin_entry(void)
{
    return &plugin;
}
