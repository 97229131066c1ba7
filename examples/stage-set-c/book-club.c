/* SPDX-License-Identifier: 0BSD
 *
 * book-club, in C: the stages of a book club.
 * It teaches: stages and words with what they mean, a rule that moves people, and a guard
 * that says no, with the command that cures it.
 */
#include <stdio.h>
#include <string.h>
#include <tend/plugin.h>

#define WORD(...) (&(const struct tend_word){ __VA_ARGS__ })

static const struct tend_word *const stages[] = {
    WORD("guest", "books", "open", NULL),
    WORD("regular", "books", "open", NULL),
    WORD("host", "books", "won", "hosts an evening"),
    NULL,
};
static const struct tend_word *const kinds[] = { WORD("evening", NULL, "reached group", NULL), NULL };

static tend_status knows_us(struct tend_ctx *ctx, const struct tend_move *move)
{
    int64_t came = ctx->read->touched(ctx, move->person, "evening", 0);
    char cure[64];

    if (came < 0)               /* the error slot says why; who cannot answer has not said yes */
        return (tend_status)came;
    if (strcmp(move->to, "host") != 0 || came >= 2)
        return TEND_OK;
    snprintf(cure, sizeof cure, "log p%lld evening", (long long)move->person);
    return ctx->make->veto(ctx, "knows-us", "a host has been to two evenings", cure);
}

static const struct tend_guard guard = { sizeof guard, "knows-us", knows_us };
static const struct tend_guard *const guards[] = { &guard, NULL };

static tend_status rule(struct tend_ctx *ctx, const struct tend_event *event)
{
    int64_t came;

    if (!ctx->text->is(ctx->read->event(ctx, "kind"), "evening"))
        return TEND_OK;
    came = ctx->read->touched(ctx, event->person, "evening", 0);
    if (came < 0)
        return (tend_status)came;
    return TEND_MOVE(ctx, event->person, .track = "books", .stage = came > 1 ? "regular" : "guest",
                     .reason = "came to an evening");
}

static const struct tend_stage_set set = {
    .size = sizeof set,
    .name = "book-club",
    .stages = stages,
    .touch_kinds = kinds,
    .guards = guards,
    .on = "touch.logged",
    .rule = rule,
};

static tend_status init(struct tend_ctx *ctx, const struct tend_host *host)
{
    return host->provide(ctx, "stage_set", &set);
}

static const struct tend_plugin plugin = {
    TEND_HEAD,
    .name = "book-club",
    .version = "1.0.0",
    .summary = "The stages of a book club",
    .license = "0BSD",
    .needs = "reads:person,touch effects:move",
    .init = init,
};

const struct tend_plugin *tend_plugin_entry(void)
{
    return &plugin;
}
