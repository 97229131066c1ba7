/* Set aside: a plugin that broke a limit is not asked again until its file
 * changes. Kept in meta as "<mtime>:<size>:<reason>", since it must outlive a
 * process that was started for one command. */
#include "plugin/private.h"
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>

#define MARK_MOST 64

static const char *meta_name(struct tend_instance *instance)
{
    return tend_arena_printf(&instance->arena, "aside.%s", instance->manifest.name);
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

void tend_aside_recall(struct tend_instance *instance)
{
    struct tend_registry *registry = instance->registry;
    struct tend_arena arena = { 0 };
    struct tend_text value;
    char begins[MARK_MOST];

    if (!registry->store || instance->state != TEND_INSTANCE_LOADED)
        return;
    if (tend_meta_get(registry->store, meta_name(instance), &arena, &value) == TEND_OK &&
        tend_text_starts(value, mark(instance, begins))) {
        value.at += strlen(begins);
        value.len -= (int64_t)strlen(begins);
        set_aside(instance, value);
    }
    tend_arena_finish(&arena);
}

void tend_aside_now(struct tend_instance *instance, const char *reason)
{
    if (instance->state != TEND_INSTANCE_LOADED)
        return;
    set_aside(instance, tend_text_of(reason));
    instance->breach = instance->unsaved = true;
}

static void remember(struct tend_instance *instance)
{
    struct tend_buffer value = { 0 };
    char begins[MARK_MOST];

    tend_buffer_adds(&value, mark(instance, begins));
    tend_buffer_adds(&value, instance->trouble);
    /* a database that cannot be written meets the same breach next time */
    tend_meta_set(instance->registry->store, meta_name(instance), tend_buffer_text(&value));
    tend_buffer_finish(&value);
}

void tend_registry_remember(struct tend_registry *registry)
{
    for (int64_t i = 0; i < registry->instances.n; i++) {
        struct tend_instance *instance = registry->instances.at[i];

        if (instance->unsaved && registry->store)
            remember(instance);
        instance->breach = instance->unsaved = false;
    }
}

bool tend_registry_breached(const struct tend_registry *registry)
{
    for (int64_t i = 0; i < registry->instances.n; i++)
        if (registry->instances.at[i]->breach)
            return true;
    return false;
}
