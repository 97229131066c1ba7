/* The three ways in which a fact changes. Each writes the row, the log of the
 * batch, and marks what must be derived anew; statements come from the
 * catalogue and are kept. */
#include "base/text.h"
#include "store/parts.h"

void tend_row_select(struct tend_buffer *out, const char *head, enum tend_table table,
                     const char *tail)
{
    const struct tend_table_def *def = &tend_catalogue[table];
    tend_buffer_adds(out, head);
    for (int32_t c = 0; c < def->n_columns; c++) {
        tend_buffer_addf(out, "%s, ", def->columns[c].name);
    }
    tend_buffer_addf(out, "rev FROM %s %s", def->name, tail);
}

static struct tend_sql *kept(struct tend_store *store, struct tend_sql **slot,
                             struct tend_buffer *text)
{
    *slot = tend_sql_keep(store, tend_buffer_text(text));
    tend_buffer_finish(text);
    return tend_sql_again(*slot);
}

static struct tend_sql *restore_sql(struct tend_store *store, enum tend_table table)
{
    struct tend_sql **slot = &store->rows[table].restore;
    if (*slot != NULL) {
        return tend_sql_again(*slot);
    }
    const struct tend_table_def *def = &tend_catalogue[table];
    struct tend_buffer text = { 0 };
    tend_buffer_addf(&text, "INSERT INTO %s (id", def->name);
    for (int32_t c = 0; c < def->n_columns; c++) {
        tend_buffer_addf(&text, ", %s", def->columns[c].name);
    }
    tend_buffer_adds(&text, ", rev) VALUES (?1");
    for (int32_t c = 0; c <= def->n_columns; c++) {
        tend_buffer_addf(&text, ", ?%d", c + 2);
    }
    tend_buffer_adds(&text, ") ON CONFLICT (id) DO NOTHING");
    return kept(store, slot, &text);
}

static struct tend_sql *select_sql(struct tend_store *store, enum tend_table table)
{
    struct tend_row_sql *rows = &store->rows[table];
    if (rows->select != NULL) {
        return tend_sql_again(rows->select);
    }
    struct tend_buffer text = { 0 };
    tend_row_select(&text, "SELECT ", table, "WHERE id = ?1");
    return kept(store, &rows->select, &text);
}

static struct tend_sql *delete_sql(struct tend_store *store, enum tend_table table)
{
    struct tend_row_sql *rows = &store->rows[table];
    if (rows->remove != NULL) {
        return tend_sql_again(rows->remove);
    }
    struct tend_buffer text = { 0 };
    tend_buffer_addf(&text, "DELETE FROM %s WHERE id = ?1", tend_catalogue[table].name);
    return kept(store, &rows->remove, &text);
}

static struct tend_sql *update_sql(struct tend_store *store, enum tend_table table, uint64_t mask)
{
    struct tend_row_sql *rows = &store->rows[table];
    for (int32_t i = 0; i < rows->n_updates; i++) {
        if (rows->update[i].mask == mask) {
            return tend_sql_again(rows->update[i].sql);
        }
    }
    const struct tend_table_def *def = &tend_catalogue[table];
    struct tend_buffer text = { 0 };
    tend_buffer_addf(&text, "UPDATE %s SET rev = ?2", def->name);
    int32_t at = 3;
    for (int32_t c = 0; c < def->n_columns; c++) {
        if ((mask >> c & 1) != 0) {
            tend_buffer_addf(&text, ", %s = ?%d", def->columns[c].name, at++);
        }
    }
    tend_buffer_adds(&text, " WHERE id = ?1");
    struct tend_sql *q;
    if (rows->n_updates < TEND_UPDATES) {
        rows->update[rows->n_updates].mask = mask;
        q = kept(store, &rows->update[rows->n_updates++].sql, &text);
    } else {
        q = tend_sql_dynamic(store, tend_buffer_text(&text));
        tend_buffer_finish(&text);
    }
    return q;
}

static tend_status check(struct tend_store *store, enum tend_table table)
{
    if (!store->open) {
        return tend_error_set(store->err, TEND_INTERNAL, "a row was changed outside of a batch");
    }
    if (table >= TEND_T_none || tend_catalogue[table].kind != TEND_TABLE_FACT) {
        return tend_error_set(store->err, TEND_INTERNAL, "a row of a table that holds no facts");
    }
    return TEND_OK;
}

/* Rows are written later than they are made, so a value that the table would
 * refuse is refused here. */
static tend_status check_types(struct tend_store *store, enum tend_table table,
                               const struct tend_value *values)
{
    static const enum tend_value_type right[] = { [TEND_COLUMN_INT] = TEND_INT,
                                                  [TEND_COLUMN_TEXT] = TEND_STR,
                                                  [TEND_COLUMN_BLOB] = TEND_BLOB };
    const struct tend_table_def *def = &tend_catalogue[table];
    for (int32_t c = 0; c < def->n_columns; c++) {
        if (values[c].type != TEND_NULL && values[c].type != right[def->columns[c].type]) {
            return tend_error_set(store->err, TEND_INVALID, "%s.%s takes another type of value",
                                  def->name, def->columns[c].name);
        }
    }
    return TEND_OK;
}

