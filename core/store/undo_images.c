/* Undo of updates and deletes: the images of a batch, applied from its end to
 * its beginning, one page in memory at a time. */
#include "base/text.h"
#include "store/undo.h"

struct place {
    int64_t pos;
    enum tend_table table;      /* of the entry before */
};

static void note_restored(struct tend_undoing *u, enum tend_table table, tend_id id, tend_id rev)
{
    int64_t n = u->restored.n;
    if (n > 0) {
        struct tend_span *span = &u->restored.at[n - 1];
        if (span->table == table && span->rev == rev && span->last + 1 == id) {
            span->last = id;
            return;
        }
    }
    TEND_PUSH(&u->restored, (struct tend_span){ table, id, id, rev });
}

static tend_status undo_delete(struct tend_undoing *u, const struct tend_entry *entry)
{
    tend_status status = tend_row_restore(u->store, entry->table, entry->id, entry->before,
                                          entry->rev_before);
    if (status == TEND_EXISTS) {
        tend_undo_conflict(u, entry->table, entry->id, -1, 0);
        return TEND_OK;
    }
    note_restored(u, entry->table, entry->id, entry->rev_before);
    return status;
}

/* Columns that are still as the batch left them go back. */
static tend_status undo_update(struct tend_undoing *u, const struct tend_entry *entry)
{
    struct tend_value now[TEND_COLUMNS_MAX];
    const struct tend_table_def *def = &tend_catalogue[entry->table];
    uint64_t mask = 0;
    tend_id rev;
    tend_status status = tend_row_read(u->store, entry->table, entry->id, &u->arena, now, &rev);
    if (status == TEND_NOT_FOUND) {
        tend_undo_conflict(u, entry->table, entry->id, -1, 0);
        return TEND_OK;
    }
    for (int32_t c = 0; status == TEND_OK && c < def->n_columns; c++) {
        if ((entry->mask >> c & 1) == 0 || tend_value_same(&now[c], &entry->before[c])) {
            continue;
        }
        if (!tend_value_same(&now[c], &entry->after[c])) {
            tend_undo_conflict(u, entry->table, entry->id, c, rev);
            continue;
        }
        mask |= UINT64_C(1) << c;
        if (def->columns[c].ref != TEND_T_none && entry->before[c].type == TEND_INT) {
            TEND_PUSH(&u->repointed, (struct tend_repoint){ entry->table, entry->id, c,
                                                            now[c].i });
        }
    }
    if (status != TEND_OK) {
        return status;
    }
    /* The row is again what an earlier batch made of it, unless a later one
     * changed it too. */
    tend_id back = rev == entry->rev_after ? entry->rev_before : rev;
    return tend_row_update_rev(u->store, entry->table, entry->id, mask, entry->before, back);
}

static tend_status apply(struct tend_undoing *u, const struct tend_entry *entry)
{
    tend_status status = TEND_OK;
    switch (entry->kind) {
    case TEND_ENTRY_UPDATE:
        status = undo_update(u, entry);
        break;
    case TEND_ENTRY_DELETE:
        status = undo_delete(u, entry);
        break;
    case TEND_ENTRY_RESTORE:
        TEND_PUSH(&u->made, (struct tend_span){ entry->table, entry->id, entry->last,
                                                entry->rev_after });
        break;
    }
    tend_arena_reset(&u->arena);
    return status;
}

static tend_status unreadable(struct tend_undoing *u)
{
    return tend_error_set(u->store->err, TEND_INVALID,
                          "the journal of b%lld is damaged and cannot be undone",
                          (long long)u->target);
}

static tend_status apply_page(struct tend_undoing *u, struct tend_text bytes)
{
    struct tend_page page;
    struct tend_entry entry;
    TEND_ARRAY(struct place) places = { 0 };
    int32_t more = 0;
    tend_status status = tend_codec_open(&page, bytes);
    while (status == TEND_OK) {
        struct place here = { page.pos, page.table };
        more = tend_codec_next(&page, &entry);
        if (more <= 0) {
            status = more;
            break;
        }
        TEND_PUSH(&places, here);
    }
    if (status != TEND_OK) {
        status = unreadable(u);
    }
    for (int64_t i = places.n - 1; status == TEND_OK && i >= 0; i--) {
        page.pos = places.at[i].pos;
        page.table = places.at[i].table;
        tend_codec_next(&page, &entry);
        status = apply(u, &entry);
    }
    TEND_ARRAY_FINISH(&places);
    return status;
}

tend_status tend_undo_images(struct tend_undoing *u)
{
    struct tend_buffer bytes = { 0 };
    tend_status status = TEND_OK;
    tend_id before = INT64_MAX;
    while (status == TEND_OK && before != 0) {
        struct tend_sql *q = tend_sql(u->store, "SELECT id, page FROM journal WHERE batch = ?1 "
                                                "AND id < ?2 AND page IS NOT NULL "
                                                "ORDER BY batch DESC, id DESC LIMIT 1");
        tend_sql_bind_int(q, 1, u->target);
        tend_sql_bind_int(q, 2, before);
        before = 0;
        tend_buffer_reset(&bytes);
        if (tend_sql_step(q)) {
            before = tend_sql_int(q, 0);
            tend_buffer_add(&bytes, tend_sql_blob(q, 1));
        }
        status = tend_sql_end(q);
        if (status == TEND_OK && before != 0) {
            status = apply_page(u, tend_buffer_text(&bytes));
        }
    }
    tend_buffer_finish(&bytes);
    return status;
}

