/* What was done: the batches, newest first, and how much each changed. */
#include "store/history.h"
#include "base/text.h"

#define BATCH_COLUMNS "id, command, actor, at, kind, undoes, undone_by, sealed, changes"

static struct tend_batch take(struct tend_sql *q, struct tend_arena *arena)
{
    return (struct tend_batch){
        .id = tend_sql_int(q, 0),
        .command = tend_arena_text(arena, tend_sql_text(q, 1)),
        .actor = tend_sql_int(q, 2),
        .at = tend_sql_int(q, 3),
        .kind = (enum tend_batch_kind)tend_sql_int(q, 4),
        .undoes = tend_sql_int(q, 5),
        .undone_by = tend_sql_int(q, 6),
        .sealed = tend_sql_int(q, 7) != 0,
        .changes = tend_sql_int(q, 8),
    };
}

tend_status tend_history_read(struct tend_store *store, tend_id id, struct tend_arena *arena,
                              struct tend_batch *out)
{
    struct tend_sql *q = tend_sql(store, "SELECT " BATCH_COLUMNS " FROM batch WHERE id = ?1");
    tend_sql_bind_int(q, 1, id);
    bool there = tend_sql_step(q);
    if (there) {
        *out = take(q, arena);
    }
    tend_status status = tend_sql_end(q);
    if (status == TEND_OK && !there) {
        return tend_error_set(store->err, TEND_NOT_FOUND, "there is no batch b%lld",
                              (long long)id);
    }
    return status;
}

tend_status tend_store_history(struct tend_store *store, tend_id before, int64_t most,
                               struct tend_arena *arena, struct tend_batch **out, int64_t *n)
{
    TEND_ARRAY(struct tend_batch) all = { 0 };
    struct tend_sql *q = tend_sql(store, "SELECT " BATCH_COLUMNS " FROM batch WHERE id < ?1 "
                                         "ORDER BY id DESC LIMIT ?2");
    tend_sql_bind_int(q, 1, before > 0 ? before : INT64_MAX);
    tend_sql_bind_int(q, 2, most);
    while (tend_sql_step(q)) {
        TEND_PUSH(&all, take(q, arena));
    }
    *n = all.n;
    *out = tend_arena_take(arena, (size_t)(all.n + 1) * sizeof **out);
    if (all.n > 0) {
        memcpy(*out, all.at, (size_t)all.n * sizeof **out);
    }
    TEND_ARRAY_FINISH(&all);
    return tend_sql_end(q);
}

static tend_status count_page(struct tend_store *store, struct tend_text bytes, tend_id batch,
                              int64_t *counts)
{
    struct tend_page page;
    struct tend_entry entry;
    int32_t more = 0;
    tend_status status = tend_codec_open(&page, bytes);
    while (status == TEND_OK && (more = tend_codec_next(&page, &entry)) > 0) {
        counts[entry.table] += entry.kind == TEND_ENTRY_RESTORE ? entry.last - entry.id + 1 : 1;
    }
    if (status != TEND_OK || more < 0) {
        return tend_error_set(store->err, TEND_INVALID, "the journal of b%lld is damaged",
                              (long long)batch);
    }
    return TEND_OK;
}

tend_status tend_store_batch_changes(struct tend_store *store, tend_id batch, int64_t *counts)
{
    tend_status status = TEND_OK;
    memset(counts, 0, TEND_TABLES * sizeof *counts);
    struct tend_sql *q = tend_sql(store, "SELECT tbl, first, last, page FROM journal "
                                         "WHERE batch = ?1 ORDER BY batch, id");
    tend_sql_bind_int(q, 1, batch);
    while (status == TEND_OK && tend_sql_step(q)) {
        if (tend_sql_is_null(q, 0)) {
            status = count_page(store, tend_sql_blob(q, 3), batch, counts);
            continue;
        }
        enum tend_table table = tend_catalogue_find(tend_sql_text(q, 0));
        if (table != TEND_T_none) {
            counts[table] += tend_sql_int(q, 2) - tend_sql_int(q, 1) + 1;
        }
    }
    tend_status end = tend_sql_end(q);
    return status != TEND_OK ? status : end;
}
