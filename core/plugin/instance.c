/* An instance: one plugin as it is loaded, what it calls itself, and what it
 * provides while it loads. */
#include "module/module.h"
#include "plugin/events.h"
#include "plugin/private.h"
#include <assert.h>

struct tend_instance *tend_instance_create(struct tend_registry *registry,
                                           const struct tend_runtime *runtime, const char *name,
                                           const char *path)
{
    struct tend_instance *instance = tend_alloc(sizeof *instance);

    instance->registry = registry;
    instance->runtime = runtime;
    instance->manifest = (struct tend_manifest){
        tend_arena_str(&instance->arena, tend_text_of(name)), "-", "", "", "", "", "", "",
    };
    instance->rights = tend_rights_free();
    instance->path = tend_arena_str(&instance->arena, tend_text_of(path));
    return instance;
}

/* Nobody finds what it provides any more. */
static void sweep(struct tend_instance *instance)
{
    struct tend_registry *registry = instance->registry;
    int64_t kept = 0;

    for (int64_t i = 0; i < registry->providers.n; i++)
        if (registry->providers.at[i]->owner != instance)
            registry->providers.at[kept++] = registry->providers.at[i];
    if (kept < registry->providers.n) {
        registry->providers.n = kept;
        registry->generation++;
        tend_vocabulary_rebuild(registry);
    }
    TEND_ARRAY_FINISH(&instance->staged);
}

void tend_instance_detach(struct tend_instance *instance)
{
    if (instance->closing)
        return;
    assert(instance->running == 0);
    instance->closing = true;
    instance->loading = false;
    if (instance->runtime && instance->runtime->fini && !instance->asleep)
        instance->runtime->fini(instance);
    sweep(instance);
    if (instance->runtime && !instance->asleep)
        instance->runtime->unload(instance);
    assert(instance->running == 0 && instance->staged.n == 0);
    instance->data = instance->plugin_data = NULL;
    instance->state = TEND_INSTANCE_FAILED;
}

void tend_instance_free(struct tend_instance *instance)
{
    if (!instance)
        return;
    tend_instance_detach(instance);
    TEND_ARRAY_FINISH(&instance->files);
    TEND_ARRAY_FINISH(&instance->callees);
    tend_arena_finish(&instance->arena);
    tend_free(instance);
}

static const char *kept_text(struct tend_instance *instance, const char *text)
{
    return tend_arena_str(&instance->arena, tend_text_of(text));
}

/* A line of the user's that cannot be read holds nobody back, and is said. */
static tend_status settle_limits(struct tend_instance *instance, struct tend_error *err)
{
    struct tend_limits asked, user;
    struct tend_error own = { 0 };
    tend_status status =
        tend_limits_parse(tend_text_of(instance->manifest.limits), &asked, err);

    if (tend_limits_read(instance->registry->limits_file, instance->manifest.name, &user, &own) !=
        TEND_OK)
        tend_host_log(instance->registry, 2, instance->manifest.name, own.text);
    instance->limits = tend_limits_settle(&asked, &user);
    return status;
}

int64_t tend_instance_memory_most(const struct tend_instance *instance)
{
    return instance->limits.memory;
}

tend_status tend_instance_manifest(struct tend_instance *instance,
                                   const struct tend_manifest *manifest, struct tend_error *err)
{
    const char *version = manifest->version && manifest->version[0] ? manifest->version : "-";

    instance->manifest = (struct tend_manifest){
        kept_text(instance, manifest->name),    kept_text(instance, version),
        kept_text(instance, manifest->summary), kept_text(instance, manifest->license),
        kept_text(instance, manifest->needs),   kept_text(instance, manifest->author),
        kept_text(instance, manifest->requires), kept_text(instance, manifest->limits),
    };
    if (settle_limits(instance, err) != TEND_OK)
        return err->code;
    if (tend_requires_check(instance, err) != TEND_OK)
        return err->code;
    return tend_rights_settle(instance, err);
}

/* The events that a record names; of a service its level. */
static const char *events_of(struct tend_instance *instance, const char *kind,
                             const void *record)
{
    if (strcmp(kind, "policy") == 0)
        return ((const struct tend_policy *)record)->on;
    if (strcmp(kind, "stage_set") == 0)
        return ((const struct tend_stage_set *)record)->on;
    if (strcmp(kind, "service") == 0)
        return tend_arena_printf(&instance->arena, "%lld",
                                 (long long)((const struct tend_service *)record)->level);
    return NULL;
}

/* Is it called by its name alone? Then one plugin has it. */
static bool is_typed(const char *kind)
{
    return strcmp(kind, "command") == 0 || strcmp(kind, "report") == 0 ||
           strcmp(kind, "service") == 0 ||
           strcmp(kind, "playbook") == 0;
}

tend_status tend_instance_free_name(struct tend_instance *instance, const char *kind,
                                    const char *name, struct tend_error *err)
{
    struct tend_registry *registry = instance->registry;

    if (!is_typed(kind))
        return TEND_OK;
    if (strcmp(kind, "command") == 0 && registry->taken && registry->taken(tend_text_of(name)))
        return tend_error_set(err, TEND_EXISTS,
                              "the command \"%s\" is tend's own; give it another name", name);
    for (int64_t i = 0; i < registry->providers.n; i++) {
        const struct tend_provider *other = registry->providers.at[i];

        if (other->owner != instance && other->owner != instance->replaces &&
            strcmp(other->kind, kind) == 0 &&
            strcmp(other->name, name) == 0)
            return tend_error_set(err, TEND_EXISTS,
                                  "the %s \"%s\" is there already, of plugin %s", kind, name,
                                  other->owner->manifest.name);
    }
    return TEND_OK;
}

