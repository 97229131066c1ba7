/* Opening and closing a database. What every command pays for stands here, so
 * it is little: the file is opened and its schema number read. */
#include "base/interrupt.h"
#include "base/text.h"
#include "store/driver_sqlite.h"
#include "store/parts.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { BUSY_MS = 5000 };

static void add_cure(struct tend_store *store, tend_status status, const char *why)
{
    if (strstr(why, TEND_SQLITE_DAMAGED) != NULL) {
        tend_error_cure(store->err, "check (it says where), then: restore BACKUP");
    } else if (status == TEND_DENIED) {
        tend_error_cure(store->err, "make the file and its folder yours to write, or choose "
                                    "another with --db");
    }
}

tend_status tend_store_fail(struct tend_store *store, tend_status status, const char *doing)
{
    const char *why = store->driver->message(store->db);
    if (status == TEND_CANCELLED) {
        return tend_interrupt_check(store->err);
    }
    if (status == TEND_BUSY) {
        char holder[128];
        store->driver->holder(store->db, holder, sizeof holder);
        tend_error_set(store->err, status, "%s is in use by %s", store->path,
                       holder[0] != '\0' ? holder : "another program");
        tend_error_cure(store->err, "wait until it has finished, then try again");
        return status;
    }
    if (status == TEND_DENIED && store->read_only) {
        return tend_error_set(store->err, status, "%s was opened for reading only: %s",
                              store->path, why);
    }
    if (doing != NULL) {
        tend_error_set(store->err, status, "%s: %s (%s)", store->path, why, doing);
    } else {
        tend_error_set(store->err, status, "%s: %s", store->path, why);
    }
    add_cure(store, status, why);
    return status;
}

tend_status tend_store_exec(struct tend_store *store, const char *sql)
{
    tend_status status = tend_pending_flush(store);
    if (status == TEND_OK) {
        status = tend_savepoint_write(store);
    }
    if (status != TEND_OK) {
        return status;
    }
    store->writes++;
    status = store->driver->exec(store->db, sql);
    return status == TEND_OK ? TEND_OK : tend_store_fail(store, status, NULL);
}

bool tend_store_read_begin(struct tend_store *store)
{
    return !store->open && !store->transaction &&
           store->driver->exec(store->db, "BEGIN") == TEND_OK;
}

void tend_store_read_end(struct tend_store *store, bool begun)
{
    if (begun) {
        store->driver->exec(store->db, "COMMIT");
    }
}

static tend_status fail_open(struct tend_store *store, tend_status status)
{
    const char *why = store->driver->message(store->db);
    switch (status) {
    case TEND_BUSY:
        return tend_store_fail(store, status, NULL);
    case TEND_NOT_FOUND:
        return tend_error_set(store->err, status, "there is no database %s", store->path);
    case TEND_INVALID:
        return tend_error_set(store->err, status, "%s is not a database of tend: %s", store->path,
                              why);
    default:
        tend_error_set(store->err, status, "%s cannot be opened: %s", store->path, why);
        add_cure(store, status, why);
        return status;
    }
}

tend_status tend_store_migrate(struct tend_store *store, const struct tend_schema *schema,
                               int64_t from, int32_t to)
{
    const struct tend_store_driver *driver = store->driver;
    if (from > 0 && !store->memory) {
        char *copy = tend_alloc(strlen(store->path) + 48);
        sprintf(copy, "%s.schema-%lld.bak", store->path, (long long)from);
        tend_status backed = tend_store_backup(store, copy);
        tend_free(copy);
        if (backed != TEND_OK) {
            return tend_error_wrap(store->err, "%s has an older layout and cannot be backed up "
                                               "before it is changed", store->path);
        }
    }
    tend_status status = driver->begin(store->db);
    if (status != TEND_OK) {
        return tend_store_fail(store, status, NULL);
    }
    store->transaction = true;
    /* Somebody else may have been faster. */
    status = driver->version(store->db, &from);
    if (status == TEND_OK && from < to) {
        status = tend_schema_migrate(schema, driver, store->db, (int32_t)from, to);
    }
    if (status != TEND_OK) {
        tend_store_fail(store, status, "making the tables");
    } else if (from > 0) {
        status = tend_derive_rebuild(store);
    }
    return tend_transaction_end(store, true, status);
}

static bool can_write(const char *path)
{
    char *folder = tend_strdup(path);
    char *slash = strrchr(folder, '/');
    if (slash != NULL) {
        slash[slash == folder ? 1 : 0] = '\0';
    }
    bool can = access(path, W_OK) == 0 && access(slash != NULL ? folder : ".", W_OK) == 0;
    tend_free(folder);
    return can;
}

/* A database where nothing can be written, a medium or somebody else's folder,
 * is there to be read. */