tend_status tend_row_insert(struct tend_store *store, enum tend_table table,
                            const struct tend_value *values, tend_id *id)
{
    tend_status status = check(store, table);
    if (status == TEND_OK) {
        status = check_types(store, table, values);
    }
    if (status != TEND_OK) {
        return status;
    }
    tend_id made = tend_counter_next(store, table);
    if (made == 0) {
        return store->err->code;
    }
    status = tend_pending_add(store, table, made, values);
    if (status != TEND_OK) {
        return status;
    }
    tend_log_insert(&store->log, table, made);
    tend_derive_note(store, table, made, NULL, values, 0, true);
    if (id != NULL) {
        *id = made;
    }
    return tend_derive_spill(store);
}

tend_status tend_row_put(struct tend_store *store, enum tend_table table, tend_id id,
                         const struct tend_value *values, tend_id rev)
{
    int32_t n = tend_catalogue[table].n_columns;
    struct tend_sql *q = restore_sql(store, table);
    tend_sql_bind_int(q, 1, id);
    for (int32_t c = 0; c < n; c++) {
        tend_sql_bind_static(q, c + 2, &values[c]);
    }
    tend_sql_bind_int(q, n + 2, rev);
    return tend_sql_run(q);
}

tend_status tend_row_restore(struct tend_store *store, enum tend_table table, tend_id id,
                             const struct tend_value *values, tend_id rev)
{
    tend_status status = tend_row_put(store, table, id, values, rev);
    if (status == TEND_OK && store->driver->changes(store->db) == 0) {
        return TEND_EXISTS;
    }
    if (status == TEND_OK) {
        tend_derive_note(store, table, id, NULL, values, 0, false);
    }
    return status;
}

bool tend_value_same(const struct tend_value *a, const struct tend_value *b)
{
    if (a->type != b->type) {
        return false;
    }
    return a->type == TEND_NULL || (a->type == TEND_INT ? a->i == b->i : tend_text_eq(a->t, b->t));
}

/* The row as it is, borrowed from the open statement. */
static bool current(struct tend_sql *q, enum tend_table table, uint64_t mask,
                    struct tend_value *values, tend_id *rev)
{
    const struct tend_table_def *def = &tend_catalogue[table];
    if (!tend_sql_step(q)) {
        return false;
    }
    for (int32_t c = 0; c < def->n_columns; c++) {
        if ((mask >> c & 1) != 0) {
            values[c] = tend_sql_value(q, c, def->columns[c].type);
        }
    }
    *rev = tend_sql_int(q, def->n_columns);
    return true;
}

/* Who has read a timer before must look again. */
static void note_change(struct tend_store *store, enum tend_table table)
{
    store->timers_seen += table == TEND_T_timer;
}

static tend_status no_row(struct tend_store *store, enum tend_table table, tend_id id,
                          tend_status status)
{
    return status != TEND_OK ? status
                             : tend_error_set(store->err, TEND_NOT_FOUND, "there is no %s %lld",
                                              tend_catalogue[table].name, (long long)id);
}

/* The columns of a mask, and those by which what is derived is found. */
static uint64_t with_owner(enum tend_table table, uint64_t mask)
{
    int32_t owner = tend_catalogue[table].owner;
    if (table == TEND_T_contact_point) {
        mask |= UINT64_C(1) << TEND_C_contact_point_kind | UINT64_C(1) << TEND_C_contact_point_key;
    }
    return owner >= 0 ? mask | UINT64_C(1) << owner : mask;
}

static tend_status write_update(struct tend_store *store, const struct tend_entry *entry,
                                const struct tend_value *values)
{
    struct tend_sql *q = update_sql(store, entry->table, entry->mask);
    int32_t at = 3;
    note_change(store, entry->table);
    tend_sql_bind_int(q, 1, entry->id);
    tend_sql_bind_int(q, 2, entry->rev_after);
    for (int32_t c = 0; c < tend_catalogue[entry->table].n_columns; c++) {
        if ((entry->mask >> c & 1) != 0) {
            tend_sql_bind_static(q, at++, &values[c]);
        }
    }
    return tend_sql_run(q);
}

