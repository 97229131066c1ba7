/* The driver that is built in: SQLite, one file, readable by its owner alone.
 * Opening does as little as it can, since every command starts with it; what
 * only a writer needs is set when the first transaction begins. */
#include "store/driver_sqlite.h"
#include "base/interrupt.h"
#include "base/memory.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define STEPS_BETWEEN_LOOKS 10000   /* of SQLite's machine: less than a millisecond */

tend_status tend_sqlite_status(int code)
{
    switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return TEND_OK;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return TEND_BUSY;
    case SQLITE_NOTADB:
    case SQLITE_TOOBIG:
    case SQLITE_MISMATCH:
        return TEND_INVALID;
    case SQLITE_CONSTRAINT:
        return TEND_EXISTS;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return TEND_DENIED;
    case SQLITE_NOMEM:
        return TEND_NOMEM;
    case SQLITE_INTERRUPT:
        return TEND_CANCELLED;
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_CORRUPT:
    case SQLITE_PROTOCOL:
        return TEND_IO;
    default:
        return TEND_INTERNAL;
    }
}

tend_status tend_sqlite_result(struct tend_db *db, int code)
{
    tend_status status = tend_sqlite_status(code);
    if (status != TEND_OK) {
        snprintf(db->message, sizeof db->message, "%s%s",
                 (code & 0xff) == SQLITE_CORRUPT ? TEND_SQLITE_DAMAGED : "",
                 sqlite3_errmsg(db->handle));
    }
    return status;
}

tend_status tend_sqlite_exec(struct tend_db *db, const char *sql)
{
    return tend_sqlite_result(db, sqlite3_exec(db->handle, sql, NULL, NULL, NULL));
}

static int64_t pragma_int(struct tend_db *db, const char *sql, tend_status *status)
{
    sqlite3_stmt *s = NULL;
    int64_t value = 0;
    int code = sqlite3_prepare_v2(db->handle, sql, -1, &s, NULL);
    if (code == SQLITE_OK) {
        code = sqlite3_step(s);
        if (code == SQLITE_ROW) {
            value = sqlite3_column_int64(s, 0);
        }
    }
    *status = tend_sqlite_result(db, code);
    sqlite3_finalize(s);
    return value;
}

static void close_db(struct tend_db *db)
{
    if (db == NULL) {
        return;
    }
    tend_sqlite_search_close(db);
    sqlite3_close_v2(db->handle);
    tend_free(db->path);
    tend_free(db);
}

static tend_status fail_path(struct tend_db *db, tend_status status, const char *what)
{
    snprintf(db->message, sizeof db->message, "%s", what);
    return status;
}

/* A statement that takes long is stopped by Ctrl-C. */
static int stops(void *data)
{
    (void)data;
    return tend_interrupted();
}

static int open_handle(struct tend_db *db, const char *path, int flags, const char *vfs)
{
    sqlite3_close_v2(db->handle);
    db->handle = NULL;
    int code = sqlite3_open_v2(path, &db->handle, flags | SQLITE_OPEN_NOMUTEX, vfs);
    if (code == SQLITE_OK) {
        sqlite3_busy_timeout(db->handle, db->busy_ms);
        sqlite3_progress_handler(db->handle, STEPS_BETWEEN_LOOKS, stops, NULL);
    }
    return code;
}

/* A database in a folder where nothing can be written has no place for WAL's
 * shared memory; when nobody left a WAL there, the file alone is all. */
static int open_immutable(struct tend_db *db, const char *vfs)
{
    char *wal = sqlite3_mprintf("%s-wal", db->path);
    struct stat st;
    bool left = wal == NULL || (stat(wal, &st) == 0 && st.st_size > 0);
    sqlite3_free(wal);
    if (left) {
        return SQLITE_CANTOPEN;
    }
    sqlite3_str *uri = sqlite3_str_new(NULL);
    sqlite3_str_appendall(uri, "file:");
    for (const char *c = db->path; *c != '\0'; c++) {
        if (*c == '?' || *c == '#' || *c == '%') {
            sqlite3_str_appendf(uri, "%%%02x", (unsigned)*c);
        } else {
            sqlite3_str_appendchar(uri, 1, *c);
        }
    }
    sqlite3_str_appendall(uri, "?immutable=1");
    char *text = sqlite3_str_finish(uri);
    int code = text == NULL ? SQLITE_NOMEM
                            : open_handle(db, text, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, vfs);
    sqlite3_free(text);
    return code;
}

