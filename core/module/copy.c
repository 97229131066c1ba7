/* The private copy of a module: a file without a name, so that nobody swaps it
 * between the look at it and the opening, a file replaced later is another
 * module, and nothing is left behind, however the process ends. */
#include "base/hash.h"
#include "base/memory.h"
#include "module/module.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define MODULE_MOST ((int64_t)256 * 1024 * 1024)

static tend_status read_all(int fd, const char *path, char *bytes, int64_t size,
                            struct tend_error *err)
{
    int64_t have = 0;

    while (have < size) {
        ssize_t got = read(fd, bytes + have, (size_t)(size - have));

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return tend_error_set(err, TEND_IO, "%s cannot be read: %s", path, strerror(errno));
        if (got == 0)
            return tend_error_set(err, TEND_IO, "%s became shorter while it was read", path);
        have += got;
    }
    return TEND_OK;
}

static tend_status write_all(int fd, const char *path, const char *bytes, int64_t size,
                             struct tend_error *err)
{
    while (size > 0) {
        ssize_t put = write(fd, bytes, (size_t)size);

        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return tend_error_set(err, TEND_IO, "the private copy of %s cannot be written: %s",
                                  path, strerror(errno));
        bytes += put;
        size -= put;
    }
    return TEND_OK;
}

/* A folder from which code may be run, and in which we may make a file. */
static bool usable(const char *dir)
{
    struct statvfs fs;

    return dir && dir[0] == '/' && strlen(dir) < 400 && access(dir, W_OK | X_OK) == 0 &&
           statvfs(dir, &fs) == 0 && !(fs.f_flag & ST_NOEXEC);
}

/* Where a file cannot be made without a name, it loses its name at once. */
static int open_unnamed(const char *dir)
{
    char path[512];
    int fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600);

    if (fd >= 0)
        return fd;
    snprintf(path, sizeof path, "%s/tend-module-XXXXXX", dir);
    fd = mkostemp(path, O_CLOEXEC);
    if (fd >= 0)
        unlink(path);
    return fd;
}

static int open_copy(struct tend_error *err)
{
    const char *const places[] = { getenv("XDG_RUNTIME_DIR"), getenv("TMPDIR"), P_tmpdir };

    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        int fd = usable(places[i]) ? open_unnamed(places[i]) : -1;

        if (fd >= 0)
            return fd;
    }
    tend_error_set(err, TEND_IO,
                   "no folder for the private copy of a module: none of $XDG_RUNTIME_DIR, $TMPDIR "
                   "and %s can be written and run from; set TMPDIR to one that can",
                   P_tmpdir);
    return -1;
}

static tend_status write_copy(const char *path, struct tend_module_copy *copy, const char *bytes,
                              int64_t size, struct tend_error *err)
{
    tend_status status;

    copy->fd = open_copy(err);
    if (copy->fd < 0)
        return TEND_IO;
    status = write_all(copy->fd, path, bytes, size, err);
    snprintf(copy->path, sizeof copy->path, "/proc/self/fd/%d", copy->fd);
    if (status == TEND_OK && access(copy->path, R_OK) != 0)
        status = tend_error_set(err, TEND_IO, "%s cannot be loaded: /proc is not there", path);
    if (status != TEND_OK)
        tend_module_copy_remove(copy);
    return status;
}

tend_status tend_module_copy_make(const char *path, struct tend_module_copy *copy,
                                  struct tend_module *module, struct tend_error *err)
{
    tend_status status = TEND_OK;
    char *bytes = NULL;
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

    copy->fd = -1;
    copy->path[0] = '\0';
    if (fd < 0)
        return tend_error_set(err, errno == ENOENT ? TEND_NOT_FOUND : TEND_IO,
                              "%s cannot be opened: %s", path, strerror(errno));
    if (fstat(fd, &st) != 0)
        status = tend_error_set(err, TEND_IO, "%s cannot be read: %s", path, strerror(errno));
    else if (!S_ISREG(st.st_mode))
        status = tend_error_set(err, TEND_INVALID, "%s is not a file", path);
    else if (st.st_size > MODULE_MOST)
        status = tend_error_set(err, TEND_LIMIT, "%s is too large for a module", path);
    if (status == TEND_OK) {
        bytes = tend_alloc((size_t)st.st_size + 1);
        status = read_all(fd, path, bytes, st.st_size, err);
    }
    if (status == TEND_OK) {
        module->size = st.st_size;
        module->mtime = (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
        module->hash = tend_hash(TEND_HASH_SEED, bytes, (size_t)st.st_size);
        status = write_copy(path, copy, bytes, st.st_size, err);
    }
    tend_free(bytes);
    close(fd);
    return status;
}

void tend_module_copy_remove(struct tend_module_copy *copy)
{
    if (copy->fd >= 0)
        close(copy->fd);
    copy->fd = -1;
}
