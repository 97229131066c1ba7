/* inotify on the folder, since a database's journal comes and goes beside it. */
#include "base/watch.h"
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash != NULL ? slash + 1 : path;
}

int tend_watch_open(const char *path)
{
    char folder[PATH_MAX] = ".";
    const char *name = name_of(path);
    int fd;

    if (name != path && snprintf(folder, sizeof folder, "%.*s", (int)(name - path), path) >=
                            (int)sizeof folder)
        return -1;
    fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (fd >= 0 && inotify_add_watch(fd, folder, IN_MODIFY | IN_CREATE | IN_MOVED_TO) < 0) {
        close(fd);
        fd = -1;
    }
    return fd;
}

bool tend_watch_take(int fd, const char *path)
{
    _Alignas(struct inotify_event) char buf[4096];
    const char *name = name_of(path);
    bool ours = false;
    ssize_t len;

    while (fd >= 0 && (len = read(fd, buf, sizeof buf)) > 0) {
        for (ssize_t at = 0; at < len;) {
            struct inotify_event event;

            memcpy(&event, buf + at, sizeof event);
            ours = ours || (event.mask & IN_Q_OVERFLOW) != 0 ||
                   (event.len > 0 &&
                    strncmp(buf + at + sizeof event, name, strlen(name)) == 0);
            at += (ssize_t)(sizeof event + event.len);
        }
    }
    return ours;
}

void tend_watch_close(int fd)
{
    if (fd >= 0)
        close(fd);
}
