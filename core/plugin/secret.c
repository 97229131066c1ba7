/* Secrets as files: CONFIG/tend/secrets/PLUGIN/NAME, mode 0600 in folders of 0700. */
#include "plugin/secret.h"
#include "base/array.h"
#include "base/text.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_MOST 4096

static bool name_ok(struct tend_text name)
{
    if (name.len == 0 || name.len > 40)
        return false;
    for (int64_t i = 0; i < name.len; i++)
        if (!memchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", name.at[i],
                    64))
            return false;
    return true;
}

static tend_status folder_of(const char *plugin, bool make, char path[PATH_MOST],
                             struct tend_error *err)
{
    const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    int len;

    if (!name_ok(tend_text_of(plugin)))
        return tend_error_set(err, TEND_INVALID, "\"%.60s\" is no name of a plugin", plugin);
    if (config && config[0] == '/')
        len = snprintf(path, PATH_MOST, "%s/tend/secrets/%s", config, plugin);
    else if (home && home[0] == '/')
        len = snprintf(path, PATH_MOST, "%s/.config/tend/secrets/%s", home, plugin);
    else
        return tend_error_set(err, TEND_IO, "there is no folder for secrets: HOME is not set");
    if (len >= PATH_MOST)
        return tend_error_set(err, TEND_INVALID, "the path of the folder for secrets is too long");
    for (char *at = path + 1; make && *at; at++) {
        if (*at != '/')
            continue;
        *at = '\0';
        mkdir(path, 0700);
        *at = '/';
    }
    if (make && mkdir(path, 0700) != 0 && errno != EEXIST)
        return tend_error_set(err, TEND_IO, "the folder %s cannot be made: %s", path,
                              strerror(errno));
    return TEND_OK;
}

static tend_status path_of(const char *plugin, struct tend_text name, bool make,
                           char path[PATH_MOST + 64], struct tend_error *err)
{
    char folder[PATH_MOST];
    tend_status status;

    if (!name_ok(name))
        return tend_error_set(err, TEND_INVALID, "\"%.*s\" is no name of a secret; write letters, "
                              "digits - and _, at most 40", TEND_FMT(tend_text_clip(name, 60)));
    status = folder_of(plugin, make, folder, err);
    if (status == TEND_OK)
        snprintf(path, PATH_MOST + 64, "%s/%.*s", folder, TEND_FMT(name));
    return status;
}

tend_status tend_secret_read(const char *plugin, struct tend_text name, struct tend_arena *arena,
                             struct tend_text *value, struct tend_error *err)
{
    char path[PATH_MOST + 64], *bytes;
    tend_status status = path_of(plugin, name, false, path, err);
    ssize_t n;
    int fd;

    *value = (struct tend_text){ "", 0 };
    if (status != TEND_OK)
        return status;
    fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0 && errno == ENOENT) {
        tend_error_set(err, TEND_NOT_FOUND, "the secret \"%.*s\" of plugin %s is not set; "
                       "set it with: tend plugin secret %s %.*s", TEND_FMT(name), plugin, plugin,
                       TEND_FMT(name));
        tend_error_cure(err, "tend plugin secret %s %.*s", plugin, TEND_FMT(name));
        return TEND_NOT_FOUND;
    }
    if (fd < 0)
        return tend_error_set(err, TEND_IO, "%s cannot be read: %s", path, strerror(errno));
    bytes = tend_arena_take(arena, TEND_SECRET_MOST + 1);
    n = read(fd, bytes, TEND_SECRET_MOST);
    close(fd);
    if (n < 0)
        return tend_error_set(err, TEND_IO, "%s cannot be read: %s", path, strerror(errno));
    *value = (struct tend_text){ bytes, n };
    return TEND_OK;
}

/* Written beside and renamed: what was there stays whole until the new one is. */
tend_status tend_secret_write(const char *plugin, struct tend_text name, struct tend_text value,
                              struct tend_error *err)
{
    char path[PATH_MOST + 64], beside[PATH_MOST + 80];
    tend_status status = path_of(plugin, name, true, path, err);
    bool written;
    int fd;

    if (status != TEND_OK)
        return status;
    if (value.len == 0 || value.len > TEND_SECRET_MOST)
        return tend_error_set(err, TEND_INVALID, "a secret has 1 to %d bytes", TEND_SECRET_MOST);
    snprintf(beside, sizeof beside, "%s.new", path);
    unlink(beside);
    fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    written = fd >= 0 && write(fd, value.at, (size_t)value.len) == value.len && fsync(fd) == 0;
    if (fd >= 0)
        written = close(fd) == 0 && written;
    if (written && rename(beside, path) == 0)
        return TEND_OK;
    status = tend_error_set(err, TEND_IO, "%s cannot be written: %s", path, strerror(errno));
    unlink(beside);
    return status;
}

tend_status tend_secret_remove(const char *plugin, struct tend_text name, struct tend_error *err)
{
    char path[PATH_MOST + 64];
    tend_status status = path_of(plugin, name, false, path, err);

    if (status != TEND_OK || unlink(path) == 0)
        return status;
    if (errno == ENOENT)
        return tend_error_set(err, TEND_NOT_FOUND, "plugin %s has no secret \"%.*s\"", plugin,
                              TEND_FMT(name));
    return tend_error_set(err, TEND_IO, "%s cannot be removed: %s", path, strerror(errno));
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

tend_status tend_secret_names(const char *plugin, struct tend_arena *arena, const char ***names,
                              struct tend_error *err)
{
    char folder[PATH_MOST];
    TEND_ARRAY(const char *) found = { 0 };
    tend_status status = folder_of(plugin, false, folder, err);
    DIR *dir = status == TEND_OK ? opendir(folder) : NULL;
    const struct dirent *entry;

    while (dir && (entry = readdir(dir)))
        if (name_ok(tend_text_of(entry->d_name)))
            TEND_PUSH(&found, tend_arena_str(arena, tend_text_of(entry->d_name)));
    if (dir)
        closedir(dir);
    if (found.n > 1)
        qsort(found.at, (size_t)found.n, sizeof *found.at, by_name);
    *names = tend_arena_take(arena, (size_t)(found.n + 1) * sizeof **names);
    if (found.n > 0)
        memcpy(*names, found.at, (size_t)found.n * sizeof *found.at);
    TEND_ARRAY_FINISH(&found);
    return status;
}
