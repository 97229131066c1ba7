/* A test run: the topics in their order, and one line a check. */
#include "kit/private.h"
#include <stdarg.h>

bool tend_kit_says(struct tend_kit_run *run, bool ok, const char *name, const char *fmt, ...)
{
    struct tend_kit_result result = { .number = ++run->sum.checks, .ok = ok, .name = name,
                                      .why = "" };
    struct tend_arena arena = { 0 };
    va_list args;

    if (!ok)
        run->sum.failed++;
    va_start(args, fmt);
    if (!ok)
        result.why = tend_arena_vprintf(&arena, fmt, args);
    va_end(args);
    run->ask->result(run->ask->data, &result);
    tend_arena_finish(&arena);
    return ok;
}

void tend_kit_skip(struct tend_kit_run *run, const char *name, const char *why)
{
    struct tend_kit_result result = { .number = ++run->sum.checks, .ok = true, .name = name,
                                      .why = why, .skipped = true };

    run->sum.skipped++;
    run->ask->result(run->ask->data, &result);
}

tend_status tend_kit_test(const struct tend_kit_ask *ask, struct tend_kit_sum *sum,
                          struct tend_error *err)
{
    static void (*const topics[])(struct tend_kit_run *) = {
        tend_kit_test_source,
        tend_kit_test_page,
        tend_kit_test_channel,
        tend_kit_test_normaliser,
        tend_kit_test_stage,
        tend_kit_test_policy,
        tend_kit_test_command,
        tend_kit_test_matcher,
        tend_kit_test_playbook,
        tend_kit_test_report,
        tend_kit_test_service,
        tend_kit_test_driver,
        tend_kit_test_self,
        tend_kit_test_scarce,
        tend_kit_test_load,
        tend_kit_test_transcripts,
    };
    struct tend_kit_run run = { .ask = ask };
    struct tend_kit_world world;
    tend_status status = tend_kit_find(ask->path, ask->tests, &run.arena, &run.place, err);

    if (status == TEND_OK) {
        tend_status loaded = tend_kit_world_open(&world, &run, false, true);

        tend_kit_says(&run, loaded == TEND_OK, "it loads", "%s", tend_kit_why(&world, loaded));
        tend_kit_world_close(&world);
        for (size_t i = 0; loaded == TEND_OK && i < sizeof topics / sizeof *topics; i++)
            topics[i](&run);
    }
    *sum = run.sum;
    tend_arena_finish(&run.arena);
    return status;
}
