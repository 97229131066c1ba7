/* Loading and unloading, again and again, and loading anew while it serves. */
#include "kit/private.h"
#include "plugin/reload.h"
#include <malloc.h>

#define TIMES_LUA 100
#define TIMES_C 20              /* the code of a module stays in memory */
#define GROWTH (64 * 1024)

static int64_t held(void)
{
    struct mallinfo2 info = mallinfo2();

    return (int64_t)info.uordblks;
}

static tend_status once(struct tend_kit_run *run)
{
    struct tend_kit_world world;
    tend_status status = tend_kit_world_open(&world, run, true, false);

    tend_kit_world_close(&world);
    return status;
}

static void again(struct tend_kit_run *run)
{
    int64_t times = run->place.lua ? TIMES_LUA : TIMES_C, before;
    tend_status status = TEND_OK;

    for (int64_t i = 0; status == TEND_OK && i < 3; i++)
        status = once(run);
    before = held();
    for (int64_t i = 0; status == TEND_OK && i < times; i++)
        status = once(run);
    tend_kit_says(run, status == TEND_OK,
                  tend_arena_printf(&run->arena, "loaded and unloaded %lld times", (long long)times),
                  "it does not load any more: %s", tend_status_name(status));
    tend_kit_says(run, held() - before < GROWTH + (run->place.lua ? 0 : times * 16384),
                  "memory is given back", "%lld bytes more than before are held",
                  (long long)(held() - before));
}

static void anew(struct tend_kit_run *run)
{
    struct tend_kit_world world;
    struct tend_instance_info info;
    struct tend_reload reload = { 0 };
    tend_status status = tend_kit_world_open(&world, run, false, true);

    if (status == TEND_OK && tend_registry_instance(world.registry, 0, &info)) {
        tend_error_clear(&world.err);
        status = tend_registry_reload(world.registry, tend_text_of(info.manifest.name), &reload);
        tend_kit_says(run, status == TEND_OK && !reload.dropped, "loaded anew while it serves",
                      "%s", reload.dropped ? "it has `save` but no `restore`: what it kept is lost"
                                           : tend_kit_why(&world, status));
    }
    tend_kit_world_close(&world);
}

void tend_kit_test_load(struct tend_kit_run *run)
{
    again(run);
    anew(run);
}
