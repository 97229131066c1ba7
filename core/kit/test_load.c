/* Loading and unloading, again and again, and loading anew while it serves. */
#include "kit/private.h"
#include "plugin/reload.h"
#include "plugin/trial.h"
#include <malloc.h>

#define TIMES_LUA 100
#define TIMES_SLOW 1000
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
    int64_t times = run->ask->slow ? TIMES_SLOW : TIMES_LUA, before;
    tend_status status = TEND_OK;

    if (!run->place.lua)
        times = TIMES_C;
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

/* Something happens to it, so that there is something to keep. */
static void live(struct tend_kit_world *world)
{
    const struct tend_provider *policy;
    struct tend_buffer out = { 0 };

    for (int64_t i = 0; (policy = tend_kit_record(world, "policy", i)) != NULL; i++) {
        struct tend_text rest = tend_text_of(((const struct tend_policy *)policy->record)->on), name;

        while (tend_text_word(&rest, &name)) {
            struct tend_event_data event =
                tend_kit_event(world, tend_arena_str(&world->arena, name), true);

            tend_kit_answer(world, policy, &event, &out);
        }
    }
    tend_buffer_finish(&out);
}

/* The members of a table come in any order: how often each byte is there. */
static bool is_alike(struct tend_text a, struct tend_text b)
{
    int64_t count[256] = { 0 };
    bool alike = a.len == b.len;

    for (int64_t i = 0; alike && i < a.len; i++) {
        count[(unsigned char)a.at[i]]++;
        count[(unsigned char)b.at[i]]--;
    }
    for (int32_t i = 0; i < 256; i++)
        alike = alike && count[i] == 0;
    return alike;
}

static void anew(struct tend_kit_run *run)
{
    struct tend_kit_world world;
    struct tend_reload reload = { 0 };
    tend_status status = tend_kit_world_open(&world, run, false, true), kept;
    struct tend_text before, after;

    if (status == TEND_OK) {
        live(&world);
        tend_error_clear(&world.err);
        kept = tend_trial_save(tend_kit_own(&world), &world.arena, &before);
        tend_error_clear(&world.err);
        status = tend_registry_reload(world.registry,
                                      tend_text_of(tend_instance_name(tend_kit_own(&world))), &reload);
        tend_kit_says(run, status == TEND_OK && !reload.dropped, "loaded anew while it serves",
                      "%s", reload.dropped ? "it has `save` but no `restore`: what it kept is lost"
                                           : tend_kit_why(&world, status));
        if (status == TEND_OK && kept == TEND_OK && !reload.dropped) {
            kept = tend_trial_save(tend_kit_own(&world), &world.arena, &after);
            tend_kit_says(run, kept == TEND_OK && is_alike(before, after),
                          "after a reload what it kept is as it was", "%s",
                          kept != TEND_OK ? tend_kit_why(&world, kept)
                                          : "`save` gives something else than `restore` was given");
        }
    }
    tend_kit_world_close(&world);
}

void tend_kit_test_load(struct tend_kit_run *run)
{
    again(run);
    anew(run);
}
