/* Staged blocks on their way to the disk and back. No block is synced: after a loss of
 * power the checksums tell how far the file is whole, and the rest is read anew. */
#include "desk/staging.h"
#include "base/hash.h"
#include "base/memory.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define LEFT_MOST 64
#define NUMBER_MOST 10000

static const char magic[16] = "tend import 001";

struct head { /* before the text of a block; of this machine alone */
    uint64_t sum;
    int64_t len;
    int64_t kind;
};

/* The file of a database; NULL if it has none. */
static const char *file_of(const char *database)
{
    if (database == NULL || strcmp(database, ":memory:") == 0)
        return NULL;
    if (strncmp(database, "sqlite:", 7) == 0)
        return database + 7;
    return strstr(database, "://") != NULL ? NULL : database;
}

static uint64_t sum_of(const struct tend_staging *s, int64_t before, char kind,
                       struct tend_text text)
{
    uint64_t sum = before > 0 ? s->block.at[before - 1].sum : TEND_HASH_SEED;

    sum = tend_hash(sum, &kind, 1);
    return tend_hash(sum, text.at, (size_t)text.len);
}

static tend_status failed(struct tend_staging *s, const char *what)
{
    return tend_error_set(s->err, TEND_IO, "%s cannot be %s: %s", s->path, what, strerror(errno));
}

static tend_status write_at(struct tend_staging *s, const void *from, int64_t len, int64_t at)
{
    const char *bytes = from;

    while (len > 0) {
        ssize_t n = pwrite(s->fd, bytes, (size_t)len, at);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return failed(s, "written");
        bytes += n;
        at += n;
        len -= n;
    }
    return TEND_OK;
}

/* How many bytes were there; less than len at the end of the file. */
static int64_t read_at(struct tend_staging *s, void *into, int64_t len, int64_t at)
{
    int64_t got = 0;

    while (got < len) {
        ssize_t n = pread(s->fd, (char *)into + got, (size_t)(len - got), at + got);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        got += n;
    }
    return got;
}

static struct tend_staging *make(int fd, const char *path, struct tend_error *err)
{
    struct tend_staging *s = tend_alloc(sizeof *s);
    size_t len = strlen(path) + 1;

    s->fd = fd;
    s->path = tend_alloc(len);
    memcpy(s->path, path, len);
    s->err = err;
    return s;
}

tend_status tend_staging_create(struct tend_staging **staging, const char *database,
                                struct tend_text first, struct tend_error *err)
{
    const char *file = file_of(database);
    struct tend_buffer path = { 0 };
    int fd = -1;
    tend_status status;

    *staging = NULL;
    for (int i = 1; file != NULL && fd < 0 && i < NUMBER_MOST; i++) {
        tend_buffer_reset(&path);
        tend_buffer_addf(&path, "%s.import-%d", file, i);
        fd = open(path.at, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (fd < 0 && errno != EEXIST)
            break;
    }
    if (fd < 0) { /* no place for it: the import goes without */
        tend_buffer_finish(&path);
        return TEND_OK;
    }
    flock(fd, LOCK_EX | LOCK_NB);
    *staging = make(fd, path.at, err);
    tend_buffer_finish(&path);
    status = write_at(*staging, magic, sizeof magic, 0);
    (*staging)->end = sizeof magic;
    (*staging)->next = 1;
    return status == TEND_OK ? tend_staging_put(*staging, 'H', first) : status;
}

/* The next block that is whole; false where the good part ends. */
static bool next_block(struct tend_staging *s)
{
    struct tend_staging_block block;
    struct tend_text text;
    struct stat info;
    struct head head;

    if (fstat(s->fd, &info) != 0 ||
        read_at(s, &head, sizeof head, s->end) != (int64_t)sizeof head || head.len < 0 ||
        head.kind != (char)head.kind ||
        head.len > (int64_t)info.st_size - s->end - (int64_t)sizeof head)
        return false;
    block = (struct tend_staging_block){ .kind = (char)head.kind, .len = head.len,
                                         .sum = head.sum,
                                         .at = s->end + (int64_t)sizeof head };
    TEND_PUSH(&s->block, block);
    if (tend_staging_text(s, s->block.n - 1, &text) != TEND_OK ||
        sum_of(s, s->block.n - 1, block.kind, text) != block.sum) {
        s->block.n--;
        return false;
    }
    s->end = block.at + block.len;
    return true;
}

tend_status tend_staging_open(struct tend_staging **staging, const char *path,
                              struct tend_error *err)
{
    int fd = open(path, O_RDWR | O_CLOEXEC);
    char found[sizeof magic];
    struct tend_staging *s;

