/* The reload of a plugin, in stages: start the new instance with its records
 * staged, save, restore, swap, and only then detach the old one. */
#include "plugin/reload.h"
#include "plugin/cache.h"
#include "plugin/private.h"

static int64_t index_of(const struct tend_registry *registry, const struct tend_instance *instance)
{
    for (int64_t i = 0; i < registry->instances.n; i++)
        if (registry->instances.at[i] == instance)
            return i;
    return -1;
}

static struct tend_instance *named(const struct tend_registry *registry, struct tend_text name)
{
    for (int64_t i = 0; i < registry->instances.n; i++)
        if (tend_text_is(name, registry->instances.at[i]->manifest.name))
            return registry->instances.at[i];
    return NULL;
}

/* --- what is handed over ------------------------------------------------------ */

struct kept {
    struct tend_arena arena;
    struct tend_text bytes;
    int64_t version;
    bool any;
};

/* A failure of `save` or `restore` is no breach of the plugin that serves: the
 * reload is off, and nothing else. */
static tend_status end(struct tend_call *call, tend_status status, const char *what,
                       struct tend_error *err)
{
    call->breach = false;
    status = tend_call_end(call, status);
    if (status == TEND_OK)
        return TEND_OK;
    return tend_error_set(err, status, "its %s failed: %s", what, call->error.text);
}

static tend_status begin(struct tend_call *call, struct tend_instance *instance,
                         struct tend_error *err)
{
    if (tend_call_begin(call, instance->registry, instance, NULL) != TEND_OK)
        return tend_error_set(err, instance->registry->err->code, "%s",
                              instance->registry->err->text);
    call->budget = TEND_COMMAND_BUDGET;
    return TEND_OK;
}

static tend_status save(struct tend_instance *old, struct kept *kept, struct tend_error *err)
{
    struct tend_text bytes = { "", 0 };
    struct tend_call call;
    tend_status status;

    if (old->state != TEND_INSTANCE_LOADED || old->asleep || !old->runtime->save)
        return TEND_OK;
    status = begin(&call, old, err);
    if (status != TEND_OK)
        return status;
    status = old->runtime->save(old, &call.ctx, &kept->version, &bytes);
    kept->any = status == TEND_OK;
    if (status == TEND_UNSUPPORTED && !call.error.text[0])
        status = TEND_OK;       /* it has no save */
    if (kept->any && (bytes.len < 0 || (bytes.len > 0 && !bytes.at)))
        status = tend_error_set(&call.error, TEND_INVALID, "it kept no text");
    else if (bytes.len > TEND_STATE_MOST)
        status = tend_error_set(&call.error, TEND_LIMIT,
                                "it keeps %lld bytes, and %d may be handed over; what must last "
                                "belongs into the database",
                                (long long)bytes.len, TEND_STATE_MOST);
    else if (kept->any)         /* it lives until the call ends */
        kept->bytes = tend_arena_text(&kept->arena, bytes);
    return end(&call, status, "save", err);
}

static tend_status restore(struct tend_instance *fresh, const struct kept *kept,
                           struct tend_reload *reload, struct tend_error *err)
{
    struct tend_call call;
    tend_status status;

    if (!kept->any)
        return TEND_OK;
    status = fresh->runtime->restore ? begin(&call, fresh, err) : TEND_UNSUPPORTED;
    if (!fresh->runtime->restore) {
        reload->dropped = true;
        return TEND_OK;
    }
    if (status != TEND_OK)
        return status;
    status = fresh->runtime->restore(fresh, &call.ctx, kept->version, kept->bytes);
    if (status == TEND_UNSUPPORTED && !call.error.text[0]) {
        reload->dropped = true;
        status = TEND_OK;
    } else {
        reload->carried = status == TEND_OK;
        reload->bytes = kept->bytes.len;
    }
    fresh->plugin_data = call.ctx.data;
    return end(&call, status, "restore", err);
}

static tend_status carry(struct tend_instance *old, struct tend_instance *fresh,
                         struct tend_reload *reload, struct tend_error *err)
{
    struct kept kept = { .version = 1 };
    tend_status status = save(old, &kept, err);

    if (status == TEND_OK)
        status = restore(fresh, &kept, reload, err);
    tend_arena_finish(&kept.arena);
    return status;
}

/* --- the swap --------------------------------------------------------------- */

