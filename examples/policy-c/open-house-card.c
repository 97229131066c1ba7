/* SPDX-License-Identifier: 0BSD
 *
 * open-house-card, in C: a card to whoever came to a group meeting.
 * It teaches: a policy answers an event with effects, structs behind macros; the same as
 * ../policy-lua/open-house-card.lua.
 */
#include <tend/plugin.h>

static tend_status run(struct tend_ctx *ctx, const struct tend_event *event)
{
    struct tend_text means = ctx->read->event(ctx, "means"), word;

    while (ctx->text->cut(&means, ",", &word))
        if (ctx->text->is(word, "group"))   /* what a touch means, not what it is called */
            return TEND_TASK(ctx, event->person, "thanks", .title = "Send a card", .type = "card",
                             .window = "0d..3d", .closed_by = "card", .why = "came to a meeting");
    return TEND_OK;
}

static const struct tend_policy policy = {
    sizeof policy, "open-house-card", "touch.logged", run,
};

static tend_status init(struct tend_ctx *ctx, const struct tend_host *host)
{
    return host->provide(ctx, "policy", &policy);
}

static const struct tend_plugin plugin = {
    TEND_HEAD,
    .name = "open-house-card",
    .version = "1.0.0",
    .summary = "A card of thanks after a group meeting",
    .license = "0BSD",
    .needs = "reads:touch effects:task",
    .init = init,
};

const struct tend_plugin *tend_plugin_entry(void)
{
    return &plugin;
}
