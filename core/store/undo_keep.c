/* Which of the rows that a batch inserted must stay: those that a later batch
 * changed, those that rows from elsewhere point to, what these need, and what
 * is a part of them. */
#include "base/text.h"
#include "store/undo.h"

enum { SPANS_MOST = 256 };      /* more than that are read as one, and filtered */

struct work {
    enum tend_table table;
    tend_id id;
};

struct keeping {
    struct tend_undoing *u;
    TEND_ARRAY(struct work) todo;
};

bool tend_undo_part_of(enum tend_table table, int32_t column)
{
    const struct tend_table_def *def = &tend_catalogue[table];
    if (column == def->owner) {
        return true;
    }
    enum tend_table ref = def->columns[column].ref;
    return def->owner >= 0 && ref != TEND_T_none &&
           strcmp(def->columns[column].name, tend_catalogue[ref].name) == 0;
}

bool tend_undo_made(const struct tend_undoing *u, enum tend_table table, tend_id id)
{
    int64_t low = 0, high = u->made.n;
    while (low < high) {
        int64_t mid = low + (high - low) / 2;
        const struct tend_span *s = &u->made.at[mid];
        if (s->table < table || (s->table == table && s->last < id)) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return low < u->made.n && u->made.at[low].table == table && u->made.at[low].first <= id;
}

static void keep(struct keeping *k, enum tend_table table, tend_id id)
{
    if (tend_undo_made(k->u, table, id) && tend_ids_add(&k->u->kept[table], id)) {
        TEND_PUSH(&k->todo, (struct work){ table, id });
    }
}

static tend_status keep_changed(struct keeping *k, const struct tend_span *span)
{
    struct tend_buffer text = { 0 };
    tend_buffer_addf(&text, "SELECT id, rev FROM %s WHERE id >= ?1 AND id <= ?2 AND rev <> ?3",
                     tend_catalogue[span->table].name);
    struct tend_sql *q = tend_sql_dynamic(k->u->store, tend_buffer_text(&text));
    tend_sql_bind_int(q, 1, span->first);
    tend_sql_bind_int(q, 2, span->last);
    tend_sql_bind_int(q, 3, span->rev);
    tend_status status = TEND_OK;
    while (status == TEND_OK && tend_sql_step(q)) {
        tend_id id = tend_sql_int(q, 0), rev = tend_sql_int(q, 1);
        status = tend_undo_trace(k->u, span->table, id, span->rev, &rev);
        if (status == TEND_OK && rev != span->rev) {
            tend_undo_conflict(k->u, span->table, id, -1, rev);
            keep(k, span->table, id);
        }
    }
    tend_buffer_finish(&text);
    tend_status end = tend_sql_end(q);
    return status != TEND_OK ? status : end;
}

/* The span of a table with most rows: left out in SQL, since in most batches
 * it holds all the children. */
static struct tend_span widest(const struct tend_undoing *u, enum tend_table table)
{
    struct tend_span best = { table, 0, -1, 0 };
    for (int64_t i = 0; i < u->made.n; i++) {
        const struct tend_span *s = &u->made.at[i];
        if (s->table == table && s->last - s->first > best.last - best.first) {
            best = *s;
        }
    }
    return best;
}

/* Rows of `child` that stay and point into first..last. */
static tend_status keep_pointed(struct keeping *k, enum tend_table child, int32_t column,
                                tend_id first, tend_id last)
{
    struct tend_undoing *u = k->u;
    const struct tend_table_def *def = &tend_catalogue[child];
    const char *name = def->columns[column].name;
    enum tend_table parent = def->columns[column].ref;
    struct tend_span own = widest(u, child);
    struct tend_buffer text = { 0 };
    tend_buffer_addf(&text, "SELECT %s, id FROM %s WHERE %s >= ?1 AND %s <= ?2 AND "
                            "(id < ?3 OR id > ?4)", name, def->name, name, name);
    struct tend_sql *q = tend_sql_dynamic(u->store, tend_buffer_text(&text));
    tend_sql_bind_int(q, 1, first);
    tend_sql_bind_int(q, 2, last);
    tend_sql_bind_int(q, 3, own.first);
    tend_sql_bind_int(q, 4, own.last);
    while (tend_sql_step(q)) {
        tend_id id = tend_sql_int(q, 0);
        if (tend_undo_made(u, parent, id) && !tend_undo_made(u, child, tend_sql_int(q, 1))) {
            tend_undo_conflict(u, parent, id, -1, 0);
            keep(k, parent, id);
        }
    }
    tend_buffer_finish(&text);
    return tend_sql_end(q);
}

static tend_status keep_children_of(struct keeping *k, enum tend_table parent, tend_id first,
                                    tend_id last)
{
    tend_status status = TEND_OK;
    for (int32_t t = 0; t < TEND_TABLES; t++) {
        const struct tend_table_def *def = &tend_catalogue[t];
        for (int32_t c = 0; status == TEND_OK && def->kind == TEND_TABLE_FACT &&
                            c < def->n_columns; c++) {
            if (def->columns[c].ref == parent) {
                status = keep_pointed(k, (enum tend_table)t, c, first, last);
            }
        }
    }
    return status;
}

/* What a kept row points to stays. */
static tend_status keep_up(struct keeping *k, const struct work *w)
{
    struct tend_value now[TEND_COLUMNS_MAX];
    const struct tend_table_def *def = &tend_catalogue[w->table];
    tend_status status = tend_row_read(k->u->store, w->table, w->id, &k->u->arena, now, NULL);
    for (int32_t c = 0; status == TEND_OK && c < def->n_columns; c++) {
        if (def->columns[c].ref != TEND_T_none && now[c].type == TEND_INT) {
            keep(k, def->columns[c].ref, now[c].i);
        }
    }
    tend_arena_reset(&k->u->arena);
    return status == TEND_NOT_FOUND ? TEND_OK : status;
}

/* What is a part of a kept row stays. */
static tend_status keep_down(struct keeping *k, const struct work *w)
{
    tend_status status = TEND_OK;
    for (int32_t t = 0; t < TEND_TABLES; t++) {
        const struct tend_table_def *def = &tend_catalogue[t];
        struct tend_span own = widest(k->u, (enum tend_table)t);
        for (int32_t c = 0; status == TEND_OK && own.last >= own.first && c < def->n_columns;
             c++) {
            if (def->columns[c].ref != w->table || !tend_undo_part_of((enum tend_table)t, c)) {
                continue;
            }
            struct tend_buffer text = { 0 };
            tend_buffer_addf(&text, "SELECT id FROM %s WHERE %s = ?1", def->name,
                             def->columns[c].name);
            struct tend_sql *q = tend_sql_dynamic(k->u->store, tend_buffer_text(&text));
            tend_sql_bind_int(q, 1, w->id);
            while (tend_sql_step(q)) {
                keep(k, (enum tend_table)t, tend_sql_int(q, 0));
            }
            tend_buffer_finish(&text);
            status = tend_sql_end(q);
        }
    }
    return status;
}

tend_status tend_undo_keep(struct tend_undoing *u)
{
    struct keeping k = { .u = u };
    tend_status status = TEND_OK;
    for (int64_t i = 0, end; status == TEND_OK && i < u->made.n; i = end) {
        enum tend_table table = u->made.at[i].table;
        for (end = i; end < u->made.n && u->made.at[end].table == table; end++) {
        }
        for (int64_t j = i; status == TEND_OK && j < end; j++) {
            status = keep_changed(&k, &u->made.at[j]);
            if (status == TEND_OK && end - i <= SPANS_MOST) {
                status = keep_children_of(&k, table, u->made.at[j].first, u->made.at[j].last);
            }
        }
        if (status == TEND_OK && end - i > SPANS_MOST) {
            status = keep_children_of(&k, table, u->made.at[i].first, u->made.at[end - 1].last);
        }
    }
    while (status == TEND_OK && k.todo.n > 0) {
        struct work w = k.todo.at[--k.todo.n];
        status = keep_up(&k, &w);
        if (status == TEND_OK) {
            status = keep_down(&k, &w);
        }
    }
    TEND_ARRAY_FINISH(&k.todo);
    return status;
}
