/* Services that plugins need: one that needs what is not there waits, with all that it
 * provides out of sight, and is loaded as soon as somebody provides it: the order is by
 * need, not by name. */
#include "plugin/private.h"

struct need {
    struct tend_text name;
    int64_t level;
    bool optional;              /* "geo?": used if it is there */
};

/* The next word of `requires`: geo, geo>=2, geo>=2?. false past the last, or what is wrong. */
static bool next_need(struct tend_text *rest, struct need *out, struct tend_error *err)
{
    struct tend_text word, level;

    if (!tend_text_word(rest, &word))
        return false;
    *out = (struct need){ .level = 1 };
    if (word.len > 0 && word.at[word.len - 1] == '?') {
        out->optional = true;
        word.len--;
    }
    level = word;
    tend_text_cut(&level, ">=", &out->name);
    if (out->name.len > 0 && (out->name.len == word.len ||
                              (tend_text_int(level, &out->level) && out->level > 0)))
        return true;
    tend_error_set(err, TEND_INVALID,
                   "it requires \"%.*s\", which is no service; write its name, or a name and a "
                   "level, as geo>=2, and a ? behind what may be missing",
                   TEND_FMT(tend_text_clip(word, 60)));
    return false;
}

/* The provider of a service at this level, whoever waits left out; NULL. `waiting`: only
 * those that wait. */
static struct tend_provider *provider_of(const struct tend_registry *registry,
                                         struct tend_text name, int64_t level, bool waiting)
{
    for (int64_t i = 0; i < registry->providers.n; i++) {
        struct tend_provider *provider = registry->providers.at[i];
        int64_t has = 0;

        if (strcmp(provider->kind, "service") == 0 && tend_text_is(name, provider->name) &&
            (provider->owner->state == TEND_INSTANCE_WAITING) == waiting &&
            provider->on && tend_text_int(tend_text_of(provider->on), &has) && has >= level)
            return provider;
    }
    return NULL;
}

struct tend_provider *tend_service_find(const struct tend_registry *registry,
                                        struct tend_text name, int64_t level)
{
    return provider_of(registry, name, level, false);
}

bool tend_requires_names(const struct tend_instance *instance, const char *service)
{
    struct tend_text rest = tend_text_of(instance->manifest.requires);
    struct tend_error ignored = { 0 };
    struct need need;

    while (next_need(&rest, &need, &ignored))
        if (tend_text_is(need.name, service))
            return true;
    return false;
}

static bool first_missing(const struct tend_instance *instance, struct need *missing)
{
    struct tend_text rest = tend_text_of(instance->manifest.requires);
    struct tend_error ignored = { 0 };

    while (next_need(&rest, missing, &ignored))
        if (!missing->optional &&
            !provider_of(instance->registry, missing->name, missing->level, false))
            return true;
    return false;
}

tend_status tend_requires_check(const struct tend_instance *instance, struct tend_error *err)
{
    struct tend_text rest = tend_text_of(instance->manifest.requires);
    struct need need;

    tend_error_clear(err);
    while (next_need(&rest, &need, err))
        ;
    return err->code;
}

/* Who waits for whom, until it comes back to where it began: "a, b, a"; else "". */
static void name_cycle(const struct tend_instance *instance, struct tend_buffer *out)
{
    const struct tend_instance *at = instance;
    struct need need;

    for (int64_t i = 0; i <= instance->registry->instances.n; i++) {
        const struct tend_provider *next;

        tend_buffer_addf(out, "%s%s", out->len ? ", " : "", at->manifest.name);
        if (at == instance && i > 0)
            return;
        next = first_missing(at, &need)
                   ? provider_of(instance->registry, need.name, need.level, true)
                   : NULL;
        if (!next)
            break;
        at = next->owner;
    }
    tend_buffer_reset(out);
}