static tend_status open_driver(struct tend_store *store, struct tend_db_options *how,
                               int64_t *version)
{
    const struct tend_store_driver *driver = store->driver;
    tend_status status = driver->open(store->memory ? ":memory:" : store->path, how, &store->db);
    if (status == TEND_OK) {
        status = driver->version(store->db, version);
    }
    if ((status != TEND_IO && status != TEND_DENIED) || how->read_only || store->memory ||
        access(store->path, R_OK) != 0 || can_write(store->path)) {
        return status;
    }
    driver->close(store->db);
    store->db = NULL;
    how->read_only = 1;
    store->read_only = true;
    status = driver->open(store->path, how, &store->db);
    return status == TEND_OK ? driver->version(store->db, version) : status;
}

/* Who only looks changes nothing of the file: its copy in memory gets the new layout. */
static tend_status look_at_copy(struct tend_store *store)
{
    struct tend_db_options how = { .busy_ms = BUSY_MS };
    store->driver->close(store->db);
    store->db = NULL;
    store->memory = store->copy = true;
    store->read_only = false;
    tend_status status = store->driver->open(":memory:", &how, &store->db);
    if (status == TEND_OK) {
        status = store->driver->restore(store->db, store->path);
    }
    return status == TEND_OK ? TEND_OK : tend_store_fail(store, status, "reading an older layout");
}

bool tend_store_is_copy(const struct tend_store *store)
{
    return store->copy;
}

static tend_status open_store(struct tend_store *store, const struct tend_store_options *options)
{
    struct tend_db_options how = {
        .read_only = options->read_only,
        .must_exist = options->must_exist,
        .busy_ms = BUSY_MS,
        .vfs = options->vfs,
    };
    int64_t version = 0;
    tend_status status = open_driver(store, &how, &version);
    if (status != TEND_OK) {
        return fail_open(store, status);
    }
    if (version > TEND_SCHEMA) {
        return tend_error_set(store->err, TEND_UNSUPPORTED,
                              "%s was written by a newer tend (layout %lld, this one knows %d)",
                              store->path, (long long)version, TEND_SCHEMA);
    }
    if (version == TEND_SCHEMA) {
        return TEND_OK;
    }
    if (store->read_only && !options->looks) {
        return tend_error_set(store->err, TEND_DENIED,
                              "%s has layout %lld and must be changed to %d, but was opened for "
                              "reading only", store->path, (long long)version, TEND_SCHEMA);
    }
    if (options->looks && version > 0 && !store->memory) {
        status = look_at_copy(store);
        if (status != TEND_OK) {
            return status;
        }
    }
    struct tend_schema schema = { tend_catalogue, TEND_TABLES, tend_catalogue_indexes,
                                  tend_catalogue_n_indexes };
    return tend_store_migrate(store, &schema, version, TEND_SCHEMA);
}

tend_status tend_store_open(struct tend_store **out, const char *path,
                            const struct tend_store_options *options, struct tend_error *err)
{
    struct tend_store *store = tend_alloc(sizeof *store);
    *out = NULL;
    store->driver = options->driver != NULL && !options->memory ? options->driver
                                                                : &tend_driver_sqlite;
    store->err = err;
    store->clock = options->clock;
    store->read_only = options->read_only && !options->memory;
    store->memory = options->memory || strcmp(path, ":memory:") == 0;
    store->path = tend_strdup(strncmp(path, "sqlite:", 7) == 0 ? path + 7 : path);
    tend_status status;
    const char *colon = strstr(path, "://");
    if (colon != NULL && !store->memory && store->driver == &tend_driver_sqlite) {
        status = tend_error_set(err, TEND_UNSUPPORTED, "no store driver answers %.*s://",
                                (int)(colon - path), path);
    } else {
        status = open_store(store, options);
    }
    if (status != TEND_OK) {
        tend_store_close(store);
        return status;
    }
    *out = store;
    return TEND_OK;
}

void tend_store_close(struct tend_store *store)
{
    if (store == NULL) {
        return;
    }
    tend_batch_abort(store);
    tend_sql_drop_all(store);
    store->driver->close(store->db);
    tend_log_finish(&store->log);
    tend_dirty_finish(&store->dirty);
    tend_arena_finish(&store->scratch);
    tend_free(store->command);
    tend_free(store->path);
    tend_free(store);
}

tend_status tend_store_changed(struct tend_store *store, int64_t *number)
{
    tend_status status = store->driver->version_of_data(store->db, number);
    return status == TEND_OK ? TEND_OK : tend_store_fail(store, status, NULL);
}

struct tend_error *tend_store_error(struct tend_store *store)
{
    return store->err;
}

struct tend_clock *tend_store_clock(struct tend_store *store)
{
    return store->clock;
}

const char *tend_store_path(struct tend_store *store)
{
    return store->path;
}
