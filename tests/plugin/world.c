/* See world.h. */
#include "world.h"
#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

static struct {
    char name[64];
    world_provide_fn provide;
} known[16];
static int64_t n_known, unloads;

static struct {
    const char *kind;
    const void *record;
} one;

void world_know(const char *name, world_provide_fn provide)
{
    for (int64_t i = 0; i < n_known; i++)
        if (strcmp(known[i].name, name) == 0) {
            known[i].provide = provide;
            return;
        }
    assert_true(n_known < 16);
    snprintf(known[n_known].name, sizeof known[n_known].name, "%s", name);
    known[n_known++].provide = provide;
}

const char *world_needs = "";

static tend_status load(struct tend_instance *instance, const char *path, struct tend_error *err)
{
    const char *name = tend_instance_name(instance);

    assert_string_equal(tend_instance_path(instance), path);
    for (int64_t i = 0; i < n_known; i++)
        if (strcmp(known[i].name, name) == 0) {
            if (tend_instance_manifest(instance, &(struct tend_manifest){
                    name, "1.2.3", "for the tests", "0BSD", world_needs, "", "", "",
                }, err) != TEND_OK)
                return err->code;
            tend_instance_set_data(instance, known[i].name);
            return known[i].provide ? known[i].provide(instance, err) : TEND_OK;
        }
    return tend_error_set(err, TEND_INVALID, "nobody knows %s", name);
}

static void unload(struct tend_instance *instance)
{
    (void)instance;
    unloads++;
}

static int64_t memory(const struct tend_instance *instance)
{
    return tend_instance_data(instance) ? 4711 : 0;
}

static const struct tend_runtime runtime = {
    .name = "test", .suffix = ".test", .load = load, .unload = unload, .memory = memory,
};

static void keep_log(void *data, int32_t level, const char *plugin, const char *text)
{
    struct world *w = data;

    tend_buffer_addf(&w->log, "%d %s: %s\n", level, plugin, text);
}

static void make_registry(struct world *w)
{
    w->registry = tend_registry_create(&w->err, &w->clock);
    tend_registry_runtime(w->registry, &runtime);
    tend_registry_log(w->registry, keep_log, w);
}

void world_open(struct world *w)
{
    const char *tmp = getenv("TMPDIR");

    *w = (struct world){ 0 };
    n_known = unloads = 0;
    tend_clock_freeze(&w->clock, NOW);
    snprintf(w->dir, sizeof w->dir, "%s/plugin-test-XXXXXX", tmp ? tmp : P_tmpdir);
    assert_non_null(mkdtemp(w->dir));
    make_registry(w);
}

static void remove_dir(const char *dir)
{
    DIR *entries = opendir(dir);
    struct dirent *entry;
    char path[8192];

    while (entries && (entry = readdir(entries)) != NULL) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", dir, entry->d_name);
        if (unlink(path) != 0)
            remove_dir(path);
    }
    if (entries)
        closedir(entries);
    rmdir(dir);
}

void world_close(struct world *w)
{
    tend_registry_destroy(w->registry);
    tend_store_close(w->store);
    tend_arena_finish(&w->arena);
    tend_buffer_finish(&w->log);
    TEND_ARRAY_FINISH(&w->effects.list);
    TEND_ARRAY_FINISH(&w->vetoes.veto);
    remove_dir(w->dir);
}

void world_store(struct world *w)
{
    struct tend_store_options options = { .clock = &w->clock };

    if (tend_store_open(&w->store, ":memory:", &options, &w->err) != TEND_OK)
        fail_msg("%s", w->err.text);
    tend_registry_bind(w->registry, w->store);
}

void world_restart(struct world *w)
{
    tend_registry_destroy(w->registry);
    make_registry(w);
    if (w->store)
        tend_registry_bind(w->registry, w->store);
}

const char *world_file(struct world *w, const char *name, const char *text)
{
    char *path = tend_arena_printf(&w->arena, "%s/%s", w->dir, name);
    char *slash = strrchr(path, '/');
    FILE *file;

    *slash = '\0';
    mkdir(path, 0700);
    *slash = '/';
    file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
    return path;
}

tend_status world_load(struct world *w, const char *name, world_provide_fn provide)
{
    const char *file = tend_arena_printf(&w->arena, "%s.test", name);

    world_know(name, provide);
    return tend_registry_load_file(w->registry, world_file(w, file, name));
}

static tend_status provide_one(struct tend_instance *instance, struct tend_error *err)
{
    return tend_instance_provide(instance, one.kind, one.record, NULL, err);
}

void world_one(struct world *w, const char *name, const char *kind, const void *record)
{
    one.kind = kind;
    one.record = record;
    if (world_load(w, name, provide_one) != TEND_OK)
        fail_msg("%s", w->err.text);
}

const struct tend_provider *world_find(struct world *w, const char *kind, const char *name)
{
    const struct tend_provider *found =
        tend_registry_find(w->registry, kind, tend_text_of(name));

    assert_non_null(found);
    return found;
}

bool world_info(struct world *w, const char *name, struct tend_instance_info *info)
{
    for (int64_t i = 0; tend_registry_instance(w->registry, i, info); i++)
        if (strcmp(info->manifest.name, name) == 0)
            return true;
    return false;
}

int64_t world_unloads(void)
{
    return unloads;
}

void assert_holds(const char *text, const char *part)
{
    if (!text || !strstr(text, part))
        fail_msg("\"%s\" does not hold \"%s\"", text ? text : "(none)", part);
}

void assert_text(struct tend_text text, const char *expected)
{
    if (!tend_text_is(text, expected))
        fail_msg("\"%.*s\" is not \"%s\"", TEND_FMT(text), expected);
}
