/* inotify on the folders of the files, since who saves by renaming leaves the old
 * file behind, and the new one has no watch. */
#include "base/watch_files.h"
#include "base/array.h"
#include "base/text.h"
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

struct file {
    int folder;                 /* the watch of its folder */
    char *name;
};

struct tend_files {
    int fd;
    TEND_ARRAY(struct file) list;
};

struct tend_files *tend_files_open(void)
{
    int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    struct tend_files *files;

    if (fd < 0)
        return NULL;
    files = tend_alloc(sizeof *files);
    *files = (struct tend_files){ .fd = fd };
    return files;
}

void tend_files_close(struct tend_files *files)
{
    if (files == NULL)
        return;
    for (int64_t i = 0; i < files->list.n; i++)
        tend_free(files->list.at[i].name);
    TEND_ARRAY_FINISH(&files->list);
    close(files->fd);
    tend_free(files);
}

int tend_files_fd(const struct tend_files *files)
{
    return files != NULL ? files->fd : -1;
}

static bool is_watched(const struct tend_files *files, int folder, const char *name)
{
    for (int64_t i = 0; i < files->list.n; i++)
        if (files->list.at[i].folder == folder && strcmp(files->list.at[i].name, name) == 0)
            return true;
    return false;
}

static void add(struct tend_files *files, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
    char folder[PATH_MAX] = ".";
    int watch;

    if (slash != NULL &&
        snprintf(folder, sizeof folder, "%.*s", (int)(name - path), path) >= (int)sizeof folder)
        return;
    watch = inotify_add_watch(files->fd, folder, IN_CLOSE_WRITE | IN_MOVED_TO);
    if (watch >= 0 && !is_watched(files, watch, name))
        TEND_PUSH(&files->list, (struct file){ watch, tend_strdup(name) });
}

void tend_files_add(struct tend_files *files, const char *path)
{
    char *end;

    if (files == NULL)
        return;
    add(files, path);
    end = realpath(path, NULL);
    if (end != NULL)
        add(files, end);
    free(end);
}

bool tend_files_take(struct tend_files *files)
{
    _Alignas(struct inotify_event) char buf[4096];
    bool ours = false;
    ssize_t len;

    while (files != NULL && (len = read(files->fd, buf, sizeof buf)) > 0) {
        for (ssize_t at = 0; at < len;) {
            struct inotify_event event;

            memcpy(&event, buf + at, sizeof event);
            ours = ours || (event.mask & IN_Q_OVERFLOW) != 0 ||
                   (event.len > 0 && is_watched(files, event.wd, buf + at + sizeof event));
            at += (ssize_t)(sizeof event + event.len);
        }
    }
    return ours;
}