static void explain(struct tend_instance *instance)
{
    struct tend_buffer cycle = { 0 };
    struct need need;
    const struct tend_provider *other;

    if (!first_missing(instance, &need))
        return;
    name_cycle(instance, &cycle);
    other = provider_of(instance->registry, need.name, 1, false);
    if (cycle.len > 0)
        instance->trouble = tend_arena_printf(&instance->arena,
                                              "it waits for the service \"%.*s\" in a circle: each "
                                              "of %s needs the next",
                                              TEND_FMT(need.name), cycle.at);
    else if (other)
        instance->trouble = tend_arena_printf(
            &instance->arena, "it needs the service \"%.*s\" at level %lld, and plugin %s has level %s",
            TEND_FMT(need.name), (long long)need.level, other->owner->manifest.name, other->on);
    else
        instance->trouble = tend_arena_printf(&instance->arena,
                                              "it needs the service \"%.*s\", which no plugin "
                                              "provides: add one that does",
                                              TEND_FMT(need.name));
    tend_buffer_finish(&cycle);
}

/* It, and what it provides, stand behind what it needed. */
static void activate(struct tend_instance *instance)
{
    struct tend_registry *registry = instance->registry;
    int64_t n = registry->providers.n, to = 0;
    struct tend_provider **own = tend_alloc((size_t)(n ? n : 1) * sizeof *own);
    int64_t moved = 0;

    instance->state = TEND_INSTANCE_LOADED;
    instance->trouble = NULL;
    for (int64_t i = 0; i < n; i++) {
        if (registry->providers.at[i]->owner == instance)
            own[moved++] = registry->providers.at[i];
        else
            registry->providers.at[to++] = registry->providers.at[i];
    }
    memcpy(registry->providers.at + to, own, (size_t)moved * sizeof *own);
    tend_free(own);
    for (int64_t i = 0; i + 1 < registry->instances.n; i++)
        if (registry->instances.at[i] == instance) {
            registry->instances.at[i] = registry->instances.at[i + 1];
            registry->instances.at[i + 1] = instance;
        }
    registry->generation++;
    tend_aside_recall(instance);
}

void tend_requires_settle(struct tend_registry *registry)
{
    bool more = true, any = false;
    struct need need;

    while (more) {
        more = false;
        for (int64_t i = 0; i < registry->instances.n && !more; i++) {
            struct tend_instance *instance = registry->instances.at[i];

            if (instance->state == TEND_INSTANCE_WAITING && !first_missing(instance, &need)) {
                activate(instance);
                more = any = true;
            }
        }
    }
    for (int64_t i = 0; i < registry->instances.n; i++)
        if (registry->instances.at[i]->state == TEND_INSTANCE_WAITING)
            explain(registry->instances.at[i]);
    if (any)
        tend_vocabulary_rebuild(registry);
}

void tend_requires_wait(struct tend_instance *instance)
{
    struct need need;

    if (instance->state == TEND_INSTANCE_LOADED && first_missing(instance, &need)) {
        instance->state = TEND_INSTANCE_WAITING;
        instance->registry->generation++;
    }
}

/* The service of this name that an instance provides, or has staged; NULL. */
static const struct tend_provider *service_of(const struct tend_instance *instance,
                                              struct tend_text name, bool staged)
{
    const struct tend_registry *registry = instance->registry;
    int64_t n = staged ? instance->staged.n : registry->providers.n;

    for (int64_t i = 0; i < n; i++) {
        const struct tend_provider *provider =
            staged ? instance->staged.at[i] : registry->providers.at[i];

        if (provider->owner == instance && strcmp(provider->kind, "service") == 0 &&
            tend_text_is(name, provider->name))
            return provider;
    }
    return NULL;
}

static int64_t level_of(const struct tend_provider *service)
{
    int64_t level = 0;

    return service && service->on && tend_text_int(tend_text_of(service->on), &level) ? level : 0;
}

