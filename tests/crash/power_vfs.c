/* A disk that loses its power: preloaded into the program, it becomes SQLite's
 * default VFS, passes everything on, and remembers each write that was not yet
 * synced. At the write that TEND_POWER_AT counts to, it takes back all of
 * them, or keeps a chosen part (torn at sectors of 512 bytes), and kills the
 * process. TEND_POWER_SEED chooses. Without TEND_POWER_AT nothing happens. */
#include <signal.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SECTOR = 512 };

struct change {                 /* one write or truncation since the last sync */
    struct change *next, *before;
    int64_t offset, size_before;
    int old_len, new_len;       /* new_len -1: a truncation to offset */
    unsigned char *old, *fresh;
};

struct file {
    sqlite3_file base;
    struct file *next;
    struct change *newest, *oldest;
    sqlite3_file *real;
};

static sqlite3_vfs *real_vfs;
static struct file *files;
static int64_t writes, power_at = -1;
static uint64_t chance;

static uint64_t draw(void)
{
    chance ^= chance << 13;
    chance ^= chance >> 7;
    chance ^= chance << 17;
    return chance;
}

static void forget(struct file *f)
{
    while (f->oldest != NULL) {
        struct change *c = f->oldest;

        f->oldest = c->next;
        free(c->old);
        free(c->fresh);
        free(c);
    }
    f->newest = NULL;
}

static void put_back(struct file *f)
{
    for (struct change *c = f->newest; c != NULL; c = c->before) {
        if (c->old_len > 0)
            f->real->pMethods->xWrite(f->real, c->old, c->old_len, c->offset);
        f->real->pMethods->xTruncate(f->real, c->size_before);
    }
}

/* Some of the lost writes did reach the disk, in any order, by the sector. */
static void keep_some(struct file *f)
{
    uint64_t mode = draw() % 3;     /* none, a beginning, any */
    int64_t n = 0, upto;

    for (struct change *c = f->oldest; c != NULL; c = c->next)
        n++;
    upto = n > 0 ? (int64_t)(draw() % (uint64_t)(n + 1)) : 0;
    n = 0;
    for (struct change *c = f->oldest; c != NULL && mode != 0; c = c->next, n++) {
        if (c->new_len < 0 || (mode == 1 && n >= upto))
            continue;
        for (int at = 0; at < c->new_len; at += SECTOR) {
            int len = c->new_len - at < SECTOR ? c->new_len - at : SECTOR;

            if (mode == 1 || draw() % 2 == 0)
                f->real->pMethods->xWrite(f->real, c->fresh + at, len, c->offset + at);
        }
    }
}

static void count_write(void)
{
    if (power_at < 0 || ++writes < power_at)
        return;
    for (struct file *f = files; f != NULL; f = f->next) {
        put_back(f);
        keep_some(f);
    }
    kill(getpid(), SIGKILL);
}

static void remember(struct file *f, const void *bytes, int len, int64_t offset)
{
    struct change *c = calloc(1, sizeof *c);
    sqlite3_int64 size = 0;

    if (c == NULL)
        abort();
    f->real->pMethods->xFileSize(f->real, &size);
    c->offset = offset;
    c->size_before = size;
    c->new_len = len;
    c->old_len = (int)(len < 0 ? size - offset : size > offset ? size - offset : 0);
    if (len >= 0 && c->old_len > len)
        c->old_len = len;
    if (c->old_len > 0 && (c->old = malloc((size_t)c->old_len)) != NULL)
        f->real->pMethods->xRead(f->real, c->old, c->old_len, offset);
    if (len > 0 && (c->fresh = malloc((size_t)len)) != NULL)
        memcpy(c->fresh, bytes, (size_t)len);
    c->before = f->newest;
    *(f->newest != NULL ? &f->newest->next : &f->oldest) = c;
    f->newest = c;
}

static struct file *of(sqlite3_file *file)
{
    return (struct file *)file;
}

static int on_close(sqlite3_file *file)
{
    struct file *f = of(file);

    for (struct file **at = &files; *at != NULL; at = &(*at)->next)
        if (*at == f) {
            *at = f->next;
            break;
        }
    forget(f);
    return f->real->pMethods->xClose(f->real);
}

