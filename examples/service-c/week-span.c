/* SPDX-License-Identifier: 0BSD
 *
 * week-span, in C: counts weeks for other plugins, of whichever language. They say
 * requires = "week-span", then tend.service.week_span.weeks(from, to), or in C
 * ctx->service->call(ctx, "week-span.weeks", 2, args, &result).
 *
 * It teaches: the signature of a function is made from its types by the compiler, and
 * a service is a list of functions.
 */
#include <stdio.h>
#include <tend/plugin.h>

/* Days since the beginning of the calendar. NULL is Lua's nil. What is no day is an error
 * of whoever called: the slot says so, whatever is returned. */
static int64_t day(struct tend_ctx *ctx, const char *text)
{
    int y, m, d, end = 0;

    if (!text || sscanf(text, "%4d-%2d-%2d%n", &y, &m, &d, &end) != 3 || end != 10 || text[10]) {
        ctx->host->fail(ctx, TEND_INVALID, "a day as 2026-11-26 was expected");
        return 0;
    }
    if (m < 3) { /* a year that ends with February */
        y--;
        m += 12;
    }
    return 365 * (int64_t)y + y / 4 - y / 100 + y / 400 + (153 * m - 457) / 5 + d;
}

static int64_t weeks(struct tend_ctx *ctx, const char *from, const char *to)
{
    int64_t days = day(ctx, to) - day(ctx, from);

    return days / 7 - (days % 7 < 0); /* down, as // of Lua */
}

static tend_bool due(struct tend_ctx *ctx, const char *from, const char *to, int64_t every)
{
    return weeks(ctx, from, to) >= every;
}

static const struct tend_export functions[] = {
    TEND_EXPORT2(weeks, int64_t, const char *, const char *, "whole weeks between two days"),
    TEND_EXPORT3(due, tend_bool, const char *, const char *, int64_t, "have so many weeks gone by?"),
    TEND_EXPORTS_END,
};

static const struct tend_service service = { sizeof service, "week-span", 1, functions };

static tend_status init(struct tend_ctx *ctx, const struct tend_host *host)
{
    return host->provide(ctx, "service", &service);
}

static const struct tend_plugin plugin = {
    TEND_HEAD,
    .name = "week-span",
    .version = "1.0.0",
    .summary = "Counts weeks for other plugins",
    .license = "0BSD",
    .needs = "none",
    .init = init,
};

const struct tend_plugin *tend_plugin_entry(void)
{
    return &plugin;
}
