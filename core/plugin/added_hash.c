/* Is a file what it was when the user said yes to it? By its stamp first, since the
 * question comes at every start; its bytes are only read where that is another. */
#include "base/sha256.h"
#include "base/text.h"
#include "plugin/added.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define STAMP_MOST 128

/* The time of change cannot be set by who rewrites a file: it is what tells. */
static bool stamp_of(const struct stat *st, char out[STAMP_MOST])
{
    snprintf(out, STAMP_MOST, "%" PRIu64 ":%" PRId64 ":%" PRId64 ".%09ld:%" PRId64 ".%09ld",
             (uint64_t)st->st_ino, (int64_t)st->st_size, (int64_t)st->st_mtim.tv_sec,
             st->st_mtim.tv_nsec, (int64_t)st->st_ctim.tv_sec, st->st_ctim.tv_nsec);
    return S_ISREG(st->st_mode);
}

tend_status tend_added_hash(const char *path, struct tend_arena *arena,
                            struct tend_added_file *file, struct tend_error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    char stamp[STAMP_MOST], hash[65], block[16384];
    struct tend_sha256 sha;
    struct stat st;
    ssize_t got;

    if (fd < 0)
        return tend_error_set(err, errno == ENOENT ? TEND_NOT_FOUND : TEND_IO,
                              "%s cannot be opened: %s", path, strerror(errno));
    if (fstat(fd, &st) != 0 || !stamp_of(&st, stamp)) {
        close(fd);
        return tend_error_set(err, TEND_INVALID, "%s is not a file", path);
    }
    tend_sha256_begin(&sha);
    while ((got = read(fd, block, sizeof block)) > 0 || (got < 0 && errno == EINTR))
        if (got > 0)
            tend_sha256_add(&sha, block, (size_t)got);
    close(fd);
    if (got < 0)
        return tend_error_set(err, TEND_IO, "%s cannot be read: %s", path, strerror(errno));
    tend_sha256_end(&sha, hash);
    file->hash = tend_arena_str(arena, tend_text_of(hash));
    file->stamp = tend_arena_str(arena, tend_text_of(stamp));
    return TEND_OK;
}

const char *tend_added_changed(struct tend_added *added, struct tend_arena *arena, bool *fresh)
{
    const char *slash = strrchr(added->path, '/');
    char stamp[STAMP_MOST];

    for (int64_t i = 0; i < added->file.n; i++) {
        struct tend_added_file *file = &added->file.at[i], now = *file;
        struct tend_error ignored = { 0 };
        struct stat st;
        char *path = tend_arena_printf(arena, "%.*s%s", (int)(slash - added->path + 1),
                                       added->path, file->name);

        if (stat(path, &st) == 0 && stamp_of(&st, stamp) && strcmp(stamp, file->stamp) == 0)
            continue;
        if (tend_added_hash(path, arena, &now, &ignored) != TEND_OK ||
            strcmp(now.hash, file->hash) != 0)
            return file->name;
        *file = now;
        *fresh = true;
    }
    return NULL;
}
