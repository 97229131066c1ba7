/* Undo of inserts: the rows go, children first, from the last id to the first,
 * so that a redo, which reads the journal backwards, brings parents first. */
#include "base/text.h"
#include "store/undo.h"

static tend_status log_rows(struct tend_undoing *u, const struct tend_span *span)
{
    const struct tend_table_def *def = &tend_catalogue[span->table];
    struct tend_store *store = u->store;
    struct tend_entry entry = { .kind = TEND_ENTRY_DELETE, .table = span->table };
    struct tend_buffer text = { 0 };
    tend_status status = TEND_OK;
    entry.mask = (UINT64_C(1) << def->n_columns) - 1;
    tend_row_select(&text, "SELECT id, ", span->table,
                    "WHERE id >= ?1 AND id <= ?2 ORDER BY id DESC");
    struct tend_sql *q = tend_sql_dynamic(store, tend_buffer_text(&text));
    tend_sql_bind_int(q, 1, span->first);
    tend_sql_bind_int(q, 2, span->last);
    while (status == TEND_OK && tend_sql_step(q)) {
        entry.id = tend_sql_int(q, 0);
        if (tend_ids_has(&u->kept[span->table], entry.id)) {
            continue;
        }
        for (int32_t c = 0; c < def->n_columns; c++) {
            entry.before[c] = tend_sql_value(q, c + 1, def->columns[c].type);
        }
        entry.rev_before = tend_sql_int(q, def->n_columns + 1);
        tend_log_entry(&store->log, &entry);
        tend_derive_note(store, span->table, entry.id, entry.before, NULL, entry.mask, false);
        status = tend_journal_spill(store);
    }
    tend_buffer_finish(&text);
    tend_status end = tend_sql_end(q);
    return status != TEND_OK ? status : end;
}

static tend_status delete_between(struct tend_store *store, enum tend_table table, tend_id first,
                                  tend_id last)
{
    struct tend_buffer text = { 0 };
    if (first > last) {
        return TEND_OK;
    }
    tend_buffer_addf(&text, "DELETE FROM %s WHERE id >= ?1 AND id <= ?2",
                     tend_catalogue[table].name);
    struct tend_sql *q = tend_sql_dynamic(store, tend_buffer_text(&text));
    tend_buffer_finish(&text);
    tend_sql_bind_int(q, 1, first);
    tend_sql_bind_int(q, 2, last);
    return tend_sql_run(q);
}

static tend_status remove_span(struct tend_undoing *u, const struct tend_span *span)
{
    int64_t n;
    int64_t *kept = tend_ids_sorted(&u->kept[span->table], span->first, span->last, &n);
    tend_id from = span->first;
    tend_status status = log_rows(u, span);
    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        status = delete_between(u->store, span->table, from, kept[i] - 1);
        from = kept[i] + 1;
    }
    tend_free(kept);
    return status == TEND_OK ? delete_between(u->store, span->table, from, span->last) : status;
}

tend_status tend_undo_remove(struct tend_undoing *u)
{
    tend_status status = TEND_OK;
    for (int64_t i = u->made.n - 1; status == TEND_OK && i >= 0; i--) {
        status = remove_span(u, &u->made.at[i]);
    }
    return status;
}