/* Is this provider asked after those of the instance at `index`? */
static bool is_later(const struct tend_registry *registry, const struct tend_provider *provider,
                     int64_t index)
{
    if (provider->owner == registry->core)
        return false;
    return provider->owner == registry->console || index_of(registry, provider->owner) > index;
}

/* The new one's records where the old one's were: the order of asking stays. */
static void place(struct tend_registry *registry, struct tend_instance *old,
                  struct tend_instance *fresh)
{
    int64_t index = index_of(registry, old), n = 0, at;

    for (int64_t i = 0; i < registry->providers.n; i++)
        if (registry->providers.at[i]->owner != old)
            registry->providers.at[n++] = registry->providers.at[i];
    registry->providers.n = n;
    for (at = 0; at < n && !is_later(registry, registry->providers.at[at], index);)
        at++;
    for (int64_t i = 0; i < fresh->staged.n; i++)
        TEND_PUSH(&registry->providers, NULL);
    if (fresh->staged.n > 0) {
        memmove(&registry->providers.at[at + fresh->staged.n], &registry->providers.at[at],
                (size_t)(n - at) * sizeof *registry->providers.at);
        memcpy(&registry->providers.at[at], fresh->staged.at,
               (size_t)fresh->staged.n * sizeof *registry->providers.at);
    }
    registry->instances.at[index] = fresh;
    TEND_ARRAY_FINISH(&fresh->staged);
    fresh->replaces = NULL;
    registry->generation++;
    tend_vocabulary_rebuild(registry);
}

/* --- all of it -------------------------------------------------------------- */

static tend_status check_name(const struct tend_instance *old, const struct tend_instance *fresh,
                              struct tend_error *err)
{
    if (strcmp(old->manifest.name, fresh->manifest.name) == 0)
        return TEND_OK;
    return tend_error_set(err, TEND_INVALID,
                          "%s calls itself \"%s\" now; a plugin keeps its name while it is loaded: "
                          "call it \"%s\" again, or start tend anew",
                          fresh->path, fresh->manifest.name, old->manifest.name);
}

static tend_status replace(struct tend_registry *registry, struct tend_instance *old,
                           struct tend_reload *reload, struct tend_error *err)
{
    struct tend_instance *fresh = tend_instance_create(registry, old->runtime, old->manifest.name,
                                                       old->path);
    tend_status status;

    fresh->replaces = old;
    fresh->reloads = old->reloads + 1;
    status = tend_instance_start(fresh, err);
    if (status == TEND_OK)
        status = check_name(old, fresh, err);
    if (status == TEND_OK)
        status = tend_requires_kept(old, fresh, err);
    if (status == TEND_OK)
        status = carry(old, fresh, reload, err);
    if (status != TEND_OK) {
        tend_instance_free(fresh);
        return status;
    }
    place(registry, old, fresh);
    tend_instance_free(old);
    tend_cache_note(registry->cache);
    tend_aside_recall(fresh);
    tend_requires_wait(fresh);
    tend_requires_settle(registry);
    reload->aside = fresh->state == TEND_INSTANCE_ASIDE;
    reload->times = fresh->reloads;
    reload->copies = fresh->runtime == &tend_native_runtime ? fresh->reloads : 0;
    return TEND_OK;
}

tend_status tend_registry_reload(struct tend_registry *registry, struct tend_text name,
                                 struct tend_reload *reload)
{
    struct tend_instance *old = named(registry, name);
    struct tend_error err = { 0 };
    bool serves;
    tend_status status;

    *reload = (struct tend_reload){ 0 };
    if (!old)
        return tend_error_set(registry->err, TEND_NOT_FOUND, "no plugin is called \"%.*s\"",
                              TEND_FMT(name));
    old->wanted = old->running > 0;
    if (old->wanted) {
        reload->waits = true;
        return TEND_OK;
    }
    serves = old->state == TEND_INSTANCE_LOADED && !old->asleep;
    status = replace(registry, old, reload, &err);
    if (status != TEND_OK)
        tend_error_set(registry->err, status, "plugin %.*s was not loaded anew%s: %s",
                       TEND_FMT(name), serves ? ", and the one from before serves on" : "",
                       err.text[0] ? err.text : tend_status_name(status));
    return status;
}

const char *tend_registry_wanted(const struct tend_registry *registry)
{
    for (int64_t i = 0; i < registry->instances.n; i++)
        if (registry->instances.at[i]->wanted && registry->instances.at[i]->running == 0)
            return registry->instances.at[i]->manifest.name;
    return NULL;
}
