/* Loading: from a folder or a file to an instance, through the runtime that
 * knows the suffix. A plugin that fails stays in the list with its reason. */
#include "module/module.h"
#include "plugin/cache.h"
#include "plugin/private.h"
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#define PATH_MOST 4096

struct found {
    char name[256];
    char *path;
    const struct tend_runtime *runtime;
};

struct found_list {
    TEND_ARRAY(struct found) list;
};

static const struct tend_runtime *runtime_of(const struct tend_registry *registry,
                                             const char *file)
{
    size_t len = strlen(file);

    for (int64_t i = 0; i < registry->runtimes.n; i++) {
        size_t suffix = strlen(registry->runtimes.at[i]->suffix);

        if (len > suffix && strcmp(file + len - suffix, registry->runtimes.at[i]->suffix) == 0)
            return registry->runtimes.at[i];
    }
    return NULL;
}

/* "x/followup.lua" is followup: its name until it says another itself. */
static void plain_name(const char *path, const struct tend_runtime *runtime, char out[256])
{
    const char *slash = strrchr(path, '/');
    const char *base = slash ? slash + 1 : path;

    snprintf(out, 256, "%.*s", (int)(strlen(base) - strlen(runtime->suffix)), base);
}

/* Who has this name already, or NULL. */
static const struct tend_instance *taken(const struct tend_registry *registry, const char *name,
                                         const struct tend_instance *but)
{
    if (strcmp(name, registry->core->manifest.name) == 0)
        return registry->core;
    for (int64_t i = 0; i < registry->instances.n; i++)
        if (registry->instances.at[i] != but &&
            strcmp(registry->instances.at[i]->manifest.name, name) == 0)
            return registry->instances.at[i];
    return NULL;
}

static tend_status left_out(const struct tend_instance *first, const char *path,
                            struct tend_error *err)
{
    if (!first->path[0])
        return tend_error_set(err, TEND_EXISTS, "%s is left out: \"%s\" is tend's own name", path,
                              first->manifest.name);
    return tend_error_set(err, TEND_EXISTS,
                          "%s is left out: a plugin with the name \"%s\" is loaded already, from "
                          "%s",
                          path, first->manifest.name, first->path);
}

