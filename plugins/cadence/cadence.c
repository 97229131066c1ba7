/* cadence: whom you care for hears from you. So many days after the last touch that
 * reached somebody, "Keep in touch" is on the list: members of the team every 14 days,
 * customers every 30, whoever is tagged keep-in-touch every 30; the attribute `rank` says
 * it more finely: a 14, b 30, c 90. One that was not reached does not begin it anew, and
 * what is on the list is there once, until they are reached. */
#include <tend/plugin.h>
#include <stdio.h>
#include <string.h>

static int is(struct tend_text text, const char *word)
{
    return text.len == (int64_t)strlen(word) && memcmp(text.at, word, (size_t)text.len) == 0;
}

/* Is the word in a list with commas? */
static int has(struct tend_ctx *ctx, struct tend_text list, const char *word)
{
    struct tend_text one;

    while (ctx->text->cut(&list, ",", &one))
        if (is(one, word))
            return 1;
    return 0;
}

static int stage_means(struct tend_ctx *ctx, tend_id person, const char *track,
                       const char *meaning)
{
    struct tend_text stage = ctx->read->get(ctx, person, track);
    char name[100];

    snprintf(name, sizeof name, "%.*s", (int)stage.len, stage.len ? stage.at : "");
    return stage.len > 0 && ctx->read->means(ctx, "stage", name, meaning);
}

/* How many days; 0: nobody to keep in touch with. */
static int days_of(struct tend_ctx *ctx, tend_id person)
{
    struct tend_text rank = ctx->read->get(ctx, person, "rank");
    int days = 0;

    if (stage_means(ctx, person, "stage.opportunity", "lost"))
        return 0;
    if (stage_means(ctx, person, "stage.opportunity", "won"))
        days = 14;
    else if (stage_means(ctx, person, "stage.product", "won") ||
             has(ctx, ctx->read->get(ctx, person, "tags"), "keep-in-touch"))
        days = 30;
    if (days == 0)
        return 0;
    if (is(rank, "a"))
        return 14;
    if (is(rank, "b"))
        return 30;
    return is(rank, "c") ? 90 : days;
}

/* Counted from this event; the number is kept, so that a change of it is seen. */
static tend_status plan(struct tend_ctx *ctx, tend_id person, int days)
{
    char number[16], from[16];

    snprintf(number, sizeof number, "%d", days);
    snprintf(from, sizeof from, "%dd", days);
    TEND_STATE(ctx, person, .name = "days", .value = days ? number : NULL);
    if (days == 0) {
        TEND_DROP(ctx, person, "keep-in-touch", .why = "not any more");
        return TEND_CANCEL(ctx, person, "due");
    }
    return TEND_SCHEDULE(ctx, person, "due", .from = from);
}

static tend_status run(struct tend_ctx *ctx, const struct tend_event *event)
{
    struct tend_text kept = ctx->read->state(ctx, event->person, "days");
    int days = days_of(ctx, event->person);
    char number[16], why[60];

    snprintf(number, sizeof number, "%d", days);
    if (strcmp(event->name, "cadence.due") == 0) {
        snprintf(why, sizeof why, "%d days since you spoke", days);
        if (days == 0)
            return TEND_OK;
        return TEND_TASK(ctx, event->person, "keep-in-touch", .title = "Keep in touch",
                         .type = "call", .window = "0d..7d", .closed_by = "reached", .why = why);
    }
    if (strcmp(event->name, "touch.logged") == 0) {
        if (!has(ctx, ctx->read->event(ctx, "means"), "reached"))
            return TEND_OK;
        return days > 0 || kept.len > 0 ? plan(ctx, event->person, days) : TEND_OK;
    }
    /* a stage, a tag or a rank has changed: only if it makes another number of days */
    if ((days == 0 && kept.len == 0) || is(kept, number))
        return TEND_OK;
    return plan(ctx, event->person, days);
}

static const struct tend_policy cadence = {
    sizeof cadence, "cadence", "touch.logged stage.changed person.changed cadence.due", run,
};

static tend_status init(struct tend_ctx *ctx, const struct tend_host *host)
{
    return host->provide(ctx, "policy", &cadence);
}

static const struct tend_plugin plugin = {
    TEND_HEAD,
    .name = "cadence",
    .version = "1.0.0",
    .summary = "Keep in touch: so many days after they were last reached",
    .license = "GPL-3.0-or-later",
    .needs = "reads:person,touch,state effects:task,drop,state,schedule,cancel",
    .init = init,
};

TEND_EXPORT const struct tend_plugin *tend_plugin_entry(void)
{
    return &plugin;
}
