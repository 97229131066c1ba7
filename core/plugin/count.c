/* Counting calls: what each cost, by plugin, and who is told of slow ones. */
#include "plugin/private.h"
#include <stdio.h>

#define SLOW_AGAIN (INT64_C(60) * 1000 * 1000)

void tend_registry_tally(struct tend_registry *registry, const char *path)
{
    tend_tally_close(registry->tallies);
    registry->tallies = tend_tally_open(path);
}

void tend_registry_limits(struct tend_registry *registry, const char *path)
{
    registry->limits_file = tend_arena_str(&registry->core->arena, tend_text_of(path));
}

struct tend_tally_file *tend_registry_tallies(const struct tend_registry *registry)
{
    return registry->tallies;
}

void tend_registry_slow(struct tend_registry *registry, tend_slow_fn fn, void *data)
{
    registry->slow = fn;
    registry->slow_data = data;
}

static struct tend_tally *tally_of(struct tend_instance *instance)
{
    if (!instance->tally && !instance->uncounted) {
        instance->tally =
            tend_tally_of(instance->registry->tallies, instance->manifest.name, true);
        instance->uncounted = instance->tally == NULL;
    }
    return instance->tally;
}

static void what_of(const struct tend_call *call, char *out, size_t size)
{
    const struct tend_provider *provider = call->provider;

    if (call->vetoes)
        snprintf(out, size, "guard %s", ((const struct tend_guard *)call->record)->name);
    else if (call->event)
        snprintf(out, size, "%s %s: %s", provider->kind, provider->name, call->event->event.name);
    else
        snprintf(out, size, "%s %s", provider->kind, provider->name);
}

/* A reader takes as long as its file, a command as long as its work. */
static bool is_handler(const struct tend_call *call)
{
    return strcmp(call->provider->kind, "policy") == 0 ||
           strcmp(call->provider->kind, "stage_set") == 0 ||
           strcmp(call->provider->kind, "normaliser") == 0 ||
           strcmp(call->provider->kind, "matcher") == 0;
}

static void tell_slow(struct tend_call *call, int64_t took)
{
    struct tend_instance *instance = call->instance;
    struct tend_registry *registry = call->registry;
    int64_t now = tend_clock_ticks();
    char what[96];

    if (!registry->slow || !is_handler(call) ||
        (instance->slow_at && now - instance->slow_at < SLOW_AGAIN))
        return;
    instance->slow_at = now;
    what_of(call, what, sizeof what);
    registry->slow(registry->slow_data, instance->manifest.name, what, took);
}

void tend_count_call(struct tend_call *call, int64_t took, tend_status status)
{
    struct tend_instance *instance = call->instance;
    struct tend_tally *tally;
    char what[64] = "";
    int64_t memory;

    if (!call->provider || !instance->runtime || !instance->runtime->suffix)
        return;
    if (is_handler(call))
        instance->spent += took;
    tally = tally_of(instance);
    if (took > TEND_SLOW)
        tell_slow(call, took);
    if (!tally)
        return;
    if (took > tally->longest)
        what_of(call, what, sizeof what);
    tend_tally_call(tally, took, what);
    if (call->breach)
        __atomic_fetch_add(&tally->kills, 1, __ATOMIC_RELAXED);
    else if (status != TEND_OK && status != TEND_VETO)
        __atomic_fetch_add(&tally->errors, 1, __ATOMIC_RELAXED);
    else if (call->effects)
        __atomic_fetch_add(&tally->effects, call->effects->list.n - call->effects_from,
                           __ATOMIC_RELAXED);
    memory = instance->runtime->memory ? instance->runtime->memory(instance) : 0;
    if (memory > tally->memory)
        tally->memory = memory;
}
