/* SPDX-License-Identifier: 0BSD
 *
 * dormant, in C: who was not reached for so many days.    tend dormant 60
 * It teaches: a command declares what it takes, and answers with rows, effects and questions.
 * The same as ../command-lua/dormant.lua, line by line.
 */
#include <stdio.h>
#include <string.h>
#include <tend/plugin.h>

#define DAY (INT64_C(24) * 60 * 60 * 1000000) /* microseconds */
#define MANY 5
#define MOST 10000

static const struct tend_command_arg days = {
    sizeof days, "days", "number", .help = "so many days; else 30", .how = TEND_ARG_OPTIONAL,
};
static const struct tend_command_arg among = {
    sizeof among, "among", "filter", .help = "stage:prospect tag:teacher ...",
    .how = TEND_ARG_OPTIONAL,
};
static const struct tend_command_arg tag = {
    sizeof tag, "tag", "word", .help = "give them this tag",
};
static const struct tend_command_arg sure = {
    sizeof sure, "sure", "choice", .help = "answers whether to tag many", .choices = "yes no",
};
static const struct tend_command_arg *const args[] = { &days, &among, NULL };
static const struct tend_command_arg *const flags[] = { &tag, &sure, NULL };
static const char *const examples[] = {
    "dormant 60", "who was not reached for sixty days",
    "dormant 30 stage:prospect --tag=wake", "prospects, who get a tag to find them by",
    NULL,
};

static struct tend_text digits(struct tend_ctx *ctx, int64_t number)
{
    char text[24];

    return ctx->text->keep(ctx, (struct tend_text){
        text, snprintf(text, sizeof text, "%lld", (long long)number) });
}

static tend_status show(struct tend_ctx *ctx, tend_id person)
{
    const struct tend_cell cells[] = {
        { "person", digits(ctx, person) },
        { "name", ctx->read->get(ctx, person, "name") },
        { "stage", ctx->read->get(ctx, person, "stage") },
        { "touches", digits(ctx, ctx->read->touched(ctx, person, "reached", 0)) },
    };

    return TEND_ROW(ctx, cells, 4);
}

/* A text of ctx with the NUL that an effect wants. */
static const char *str(struct tend_text text, char *out, size_t size)
{
    snprintf(out, size, "%.*s", (int)text.len, text.at);
    return out;
}

static tend_status run(struct tend_ctx *ctx)
{
    int64_t count = ctx->command->number(ctx, "days");
    int64_t since = ctx->now - (count > 0 ? count : 30) * DAY, n = 0;
    struct tend_text wanted = ctx->command->text(ctx, "tag");
    struct tend_text answer = ctx->command->text(ctx, "sure");
    char filter[1000], name[100], question[60];
    tend_id found[MOST], person = 0;

    str(ctx->command->text(ctx, "among"), filter, sizeof filter);
    while (n < MOST && (person = ctx->read->next(ctx, filter, person)) > 0) {
        if (ctx->read->touched(ctx, person, "reached", since) == 0) {
            found[n++] = person;
            show(ctx, person);
        }
    }
    if (person < 0)
        return (tend_status)person;
    if (wanted.len == 0 || ctx->text->is(answer, "no"))
        return TEND_OK;
    if (n > MANY && answer.len == 0) {
        snprintf(question, sizeof question, "Tag %lld people?", (long long)n);
        return TEND_ASK(ctx, "sure", .text = question, .choices = "yes no");
    }
    str(wanted, name, sizeof name);
    for (int64_t i = 0; i < n; i++)
        TEND_TAG(ctx, found[i], .text = name);
    return TEND_OK;
}

static const struct tend_command_record command = {
    sizeof command,
    .name = "dormant",
    .group = "people",
    .summary = "who was not reached for some time",
    .more = "With --tag they get that tag; more than five are asked about first.",
    .args = args,
    .flags = flags,
    .examples = examples,
    .fields = "person:person name stage touches:number",
    .writes = 1,
    .run = run,
};

static tend_status init(struct tend_ctx *ctx, const struct tend_host *host)
{
    return host->provide(ctx, "command", &command);
}

static const struct tend_plugin plugin = {
    TEND_HEAD,
    .name = "dormant",
    .version = "1.0.0",
    .summary = "who was not reached for some time",
    .license = "0BSD",
    .needs = "reads:person,touch effects:row,tag,ask",
    .init = init,
};

const struct tend_plugin *tend_plugin_entry(void)
{
    return &plugin;
}