void tend_instance_declare(struct tend_instance *instance, const char *kind, const char *name,
                           const char *on)
{
    struct tend_provider *provider = tend_arena_take(&instance->arena, sizeof *provider);

    *provider = (struct tend_provider){ kind, name, NULL, NULL, instance, on, NULL };
    TEND_PUSH(&instance->registry->providers, provider);
    if (tend_events_phase(on) != TEND_PHASE_NORMAL)
        instance->registry->phased = true;
}

void tend_instance_file(struct tend_instance *instance, const char *path)
{
    TEND_PUSH(&instance->files, kept_text(instance, path));
}

struct tend_provider *tend_instance_place(const struct tend_instance *instance, const char *kind,
                                          const char *name)
{
    struct tend_registry *registry = instance->registry;

    for (int64_t i = 0; i < registry->providers.n; i++) {
        struct tend_provider *provider = registry->providers.at[i];

        if (provider->owner == instance && !provider->record &&
            strcmp(provider->kind, kind) == 0 && strcmp(provider->name, name) == 0)
            return provider;
    }
    return NULL;
}

void tend_instance_push(struct tend_instance *instance, struct tend_provider *provider)
{
    struct tend_registry *registry = instance->registry;

    if (instance->replaces) {
        TEND_PUSH(&instance->staged, provider);
        return;
    }
    TEND_PUSH(&registry->providers, provider);
    registry->generation++;
}

static tend_status check_own(const struct tend_instance *instance,
                             const struct tend_provider *other, const char *kind,
                             const char *name, struct tend_error *err)
{
    if (other->owner != instance || strcmp(other->kind, kind) != 0 ||
        strcmp(other->name, name) != 0)
        return TEND_OK;
    return tend_error_set(err, TEND_EXISTS,
                          "it provides a second %s with the name \"%s\"; give it another", kind,
                          name);
}

static tend_status prepare_service(struct tend_instance *instance,
                                   const struct tend_service *service,
                                   const struct tend_functions **out, struct tend_error *err)
{
    struct tend_functions *made = tend_arena_take(&instance->arena, sizeof *made);

    *out = made;
    return tend_functions_prepare(service->functions, !instance->runtime || !instance->runtime->serve,
                                  &instance->arena, made, err);
}

tend_status tend_instance_provide(struct tend_instance *instance, const char *kind,
                                  const void *record, void *self, struct tend_error *err)
{
    struct tend_registry *registry = instance->registry;
    const struct tend_functions *functions = NULL;
    struct tend_provider *provider;
    tend_status status;
    const char *name;

    if (!instance->loading || instance->closing)
        return tend_error_set(err, TEND_DENIED,
                              "a plugin provides its records while it loads, not later");
    status = tend_record_check(kind, record, err);
    if (status != TEND_OK)
        return status;
    name = tend_record_name(record);
    status = tend_instance_free_name(instance, kind, name, err);
    if (status != TEND_OK)
        return status;
    if (strcmp(kind, "service") == 0)
        status = prepare_service(instance, record, &functions, err);
    if (status != TEND_OK)
        return status;
    provider = tend_instance_place(instance, kind, name);
    if (provider) {
        provider->functions = functions;
        provider->record = record;
        provider->self = self;
        return TEND_OK;
    }
    for (int64_t i = 0; i < registry->providers.n; i++) {
        status = check_own(instance, registry->providers.at[i], kind, name, err);
        if (status != TEND_OK)
            return status;
    }
    for (int64_t i = 0; i < instance->staged.n; i++) {
        status = check_own(instance, instance->staged.at[i], kind, name, err);
        if (status != TEND_OK)
            return status;
    }
    provider = tend_arena_take(&instance->arena, sizeof *provider);
    *provider = (struct tend_provider){
        kept_text(instance, kind), kept_text(instance, name), record, self, instance,
        events_of(instance, kind, record), functions,
    };
    if (tend_events_phase(provider->on) != TEND_PHASE_NORMAL)
        registry->phased = true;
    tend_instance_push(instance, provider);
    if (strcmp(kind, "stage_set") == 0 && !instance->replaces)
        tend_vocabulary_rebuild(registry);
    return TEND_OK;
}

void tend_instance_set_data(struct tend_instance *instance, void *data)
{
    instance->data = data;
}

void *tend_instance_data(const struct tend_instance *instance)
{
    return instance->data;
}

const char *tend_instance_name(const struct tend_instance *instance)
{
    return instance->manifest.name;
}

const char *tend_instance_path(const struct tend_instance *instance)
{
    return instance->path;
}

struct tend_arena *tend_instance_arena(struct tend_instance *instance)
{
    return &instance->arena;
}

enum tend_instance_state tend_instance_state(const struct tend_instance *instance)
{
    return instance->state;
}

bool tend_instance_native(const struct tend_instance *instance)
{
    return instance->runtime == &tend_native_runtime;
}