/* What one user of the old instance needs, and the new one has no more. */
static tend_status kept_for(const struct tend_instance *user, const struct tend_instance *old,
                            const struct tend_instance *fresh, struct tend_error *err)
{
    struct tend_text rest = tend_text_of(user->manifest.requires);
    struct tend_error ignored = { 0 };
    struct need need;

    while (next_need(&rest, &need, &ignored)) {
        int64_t now = level_of(service_of(fresh, need.name, true));

        if (need.optional || level_of(service_of(old, need.name, false)) < need.level ||
            now >= need.level)
            continue;
        if (now == 0)
            return tend_error_set(err, TEND_BUSY,
                                  "it has no service \"%.*s\" any more, which plugin %s uses",
                                  TEND_FMT(need.name), user->manifest.name);
        return tend_error_set(err, TEND_BUSY,
                              "its service \"%.*s\" has only level %lld now, and plugin %s needs "
                              "level %lld",
                              TEND_FMT(need.name), (long long)now, user->manifest.name,
                              (long long)need.level);
    }
    return TEND_OK;
}

tend_status tend_requires_kept(const struct tend_instance *old, struct tend_instance *fresh,
                               struct tend_error *err)
{
    const struct tend_registry *registry = old->registry;
    tend_status status = TEND_OK;
    struct need need;

    if (old->state == TEND_INSTANCE_LOADED && first_missing(fresh, &need)) {
        explain(fresh);
        return tend_error_set(err, TEND_NOT_FOUND, "%s", fresh->trouble);
    }
    for (int64_t i = 0; i < registry->instances.n && status == TEND_OK; i++)
        if (registry->instances.at[i] != old && !registry->instances.at[i]->closing)
            status = kept_for(registry->instances.at[i], old, fresh, err);
    return status;
}

static bool has_called(const struct tend_instance *instance, const struct tend_instance *callee)
{
    for (int64_t i = 0; i < instance->callees.n; i++)
        if (strcmp(instance->callees.at[i], callee->manifest.name) == 0)
            return true;
    return false;
}

void tend_requires_called(struct tend_instance *instance, const struct tend_instance *callee)
{
    if (instance == callee || instance == instance->registry->console ||
        has_called(instance, callee))
        return;
    TEND_PUSH(&instance->callees, tend_arena_str(&instance->arena,
                                                  tend_text_of(callee->manifest.name)));
}

const char *tend_registry_users(const struct tend_registry *registry,
                                const struct tend_instance *instance, struct tend_arena *arena)
{
    struct tend_buffer names = { 0 };
    const char *text;

    for (int64_t i = 0; i < registry->instances.n; i++) {
        const struct tend_instance *other = registry->instances.at[i];
        bool uses = false;

        if (other == instance || other->closing)
            continue;
        uses = has_called(other, instance);
        for (int64_t p = 0; p < registry->providers.n && !uses; p++)
            uses = registry->providers.at[p]->owner == instance &&
                   strcmp(registry->providers.at[p]->kind, "service") == 0 &&
                   tend_requires_names(other, registry->providers.at[p]->name);
        if (uses)
            tend_buffer_addf(&names, "%s%s", names.len ? ", " : "", other->manifest.name);
    }
    text = tend_arena_str(arena, tend_buffer_text(&names));
    tend_buffer_finish(&names);
    return text;
}

const char *tend_registry_needing(const struct tend_registry *registry, const char *service,
                                  int64_t over, int64_t most, struct tend_arena *arena)
{
    struct tend_buffer names = { 0 };
    const char *text;

    for (int64_t i = 0; i < registry->instances.n; i++) {
        const struct tend_instance *instance = registry->instances.at[i];
        struct tend_text rest = tend_text_of(instance->manifest.requires);
        struct tend_error ignored = { 0 };
        struct need need;

        while (!instance->closing && next_need(&rest, &need, &ignored))
            if (!need.optional && tend_text_is(need.name, service) && need.level > over &&
                need.level <= most) {
                tend_buffer_addf(&names, "%s%s", names.len ? ", " : "", instance->manifest.name);
                break;
            }
    }
    text = tend_arena_str(arena, tend_buffer_text(&names));
    tend_buffer_finish(&names);
    return text;
}

struct tend_instance *tend_registry_named(const struct tend_registry *registry,
                                          struct tend_text name)
{
    for (int64_t i = 0; i < registry->instances.n; i++)
        if (tend_text_is(name, registry->instances.at[i]->manifest.name))
            return registry->instances.at[i];
    return NULL;
}