tend_status tend_row_update_rev(struct tend_store *store, enum tend_table table, tend_id id,
                                uint64_t mask, const struct tend_value *values, tend_id rev)
{
    struct tend_entry entry = { .kind = TEND_ENTRY_UPDATE, .table = table, .id = id };
    struct tend_sql *q = select_sql(store, table);
    tend_sql_bind_int(q, 1, id);
    if (!current(q, table, with_owner(table, mask), entry.before, &entry.rev_before)) {
        return no_row(store, table, id, tend_sql_end(q));
    }
    for (int32_t c = 0; c < tend_catalogue[table].n_columns; c++) {
        if ((mask >> c & 1) != 0 && !tend_value_same(&entry.before[c], &values[c])) {
            entry.mask |= UINT64_C(1) << c;
            entry.after[c] = values[c];
        }
    }
    entry.rev_after = rev != 0 ? rev : store->batch;
    if (entry.mask == 0 && (rev == 0 || rev == entry.rev_before)) {
        return tend_sql_end(q);
    }
    struct tend_log_mark mark = tend_log_mark(&store->log);
    int64_t keys = store->dirty.key.n;
    if (!tend_counter_fresh(store, table, id)) {
        tend_log_entry(&store->log, &entry);
    }
    tend_derive_note(store, table, id, entry.before, values, entry.mask, false);
    tend_status status = tend_sql_end(q);
    if (status == TEND_OK) {
        status = write_update(store, &entry, values);
    }
    if (status != TEND_OK) {
        tend_log_rollback(&store->log, &mark);
        store->dirty.key.n = keys;
        return status;
    }
    return tend_journal_spill(store);
}

tend_status tend_row_update(struct tend_store *store, enum tend_table table, tend_id id,
                            uint64_t mask, const struct tend_value *values)
{
    tend_status status = check(store, table);
    return status != TEND_OK ? status
                             : tend_row_update_rev(store, table, id, mask, values, 0);
}

tend_status tend_row_set(struct tend_store *store, enum tend_table table, tend_id id,
                         int32_t column, struct tend_value value)
{
    struct tend_value values[TEND_COLUMNS_MAX] = { 0 };
    values[column] = value;
    return tend_row_update(store, table, id, UINT64_C(1) << column, values);
}

tend_status tend_row_delete(struct tend_store *store, enum tend_table table, tend_id id)
{
    struct tend_entry entry = { .kind = TEND_ENTRY_DELETE, .table = table, .id = id };
    tend_status status = check(store, table);
    if (status != TEND_OK) {
        return status;
    }
    entry.mask = (UINT64_C(1) << tend_catalogue[table].n_columns) - 1;
    struct tend_sql *q = select_sql(store, table);
    tend_sql_bind_int(q, 1, id);
    if (!current(q, table, entry.mask, entry.before, &entry.rev_before)) {
        return no_row(store, table, id, tend_sql_end(q));
    }
    struct tend_log_mark mark = tend_log_mark(&store->log);
    int64_t keys = store->dirty.key.n;
    if (tend_counter_fresh(store, table, id)) {
        store->log.changes--;
    } else {
        tend_log_entry(&store->log, &entry);
    }
    tend_derive_note(store, table, id, entry.before, NULL, entry.mask, false);
    status = tend_sql_end(q);
    if (status == TEND_OK) {
        note_change(store, table);
        q = delete_sql(store, table);
        tend_sql_bind_int(q, 1, id);
        status = tend_sql_run(q);
    }
    if (status != TEND_OK) {
        tend_log_rollback(&store->log, &mark);
        store->dirty.key.n = keys;
        return status;
    }
    return tend_journal_spill(store);
}

tend_status tend_row_deleted(struct tend_store *store, enum tend_table table, tend_id id,
                             const struct tend_value *before, tend_id rev)
{
    struct tend_entry entry = { .kind = TEND_ENTRY_DELETE, .table = table, .id = id,
                                .rev_before = rev };
    int32_t n = tend_catalogue[table].n_columns;
    entry.mask = (UINT64_C(1) << n) - 1;
    memcpy(entry.before, before, (size_t)n * sizeof *before);
    if (tend_counter_fresh(store, table, id)) {
        store->log.changes--;
    } else {
        tend_log_entry(&store->log, &entry);
    }
    tend_derive_note(store, table, id, before, NULL, entry.mask, false);
    return tend_journal_spill(store);
}

tend_status tend_row_read(struct tend_store *store, enum tend_table table, tend_id id,
                          struct tend_arena *arena, struct tend_value *values, tend_id *rev)
{
    tend_id seen = 0;
    struct tend_sql *q = select_sql(store, table);
    tend_sql_bind_int(q, 1, id);
    if (!current(q, table, UINT64_MAX, values, &seen)) {
        return no_row(store, table, id, tend_sql_end(q));
    }
    for (int32_t c = 0; c < tend_catalogue[table].n_columns; c++) {
        if (values[c].type == TEND_STR || values[c].type == TEND_BLOB) {
            values[c].t = tend_arena_text(arena, values[c].t);
        }
    }
    if (rev != NULL) {
        *rev = seen;
    }
    return tend_sql_end(q);
}

uint64_t tend_row_writes(const struct tend_store *store)
{
    return store->open ? store->writes : 0;
}
