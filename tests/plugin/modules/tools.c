/* A C plugin with exports: some that are useful, some that fail, and those that show what
 * the context of an export has. */
#include <tend/plugin.h>

static int64_t add(struct tend_ctx *ctx, int64_t a, int64_t b)
{
    (void)ctx;
    return a + b;
}

static int32_t add_small(struct tend_ctx *ctx, int32_t a, int32_t b)
{
    (void)ctx;
    return a + b;
}

static double half(struct tend_ctx *ctx, double of)
{
    (void)ctx;
    return of / 2;
}

static const char *same(struct tend_ctx *ctx, const char *text)
{
    return text ? ctx->text->keep(ctx, (struct tend_text){ text, (int64_t)__builtin_strlen(text) }).at
                : NULL;
}

static const char *name_of(struct tend_ctx *ctx, tend_person person)
{
    struct tend_text name = ctx->read->get(ctx, person, "name");

    return name.len ? ctx->text->keep(ctx, name).at : NULL;
}

static tend_person self(struct tend_ctx *ctx, tend_person person)
{
    (void)ctx;
    return person;
}

static tend_bool not(struct tend_ctx *ctx, tend_bool yes)
{
    (void)ctx;
    return !yes;
}

static void nothing(struct tend_ctx *ctx)
{
    (void)ctx;
}

static int64_t fails(struct tend_ctx *ctx, const char *why)
{
    ctx->host->fail(ctx, TEND_INVALID, "%s", why ? why : "no reason");
    return 7;
}

/* A letter for each table that is there. */
static const char *tables(struct tend_ctx *ctx)
{
    char out[12] = "", *at = out;

    *at++ = ctx->text ? 't' : '-';
    *at++ = ctx->read ? 'r' : '-';
    *at++ = ctx->make ? 'm' : '-';
    *at++ = ctx->source ? 's' : '-';
    *at++ = ctx->command ? 'c' : '-';
    *at++ = ctx->http ? 'h' : '-';
    *at++ = ctx->file ? 'f' : '-';
    *at++ = ctx->secret ? 'k' : '-';
    return ctx->text->keep(ctx, (struct tend_text){ out, at - out }).at;
}

static const struct tend_export exports[] = {
    TEND_EXPORT2(add, int64_t, int64_t, int64_t, "the sum of two"),
    TEND_EXPORT2(add_small, int32_t, int32_t, int32_t, "the sum of two small ones"),
    TEND_EXPORT1(half, double, double, "half of it"),
    TEND_EXPORT1(same, const char *, const char *, "the text as it came"),
    TEND_EXPORT1(name_of, const char *, tend_person, "what somebody is called"),
    TEND_EXPORT1(self, tend_person, tend_person, "the person as they came"),
    TEND_EXPORT1(not, tend_bool, tend_bool, "the other"),
    TEND_EXPORT0(nothing, void, "nothing at all"),
    TEND_EXPORT1(fails, int64_t, const char *, "always fails, and says why"),
    TEND_EXPORT0(tables, const char *, "which tables an export finds"),
    TEND_EXPORTS_END,
};

static tend_status init(struct tend_ctx *ctx, const struct tend_host *host)
{
    (void)ctx, (void)host;
    return TEND_OK;
}

static const struct tend_plugin plugin = {
    TEND_HEAD,
    .name = "test-tools",
    .version = "1.0.0",
    .summary = "exports for the tests",
    .license = "0BSD",
    .needs = "reads:person",
    .init = init,
    .exports = exports,
};

const struct tend_plugin *tend_plugin_entry(void)
{
    return &plugin;
}