    *staging = NULL;
    if (fd < 0)
        return tend_error_set(err, errno == ENOENT ? TEND_NOT_FOUND : TEND_IO,
                              "%s cannot be opened: %s", path, strerror(errno));
    if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        close(fd);
        return tend_error_set(err, TEND_BUSY, "%s is in use: its import is still running", path);
    }
    s = make(fd, path, err);
    s->end = sizeof magic;
    s->next = 1;
    if (read_at(s, found, sizeof found, 0) == (int64_t)sizeof found &&
        memcmp(found, magic, sizeof magic) == 0) {
        while (next_block(s))
            continue;
    }
    tend_error_clear(err);
    if (s->block.n == 0 || ftruncate(fd, s->end) != 0) {
        tend_error_set(err, TEND_INVALID, "%s holds no import that could go on", path);
        tend_error_cure(err, "import --discard");
        tend_staging_close(s, true);
        return TEND_INVALID;
    }
    *staging = s;
    return TEND_OK;
}

tend_status tend_staging_put(struct tend_staging *s, char kind, struct tend_text text)
{
    struct head head = { .sum = sum_of(s, s->block.n, kind, text), .len = text.len, .kind = kind };
    struct tend_staging_block block = { .kind = kind, .at = s->end + (int64_t)sizeof head,
                                        .len = text.len, .sum = head.sum };
    tend_status status = write_at(s, &head, sizeof head, s->end);

    if (status == TEND_OK)
        status = write_at(s, text.at, text.len, block.at);
    if (status != TEND_OK)
        return status;
    TEND_PUSH(&s->block, block);
    s->end = block.at + block.len;
    return TEND_OK;
}

bool tend_staging_is(const struct tend_staging *s, int64_t index, char kind, struct tend_text text)
{
    const struct tend_staging_block *block = &s->block.at[index];

    return block->kind == kind && block->len == text.len &&
           block->sum == sum_of(s, index, kind, text);
}

tend_status tend_staging_text(struct tend_staging *s, int64_t index, struct tend_text *text)
{
    const struct tend_staging_block *block = &s->block.at[index];

    if (s->room < block->len + 1) {
        s->room = block->len + block->len / 2 + 1;
        s->text = tend_realloc(s->text, (size_t)s->room);
    }
    if (read_at(s, s->text, block->len, block->at) != block->len)
        return failed(s, "read");
    *text = (struct tend_text){ s->text, block->len };
    return TEND_OK;
}

void tend_staging_close(struct tend_staging *s, bool keep)
{
    if (s == NULL)
        return;
    if (!keep)
        unlink(s->path);
    close(s->fd);
    tend_free(s->path);
    tend_free(s->text);
    TEND_ARRAY_FINISH(&s->block);
    tend_free(s);
}

/* --- what was left -------------------------------------------------------- */

static int by_number(const void *a, const void *b)
{
    const struct tend_staging_left *x = a, *y = b;
    size_t n = strlen(x->path), m = strlen(y->path);

    return n != m ? (n < m ? -1 : 1) : strcmp(x->path, y->path);
}

static bool read_left(const char *path, struct tend_arena *arena, struct tend_staging_left *left)
{
    struct tend_error ignored = { 0 };
    struct tend_staging s = { .fd = open(path, O_RDONLY | O_CLOEXEC), .end = sizeof magic,
                              .err = &ignored };
    struct tend_text text = { "", 0 };
    struct stat info;
    bool is = s.fd >= 0 && flock(s.fd, LOCK_SH | LOCK_NB) == 0 && fstat(s.fd, &info) == 0;

    s.path = tend_arena_str(arena, tend_text_of(path));
    if (is) {
        if (next_block(&s))
            tend_staging_text(&s, 0, &text);
        *left = (struct tend_staging_left){ .path = s.path, .size = (int64_t)info.st_size,
                                            .first = tend_arena_text(arena, text) };
    }
    if (s.fd >= 0)
        close(s.fd);
    tend_free(s.text);
    TEND_ARRAY_FINISH(&s.block);
    return is;
}

tend_status tend_staging_list(const char *database, struct tend_arena *arena,
                              struct tend_staging_left **left, int64_t *n)
{
    const char *file = file_of(database), *slash = file != NULL ? strrchr(file, '/') : NULL;
    const char *name = slash != NULL ? slash + 1 : file;
    const char *folder = slash == NULL ? "."
                         : tend_arena_printf(arena, "%.*s", (int)(slash - file + 1), file);
    DIR *dir = file != NULL ? opendir(folder) : NULL;
    size_t len = name != NULL ? strlen(name) : 0;
    struct dirent *entry;

    *n = 0;
    *left = tend_arena_take(arena, LEFT_MOST * sizeof **left);
    while (dir != NULL && *n < LEFT_MOST && (entry = readdir(dir)) != NULL) {
        const char *path;

        if (strncmp(entry->d_name, name, len) != 0 ||
            strncmp(entry->d_name + len, ".import-", 8) != 0)
            continue;
        path = tend_arena_printf(arena, "%s%s", slash != NULL ? folder : "",
                                 entry->d_name);
        *n += read_left(path, arena, &(*left)[*n]);
    }
    if (dir != NULL)
        closedir(dir);
    qsort(*left, (size_t)*n, sizeof **left, by_number);
    return TEND_OK;
}
