/* Reports: on a base with nobody in it, and on one with people; they only read. */
#include "kit/private.h"
#include "plugin/effects.h"

static void look(struct tend_kit_run *run, bool people)
{
    const struct tend_provider *report;
    struct tend_kit_world world;

    if (tend_kit_world_open(&world, run, false, people) == TEND_OK) {
        for (int64_t i = 0; (report = tend_kit_record(&world, "report", i)) != NULL; i++) {
            const struct tend_call_args none = { NULL, 0 };
            struct tend_effects effects = { 0 };
            uint64_t before = tend_kit_world_sum(&world);
            tend_status status;

            tend_error_clear(&world.err);
            status = tend_call_report(world.registry, report, &none, &world.arena, &effects);
            TEND_ARRAY_FINISH(&effects.list);
            tend_kit_says(run, status == TEND_OK && tend_kit_world_sum(&world) == before,
                          tend_arena_printf(&world.arena, "report %s: %s", report->name,
                                            people ? "of some people" : "of nobody"),
                          "%s", status == TEND_OK ? "it has changed something"
                                                  : tend_kit_why(&world, status));
        }
    }
    tend_kit_world_close(&world);
}

void tend_kit_test_report(struct tend_kit_run *run)
{
    look(run, false);
    look(run, true);
}
