/* Which timers come next, by the index of those that wait; and the writes on one
 * that was read, which hold only if it still is as it was. */
#include "store/ops_timer.h"
#include "store/collect.h"
#include "store/parts.h"

static tend_status one_int(struct tend_sql *q, int64_t *out)
{
    *out = tend_sql_step(q) ? tend_sql_int(q, 0) : 0;
    return tend_sql_end(q);
}

tend_status tend_timer_next_at(struct tend_store *store, int64_t now, int64_t *at)
{
    struct tend_sql *q;
    int64_t task;
    tend_status status = tend_derive_flush(store);

    *at = 0;
    if (status == TEND_OK)
        status = one_int(tend_sql(store, "SELECT due_at FROM timer WHERE state = 0"
                                         " ORDER BY due_at, id LIMIT 1"), at);
    if (status != TEND_OK)
        return status;
    q = tend_sql(store, "SELECT opens_at FROM task_due WHERE opens_at > ?1"
                        " ORDER BY opens_at, task LIMIT 1");
    tend_sql_bind_int(q, 1, now);
    status = one_int(q, &task);
    if (task && (*at == 0 || task < *at))
        *at = task;
    return status;
}

tend_status tend_timer_first(struct tend_store *store, int64_t until, tend_id *timer,
                             int64_t *due_at)
{
    struct tend_sql *q = tend_sql(store, "SELECT id, due_at FROM timer WHERE state = 0"
                                         " AND due_at <= ?1 ORDER BY due_at, id LIMIT 1");

    *timer = *due_at = 0;
    tend_sql_bind_int(q, 1, until);
    if (tend_sql_step(q)) {
        *timer = tend_sql_int(q, 0);
        *due_at = tend_sql_int(q, 1);
    }
    return tend_sql_end(q);
}

tend_status tend_timer_waiting(struct tend_store *store, int64_t until, int64_t *n)
{
    struct tend_sql *q = tend_sql(store, "SELECT count(*) FROM timer WHERE state = 0"
                                         " AND due_at <= ?1");

    tend_sql_bind_int(q, 1, until);
    return one_int(q, n);
}

static struct tend_sql *due_sql(struct tend_store *store)
{
    struct tend_sql **slot = &store->rows[TEND_T_timer].due;

    if (*slot == NULL) {
        struct tend_buffer text = { 0 };

        tend_row_select(&text, "SELECT id, ", TEND_T_timer, "WHERE state = 0 AND due_at <= ?1"
                                                            " ORDER BY due_at, id LIMIT ?2");
        *slot = tend_sql_keep(store, tend_buffer_text(&text));
        tend_buffer_finish(&text);
    }
    return tend_sql_again(*slot);
}

static void fill(struct tend_sql *q, struct tend_arena *arena, struct tend_timer_row *row)
{
    const struct tend_column_def *columns = tend_catalogue[TEND_T_timer].columns;

    row->id = tend_sql_int(q, 0);
    for (int32_t c = 0; c < TEND_N_timer; c++) {
        row->v[c] = tend_sql_value(q, c + 1, columns[c].type);
        if (row->v[c].type == TEND_STR)
            row->v[c].t = tend_arena_text(arena, row->v[c].t);
    }
    row->rev = tend_sql_int(q, TEND_N_timer + 1);
}

tend_status tend_timer_due(struct tend_store *store, int64_t until, int64_t most,
                           struct tend_arena *arena, struct tend_timer_row **rows, int64_t *n)
{
    struct tend_sql *q = due_sql(store);

    *rows = tend_arena_take(arena, (size_t)most * sizeof **rows);
    *n = 0;
    tend_sql_bind_int(q, 1, until);
    tend_sql_bind_int(q, 2, most);
    while (*n < most && tend_sql_step(q))
        fill(q, arena, &(*rows)[(*n)++]);
    for (int64_t i = 0; store->open && i < *n; i++)
        (*rows)[i].seen = store->timers_seen;
    return tend_sql_end(q);
}

static tend_status stale(struct tend_store *store, const struct tend_timer_row *row)
{
    return tend_error_set(store->err, TEND_STALE, "w%lld has been changed meanwhile",
                          (long long)row->id);
}

static tend_status remove_now(struct tend_store *store, const struct tend_timer_row *row)
{
    struct tend_sql *q = tend_sql(store, "DELETE FROM timer WHERE id = ?1 AND state = 0"
                                         " AND fence = ?2 AND rev = ?3");
    tend_status status;

    tend_sql_bind_int(q, 1, row->id);
    tend_sql_bind_int(q, 2, row->v[TEND_C_timer_fence].i);
    tend_sql_bind_int(q, 3, row->rev);
    status = tend_sql_run(q);
    if (status == TEND_OK && store->driver->changes(store->db) == 0)
        return stale(store, row);
    return status;
}

