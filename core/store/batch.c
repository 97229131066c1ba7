/* Batches and savepoints: one transaction around everything that a command
 * causes, and ids that are handed out in it. */
#include "base/interrupt.h"
#include "base/part.h"
#include "base/text.h"
#include "store/parts.h"

static void forget_batch(struct tend_store *store)
{
    tend_log_reset(&store->log);
    tend_dirty_reset(&store->dirty);
    tend_key_filter_finish(&store->key_filter);
    tend_pending_drop(store);
    store->pending.status = TEND_OK;
    memset(store->start, 0, sizeof store->start);
    memset(store->next, 0, sizeof store->next);
    store->goes_on = false;
    store->sealed = store->open = store->force = store->settings = false;
    store->depth = store->real = 0;
    store->batch = store->undoes = 0;
    store->timers_seen++;
    store->writes++;
    tend_merged_forget(store);
}

/* Settings that were read may have been rolled back. */
static void forget_settings(struct tend_store *store)
{
    store->me_known = false;
    store->zone = NULL;
}

static tend_status load_counter(struct tend_store *store, enum tend_table table)
{
    struct tend_sql *q = tend_sql(store, "SELECT next FROM counter WHERE name = ?1");
    tend_sql_bind_text(q, 1, tend_text_of(tend_catalogue[table].name));
    tend_id next = tend_sql_step(q) ? tend_sql_int(q, 0) : 1;
    store->start[table] = store->next[table] = next;
    return tend_sql_end(q);
}

tend_id tend_counter_next(struct tend_store *store, enum tend_table table)
{
    if (store->next[table] == 0 && load_counter(store, table) != TEND_OK) {
        store->next[table] = 0;
        return 0;
    }
    return store->next[table]++;
}

bool tend_counter_fresh(const struct tend_store *store, enum tend_table table, tend_id id)
{
    return store->start[table] != 0 && id >= store->start[table];
}

tend_status tend_counter_write(struct tend_store *store)
{
    tend_status status = TEND_OK;
    for (int32_t t = 0; status == TEND_OK && t < TEND_TABLES; t++) {
        if (store->next[t] == store->start[t]) {
            continue;
        }
        struct tend_sql *q =
            tend_sql(store, "INSERT INTO counter (name, next) VALUES (?1, ?2) "
                            "ON CONFLICT (name) DO UPDATE SET next = excluded.next");
        tend_sql_bind_text(q, 1, tend_text_of(tend_catalogue[t].name));
        tend_sql_bind_int(q, 2, store->next[t]);
        status = tend_sql_run(q);
    }
    return status;
}

tend_status tend_batch_begin(struct tend_store *store, enum tend_batch_kind kind,
                             const char *command, tend_id actor)
{
    if (store->open || store->transaction) {
        return tend_error_set(store->err, TEND_INTERNAL, "a batch is open already");
    }
    if (store->read_only) {
        tend_error_set(store->err, TEND_DENIED, "%s can only be read", store->path);
        tend_error_cure(store->err, "make the file and its folder yours to write, or choose "
                                    "another with --db");
        return TEND_DENIED;
    }
    tend_status status = store->driver->begin(store->db);
    if (status != TEND_OK) {
        return tend_store_fail(store, status, NULL);
    }
    forget_batch(store);
    forget_settings(store);
    store->open = true;
    store->kind = kind;
    store->actor = actor;
    store->at = tend_clock_now(store->clock);
    tend_batch_rename(store, command);
    store->batch = tend_counter_next(store, TEND_T_batch);
    if (store->batch == 0) {
        status = store->err->code;
        tend_batch_abort(store);
    }
    return status;
}

void tend_batch_seal(struct tend_store *store)
{
    store->sealed = store->open;
}

bool tend_batch_go_on(struct tend_store *store, tend_id batch)
{
    if (!store->open || batch == 0 || store->batch != batch + 1 || store->log.changes != 0)
        return false;
    store->batch = batch;
    store->next[TEND_T_batch] = store->start[TEND_T_batch];
    return store->goes_on = true;
}

