/* SPDX-License-Identifier: 0BSD
 *
 * stage-count, in C: how many people stand at each stage.    tend report stage-count
 * It teaches: a report reads, and answers with rows; table, JSON and CSV come by themselves.
 */
#define TEND_UNSTABLE
#include <stdio.h>
#include <string.h>
#include <tend/plugin.h>
#include <tend/x/report.h>

#define STAGES 64

static tend_status show(struct tend_ctx *ctx, const char *stage, int64_t people)
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%lld", (long long)people);
    const struct tend_cell cells[] = {
        { "stage", { stage, (int64_t)strlen(stage) } },
        { "people", { digits, len } },
    };

    return TEND_ROW(ctx, cells, 2);
}

static tend_status run(struct tend_ctx *ctx)
{
    struct { char name[48]; int64_t people; } stages[STAGES];
    int64_t n = 0, at;
    tend_id person = 0;
    tend_status status = TEND_OK;

    while ((person = ctx->read->next(ctx, "", person)) > 0) {
        struct tend_text stage = ctx->read->get(ctx, person, "stage");
        char name[48];

        snprintf(name, sizeof name, "%.*s", (int)(stage.len ? stage.len : 4),
                 stage.len ? stage.at : "none");
        for (at = 0; at < n && strcmp(stages[at].name, name) != 0; at++)
            ;
        if (at == n && n < STAGES) {
            memcpy(stages[n].name, name, sizeof name);
            stages[n++].people = 0;
        }
        if (at < n)
            stages[at].people++;
    }
    for (at = 0; status == TEND_OK && at < n; at++)
        status = show(ctx, stages[at].name, stages[at].people);
    return person < 0 ? (tend_status)person : status;
}

static const struct tend_report report = {
    .size = sizeof report, .name = "stage-count", .title = "people at each stage",
    .fields = "stage people:number", .run = run,
};

static tend_status init(struct tend_ctx *ctx, const struct tend_host *host)
{
    return host->provide(ctx, "report", &report);
}

static const struct tend_plugin plugin = {
    TEND_HEAD,
    .name = "stage-count",
    .version = "1.0.0",
    .summary = "How many people stand at each stage",
    .license = "0BSD",
    .needs = "reads:person effects:row",
    .init = init,
};

const struct tend_plugin *tend_plugin_entry(void)
{
    return &plugin;
}
