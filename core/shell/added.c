/* Added plugins at the start of a command, and their record while it is changed. */
#include "shell/added.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* "$XDG_CONFIG_HOME/tend", "$HOME/.config/tend"; NULL without a home. */
static const char *folder_of(struct tend_shell *shell, const char *variable, const char *below)
{
    const char *own = getenv(variable), *home = getenv("HOME");

    if (own != NULL && own[0] == '/')
        return tend_arena_printf(&shell->arena, "%s/tend", own);
    if (home == NULL || home[0] != '/')
        return NULL;
    return tend_arena_printf(&shell->arena, "%s/%s/tend", home, below);
}

const char *tend_added_record(struct tend_shell *shell)
{
    const char *dir = folder_of(shell, "XDG_CONFIG_HOME", ".config");

    return dir != NULL ? tend_arena_printf(&shell->arena, "%s/plugins", dir) : NULL;
}

const char *tend_added_folder(struct tend_shell *shell, const char *name)
{
    const char *dir = folder_of(shell, "XDG_DATA_HOME", ".local/share");

    return dir != NULL ? tend_arena_printf(&shell->arena, "%s/plugins/%s", dir, name) : NULL;
}

/* --- loading ---------------------------------------------------------------- */

/* The grant as the registry takes it: trust in native code is for the bytes that were
 * shown, so it ends when these change. */
static const char *grant_of(struct tend_shell *shell, const struct tend_added *added,
                            const char *changed)
{
    const char *granted = added->granted != NULL ? added->granted : "none";

    if (!added->native || changed != NULL)
        return granted;
    return tend_arena_printf(&shell->arena, "%s native", granted);
}

void tend_added_say_changed(struct tend_shell *shell, const char *name, const char *file,
                            bool native)
{
    tend_shell_note(shell, "plugin %s: %s has changed since you added it%s; if that is as you want "
                           "it: plugin add %s; if not: plugin remove %s",
                    name, file,
                    native ? ", so that its code is not loaded"
                           : "; it still has no more rights than you granted",
                    name, name);
}

static void load_one(struct tend_shell *shell, struct tend_added *added, bool *fresh)
{
    const char *changed = NULL;

    if (!added->enabled)
        tend_registry_leave_out(shell->registry, added->name);
    if (!added->enabled || added->path == NULL || added->path[0] != '/')
        return;
    if (access(added->path, R_OK) != 0) {
        tend_shell_note(shell, "plugin %s is not where it was added, %s: %s; plugin remove %s "
                               "forgets it",
                        added->name, added->path, strerror(errno), added->name);
        return;
    }
    if (!added->linked)
        changed = tend_added_changed(added, &shell->arena, fresh);
    if (changed != NULL)
        tend_added_say_changed(shell, added->name, changed, added->native);
    tend_registry_grant(shell->registry, added->path, grant_of(shell, added, changed));
    /* one that fails is among the instances, and is named with them */
    tend_registry_load_file(shell->registry, added->path);
    tend_error_clear(&shell->err);
}

static void load(struct tend_shell *shell, const char *only)
{
    const char *path = tend_added_record(shell);
    struct tend_added_list list = { 0 };
    struct tend_error err = { 0 };
    bool fresh = false;

    if (path == NULL)
        return;
    tend_registry_leave_out(shell->registry, NULL);
    if (tend_added_read(path, &list, &err) != TEND_OK)
        tend_shell_note(shell, "the plugins that you added are not loaded: %s", err.text);
    else
        for (int64_t i = 0; i < list.plugin.n; i++)
            if (only == NULL || strcmp(only, list.plugin.at[i].name) == 0)
                load_one(shell, &list.plugin.at[i], &fresh);
    if (fresh)
        tend_added_write(path, &list, &err);    /* else they are read again next time */
    tend_added_finish(&list);
}

void tend_added_load(struct tend_shell *shell)
{
    load(shell, NULL);
}

void tend_added_load_named(struct tend_shell *shell, const char *name)
{
    load(shell, name);
}

/* --- the record ------------------------------------------------------------- */

static void make_folders(struct tend_shell *shell, const char *file)
{
    char *copy = tend_arena_str(&shell->arena, tend_text_of(file));

    for (char *at = copy + 1; *at != '\0'; at++) {
        if (*at != '/')
            continue;
        *at = '\0';
        mkdir(copy, 0700);
        *at = '/';
    }
}

tend_status tend_added_begin(struct tend_shell *shell, struct tend_added_work *work)
{
    tend_status status;
    char *folder;

    *work = (struct tend_added_work){ .path = tend_added_record(shell), .lock = -1 };
    if (work->path == NULL)
        return tend_error_set(&shell->err, TEND_NOT_FOUND,
                              "there is no folder for what was added: set HOME, or XDG_CONFIG_HOME");
    make_folders(shell, work->path);
    folder = tend_arena_str(&shell->arena, tend_text_of(work->path));
    *strrchr(folder, '/') = '\0';
    work->lock = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (work->lock < 0 || flock(work->lock, LOCK_EX) != 0) {
        status = tend_error_set(&shell->err, TEND_IO, "%s cannot be opened: %s", folder,
                                strerror(errno));
        if (work->lock >= 0)
            close(work->lock);
        return status;
    }
    status = tend_added_read(work->path, &work->list, &shell->err);
    if (status != TEND_OK)
        tend_added_end(shell, work, false);
    return status;
}

tend_status tend_added_end(struct tend_shell *shell, struct tend_added_work *work, bool keep)
{
    tend_status status = TEND_OK;

    if (keep)
        status = tend_added_write(work->path, &work->list, &shell->err);
    close(work->lock);
    tend_added_finish(&work->list);
    return status;
}

struct tend_origin tend_added_origin(struct tend_shell *shell, const char *path)
{
    const char *record = tend_added_record(shell), *shipped = tend_shell_plugin_dir(&shell->arena);
    struct tend_origin origin = { "folder", "", "", "" };
    struct tend_added_list list = { 0 };
    struct tend_error ignored = { 0 };
    bool fresh = false;

    if (shipped != NULL && tend_text_starts(tend_text_of(path), shipped))
        origin.is = "shipped";
    if (record == NULL || tend_added_read(record, &list, &ignored) != TEND_OK)
        list.plugin.n = 0;
    for (int64_t i = 0; i < list.plugin.n; i++) {
        struct tend_added *added = &list.plugin.at[i];
        const char *changed;

        if (added->path == NULL || strcmp(added->path, path) != 0)
            continue;
        changed = added->linked ? NULL : tend_added_changed(added, &shell->arena, &fresh);
        origin = (struct tend_origin){
            added->linked ? "linked" : "added",
            tend_arena_str(&shell->arena, tend_text_of(added->from)),
            tend_arena_str(&shell->arena, tend_text_of(added->added)),
            tend_arena_str(&shell->arena, tend_text_of(changed)),
        };
    }
    tend_added_finish(&list);
    return origin;
}