static tend_status open_file(struct tend_db *db, const struct tend_db_options *options)
{
    struct stat st;
    bool there = stat(db->path, &st) == 0;
    if (!there && (options->must_exist || options->read_only)) {
        return fail_path(db, TEND_NOT_FOUND, "there is no such file");
    }
    if (there && !S_ISREG(st.st_mode)) {
        return fail_path(db, TEND_INVALID, "it is not a file");
    }
    if (!there) {
        /* SQLite gives -wal and -shm the mode of the file that it finds. */
        int fd = open(db->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (fd < 0 && errno != EEXIST) {
            return fail_path(db, errno == EACCES ? TEND_DENIED : TEND_IO, strerror(errno));
        }
        if (fd >= 0) {
            close(fd);
        }
    }
    int flags = options->read_only ? SQLITE_OPEN_READONLY
                                   : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    int code = open_handle(db, db->path, flags, options->vfs);
    if (code == SQLITE_OK && options->read_only) {
        tend_status status;
        pragma_int(db, "PRAGMA schema_version", &status);
        if (sqlite3_errcode(db->handle) == SQLITE_CANTOPEN ||
            sqlite3_errcode(db->handle) == SQLITE_READONLY) {
            code = open_immutable(db, options->vfs);
        }
    }
    if (code != SQLITE_OK) {
        return tend_sqlite_result(db, code);
    }
    if (!options->read_only && (!there || st.st_size == 0)) {
        return tend_sqlite_exec(db, "PRAGMA journal_mode = WAL");
    }
    return TEND_OK;
}

static tend_status open_db(const char *path, const struct tend_db_options *options,
                           struct tend_db **out)
{
    struct tend_db *db = tend_alloc(sizeof *db);
    *out = db;
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);     /* heeded before the first open alone */
    if (strncmp(path, "sqlite:", 7) == 0) {
        path += 7;
    }
    db->path = tend_strdup(path);
    db->busy_ms = options->busy_ms;
    tend_status status;
    if (strcmp(path, ":memory:") == 0) {
        status = tend_sqlite_result(
            db, open_handle(db, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, options->vfs));
    } else {
        status = open_file(db, options);
    }
    if (status == TEND_OK) {
        status = tend_sqlite_exec(db, "PRAGMA mmap_size = 268435456");
    }
    return status;
}

/* A step that failed has told SQLite alone, which knows what went wrong last. */
static const char *message(struct tend_db *db)
{
    int code = db->handle != NULL ? sqlite3_errcode(db->handle) : SQLITE_OK;
    if (tend_sqlite_status(code) != TEND_OK) {
        tend_sqlite_result(db, code);
    }
    return db->message;
}

static tend_status version(struct tend_db *db, int64_t *out)
{
    tend_status status;
    *out = pragma_int(db, "PRAGMA user_version", &status);
    if (status != TEND_OK) {
        return status;
    }
    int64_t application = pragma_int(db, "PRAGMA application_id", &status);
    if (status != TEND_OK || application == TEND_SQLITE_APPLICATION) {
        return status;
    }
    bool empty = *out == 0 && application == 0 &&
                 pragma_int(db, "SELECT count(*) FROM sqlite_schema", &status) == 0;
    if (status != TEND_OK || empty) {
        return status;
    }
    return fail_path(db, TEND_INVALID, "it is a database of another program");
}

static tend_status set_version(struct tend_db *db, int64_t number)
{
    char sql[96];
    snprintf(sql, sizeof sql, "PRAGMA application_id = %d; PRAGMA user_version = %lld",
             TEND_SQLITE_APPLICATION, (long long)number);
    return tend_sqlite_exec(db, sql);
}

static sqlite3_stmt *statement(struct tend_statement *s)
{
    return (sqlite3_stmt *)(void *)s;
}

static tend_status prepare(struct tend_db *db, struct tend_text sql, int32_t keep,
                           struct tend_statement **out)
{
    sqlite3_stmt *s = NULL;
    unsigned flags = keep ? SQLITE_PREPARE_PERSISTENT : 0;
    int code = sqlite3_prepare_v3(db->handle, sql.at, (int)sql.len, flags, &s, NULL);
    *out = (struct tend_statement *)(void *)s;
    return tend_sqlite_result(db, code);
}

static void bind_int(struct tend_statement *s, int32_t at, int64_t value)
{
    sqlite3_bind_int64(statement(s), at, value);
}