static bool is_same_file(const char *a, const char *b)
{
    struct stat x, y;

    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

static void fail(struct tend_instance *instance, const char *text)
{
    tend_instance_detach(instance);
    instance->trouble = tend_arena_str(&instance->arena, tend_text_of(text));
}

tend_status tend_instance_start(struct tend_instance *instance, struct tend_error *err)
{
    tend_status status;

    tend_aside_stat(instance);
    instance->loading = true;
    tend_error_clear(err);
    status = instance->runtime->load(instance, instance->path, err);
    instance->loading = false;
    tend_host_log_end(instance, &instance->logged);
    if (status == TEND_OK && !tend_module_name_ok(instance->manifest.name))
        status = tend_error_set(err, TEND_INVALID,
                                "%s calls itself \"%.60s\"; the name of a plugin is made of %s",
                                instance->path, instance->manifest.name, TEND_MODULE_NAME_RULE);
    return status;
}

/* Has it what was declared? */
static tend_status check_awake(const struct tend_instance *instance, const char *name,
                               struct tend_error *err)
{
    const struct tend_registry *registry = instance->registry;

    if (strcmp(instance->manifest.name, name) != 0)
        return tend_error_set(err, TEND_STALE, "%s has changed and is now called %s: plugin reload %s",
                              instance->path, instance->manifest.name, instance->manifest.name);
    for (int64_t i = 0; i < registry->providers.n; i++)
        if (registry->providers.at[i]->owner == instance && !registry->providers.at[i]->record)
            return tend_error_set(err, TEND_STALE, "its file has changed, and it has no %s %s any more: plugin reload %s",
                                  registry->providers.at[i]->kind, registry->providers.at[i]->name,
                                  name);
    return TEND_OK;
}

tend_status tend_instance_wake(struct tend_instance *instance, struct tend_error *err)
{
    const char *name = instance->manifest.name;
    tend_status status;

    if (!instance->asleep)
        return TEND_OK;
    instance->asleep = false;
    instance->files.n = 0;
    status = tend_instance_start(instance, err);
    if (status == TEND_OK)
        status = check_awake(instance, name, err);
    if (status == TEND_OK)
        return TEND_OK;
    /* its guards veto and its policies get timers, so that nothing is forgotten */
    instance->stale = true;
    instance->state = TEND_INSTANCE_ASIDE;
    instance->trouble = tend_arena_str(&instance->arena, tend_text_of(err->text));
    tend_cache_note(instance->registry->cache);
    tend_cache_save(instance->registry->cache, instance->registry);
    return status;
}

/* TEND_EXISTS leaves nothing behind, another error an instance that failed. */
static tend_status load(struct tend_registry *registry, const struct tend_runtime *runtime,
                        const char *path, struct tend_error *err)
{
    const struct tend_instance *first;
    struct tend_instance *instance;
    tend_status status;
    char name[256];

    plain_name(path, runtime, name);
    first = taken(registry, name, NULL);
    if (first)
        return left_out(first, path, err);
    instance = tend_instance_create(registry, runtime, name, path);
    TEND_PUSH(&registry->instances, instance);
    if (tend_cache_recall(registry->cache, instance)) {
        tend_aside_stat(instance);
        status = TEND_OK;
    } else {
        tend_cache_note(registry->cache);
        status = tend_instance_start(instance, err);
    }
    first = status == TEND_OK ? taken(registry, instance->manifest.name, instance) : NULL;
    if (first) {
        status = left_out(first, path, err);
        registry->instances.n--;
        tend_instance_free(instance);
        return status;
    }
    if (status != TEND_OK) {
        fail(instance, err->text[0] ? err->text : tend_status_name(status));
        return status;
    }
    if (!instance->asleep)
        tend_vocabulary_rebuild(registry);  /* a manifest may have come after its records */
    tend_aside_recall(instance);
    tend_requires_wait(instance);
    tend_requires_settle(registry);
    return TEND_OK;
}

tend_status tend_registry_load_file(struct tend_registry *registry, const char *path)
{
    const struct tend_runtime *runtime = runtime_of(registry, path);
    struct tend_error err = { 0 };
    struct stat st;
    tend_status status;

    if (stat(path, &st) != 0)
        return tend_error_set(registry->err, errno == ENOENT ? TEND_NOT_FOUND : TEND_IO,
                              "the plugin %s cannot be opened: %s", path, strerror(errno));
    if (!runtime)
        return tend_error_set(registry->err, TEND_INVALID,
                              "%s is no plugin: its name ends neither in .lua nor in .so", path);
    status = load(registry, runtime, path, &err);
    if (status != TEND_OK)
        tend_error_set(registry->err, status, "plugin %s: %s", path, err.text);
    return status;
}

static bool is_file(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* Is there something to load behind this entry of a folder? */
static const struct tend_runtime *entry_path(const struct tend_registry *registry,
                                             const char *dir, const char *entry,
                                             char path[PATH_MOST])
{
    const struct tend_runtime *runtime = runtime_of(registry, entry);

    snprintf(path, PATH_MOST, "%s/%s", dir, entry);
    if (runtime && is_file(path))
        return runtime;
    /* NAME/NAME.lua goes before NAME/NAME.so: it is the runtime added last */
    for (int64_t i = registry->runtimes.n; i-- > 0;) {
        runtime = registry->runtimes.at[i];
        if (snprintf(path, PATH_MOST, "%s/%s/%s%s", dir, entry, entry, runtime->suffix) <
                PATH_MOST &&
            is_file(path))
            return runtime;
    }
    return NULL;
}

static int by_name(const void *a, const void *b)
{
    const struct found *one = a, *two = b;
    int order = strcmp(one->name, two->name);

    return order ? order : strcmp(one->path, two->path);
}

/* All that can be loaded from a folder, in order of the names. */
static tend_status look(const struct tend_registry *registry, const char *dir,
                        struct found_list *found)
{
    DIR *entries = opendir(dir);
    char path[PATH_MOST];
    struct dirent *entry;

    if (!entries)
        return tend_error_set(registry->err, errno == ENOENT ? TEND_NOT_FOUND : TEND_IO,
                              "the folder of plugins %s cannot be read: %s", dir,
                              strerror(errno));
    while ((entry = readdir(entries)) != NULL) {
        struct found one = { 0 };

        if (entry->d_name[0] == '.')
            continue;
        one.runtime = entry_path(registry, dir, entry->d_name, path);
        if (!one.runtime)
            continue;
        plain_name(path, one.runtime, one.name);
        one.path = tend_strdup(path);
        TEND_PUSH(&found->list, one);
    }
    closedir(entries);
    if (found->list.n)
        qsort(found->list.at, (size_t)found->list.n, sizeof *found->list.at, by_name);
    return TEND_OK;
}

/* The same file in a folder that is named twice is no second plugin. */
static bool is_another(const struct tend_registry *registry, const char *path)
{
    for (int64_t i = 0; i < registry->instances.n; i++)
        if (is_same_file(registry->instances.at[i]->path, path))
            return false;
    return true;
}

static bool is_left_out(const struct tend_registry *registry, const char *name)
{
    for (int64_t i = 0; i < registry->left_out.n; i++)
        if (strcmp(registry->left_out.at[i], name) == 0)
            return true;
    return false;
}

static tend_status load_dir(struct tend_registry *registry, const char *dir, bool tell)
{
    struct found_list found = { 0 };
    tend_status status = look(registry, dir, &found);

    for (int64_t i = 0; i < found.list.n; i++) {
        struct tend_error err = { 0 };  /* that of the instance, not of the caller */

        if (!tell && is_left_out(registry, found.list.at[i].name)) {
            tend_free(found.list.at[i].path);
            continue;
        }
        if (load(registry, found.list.at[i].runtime, found.list.at[i].path, &err) == TEND_EXISTS &&
            tell && is_another(registry, found.list.at[i].path))
            tend_host_log(registry, 2, found.list.at[i].name, err.text);
        tend_free(found.list.at[i].path);
    }
    TEND_ARRAY_FINISH(&found.list);
    return status;
}

tend_status tend_registry_load_dir(struct tend_registry *registry, const char *dir)
{
    return load_dir(registry, dir, true);
}

tend_status tend_registry_load_rest(struct tend_registry *registry, const char *dir)
{
    return load_dir(registry, dir, false);
}
