/* The registry: which plugins there are, and in which order they are asked. */
#include "plugin/cache.h"
#include "plugin/events.h"
#include "plugin/private.h"

struct tend_registry *tend_registry_create(struct tend_error *err, struct tend_clock *clock)
{
    struct tend_registry *registry = tend_alloc(sizeof *registry);

    registry->err = err;
    registry->clock = clock;
    registry->core = tend_instance_create(registry, NULL, "core", "");
    tend_vocabulary_rebuild(registry);
    tend_registry_runtime(registry, &tend_native_runtime);
    return registry;
}

void tend_registry_destroy(struct tend_registry *registry)
{
    if (!registry)
        return;
    /* the last loaded goes first */
    for (int64_t i = registry->instances.n; i-- > 0;)
        tend_instance_free(registry->instances.at[i]);
    tend_instance_free(registry->console);
    tend_instance_free(registry->core);
    tend_cache_free(registry->cache);
    TEND_ARRAY_FINISH(&registry->aliases);
    tend_rights_forget(registry);
    TEND_ARRAY_FINISH(&registry->runtimes);
    TEND_ARRAY_FINISH(&registry->instances);
    TEND_ARRAY_FINISH(&registry->providers);
    tend_vocabulary_finish(registry);
    tend_link_finish(registry);
    tend_tally_close(registry->tallies);
    for (int32_t i = 0; i < TEND_CALL_DEPTH; i++)
        tend_arena_finish(&registry->scratch[i]);
    tend_arena_finish(&registry->seen.arena);
    tend_free(registry);
}

void tend_registry_bind(struct tend_registry *registry, struct tend_store *store)
{
    registry->store = store;
    registry->seen.person = 0;
    for (int64_t i = 0; store && i < registry->instances.n; i++)
        tend_aside_recall(registry->instances.at[i]);
}

void tend_registry_runtime(struct tend_registry *registry, const struct tend_runtime *runtime)
{
    TEND_PUSH(&registry->runtimes, runtime);
}

void tend_registry_source(struct tend_registry *registry, const struct tend_source_api *source)
{
    registry->source = source;
    tend_host_set_source(source);
}

void tend_registry_taken(struct tend_registry *registry, bool (*taken)(struct tend_text name))
{
    registry->taken = taken;
}

void tend_registry_log(struct tend_registry *registry, tend_log_fn fn, void *data)
{
    registry->log = fn;
    registry->log_data = data;
}

tend_status tend_registry_builtin(struct tend_registry *registry, const char *kind,
                                  const void *record)
{
    tend_status status;

    registry->core->loading = true;
    status = tend_instance_provide(registry->core, kind, record, NULL, registry->err);
    registry->core->loading = false;
    return status;
}

void tend_registry_cache(struct tend_registry *registry, const char *path)
{
    tend_cache_free(registry->cache);
    registry->cache = tend_cache_open(path);
}

void tend_registry_cache_save(struct tend_registry *registry)
{
    tend_cache_save(registry->cache, registry);
}

static tend_status wake(struct tend_instance *owner, bool log)
{
    struct tend_error err = { 0 };
    tend_status status = tend_instance_wake(owner, &err);

    if (status == TEND_OK)
        return TEND_OK;
    if (log)
        tend_host_log(owner->registry, 2, owner->manifest.name, err.text);
    return tend_error_set(owner->registry->err, status, "plugin %s: %s", owner->manifest.name,
                          err.text);
}

tend_status tend_provider_wake(const struct tend_provider *provider)
{
    return provider->owner->asleep ? wake(provider->owner, true) : TEND_OK;
}

tend_status tend_provider_open(const struct tend_provider *provider)
{
    return provider->owner->asleep ? wake(provider->owner, false) : TEND_OK;
}

void tend_registry_wake(struct tend_registry *registry, int64_t instance)
{
    if (registry->instances.at[instance]->asleep)
        wake(registry->instances.at[instance], true);
}

/* Kinds whose declarations say enough until they are called. */
static bool may_sleep(const char *kind)
{
    return strcmp(kind, "policy") == 0 || strcmp(kind, "command") == 0;
}

uint64_t tend_registry_generation(const struct tend_registry *registry)
{
    return registry->generation;
}

/* The provider at *index among those of a phase; -1: all are one. Counts *index down. */
static const struct tend_provider *at(const struct tend_registry *registry, const char *kind,
                                      int phase, int64_t *index, bool all)
{
    for (int64_t i = 0; i < registry->providers.n; i++) {
        const struct tend_provider *provider = registry->providers.at[i];

        if (strcmp(provider->kind, kind) != 0 ||
            (phase >= 0 && (int)tend_events_phase(provider->on) != phase))
            continue;
        if (provider->owner->state == TEND_INSTANCE_WAITING)
            continue;
        if (provider->owner->asleep && !may_sleep(kind))
            tend_provider_wake(provider);
        /* it could not be opened; what a policy would have answered is kept for later */
        if (!provider->record && !provider->owner->asleep &&
            !(provider->owner->stale && strcmp(kind, "policy") == 0))
            continue;
        if (!all && provider->owner->state != TEND_INSTANCE_LOADED)
            continue;
        if ((*index)-- == 0)
            return provider;
    }
    return NULL;
}

const struct tend_provider *tend_registry_at(const struct tend_registry *registry,
                                             const char *kind, int64_t index, bool all)
{
    const struct tend_provider *provider = NULL;

    if (!registry->phased)
        return at(registry, kind, -1, &index, all);
    for (int phase = TEND_PHASE_EARLY; !provider && phase <= TEND_PHASE_LATE; phase++)
        provider = at(registry, kind, phase, &index, all);
    return provider;
}

const struct tend_provider *tend_registry_find(const struct tend_registry *registry,
                                               const char *kind, struct tend_text name)
{
    const struct tend_provider *provider;

    for (int64_t i = 0; (provider = tend_registry_at(registry, kind, i, false)) != NULL; i++)
        if (tend_text_is(name, provider->name))
            return tend_provider_wake(provider) == TEND_OK ? provider : NULL;
    return NULL;
}

const char *tend_registry_file(const struct tend_registry *registry, int64_t instance,
                               int64_t index)
{
    const struct tend_instance *one;

    if (instance < 0 || instance >= registry->instances.n)
        return NULL;
    one = registry->instances.at[instance];
    if (index == 0)
        return one->path;
    return index > 0 && index <= one->files.n ? one->files.at[index - 1] : NULL;
}

bool tend_registry_instance(const struct tend_registry *registry, int64_t index,
                            struct tend_instance_info *info)
{
    const struct tend_instance *instance;

    if (index < 0 || index >= registry->instances.n)
        return false;
    instance = registry->instances.at[index];
    *info = (struct tend_instance_info){
        .manifest = instance->manifest,
        .state = instance->state,
        .path = instance->path,
        .language = instance->runtime->name,
        .trouble = instance->trouble,
        .calls = instance->calls,
        .time = instance->time,
        .longest = instance->longest,
    };
    info->tally = tend_tally_of(registry->tallies, instance->manifest.name, false);
    if (instance->runtime->memory && !instance->closing && !instance->asleep)
        info->memory = instance->runtime->memory(instance);
    return true;
}