static void bind_text(struct tend_statement *s, int32_t at, struct tend_text value, int32_t copy)
{
    sqlite3_bind_text64(statement(s), at, value.len > 0 ? value.at : "",
                        (sqlite3_uint64)value.len, copy ? SQLITE_TRANSIENT : SQLITE_STATIC,
                        SQLITE_UTF8);
}

static void bind_blob(struct tend_statement *s, int32_t at, struct tend_text value, int32_t copy)
{
    sqlite3_bind_blob64(statement(s), at, value.len > 0 ? value.at : "",
                        (sqlite3_uint64)value.len, copy ? SQLITE_TRANSIENT : SQLITE_STATIC);
}

static void bind_null(struct tend_statement *s, int32_t at)
{
    sqlite3_bind_null(statement(s), at);
}

static int32_t step(struct tend_statement *s)
{
    int code = sqlite3_step(statement(s));
    if (code == SQLITE_ROW) {
        return 1;
    }
    return code == SQLITE_DONE ? 0 : tend_sqlite_status(code);
}

static int32_t is_null(struct tend_statement *s, int32_t column)
{
    return sqlite3_column_type(statement(s), column) == SQLITE_NULL;
}

static int64_t column_int(struct tend_statement *s, int32_t column)
{
    return sqlite3_column_int64(statement(s), column);
}

static struct tend_text column_text(struct tend_statement *s, int32_t column)
{
    const char *at = (const char *)sqlite3_column_text(statement(s), column);
    return (struct tend_text){ at, at != NULL ? sqlite3_column_bytes(statement(s), column) : 0 };
}

static struct tend_text column_blob(struct tend_statement *s, int32_t column)
{
    const char *at = sqlite3_column_blob(statement(s), column);
    return (struct tend_text){ at, at != NULL ? sqlite3_column_bytes(statement(s), column) : 0 };
}

static void reset(struct tend_statement *s)
{
    sqlite3_reset(statement(s));
}

static void finalize(struct tend_statement *s)
{
    sqlite3_finalize(statement(s));
}

static int64_t changes(struct tend_db *db)
{
    return sqlite3_changes64(db->handle);
}

static tend_status begin(struct tend_db *db)
{
    if (!db->tuned) {
        tend_status status = tend_sqlite_exec(db, "PRAGMA synchronous = FULL;"
                                                  "PRAGMA cache_size = -32768;"
                                                  "PRAGMA mmap_size = 0;"
                                                  "PRAGMA temp_store = MEMORY;"
                                                  "PRAGMA journal_size_limit = 16777216");
        if (status != TEND_OK) {
            return status;
        }
        db->tuned = true;
    }
    return tend_sqlite_exec(db, "BEGIN IMMEDIATE");
}

static tend_status commit(struct tend_db *db)
{
    return tend_sqlite_exec(db, "COMMIT");
}

static void rollback(struct tend_db *db)
{
    if (!sqlite3_get_autocommit(db->handle)) {
        sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
    }
}

static tend_status version_of_data(struct tend_db *db, int64_t *out)
{
    tend_status status;
    *out = pragma_int(db, "PRAGMA data_version", &status);
    return status;
}

const struct tend_store_driver tend_driver_sqlite = {
    .size = sizeof(struct tend_store_driver),
    .scheme = "sqlite",
    .type_int = "INTEGER",
    .type_text = "TEXT",
    .type_blob = "BLOB",
    .type_id = "INTEGER PRIMARY KEY",
    .table_end = " STRICT",
    .table_end_key = " STRICT, WITHOUT ROWID",
    .open = open_db,
    .close = close_db,
    .message = message,
    .holder = tend_sqlite_holder,
    .version = version,
    .set_version = set_version,
    .exec = tend_sqlite_exec,
    .prepare = prepare,
    .bind_int = bind_int,
    .bind_text = bind_text,
    .bind_blob = bind_blob,
    .bind_null = bind_null,
    .step = step,
    .is_null = is_null,
    .column_int = column_int,
    .column_text = column_text,
    .column_blob = column_blob,
    .reset = reset,
    .finalize = finalize,
    .changes = changes,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .integrity = tend_sqlite_integrity,
    .backup = tend_sqlite_backup,
    .restore = tend_sqlite_restore,
    .search_clear = tend_sqlite_search_clear,
    .search_put = tend_sqlite_search_put,
    .search_delete = tend_sqlite_search_delete,
    .search_query = tend_sqlite_search_query,
    .search_walk = tend_sqlite_search_walk,
    .version_of_data = version_of_data,
    .scrub = tend_sqlite_scrub,
    .search_waste = tend_sqlite_search_waste,
};