static int on_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at)
{
    return of(f)->real->pMethods->xRead(of(f)->real, to, n, at);
}

static int on_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at)
{
    if (power_at >= 0)
        remember(of(f), from, n, at);
    count_write();
    return of(f)->real->pMethods->xWrite(of(f)->real, from, n, at);
}

static int on_truncate(sqlite3_file *f, sqlite3_int64 size)
{
    if (power_at >= 0)
        remember(of(f), NULL, -1, size);
    count_write();
    return of(f)->real->pMethods->xTruncate(of(f)->real, size);
}

static int on_sync(sqlite3_file *f, int flags)
{
    int rc;

    count_write();
    rc = of(f)->real->pMethods->xSync(of(f)->real, flags);
    if (rc == SQLITE_OK)
        forget(of(f));
    return rc;
}

static int on_size(sqlite3_file *f, sqlite3_int64 *size)
{
    return of(f)->real->pMethods->xFileSize(of(f)->real, size);
}
static int on_lock(sqlite3_file *f, int lock)
{
    return of(f)->real->pMethods->xLock(of(f)->real, lock);
}
static int on_unlock(sqlite3_file *f, int lock)
{
    return of(f)->real->pMethods->xUnlock(of(f)->real, lock);
}
static int on_reserved(sqlite3_file *f, int *out)
{
    return of(f)->real->pMethods->xCheckReservedLock(of(f)->real, out);
}
static int on_control(sqlite3_file *f, int op, void *arg)
{
    return of(f)->real->pMethods->xFileControl(of(f)->real, op, arg);
}
static int on_sector(sqlite3_file *f)
{
    (void)f;
    return SECTOR;
}
static int on_device(sqlite3_file *f)
{
    (void)f;
    return 0;   /* promises nothing: not safe append, not powersafe overwrite */
}
static int on_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out)
{
    return of(f)->real->pMethods->xShmMap(of(f)->real, page, size, extend, out);
}
static int on_shm_lock(sqlite3_file *f, int at, int n, int flags)
{
    return of(f)->real->pMethods->xShmLock(of(f)->real, at, n, flags);
}
static void on_shm_barrier(sqlite3_file *f)
{
    of(f)->real->pMethods->xShmBarrier(of(f)->real);
}
static int on_shm_unmap(sqlite3_file *f, int remove)
{
    return of(f)->real->pMethods->xShmUnmap(of(f)->real, remove);
}

static const sqlite3_io_methods methods = {
    2, on_close, on_read, on_write, on_truncate, on_sync, on_size, on_lock, on_unlock,
    on_reserved, on_control, on_sector, on_device, on_shm_map, on_shm_lock, on_shm_barrier,
    on_shm_unmap, NULL, NULL,
};

static int on_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
    struct file *f = of(file);
    int rc;

    (void)vfs;
    memset(f, 0, sizeof *f);
    f->real = (sqlite3_file *)(f + 1);
    rc = real_vfs->xOpen(real_vfs, name, f->real, flags, out);
    if (rc != SQLITE_OK) {
        if (f->real->pMethods != NULL)
            f->real->pMethods->xClose(f->real);
        return rc;
    }
    f->base.pMethods = &methods;
    f->next = files;
    files = f;
    return SQLITE_OK;
}

__attribute__((constructor)) static void install(void)
{
    static sqlite3_vfs vfs;
    const char *at = getenv("TEND_POWER_AT"), *seed = getenv("TEND_POWER_SEED");

    real_vfs = sqlite3_vfs_find(NULL);
    if (at == NULL || real_vfs == NULL)
        return;
    power_at = strtoll(at, NULL, 10);
    chance = (seed != NULL ? strtoull(seed, NULL, 10) : 1) * UINT64_C(0x9e3779b97f4a7c15) + 1;
    vfs = *real_vfs;
    vfs.zName = "power";
    vfs.szOsFile = (int)sizeof(struct file) + real_vfs->szOsFile;
    vfs.xOpen = on_open;
    sqlite3_vfs_register(&vfs, 1);
}
