/* A plugin as somebody wrote it at level LEVEL: a record of every kind that was there, and
 * every effect, each answered to a touch whose text is the name of the effect. */
#include <tend/plugin.h>

#define STR_(x) #x
#define STR(x) STR_(x)
#define OLD "old" STR(LEVEL)

static int32_t sniff(struct tend_ctx *ctx, struct tend_text head, struct tend_text filename)
{
    (void)filename;
    return ctx->text->starts(head, OLD "\n") ? 100 : 0;
}

static tend_status read_rows(struct tend_ctx *ctx, struct tend_input *in)
{
    struct tend_text line, piece;
    tend_status status = TEND_OK;
    int32_t got = 0;

    ctx->source->layout(in, "names of level " STR(LEVEL));
    while (status == TEND_OK && (got = ctx->source->line(in, &line)) > 0) {
        struct tend_row *row;

        if (ctx->text->is(line, OLD))
            continue;
        row = ctx->source->row(in);
        if (!ctx->text->cut(&line, ";", &piece) || piece.len == 0) {
            status = ctx->source->reject(row, "old.empty", 1, "a name was expected");
            continue;
        }
        ctx->source->put(row, "name", ctx->text->keep(ctx, piece));
        if (ctx->text->cut(&line, ";", &piece)) {
            ctx->source->put(row, "email", ctx->text->trim(piece));
            ctx->source->label(row, ctx->text->fold(ctx, (struct tend_text){ "WORK", 4 }));
        }
        status = ctx->source->end(row);
    }
    return status == TEND_OK && got < 0 ? got : status;
}

static const struct tend_lead_source source = {
    .size = sizeof source, .name = OLD, .title = "names", .sniff = sniff, .read = read_rows,
};

static tend_status keys(struct tend_ctx *ctx, int64_t n, const struct tend_text *values,
                        const struct tend_text *regions, struct tend_text *out)
{
    (void)regions;
    for (int64_t i = 0; i < n; i++)
        out[i] = ctx->text->fold(ctx, values[i]);
    return TEND_OK;
}

static const struct tend_normaliser normaliser = { sizeof normaliser, OLD, "email", keys };

static tend_status guard(struct tend_ctx *ctx, const struct tend_move *move)
{
    struct tend_text to = { move->to, 0 };

    while (move->to[to.len])
        to.len++;
    if (!ctx->text->is(to, "kept") || ctx->read->touched(ctx, move->person, "reached", 0) > 0)
        return TEND_OK;
    return ctx->make->veto(ctx, "silent", "nobody has spoken with them", "log p1 phone hello");
}

static tend_status rule(struct tend_ctx *ctx, const struct tend_event *event)
{
    if (!ctx->text->is(ctx->read->event(ctx, "text"), "rule"))
        return TEND_OK;
    return TEND_MOVE(ctx, event->person, .stage = "met", .reason = "was met");
}

static const struct tend_word met = { "met", "old", "open", NULL };
static const struct tend_word kept = { "kept", "old", "won", NULL };
static const struct tend_word *const stages[] = { &met, &kept, NULL };
static const struct tend_word phone = { "phone", NULL, "reached", NULL };
static const struct tend_word ring = { "ring", NULL, NULL, NULL };
static const struct tend_word *const touch_kinds[] = { &phone, &ring, NULL };
static const struct tend_word wait = { "wait", NULL, NULL, NULL };
static const struct tend_word *const holds[] = { &wait, NULL };
static const struct tend_guard spoken = { sizeof spoken, "spoken", guard };
static const struct tend_guard *const guards[] = { &spoken, NULL };
static const struct tend_stage_set set = {
    .size = sizeof set, .name = OLD, .primary = "old", .stages = stages,
    .touch_kinds = touch_kinds, .holds = holds, .guards = guards, .on = "touch.logged",
    .rule = rule,
};

/* The effect that the text of the touch names. */
static tend_status answer(struct tend_ctx *ctx, tend_id p, struct tend_text said)
{
#define SAID(word) ctx->text->is(said, word)
    if (SAID("task"))
        return TEND_TASK(ctx, p, "k", .title = "Call", .type = "phone", .window = "1d..2d",
                         .closed_by = "reached", .why = "why not");
    if (SAID("retime"))
        return TEND_RETIME(ctx, p, "k", .window = "3d..4d", .why = "later");
    if (SAID("done"))
        return TEND_DONE(ctx, p, "k", .why = "all is said");
    if (SAID("drop"))
        return TEND_DROP(ctx, p, "k", .why = "never mind");
    if (SAID("move"))
        return TEND_MOVE(ctx, p, .track = "old", .stage = "met", .reason = "was met");
    if (SAID("hold"))
        return TEND_HOLD(ctx, p, .track = "old", .type = "wait", .until = "6w", .reason = "asked");
    if (SAID("set"))
        return TEND_SET(ctx, p, .field = "interest", .value = "business");
    if (SAID("tag"))
        return TEND_TAG(ctx, p, .text = "warm");
    if (SAID("untag"))
        return TEND_UNTAG(ctx, p, .text = "warm");
    if (SAID("note"))
        return TEND_NOTE(ctx, p, "n", .text = "has a garden");
    if (SAID("link"))
        return TEND_LINK(ctx, p, .other = ctx->read->next(ctx, "", p), .type = "spouse");
    if (SAID("state"))
        return TEND_STATE(ctx, p, .name = "seen", .value = "yes");
#if LEVEL >= 1
    if (SAID("schedule"))
        return TEND_SCHEDULE(ctx, p, "again", .every = "year", .at = "09:00", .catch_up = "one");
    if (SAID("cancel"))
        return TEND_CANCEL(ctx, p, "again");
#endif
    return TEND_OK;
}