static tend_status exists(struct tend_store *store, enum tend_table table, tend_id id, bool *out)
{
    struct tend_buffer text = { 0 };
    tend_buffer_addf(&text, "SELECT 1 FROM %s WHERE id = ?1", tend_catalogue[table].name);
    struct tend_sql *q = tend_sql_dynamic(store, tend_buffer_text(&text));
    tend_sql_bind_int(q, 1, id);
    *out = tend_sql_step(q);
    tend_buffer_finish(&text);
    return tend_sql_end(q);
}

static tend_status set_ref(struct tend_undoing *u, enum tend_table table, tend_id id,
                           int32_t column, tend_id value)
{
    struct tend_value now[TEND_COLUMNS_MAX];
    struct tend_value values[TEND_COLUMNS_MAX] = { 0 };
    tend_id rev;
    tend_status status = tend_row_read(u->store, table, id, &u->arena, now, &rev);
    if (status == TEND_OK) {
        values[column] = tend_ref(value);
        status = tend_row_update_rev(u->store, table, id, UINT64_C(1) << column, values, rev);
    }
    tend_undo_conflict(u, table, id, column, 0);
    tend_arena_reset(&u->arena);
    return status;
}

static tend_status check_repointed(struct tend_undoing *u)
{
    tend_status status = TEND_OK;
    for (int64_t i = 0; status == TEND_OK && i < u->repointed.n; i++) {
        const struct tend_repoint *r = &u->repointed.at[i];
        struct tend_value now[TEND_COLUMNS_MAX];
        bool there = true;
        status = tend_row_read(u->store, r->table, r->id, &u->arena, now, NULL);
        if (status == TEND_OK && now[r->column].type == TEND_INT) {
            status = exists(u->store, tend_catalogue[r->table].columns[r->column].ref,
                            now[r->column].i, &there);
        } else if (status == TEND_NOT_FOUND) {
            status = TEND_OK;
        }
        if (status == TEND_OK && !there) {
            status = set_ref(u, r->table, r->id, r->column, r->prior);
        }
    }
    return status;
}

/* A part of something that is gone stays away; any other reference is let go. */
static tend_status check_column(struct tend_undoing *u, const struct tend_span *span,
                                int32_t column)
{
    const struct tend_table_def *def = &tend_catalogue[span->table];
    const struct tend_column_def *c = &def->columns[column];
    TEND_ARRAY(tend_id) lost = { 0 };
    struct tend_buffer text = { 0 };
    tend_buffer_addf(&text, "SELECT id FROM %s WHERE id >= ?1 AND id <= ?2 AND %s IS NOT NULL AND "
                            "NOT EXISTS (SELECT 1 FROM %s other WHERE other.id = %s.%s)",
                     def->name, c->name, tend_catalogue[c->ref].name, def->name, c->name);
    struct tend_sql *q = tend_sql_dynamic(u->store, tend_buffer_text(&text));
    tend_sql_bind_int(q, 1, span->first);
    tend_sql_bind_int(q, 2, span->last);
    while (tend_sql_step(q)) {
        TEND_PUSH(&lost, tend_sql_int(q, 0));
    }
    tend_status status = tend_sql_end(q);
    for (int64_t i = 0; status == TEND_OK && i < lost.n; i++) {
        if (tend_undo_part_of(span->table, column)) {
            tend_undo_conflict(u, span->table, lost.at[i], column, 0);
            status = tend_row_delete(u->store, span->table, lost.at[i]);
        } else {
            status = set_ref(u, span->table, lost.at[i], column, 0);
        }
    }
    tend_buffer_finish(&text);
    TEND_ARRAY_FINISH(&lost);
    return status;
}

tend_status tend_undo_dangling(struct tend_undoing *u)
{
    tend_status status = TEND_OK;
    for (int32_t t = 0; t < TEND_TABLES; t++) {     /* parents first */
        for (int64_t i = 0; i < u->restored.n; i++) {
            const struct tend_span *span = &u->restored.at[i];
            const struct tend_table_def *def = &tend_catalogue[span->table];
            for (int32_t c = 0; status == TEND_OK && (int32_t)span->table == t &&
                                c < def->n_columns; c++) {
                if (def->columns[c].ref != TEND_T_none) {
                    status = check_column(u, span, c);
                }
            }
        }
    }
    for (int64_t i = 0; status == TEND_OK && i < u->restored.n; i++) {
        const struct tend_span *span = &u->restored.at[i];
        struct tend_entry entry = { .kind = TEND_ENTRY_RESTORE, .table = span->table,
                                    .id = span->first, .last = span->last,
                                    .rev_after = span->rev };
        tend_log_entry(&u->store->log, &entry);
        status = tend_journal_spill(u->store);
    }
    return status == TEND_OK ? check_repointed(u) : status;
}