static tend_status go_on(struct tend_store *store, int64_t changes)
{
    struct tend_sql *q = tend_sql(store, "UPDATE batch SET changes = changes + ?2, command = ?3,"
                                         " sealed = CASE WHEN ?4 = 1 THEN 1 ELSE sealed END WHERE id = ?1");

    tend_sql_bind_int(q, 1, store->batch);
    tend_sql_bind_int(q, 2, changes);
    tend_sql_bind(q, 3, tend_str(tend_text_of(store->command)));
    tend_sql_bind_int(q, 4, store->sealed);
    tend_status status = tend_sql_run(q);
    return status == TEND_OK ? tend_counter_write(store) : status;
}

tend_id tend_batch_current(struct tend_store *store)
{
    return store->open ? store->batch : 0;
}

void tend_batch_rename(struct tend_store *store, const char *command)
{
    char *copy = tend_strdup(command);
    tend_free(store->command);
    store->command = copy;
}

static tend_status write_batch(struct tend_store *store)
{
    int64_t changes = store->log.changes;
    enum tend_part before = tend_part_begin(TEND_PART_JOURNAL);
    tend_status status = tend_journal_write(store, true);
    tend_part_end(before);
    if (status != TEND_OK) {
        return status;
    }
    if (store->goes_on) {
        return go_on(store, changes);
    }
    struct tend_sql *q =
        tend_sql(store, "INSERT INTO batch (id, command, actor, at, kind, undoes, sealed, changes) "
                        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?8, ?7)");
    tend_sql_bind_int(q, 1, store->batch);
    tend_sql_bind(q, 2, tend_str(tend_text_of(store->command)));
    tend_sql_bind(q, 3, tend_ref(store->actor));
    tend_sql_bind_int(q, 4, store->at);
    tend_sql_bind_int(q, 5, store->kind);
    tend_sql_bind(q, 6, tend_ref(store->undoes));
    tend_sql_bind_int(q, 7, changes);
    tend_sql_bind_int(q, 8, store->sealed);
    status = tend_sql_run(q);
    return status == TEND_OK ? tend_counter_write(store) : status;
}

tend_status tend_batch_commit(struct tend_store *store, tend_id *id)
{
    tend_id made = 0;
    if (id != NULL) {
        *id = 0;
    }
    if (!store->open) {
        return tend_error_set(store->err, TEND_INTERNAL, "no batch is open");
    }
    store->depth = store->real = 0;
    tend_status status = tend_interrupt_check(store->err);
    if (status == TEND_OK) {
        status = tend_derive_flush(store);   /* and what waits */
    }
    if (status == TEND_OK && (store->log.changes != 0 || store->force)) {
        made = store->batch;
        status = write_batch(store);
    } else if (status == TEND_OK && !store->settings) {
        tend_batch_abort(store);
        return TEND_OK;
    }
    if (status == TEND_OK) {
        enum tend_part before = tend_part_begin(TEND_PART_COMMIT);
        status = store->driver->commit(store->db);
        tend_part_end(before);
        if (status != TEND_OK) {
            tend_store_fail(store, status, "writing");
        }
    }
    if (status != TEND_OK) {
        tend_batch_abort(store);
        return status;
    }
    if (store->kind != TEND_BATCH_TICK) {
        tend_interrupt_clear();         /* it came too late: all is written */
    }
    forget_batch(store);
    if (id != NULL) {
        *id = made;
    }
    return TEND_OK;
}

void tend_batch_abort(struct tend_store *store)
{
    if (!store->open) {
        return;
    }
    store->driver->rollback(store->db);
    forget_batch(store);
    forget_settings(store);
}

/* All have one name: the innermost is meant, in every dialect. The database
 * hears of one when something is written behind it (pending.c). */
