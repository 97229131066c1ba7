/* Care of an SQLite file: copies while it is in use, its integrity, and which
 * process holds it when it is busy. */
#include "store/driver_sqlite.h"
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* SQLite's locks: in WAL the writer holds byte 120 of the -shm file; without
 * it, byte 1 GiB and on of the file itself. */
enum { WAL_WRITE_LOCK = 120, PENDING_LOCK = 0x40000000 };

/* The process that holds a write lock at or behind `from` in this file. Asking
 * fcntl would need a descriptor, whose closing drops SQLite's own locks. */
static long locker(const char *path, int64_t from, int64_t to)
{
    struct stat st;
    if (stat(path, &st) != 0) {
        return 0;
    }
    FILE *f = fopen("/proc/locks", "re");
    if (f == NULL) {
        return 0;
    }
    char line[256];
    long found = 0;
    while (found == 0 && fgets(line, sizeof line, f) != NULL) {
        char type[16], mode[16], end[32];
        long pid;
        unsigned major_no, minor_no;
        uint64_t inode;
        int64_t start;
        if (sscanf(line, "%*s %15s %*s %15s %ld %x:%x:%" SCNu64 " %" SCNd64 " %31s", type, mode,
                   &pid, &major_no, &minor_no, &inode, &start, end) != 8) {
            continue;
        }
        if (strcmp(mode, "WRITE") == 0 && inode == (uint64_t)st.st_ino && start >= from &&
            start <= to) {
            found = pid;
        }
    }
    fclose(f);
    return found;
}

void tend_sqlite_holder(struct tend_db *db, char *out, size_t size)
{
    out[0] = '\0';
    char *shm = sqlite3_mprintf("%s-shm", db->path);
    long pid = shm != NULL ? locker(shm, WAL_WRITE_LOCK, WAL_WRITE_LOCK) : 0;
    sqlite3_free(shm);
    if (pid == 0) {
        pid = locker(db->path, PENDING_LOCK, PENDING_LOCK + 1024);
    }
    if (pid <= 0) {
        return;
    }
    char path[64], name[64] = "";
    snprintf(path, sizeof path, "/proc/%ld/comm", pid);
    FILE *f = fopen(path, "re");
    if (f != NULL) {
        if (fgets(name, sizeof name, f) != NULL) {
            name[strcspn(name, "\n")] = '\0';
        }
        fclose(f);
    }
    if (name[0] != '\0') {
        snprintf(out, size, "%s (process %ld)", name, pid);
    } else {
        snprintf(out, size, "process %ld", pid);
    }
}

tend_status tend_sqlite_integrity(struct tend_db *db,
                                  void (*problem)(void *data, const char *text), void *data)
{
    sqlite3_stmt *s = NULL;
    int code = sqlite3_prepare_v2(db->handle, "PRAGMA integrity_check", -1, &s, NULL);
    if (code == SQLITE_OK) {
        while ((code = sqlite3_step(s)) == SQLITE_ROW) {
            const char *text = (const char *)sqlite3_column_text(s, 0);
            if (text != NULL && strcmp(text, "ok") != 0) {
                problem(data, text);
            }
        }
    }
    sqlite3_finalize(s);
    if (tend_sqlite_status(code) != TEND_OK) {
        problem(data, sqlite3_errmsg(db->handle));
    }
    return TEND_OK;
}

static tend_status copy(struct tend_db *db, sqlite3 *to, sqlite3 *from)
{
    sqlite3_backup *b = sqlite3_backup_init(to, "main", from, "main");
    if (b == NULL) {
        snprintf(db->message, sizeof db->message, "%s", sqlite3_errmsg(to));
        return tend_sqlite_status(sqlite3_errcode(to));
    }
    int code;
    int waited = 0;
    while ((code = sqlite3_backup_step(b, -1)) == SQLITE_BUSY || code == SQLITE_LOCKED) {
        if (waited >= db->busy_ms) {
            break;
        }
        sqlite3_sleep(20);
        waited += 20;
    }
    int finish = sqlite3_backup_finish(b);
    if (code != SQLITE_DONE || finish != SQLITE_OK) {
        code = finish != SQLITE_OK ? finish : code;
        snprintf(db->message, sizeof db->message, "%s", sqlite3_errstr(code));
        return tend_sqlite_status(code);
    }
    return TEND_OK;
}

tend_status tend_sqlite_backup(struct tend_db *db, const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0 || fchmod(fd, 0600) != 0) {
        snprintf(db->message, sizeof db->message, "%s", strerror(errno));
        if (fd >= 0) {
            close(fd);
        }
        return TEND_IO;
    }
    close(fd);
    sqlite3 *to = NULL;
    int code = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE, NULL);
    tend_status status = tend_sqlite_status(code);
    if (status != TEND_OK) {
        snprintf(db->message, sizeof db->message, "%s", sqlite3_errmsg(to));
    } else {
        status = copy(db, to, db->handle);
    }
    sqlite3_close(to);
    return status;
}

tend_status tend_sqlite_restore(struct tend_db *db, const char *path)
{
    sqlite3 *from = NULL;
    int code = sqlite3_open_v2(path, &from, SQLITE_OPEN_READONLY, NULL);
    tend_status status = tend_sqlite_status(code);
    if (status != TEND_OK) {
        snprintf(db->message, sizeof db->message, "%s", sqlite3_errmsg(from));
    } else {
        tend_sqlite_search_close(db);
        status = copy(db, db->handle, from);
    }
    sqlite3_close(from);
    return status;
}

/* A vacuum writes the file anew; the log is emptied into it before and after. */
tend_status tend_sqlite_scrub(struct tend_db *db)
{
    tend_status status = tend_sqlite_exec(db, "PRAGMA wal_checkpoint(TRUNCATE)");

    if (status == TEND_OK)
        status = tend_sqlite_exec(db, "VACUUM");
    return status == TEND_OK ? tend_sqlite_exec(db, "PRAGMA wal_checkpoint(TRUNCATE)") : status;
}
