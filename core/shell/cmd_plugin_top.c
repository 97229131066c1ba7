/* plugin top: which plugin costs what. */
#include "shell/plugin_view.h"
#include <stdlib.h>

#define MOST 256

static int by_time(const void *a, const void *b)
{
    const struct tend_tally *x = *(const struct tend_tally *const *)a;
    const struct tend_tally *y = *(const struct tend_tally *const *)b;

    return (x->time < y->time) - (x->time > y->time);
}

static void row_json(struct tend_json *json, const struct tend_tally *tally)
{
    tend_json_open(json, NULL, '{');
    tend_json_str(json, "name", tally->name);
    tend_plugin_tally_json(json, tally);
    tend_json_close(json, '}');
}

static void row_text(struct tend_shell *shell, const struct tend_tally *tally)
{
    tend_line_out(shell, "%-20.63s %9lld %9.1f %9.2f %9.2f %6lld %6lld  %s", tally->name,
                  (long long)tally->calls, (double)tally->time / 1000,
                  (double)tend_tally_within(tally, 99) / 1000, (double)tally->longest / 1000,
                  (long long)tally->kills, (long long)tally->errors, tally->longest_what);
}

static int run_top(struct tend_shell *shell, const struct tend_parsed *parsed)
{
    struct tend_tally_file *file = tend_registry_tallies(shell->registry);
    const struct tend_tally *rows[MOST], *tally;
    struct tend_json json = { 0 };
    size_t n = 0;

    for (int64_t i = 0; n < MOST && (tally = tend_tally_at(file, i)) != NULL; i++)
        if (tally->calls > 0)
            rows[n++] = tally;
    if (n > 0)
        qsort(rows, n, sizeof *rows, by_time);
    if (shell->options.json) {
        tend_json_open(&json, NULL, '[');
        for (size_t i = 0; i < n; i++)
            row_json(&json, rows[i]);
        tend_json_close(&json, ']');
        tend_json_print(shell, &json);
    } else if (n > 0) {
        tend_line_out(shell, "%-20s %9s %9s %9s %9s %6s %6s  %s", "plugin", "calls", "total ms",
                      "p99 ms", "longest", "kills", "errors", "what took longest");
        for (size_t i = 0; i < n; i++)
            row_text(shell, rows[i]);
    } else {
        tend_line_out(shell, "no plugin was called since the counting began");
    }
    if (tend_given_is(parsed, "reset"))
        tend_tally_reset(file);
    return TEND_EXIT_OK;
}

static const struct tend_flag flags[] = {
    { "reset", TEND_SLOT_NONE, 0, NULL, "shows them, and begins the counting anew", NULL },
    { 0 }
};
static const struct tend_example examples[] = {
    { "plugin top", "which plugin costs what, the most expensive first" },
    { 0 }
};
static const struct tend_member members[] = {
    { "name", "text", NULL },
    TEND_TALLY_MEMBERS,
    { 0 }
};
const struct tend_command tend_cmd_plugin_top = {
    .name = "plugin top", .of = "plugin", .group = "the house",
    .summary = "which plugin costs what", .flags = flags, .examples = examples,
    .effects = TEND_PLUGINS, .document = TEND_LIST, .members = members,
    .run = run_top,
};