static tend_status run(struct tend_ctx *ctx, const struct tend_event *event)
{
    if (ctx->data != &met)
        return ctx->host->fail(ctx, TEND_INTERNAL, "the data of init is not there");
    if (!ctx->read->means(ctx, "kind", "phone", "reached"))
        return ctx->host->fail(ctx, TEND_INTERNAL, "a phone call reaches nobody");
    ctx->host->log(ctx, 0, "%s", event->name);
    return answer(ctx, event->person, ctx->read->event(ctx, "text"));
}

static const struct tend_policy policy = { sizeof policy, OLD, "touch.logged", run };

#if LEVEL >= 1
static tend_status show(struct tend_ctx *ctx)
{
    struct tend_cell cells[] = { { "who", ctx->command->text(ctx, "who") },
                                 { "seen", ctx->read->state(ctx, ctx->command->person(ctx, "who", 0),
                                                            "seen") } };
    struct tend_text sure = ctx->command->text(ctx, "sure");

    if (sure.len == 0)
        return TEND_ASK(ctx, "sure", .text = "Really?", .choices = "yes no");
    if (TEND_ROW(ctx, cells, 2) != TEND_OK)
        return TEND_INTERNAL;
    return TEND_PRINT(ctx, ctx->command->number(ctx, "days") == 30 ? "thirty" : "another");
}

static const struct tend_command_arg who = { sizeof who, "who", "person", "whom", NULL, 0 };
static const struct tend_command_arg days = { sizeof days, "days", "number", "how many", NULL, 0 };
static const struct tend_command_arg sure = {
    sizeof sure, "sure", "choice", "really?", "yes no", TEND_ARG_OPTIONAL,
};
static const struct tend_command_arg *const args[] = { &who, &days, NULL };
static const struct tend_command_arg *const flags[] = { &sure, NULL };
static const struct tend_command_record command = {
    .size = sizeof command, .name = "show-" OLD, .summary = "shows", .args = args, .flags = flags,
    .fields = "who:number seen", .run = show,
};
#endif
#if LEVEL >= 2
static tend_status score(struct tend_ctx *ctx, int64_t n, const struct tend_pair *pairs,
                         struct tend_score *scores)
{
    (void)ctx;
    (void)pairs;
    for (int64_t i = 0; i < n; i++)
        scores[i] = (struct tend_score){ 0.5, { "alike", 5 } };
    return TEND_OK;
}

static const struct tend_matcher matcher = { sizeof matcher, OLD, NULL, score };
#endif

static tend_status init(struct tend_ctx *ctx, const struct tend_host *host)
{
    tend_status status = host->provide(ctx, "lead_source", &source);

    ctx->data = (void *)(uintptr_t)&met;
    if (host->abi != TEND_ABI || host->get("tend.text", 0) != ctx->text)
        return host->fail(ctx, TEND_INTERNAL, "another host was expected");
    if (status == TEND_OK)
        status = host->provide(ctx, "normaliser", &normaliser);
    if (status == TEND_OK)
        status = host->provide(ctx, "stage_set", &set);
    if (status == TEND_OK)
        status = host->provide(ctx, "policy", &policy);
#if LEVEL >= 1
    if (status == TEND_OK)
        status = host->provide(ctx, "command", &command);
#endif
#if LEVEL >= 2
    if (status == TEND_OK)
        status = host->provide(ctx, "matcher", &matcher);
#endif
    return status;
}

static const struct tend_plugin plugin = {
    .size = sizeof plugin, .abi = TEND_ABI, .api_min = TEND_API, .build = TEND_BUILD,
    .name = OLD, .version = "1.0.0", .summary = "of level " STR(LEVEL), .license = "0BSD",
    .needs = "", .init = init,
};

TEND_EXPORT const struct tend_plugin *tend_plugin_entry(void)
{
    return &plugin;
}
