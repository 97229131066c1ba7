/* A C plugin with a service, and a command that calls the service of another. */
#include <tend/plugin.h>

static double distance(struct tend_ctx *ctx, double a, double b)
{
    (void)ctx;
    return a > b ? a - b : b - a;
}

static const char *region(struct tend_ctx *ctx, const char *zone)
{
    if (!zone)
        ctx->host->fail(ctx, TEND_INVALID, "a zone is needed");
    return "here";
}

/* Through the service of a Lua plugin, which may call this one again. */
static int64_t deeper(struct tend_ctx *ctx, int64_t n)
{
    struct tend_any arg = { .as = 'l', .is = { .number = n } }, result;

    if (ctx->service->call(ctx, "echo.down", 1, &arg, &result) != TEND_OK)
        return -1;
    return result.is.number;
}

static const struct tend_export functions[] = {
    TEND_EXPORT2(distance, double, double, double, "how far apart"),
    TEND_EXPORT1(region, const char *, const char *, "where a zone is"),
    TEND_EXPORT1(deeper, int64_t, int64_t, "goes on through echo"),
    TEND_EXPORTS_END,
};
static const struct tend_service service = { sizeof service, "geo", 2, functions };

static tend_status init(struct tend_ctx *ctx, const struct tend_host *host)
{
    return host->provide(ctx, "service", &service);
}

static const struct tend_plugin plugin = {
    TEND_HEAD,
    .name = "atlas",
    .version = "1.0.0",
    .summary = "a service for the tests",
    .license = "0BSD",
    .needs = "reads:person",
    .init = init,
    .exports = functions,
    .requires = "echo?",
};

const struct tend_plugin *tend_plugin_entry(void)
{
    return &plugin;
}
