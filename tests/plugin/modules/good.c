/* A C plugin that provides a record of every kind, and says what it sees. */
#include <tend/plugin.h>

static int32_t sniff(struct tend_ctx *ctx, struct tend_text head, struct tend_text filename)
{
    (void)filename;
    return ctx->text->starts(head, "GOOD") ? 90 : 0;
}

static tend_status read_rows(struct tend_ctx *ctx, struct tend_input *in)
{
    struct tend_text line;
    tend_status status = TEND_OK;
    int32_t got = 0;

    while (status == TEND_OK && (got = ctx->source->line(in, &line)) > 0) {
        struct tend_row *row = ctx->source->row(in);

        ctx->source->put(row, "name", line);
        status = ctx->source->end(row);
    }
    return status == TEND_OK && got < 0 ? got : status;
}

static const struct tend_lead_source source = {
    .size = sizeof source, .name = "good", .title = "good rows", .sniff = sniff, .read = read_rows,
};

static tend_status keys(struct tend_ctx *ctx, int64_t n, const struct tend_text *values,
                        const struct tend_text *regions, struct tend_text *out)
{
    (void)regions;
    for (int64_t i = 0; i < n; i++)
        out[i] = ctx->text->fold(ctx, values[i]);
    return TEND_OK;
}

static const struct tend_normaliser normaliser = { sizeof normaliser, "good", "email", keys };

static tend_status guard(struct tend_ctx *ctx, const struct tend_move *move)
{
    (void)move;
    return ctx->make->veto(ctx, "never", "this guard never lets anybody pass", "");
}

static tend_status rule(struct tend_ctx *ctx, const struct tend_event *event)
{
    return TEND_MOVE(ctx, event->person, .stage = "met", .reason = "was met");
}

static const struct tend_word met = { "met", "opportunity", "open", NULL };
static const struct tend_word *const stages[] = { &met, NULL };
static const struct tend_guard never = { sizeof never, "never", guard };
static const struct tend_guard *const guards[] = { &never, NULL };
static const struct tend_stage_set set = {
    .size = sizeof set, .name = "good", .primary = "opportunity", .stages = stages,
    .guards = guards, .on = "touch.logged", .rule = rule,
};

/* Finds in ctx->data what init has put there. */
static tend_status run(struct tend_ctx *ctx, const struct tend_event *event)
{
    if (ctx->data != &met)
        return ctx->host->fail(ctx, TEND_INTERNAL, "the data of init is not there");
    return TEND_TASK(ctx, event->person, "good", .title = "Say hello", .window = "1d..2d");
}

static const struct tend_policy policy = { sizeof policy, "good", "touch.logged", run };

static tend_status init(struct tend_ctx *ctx, const struct tend_host *host)
{
    tend_status status = host->provide(ctx, "lead_source", &source);

    if (ctx->read || ctx->make || ctx->source)
        return host->fail(ctx, TEND_INTERNAL, "init has nothing to read or to make");
    ctx->data = (void *)(uintptr_t)&met;
    if (status == TEND_OK)
        status = host->provide(ctx, "normaliser", &normaliser);
    if (status == TEND_OK)
        status = host->provide(ctx, "stage_set", &set);
    if (status == TEND_OK)
        status = host->provide(ctx, "policy", &policy);
    host->log(ctx, 1, "init of %s", "good");
    return status;
}

static void fini(struct tend_ctx *ctx)
{
    ctx->host->log(ctx, 1, "fini %s", ctx->data == &met ? "with its data" : "without");
}

static const struct tend_plugin plugin = {
    TEND_HEAD,
    .name = "good",
    .version = "1.0.0",
    .summary = "every kind, for the tests",
    .license = "0BSD",
    .needs = "reads:person effects:task,move",
    .init = init,
    .fini = fini,
};

const struct tend_plugin *tend_plugin_entry(void)
{
    return &plugin;
}
