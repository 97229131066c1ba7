/* SPDX-License-Identifier: 0BSD
 *
 * same-street, in C: two people of one family name at one address may be the same person.
 * It teaches: a matcher says of many pairs at once how sure it is, and why; nothing is
 * merged by it.
 */
#include <string.h>
#include <tend/plugin.h>

static int same(struct tend_ctx *ctx, struct tend_text a, struct tend_text b)
{
    a = ctx->text->fold(ctx, a);
    b = ctx->text->fold(ctx, b);
    return a.len > 0 && a.len == b.len && memcmp(a.at, b.at, (size_t)a.len) == 0;
}

/* What is read is lent until the function returns. */
static struct tend_text get(struct tend_ctx *ctx, tend_id person, const char *field)
{
    return ctx->read->get(ctx, person, field);
}

/* Letters and digits alone: "1 Elm St." and "1 elm st" are one address. */
static struct tend_text plain(struct tend_ctx *ctx, struct tend_text text)
{
    char out[200];
    int64_t len = 0;

    for (int64_t i = 0; i < text.len && len < (int64_t)sizeof out; i++)
        if (strchr(" .,;-", text.at[i]) == NULL)
            out[len++] = text.at[i];
    return ctx->text->keep(ctx, (struct tend_text){ out, len });
}

/* The last word of a name. */
static struct tend_text family(struct tend_ctx *ctx, tend_id person)
{
    struct tend_text name = get(ctx, person, "name");
    int64_t at = name.len;

    while (at > 0 && name.at[at - 1] != ' ')
        at--;
    return (struct tend_text){ name.at + at, name.len - at };
}

static tend_status score(struct tend_ctx *ctx, int64_t n, const struct tend_pair *pairs,
                         struct tend_score *scores)
{
    static const char reason[] = "the same street and family name";

    for (int64_t i = 0; i < n; i++) {
        tend_id a = pairs[i].a, b = pairs[i].b;

        scores[i].same = -1;    /* no opinion */
        if (!same(ctx, family(ctx, a), family(ctx, b)) ||
            !same(ctx, plain(ctx, get(ctx, a, "address")), plain(ctx, get(ctx, b, "address"))))
            continue;
        scores[i].same = 0.8;
        scores[i].reason = (struct tend_text){ reason, sizeof reason - 1 };
    }
    return TEND_OK;
}

static const struct tend_matcher matcher = {
    sizeof matcher, "same-street", "One family name and one address", score,
};

static tend_status init(struct tend_ctx *ctx, const struct tend_host *host)
{
    return host->provide(ctx, "matcher", &matcher);
}

static const struct tend_plugin plugin = {
    TEND_HEAD,
    .name = "same-street",
    .version = "1.0.0",
    .summary = "One family name and one address",
    .license = "0BSD",
    .needs = "reads:person",
    .init = init,
};

const struct tend_plugin *tend_plugin_entry(void)
{
    return &plugin;
}
