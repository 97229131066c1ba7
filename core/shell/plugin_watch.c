/* What is watched, and when it was last seen. A save is many events, and a build
 * many saves: one looks when they are over, and only at what is really another. */
#include "shell/plugin_watch.h"
#include "base/hash.h"
#include "base/watch_files.h"
#include "shell/plugged.h"
#include "shell/plugin_reload.h"
#include <sys/stat.h>

#define QUIET INT64_C(100000)   /* microseconds after the last save */

struct watched {
    char name[64];
    uint64_t stamp;             /* of its files; 0: one is not there */
};

struct tend_plugin_watch {
    struct tend_files *files;
    TEND_ARRAY(struct watched) list;
    bool all;
    int64_t due;
};

static int64_t machine_now(void)
{
    struct tend_clock clock = { 0 };

    return tend_clock_now(&clock);
}

/* Of all files that a plugin consists of, as they are. */
static uint64_t stamp_of(struct tend_shell *shell, int64_t index)
{
    uint64_t hash = TEND_HASH_SEED;
    const char *path;

    for (int64_t i = 0; (path = tend_registry_file(shell->registry, index, i)) != NULL; i++) {
        struct stat st;

        if (stat(path, &st) != 0)
            return 0;
        hash = tend_hash(hash, &st.st_mtim, sizeof st.st_mtim);
        hash = tend_hash(hash, &st.st_size, sizeof st.st_size);
        hash = tend_hash(hash, &st.st_ino, sizeof st.st_ino);
    }
    return hash;
}

static struct watched *watched(struct tend_plugin_watch *watch, struct tend_text name)
{
    for (int64_t i = 0; i < watch->list.n; i++)
        if (tend_text_is(name, watch->list.at[i].name))
            return &watch->list.at[i];
    return NULL;
}

/* Files that a plugin has required since are watched too. */
static void add_files(struct tend_shell *shell, int64_t index)
{
    const char *path;

    for (int64_t i = 0; (path = tend_registry_file(shell->registry, index, i)) != NULL; i++)
        tend_files_add(shell->watch->files, path);
}

static void see(struct tend_shell *shell, int64_t index, const char *name)
{
    struct tend_plugin_watch *watch = shell->watch;
    struct watched *one = watched(watch, tend_text_of(name));
    struct watched fresh = { .stamp = stamp_of(shell, index) };

    if (one != NULL) {
        one->stamp = fresh.stamp;
    } else {
        snprintf(fresh.name, sizeof fresh.name, "%s", name);
        TEND_PUSH(&watch->list, fresh);
    }
    add_files(shell, index);
}

tend_status tend_plugin_watch_start(struct tend_shell *shell, struct tend_text name)
{
    struct tend_instance_info info;
    tend_status status = tend_plugged_load(shell);

    if (status != TEND_OK)
        return status;
    if (shell->watch == NULL) {
        shell->watch = tend_alloc(sizeof *shell->watch);
        *shell->watch = (struct tend_plugin_watch){ .files = tend_files_open() };
    }
    if (shell->watch->files == NULL) {
        tend_plugin_watch_stop(shell);
        return tend_error_set(&shell->err, TEND_UNSUPPORTED,
                              "files cannot be watched here; plugin reload NAME does it by hand");
    }
    shell->watch->all = shell->watch->all || name.len == 0;
    for (int64_t i = 0; tend_registry_instance(shell->registry, i, &info); i++)
        if (name.len == 0 || tend_text_is(name, info.manifest.name)) {
            tend_registry_wake(shell->registry, i);     /* what was never opened could not serve on */
            see(shell, i, info.manifest.name);
        }
    return TEND_OK;
}

void tend_plugin_watch_stop(struct tend_shell *shell)
{
    if (shell->watch == NULL)
        return;
    tend_files_close(shell->watch->files);
    TEND_ARRAY_FINISH(&shell->watch->list);
    tend_free(shell->watch);
    shell->watch = NULL;
}

int tend_plugin_watch_fd(const struct tend_shell *shell)
{
    return shell->watch != NULL ? tend_files_fd(shell->watch->files) : -1;
}

int64_t tend_plugin_watch_due(struct tend_shell *shell)
{
    if (shell->watch == NULL)
        return 0;
    if (tend_files_take(shell->watch->files))
        shell->watch->due = machine_now() + QUIET;
    return shell->watch->due;
}

void tend_plugin_watch_seen(struct tend_shell *shell, struct tend_text name)
{
    struct tend_instance_info info;

    if (shell->watch == NULL || (!shell->watch->all && watched(shell->watch, name) == NULL))
        return;
    for (int64_t i = 0; tend_registry_instance(shell->registry, i, &info); i++)
        if (tend_text_is(name, info.manifest.name))
            see(shell, i, info.manifest.name);
}

/* A file that is gone is on its way: the next save tells. */
static void look_at(struct tend_shell *shell, int64_t index, const char *name)
{
    struct watched *one = watched(shell->watch, tend_text_of(name));
    uint64_t stamp = one != NULL || shell->watch->all ? stamp_of(shell, index) : 0;
    struct tend_reload reload;
    char kept[64];

    if (stamp == 0 || (one != NULL && one->stamp == stamp))
        return;
    snprintf(kept, sizeof kept, "%s", name);
    tend_plugin_reload(shell, tend_text_of(kept), &reload);
}

void tend_plugin_watch_turn(struct tend_shell *shell, bool now)
{
    int64_t due = tend_plugin_watch_due(shell);
    struct tend_instance_info info;

    if (due == 0 || (!now && machine_now() < due))
        return;
    shell->watch->due = 0;
    shell->verb = NULL;
    shell->options.json = false;
    for (int64_t i = 0; tend_registry_instance(shell->registry, i, &info); i++)
        look_at(shell, i, info.manifest.name);
    fflush(shell->out);                 /* a daemon says nothing more for hours */
    tend_error_clear(&shell->err);
    if (tend_plugged_stale(shell))
        tend_plugged_finish(shell);
}