tend_status tend_savepoint_begin(struct tend_store *store)
{
    if (!store->open) {
        return tend_error_set(store->err, TEND_INTERNAL, "no batch is open");
    }
    if (store->depth == TEND_SAVEPOINTS) {
        return tend_error_set(store->err, TEND_LIMIT, "more than %d savepoints in each other",
                              TEND_SAVEPOINTS);
    }
    if (store->pending.status != TEND_OK) {
        return store->pending.status;
    }
    struct tend_savepoint *mark = &store->savepoint[store->depth++];
    mark->log = tend_log_mark(&store->log);
    mark->flushed = store->dirty.flushed.n;
    mark->keys = store->dirty.key.n;
    mark->keys_done = store->dirty.keys_done;
    memcpy(mark->next, store->next, sizeof mark->next);
    tend_pending_mark(store, &mark->pending);
    tend_log_freeze(&store->log);
    return TEND_OK;
}

tend_status tend_savepoint_release(struct tend_store *store)
{
    if (!store->open || store->depth == 0) {
        return tend_error_set(store->err, TEND_INTERNAL, "no savepoint is open");
    }
    if (--store->depth == 0) {
        store->dirty.flushed.n = 0;
    }
    if (store->real > store->depth) {
        store->real = store->depth;
        tend_status status = store->driver->exec(store->db, "RELEASE s");
        if (status != TEND_OK) {
            return tend_store_fail(store, status, NULL);
        }
    }
    return tend_pending_settle(store);
}

void tend_savepoint_rollback(struct tend_store *store)
{
    if (!store->open || store->depth == 0) {
        return;
    }
    int32_t d = --store->depth;
    store->writes++;
    tend_merged_forget(store);
    const struct tend_savepoint *mark = &store->savepoint[d];
    tend_pending_cut(store, &mark->pending);
    if (store->real > d) {
        store->real = d;
        store->driver->exec(store->db, "ROLLBACK TO s; RELEASE s");
    }
    tend_log_rollback(&store->log, &mark->log);
    for (int32_t t = 0; t < TEND_TABLES; t++) {
        store->next[t] = mark->next[t] != 0 ? mark->next[t] : store->start[t];
    }
    for (int64_t i = mark->flushed; i < store->dirty.flushed.n; i++) {
        struct tend_dirty_slot slot = store->dirty.flushed.at[i];
        if (slot.id < 0) {
            tend_dirty_mark(&store->dirty.task, -slot.id, slot.bits);
        } else {
            tend_dirty_mark(&store->dirty.person, slot.id, slot.bits);
        }
    }
    /* Derived in there and marked again: an outer rollback needs them no more,
     * since they are marked now. */
    store->dirty.flushed.n = mark->flushed;
    store->dirty.key.n = mark->keys;
    store->dirty.keys_done = mark->keys_done;
    forget_settings(store);
}

tend_status tend_transaction_begin(struct tend_store *store, bool *own)
{
    *own = false;
    if (store->open || store->transaction) {
        return TEND_OK;
    }
    if (store->read_only) {
        tend_error_set(store->err, TEND_DENIED, "%s can only be read", store->path);
        tend_error_cure(store->err, "make the file and its folder yours to write, or choose "
                                    "another with --db");
        return TEND_DENIED;
    }
    tend_status status = store->driver->begin(store->db);
    if (status != TEND_OK) {
        return tend_store_fail(store, status, NULL);
    }
    *own = store->transaction = true;
    return TEND_OK;
}

tend_status tend_transaction_end(struct tend_store *store, bool own, tend_status status)
{
    if (!own) {
        return status;
    }
    store->transaction = false;
    tend_dirty_reset(&store->dirty);
    if (status == TEND_OK) {
        status = store->driver->commit(store->db);
        if (status != TEND_OK) {
            tend_store_fail(store, status, "writing");
        }
    }
    if (status != TEND_OK) {
        store->driver->rollback(store->db);
        forget_settings(store);
    }
    return status;
}
