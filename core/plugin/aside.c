/* Set aside: a plugin that broke a limit twice, without a good call between, is
 * not asked again until its file changes or the user enables it. Kept in meta
 * as "<mtime>:<size>:<reason>", since it must outlive a process that was started
 * for one command: "aside.<name>", and "kill.<name>" after the first time. */
#include "plugin/private.h"
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>

#define MARK_MOST 64

static const char *meta_name(const char *what, const struct tend_instance *instance, char out[96])
{
    snprintf(out, 96, "%s.%.80s", what, instance->manifest.name);
    return out;
}

static const char *mark(const struct tend_instance *instance, char out[MARK_MOST])
{
    snprintf(out, MARK_MOST, "%" PRId64 ":%" PRId64 ":", instance->mtime, instance->size);
    return out;
}

void tend_aside_stat(struct tend_instance *instance)
{
    struct stat st;

    if (stat(instance->path, &st) != 0)
        return;
    instance->size = st.st_size;
    instance->mtime = (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
}

static void set_aside(struct tend_instance *instance, struct tend_text reason)
{
    instance->state = TEND_INSTANCE_ASIDE;
    instance->trouble = tend_arena_str(&instance->arena, reason);
}

/* What is remembered of this very file, without its mark; false if nothing is. */
static bool recall(struct tend_instance *instance, const char *what, struct tend_arena *arena,
                   struct tend_text *reason)
{
    char begins[MARK_MOST], name[96];

    if (tend_meta_get(instance->registry->store, meta_name(what, instance, name), arena, reason) !=
            TEND_OK ||
        !tend_text_starts(*reason, mark(instance, begins)))
        return false;
    reason->at += strlen(begins);
    reason->len -= (int64_t)strlen(begins);
    return true;
}

void tend_aside_recall(struct tend_instance *instance)
{
    struct tend_arena arena = { 0 };
    struct tend_text reason;

    if (!instance->registry->store || instance->state != TEND_INSTANCE_LOADED)
        return;
    if (recall(instance, "aside", &arena, &reason))
        set_aside(instance, reason);
    else if (recall(instance, "kill", &arena, &reason))
        instance->killed = tend_arena_str(&instance->arena, reason);
    tend_arena_finish(&arena);
}

void tend_aside_kill(struct tend_instance *instance, const char *reason, bool reached)
{
    if (instance->state != TEND_INSTANCE_LOADED)
        return;
    instance->unsaved = true;
    if (instance->killed == NULL || reached)
        instance->breach = true;
    if (instance->killed == NULL && !reached) {
        instance->killed = tend_arena_str(&instance->arena, tend_text_of(reason));
        return;
    }
    instance->killed = NULL;
    set_aside(instance, tend_text_of(reason));
}

void tend_aside_good(struct tend_instance *instance)
{
    instance->killed = NULL;
    instance->unsaved = true;
}

/* "" where there is nothing: most plugins never had anything. */
static void keep(struct tend_instance *instance, const char *what, const char *reason)
{
    struct tend_store *store = instance->registry->store;
    struct tend_arena arena = { 0 };
    struct tend_buffer value = { 0 };
    struct tend_text before;
    char begins[MARK_MOST], name[96];

    if (reason) {
        tend_buffer_adds(&value, mark(instance, begins));
        tend_buffer_adds(&value, reason);
    }
    /* a database that cannot be written meets the same breach next time */
    if (tend_meta_get(store, meta_name(what, instance, name), &arena, &before) == TEND_OK &&
        !tend_text_eq(before, tend_buffer_text(&value)))
        tend_meta_set(store, name, tend_buffer_text(&value));
    tend_buffer_finish(&value);
    tend_arena_finish(&arena);
}

static void remember(struct tend_instance *instance)
{
    keep(instance, "aside",
         instance->state == TEND_INSTANCE_ASIDE && !instance->stale ? instance->trouble : NULL);
    keep(instance, "kill", instance->killed);
}

tend_status tend_registry_enable(struct tend_registry *registry, struct tend_text name)
{
    for (int64_t i = 0; i < registry->instances.n; i++) {
        struct tend_instance *instance = registry->instances.at[i];

        if (!tend_text_is(name, instance->manifest.name))
            continue;
        if (instance->state == TEND_INSTANCE_ASIDE && !instance->stale) {
            instance->state = TEND_INSTANCE_LOADED;
            instance->trouble = NULL;
        }
        instance->killed = NULL;
        if (registry->store)
            remember(instance);
        return TEND_OK;
    }
    return tend_error_set(registry->err, TEND_NOT_FOUND, "no plugin is called \"%.*s\"",
                          TEND_FMT(name));
}

void tend_registry_remember(struct tend_registry *registry)
{
    for (int64_t i = 0; i < registry->instances.n; i++) {
        struct tend_instance *instance = registry->instances.at[i];

        if (instance->unsaved && registry->store)
            remember(instance);
        instance->breach = instance->unsaved = false;
        instance->spent = 0;
    }
}

bool tend_registry_breached(const struct tend_registry *registry)
{
    for (int64_t i = 0; i < registry->instances.n; i++)
        if (registry->instances.at[i]->breach)
            return true;
    return false;
}
