/* Facts that wait for their table. A savepoint that has written nothing into the
 * database is only a mark in what waits: taking it back cuts off the end. */
#include "base/text.h"
#include "store/parts.h"

enum { MOST = 20 * TEND_BULK_ROWS };    /* rows of a table that wait behind a savepoint */

static int32_t older(int32_t n, int32_t most)
{
    return n < most ? n : most;
}

/* The first n rows of a table are in the database now. */
static void forget_first(struct tend_store *store, enum tend_table table, int32_t n)
{
    store->pending.n -= n;
    for (int32_t d = store->real; d < store->depth; d++) {
        int32_t *mark = &store->savepoint[d].pending.n[table];
        *mark -= older(*mark, n);
    }
}

static tend_status note(struct tend_store *store, tend_status status)
{
    if (store->pending.status == TEND_OK) {
        store->pending.status = status;
    }
    return status;
}

static tend_status write_first(struct tend_store *store, enum tend_table table, int32_t n)
{
    struct tend_bulk *bulk = &store->rows[table].bulk;
    if (n == 0) {
        return TEND_OK;
    }
    store->pending.writing = true;      /* or the statement would wait for itself */
    tend_status status = tend_bulk_write(bulk, n);
    store->pending.writing = false;
    forget_first(store, table, n);
    return note(store, status);
}

static tend_status write_gone(struct tend_store *store, int64_t n)
{
    tend_status status = TEND_OK;
    store->pending.writing = true;
    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        struct tend_sql *q = tend_sql_past(store, "DELETE FROM timer WHERE id = ?1");
        tend_sql_bind_int(q, 1, store->pending.gone.at[i]);
        status = tend_sql_run(q);
    }
    store->pending.writing = false;
    if (n > 0) {
        store->timers_seen++;
        int64_t left = store->pending.gone.n -= n;
        memmove(store->pending.gone.at, store->pending.gone.at + n,
                (size_t)left * sizeof *store->pending.gone.at);
    }
    store->pending.n -= n;
    for (int32_t d = store->real; d < store->depth; d++) {
        int64_t *mark = &store->savepoint[d].pending.gone;
        *mark -= *mark < n ? *mark : n;
    }
    return note(store, status);
}

void tend_pending_mark(const struct tend_store *store, struct tend_pending_mark *mark)
{
    for (int32_t t = 0; t < TEND_TABLES; t++) {
        mark->n[t] = store->rows[t].bulk.n;
    }
    mark->gone = store->pending.gone.n;
}

void tend_pending_cut(struct tend_store *store, const struct tend_pending_mark *mark)
{
    for (int32_t t = 0; t < TEND_TABLES; t++) {
        struct tend_bulk *bulk = &store->rows[t].bulk;
        store->pending.n -= bulk->n - mark->n[t];
        bulk->n = mark->n[t];
        if (bulk->n == 0) {
            tend_arena_reset(&bulk->arena);
        }
    }
    store->pending.n -= store->pending.gone.n - mark->gone;
    store->pending.gone.n = mark->gone;
}

/* Older rows go in before the savepoint, so that they are not taken back with it. */
static tend_status write_older(struct tend_store *store, const struct tend_pending_mark *mark)
{
    tend_status status = TEND_OK;
    for (int32_t t = 0; status == TEND_OK && t < TEND_TABLES; t++) {
        status = write_first(store, (enum tend_table)t, mark->n[t]);
    }
    return status == TEND_OK ? write_gone(store, mark->gone) : status;
}

tend_status tend_savepoint_write(struct tend_store *store)
{
    tend_status status = TEND_OK;
    while (status == TEND_OK && store->real < store->depth) {
        struct tend_pending_mark older_ones = store->savepoint[store->real].pending;
        status = write_older(store, &older_ones);
        if (status == TEND_OK) {
            status = store->driver->exec(store->db, "SAVEPOINT s");
            store->real += status == TEND_OK;
        }
    }
    return status;
}

