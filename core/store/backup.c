/* Copies of the whole database while it is in use, and putting one back. A
 * copy has its name only once it is whole. */
#include "base/text.h"
#include "store/parts.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEPT_MOST = 999 };

static void sync_folder(const char *path)
{
    char *folder = tend_strdup(path);
    char *slash = strrchr(folder, '/');
    if (slash != NULL) {
        slash[slash == folder ? 1 : 0] = '\0';
    }
    int fd = open(slash != NULL ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
    tend_free(folder);
}

static bool sync_file(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool fine = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0) {
        close(fd);
    }
    return fine;
}

static bool same_file(const char *a, const char *b)
{
    char *x = realpath(a, NULL), *y = realpath(b, NULL);
    bool same = x != NULL && y != NULL && strcmp(x, y) == 0;
    free(x);
    free(y);
    return same;
}

tend_status tend_store_backup(struct tend_store *store, const char *path)
{
    struct tend_arena arena = { 0 };
    if (store->open || store->transaction) {
        return tend_error_set(store->err, TEND_INTERNAL, "a batch is open");
    }
    if (!store->memory && same_file(store->path, path)) {
        return tend_error_set(store->err, TEND_INVALID, "%s is the database itself", path);
    }
    char *part = tend_arena_printf(&arena, "%s.%ld.part", path, (long)getpid());
    tend_status status = store->driver->backup(store->db, part);
    if (status != TEND_OK) {
        tend_error_set(store->err, status, "%s cannot be written: %s", path,
                       store->driver->message(store->db));
    } else if (!sync_file(part) || rename(part, path) != 0) {
        status = tend_error_set(store->err, TEND_IO, "%s cannot be written: %s", path,
                                strerror(errno));
    } else {
        sync_folder(path);
    }
    if (status != TEND_OK) {
        unlink(part);
    }
    tend_arena_finish(&arena);
    return status;
}

static tend_status fail_source(struct tend_store *store, struct tend_db *db, tend_status status,
                               const char *path)
{
    if (status == TEND_NOT_FOUND) {
        return tend_error_set(store->err, status, "there is no file %s", path);
    }
    return tend_error_set(store->err, status, "%s cannot be restored: %s", path,
                          store->driver->message(db));
}

/* The source is not ours to change: a copy of it is brought to this layout and
 * checked. */
static tend_status copy_source(struct tend_store *store, const char *path, const char *part,
                               struct tend_arena *arena)
{
    struct tend_db_options how = { .must_exist = 1, .busy_ms = 5000 };
    struct stat st;
    struct tend_db *db = NULL;
    int64_t version = 0;
    /* who only reads leaves the files of its locks there; a WAL is not ours to write back */
    how.read_only = access(tend_arena_printf(arena, "%s-wal", path), F_OK) == 0 ||
                    access(path, W_OK) != 0 || stat(path, &st) != 0 || st.st_size == 0;
    tend_status status = store->driver->open(path, &how, &db);
    if (status == TEND_OK) {
        status = store->driver->version(db, &version);
    }
    if (status == TEND_OK) {
        status = store->driver->backup(db, part);
    }
    if (status != TEND_OK) {
        fail_source(store, db, status, path);
    } else if (version == 0) {
        status = tend_error_set(store->err, TEND_INVALID, "%s is empty", path);
    }
    store->driver->close(db);
    return status;
}

static tend_status check_copy(struct tend_store *store, const char *path, const char *part,
                              struct tend_arena *arena)
{
    struct tend_store_options options = { .clock = store->clock, .must_exist = true,
                                          .driver = store->driver };
    struct tend_store *copy;
    struct tend_text *problems;
    int64_t n;
    tend_status status = tend_store_open(&copy, part, &options, store->err);
    if (status != TEND_OK) {
        return tend_error_wrap(store->err, "%s cannot be restored", path);
    }
    status = tend_store_check(copy, arena, &problems, &n);
    if (status == TEND_OK && n > 0) {
        status = tend_error_set(store->err, TEND_INVALID, "%s is damaged: %.*s", path,
                                TEND_FMT(problems[0]));
    }
    tend_store_close(copy);
    return status;
}

/* No name that is taken: the second restore must not cost what the first kept. */
static const char *name_kept(const char *beside, struct tend_arena *arena)
{
    const char *name = tend_arena_printf(arena, "%s.before-restore.bak", beside);
    for (int32_t n = 2; access(name, F_OK) == 0 || errno != ENOENT; n++) {
        if (n > KEPT_MOST) {
            return NULL;
        }
        name = tend_arena_printf(arena, "%s.before-restore-%d.bak", beside, n);
    }
    return name;
}

static tend_status put_back(struct tend_store *store, const char *beside, const char *part,
                            struct tend_arena *arena, const char **kept)
{
    tend_status status = TEND_OK;
    if (!store->memory) {
        *kept = name_kept(beside, arena);
        if (*kept == NULL) {
            return tend_error_set(store->err, TEND_IO, "there are %d files %s.before-restore-*.bak"
                                                       " already: remove some", KEPT_MOST,
                                  beside);
        }
        status = tend_store_backup(store, *kept);
    }
    if (status != TEND_OK) {
        return status;
    }
    tend_sql_drop_all(store);
    store->me_known = false;
    store->zone = NULL;
    status = store->driver->restore(store->db, part);
    return status == TEND_OK ? TEND_OK : tend_store_fail(store, status, "restoring");
}

/* All that may lie beside the copy. */
static void remove_copy(const char *part, struct tend_arena *arena)
{
    unlink(part);
    unlink(tend_arena_printf(arena, "%s-wal", part));
    unlink(tend_arena_printf(arena, "%s-shm", part));
    for (int32_t n = 1; n < TEND_SCHEMA; n++) {
        unlink(tend_arena_printf(arena, "%s.schema-%d.bak", part, n));
    }
}

tend_status tend_store_restore(struct tend_store *store, const char *path,
                               struct tend_arena *arena, const char **kept)
{
    *kept = NULL;
    if (store->open || store->transaction || store->read_only) {
        return tend_error_set(store->err, TEND_INTERNAL, "a batch is open, or the database was "
                                                         "opened for reading only");
    }
    if (!store->memory && same_file(store->path, path)) {
        return tend_error_set(store->err, TEND_INVALID, "%s is the database itself", path);
    }
    bool file = !store->memory && strstr(store->path, "://") == NULL;
    const char *beside = file ? store->path : path;
    char *part = tend_arena_printf(arena, "%s.%ld.restore", beside, (long)getpid());
    tend_status status = copy_source(store, path, part, arena);
    if (status == TEND_OK) {
        status = check_copy(store, path, part, arena);
    }
    if (status == TEND_OK) {
        status = put_back(store, beside, part, arena, kept);
    }
    remove_copy(part, arena);
    return status;
}
