/* SPDX-License-Identifier: 0BSD
 *
 * gmail-dots, in C: ann.lee@gmail.com and annlee+news@googlemail.com are one address.
 * It teaches: a normaliser gets a column of values and makes a key of each; two values
 * with one key are the same.
 */
#include <tend/plugin.h>

#define MOST 200

/* The key of one address, or nothing: then the next normaliser is asked. */
static struct tend_text key_of(struct tend_ctx *ctx, struct tend_text value)
{
    char key[MOST + 16];
    int64_t len = 0;
    struct tend_text user, host;

    host = ctx->text->fold(ctx, ctx->text->trim(value));
    if (host.len > MOST || !ctx->text->cut(&host, "@", &user))
        return (struct tend_text){ "", 0 };
    if (!ctx->text->is(host, "gmail.com") && !ctx->text->is(host, "googlemail.com"))
        return (struct tend_text){ "", 0 };
    for (int64_t i = 0; i < user.len && user.at[i] != '+'; i++)
        if (user.at[i] != '.')
            key[len++] = user.at[i];
    for (const char *at = "@gmail.com"; len > 0 && *at; at++)
        key[len++] = *at;
    return ctx->text->keep(ctx, (struct tend_text){ key, len });    /* what we made must be kept */
}

static tend_status keys(struct tend_ctx *ctx, int64_t n, const struct tend_text *values,
                        const struct tend_text *regions, struct tend_text *out)
{
    (void)regions;
    for (int64_t i = 0; i < n; i++)
        out[i] = key_of(ctx, values[i]);
    return TEND_OK;
}

static const struct tend_normaliser normaliser = { sizeof normaliser, "gmail-dots", "email", keys };

static tend_status init(struct tend_ctx *ctx, const struct tend_host *host)
{
    return host->provide(ctx, "normaliser", &normaliser);
}

static const struct tend_plugin plugin = {
    TEND_HEAD,
    .name = "gmail-dots",
    .version = "1.0.0",
    .summary = "Two spellings of a Gmail address are one",
    .license = "0BSD",
    .needs = "reads:person",
    .init = init,
};

const struct tend_plugin *tend_plugin_entry(void)
{
    return &plugin;
}