static bool is_behind_savepoint(const struct tend_store *store, uint64_t tables)
{
    const struct tend_pending_mark *mark = &store->savepoint[store->real].pending;
    if (store->real == store->depth) {
        return false;
    }
    for (int32_t t = 0; t < TEND_TABLES; t++) {
        if ((tables >> t & 1) != 0 && store->rows[t].bulk.n > mark->n[t]) {
            return true;
        }
    }
    return (tables >> TEND_T_timer & 1) != 0 && store->pending.gone.n > mark->gone;
}

tend_status tend_pending_write(struct tend_store *store, uint64_t tables)
{
    tend_status status = TEND_OK;
    if (store->pending.writing || store->pending.n == 0) {
        return TEND_OK;
    }
    if (is_behind_savepoint(store, tables)) {
        status = note(store, tend_savepoint_write(store));
    }
    for (int32_t t = 0; store->pending.n > 0 && t < TEND_TABLES; t++) {
        if ((tables >> t & 1) != 0) {
            write_first(store, (enum tend_table)t, store->rows[t].bulk.n);
        }
    }
    if ((tables >> TEND_T_timer & 1) != 0) {
        write_gone(store, store->pending.gone.n);
    }
    return status != TEND_OK ? status : store->pending.status;
}

bool tend_pending_has(const struct tend_store *store, enum tend_table table, int32_t column,
                      int64_t value)
{
    const struct tend_bulk *bulk = &store->rows[table].bulk;
    int32_t width = tend_catalogue[table].n_columns + 2;    /* id and rev */
    for (int32_t i = 0; i < bulk->n; i++) {
        const struct tend_value *v = &bulk->value[i * width + 1 + column];
        if (v->type == TEND_INT && v->i == value) {
            return true;
        }
    }
    return false;
}

tend_status tend_pending_flush(struct tend_store *store)
{
    tend_status status = tend_pending_write(store, UINT64_MAX);
    return status != TEND_OK ? status : store->pending.status;
}

tend_status tend_pending_add(struct tend_store *store, enum tend_table table, tend_id id,
                             const struct tend_value *values)
{
    struct tend_bulk *bulk = &store->rows[table].bulk;
    bulk->store = store;
    bulk->table = table;
    tend_bulk_put(bulk, id, values, store->batch);
    store->pending.n++;
    if (store->real == store->depth ? bulk->n < TEND_BULK_ROWS : bulk->n < MOST) {
        return TEND_OK;
    }
    return tend_pending_write(store, UINT64_C(1) << table);
}

tend_status tend_pending_gone(struct tend_store *store, tend_id timer)
{
    for (int64_t i = store->pending.gone.n; i > 0; i--) {
        if (store->pending.gone.at[i - 1] == timer) {
            return TEND_EXISTS;
        }
    }
    TEND_PUSH(&store->pending.gone, timer);
    store->pending.n++;
    return TEND_OK;
}

tend_status tend_pending_settle(struct tend_store *store)
{
    tend_status status = TEND_OK;
    for (int32_t t = 0; status == TEND_OK && store->real == store->depth && t < TEND_TABLES; t++) {
        int32_t n = store->rows[t].bulk.n;
        status = write_first(store, (enum tend_table)t, n - n % TEND_BULK_ROWS);
    }
    return status;
}

void tend_pending_drop(struct tend_store *store)
{
    if (store->pending.n > 0) {
        tend_pending_cut(store, &(struct tend_pending_mark){ .gone = 0 });
    }
}

void tend_pending_finish(struct tend_store *store)
{
    for (int32_t t = 0; t < TEND_TABLES; t++) {
        tend_bulk_finish(&store->rows[t].bulk);
        tend_free(store->rows[t].bound);
        store->rows[t].bound = NULL;
    }
    TEND_ARRAY_FINISH(&store->pending.gone);
    store->pending.n = 0;
}
