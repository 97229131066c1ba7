/* A C plugin that offers a record nobody can take, and does not say so. */
#include <tend/plugin.h>

static const struct tend_policy policy = { 8, "wrong", "touch.logged", NULL };

static tend_status init(struct tend_ctx *ctx, const struct tend_host *host)
{
    return host->provide(ctx, "policy", &policy);
}

static const struct tend_plugin plugin = {
    TEND_HEAD,
    .name = "wrong",
    .version = "1.0.0",
    .summary = "a bad record, for the tests",
    .license = "0BSD",
    .needs = "",
    .init = init,
};

const struct tend_plugin *tend_plugin_entry(void)
{
    return &plugin;
}