/* One that was read in this transaction, and nothing has changed a timer since, is
 * as it was: its DELETE can wait for those of others. */
tend_status tend_timer_remove(struct tend_store *store, const struct tend_timer_row *row)
{
    bool same = store->open && row->seen == store->timers_seen;
    tend_status status = same ? tend_pending_gone(store, row->id) : remove_now(store, row);

    if (status == TEND_EXISTS)
        return stale(store, row);
    return status == TEND_OK ? tend_row_deleted(store, TEND_T_timer, row->id, row->v, row->rev)
                             : status;
}

tend_status tend_timer_change(struct tend_store *store, const struct tend_timer_row *row,
                              uint64_t mask, const struct tend_value *values)
{
    struct tend_sql *q = tend_sql(store, "SELECT 1 FROM timer WHERE id = ?1 AND state = 0"
                                         " AND fence = ?2 AND rev = ?3");
    int64_t there;
    tend_status status;

    tend_sql_bind_int(q, 1, row->id);
    tend_sql_bind_int(q, 2, row->v[TEND_C_timer_fence].i);
    tend_sql_bind_int(q, 3, row->rev);
    status = one_int(q, &there);
    if (status == TEND_OK && !there)
        return stale(store, row);
    return status == TEND_OK ? tend_row_update(store, TEND_T_timer, row->id, mask, values)
                             : status;
}

tend_status tend_timer_slept_for(struct tend_store *store, struct tend_arena *arena,
                                 struct tend_text *plugin, struct tend_text *event)
{
    struct tend_sql *q = tend_sql(store, "SELECT plugin, event FROM timer WHERE state = 3"
                                         " AND (plugin, event) > (?1, ?2)"
                                         " ORDER BY plugin, event LIMIT 1");

    tend_sql_bind_text(q, 1, *plugin);
    tend_sql_bind_text(q, 2, *event);
    *plugin = *event = (struct tend_text){ "", 0 };
    if (tend_sql_step(q)) {
        *plugin = tend_collect_text(arena, q, 0);
        *event = tend_collect_text(arena, q, 1);
    }
    return tend_sql_end(q);
}

static tend_status ids_of(struct tend_sql *q, int64_t most, struct tend_arena *arena,
                          tend_id **ids, int64_t *n)
{
    TEND_ARRAY(tend_id) list = { 0 };

    for (*n = 0; tend_sql_step(q); ++*n)
        if (list.n < most)
            TEND_PUSH(&list, tend_sql_int(q, 0));
    *ids = TEND_COLLECT(arena, &list);
    return tend_sql_end(q);
}

tend_status tend_timer_sleepers(struct tend_store *store, struct tend_text plugin,
                                struct tend_text event, int64_t most, struct tend_arena *arena,
                                tend_id **ids, int64_t *n)
{
    struct tend_sql *q = tend_sql(store, "SELECT id FROM timer WHERE state = 3 AND plugin = ?1"
                                         " AND event = ?2 ORDER BY id LIMIT ?3");

    tend_sql_bind_text(q, 1, plugin);
    tend_sql_bind_text(q, 2, event);
    tend_sql_bind_int(q, 3, most);
    return ids_of(q, most, arena, ids, n);
}

tend_status tend_timer_asleep(struct tend_store *store, struct tend_text plugin, int64_t *n)
{
    struct tend_sql *q;

    if (plugin.len == 0)
        return one_int(tend_sql(store, "SELECT count(*) FROM timer WHERE state = 3"), n);
    /* plugin or plugin/record, as a timer names it */
    q = tend_sql(store, "SELECT count(*) FROM timer WHERE state = 3 AND (plugin = ?1"
                        " OR (plugin > ?1 || '/' AND plugin < ?1 || '0'))");
    tend_sql_bind_text(q, 1, plugin);
    return one_int(q, n);
}

tend_status tend_timer_parked(struct tend_store *store, tend_id person, int64_t most,
                              struct tend_arena *arena, tend_id **ids, int64_t *n)
{
    struct tend_sql *q;

    if (person == 0)
        return ids_of(tend_sql(store, "SELECT id FROM timer WHERE state = 2 ORDER BY id"), most,
                      arena, ids, n);
    q = tend_sql_of(store, person,
                    "SELECT id FROM timer WHERE person = ?1 AND state = 2 ORDER BY id");
    return ids_of(q, most, arena, ids, n);
}
