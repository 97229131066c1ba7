/* Rows on their way into a table, many to a statement: SQLite opens and seeks
 * its trees once a statement, which is half the work of a row. Derived rows
 * come in bulk anyway; new facts wait here until somebody looks. */
#include "base/text.h"
#include "store/parts.h"

static bool is_fact(enum tend_table table)
{
    return tend_catalogue[table].kind == TEND_TABLE_FACT;
}

/* Of a row, with the id and rev of a fact. */
static int32_t width(enum tend_table table)
{
    return tend_catalogue[table].n_columns + (is_fact(table) ? 2 : 0);
}

static struct tend_sql *insert_sql(struct tend_store *store, enum tend_table table, int32_t rows)
{
    const struct tend_table_def *def = &tend_catalogue[table];
    struct tend_sql **slot = rows > 1 ? &store->rows[table].insert_many
                                      : &store->rows[table].insert;
    if (*slot != NULL) {
        return tend_sql_again(*slot);
    }
    int32_t columns = width(table);
    struct tend_buffer text = { 0 };
    tend_buffer_addf(&text, "INSERT INTO %s (%s", def->name, is_fact(table) ? "id, " : "");
    for (int32_t c = 0; c < def->n_columns; c++) {
        tend_buffer_addf(&text, "%s%s", c > 0 ? ", " : "", def->columns[c].name);
    }
    tend_buffer_addf(&text, "%s) VALUES ", is_fact(table) ? ", rev" : "");
    for (int32_t i = 0; i < rows * columns; i++) {
        bool first = i % columns == 0;
        tend_buffer_addf(&text, "%s?%d", first ? i > 0 ? "), (" : "(" : ", ", i + 1);
    }
    tend_buffer_adds(&text, ")");
    *slot = tend_sql_keep(store, tend_buffer_text(&text));
    tend_buffer_finish(&text);
    return tend_sql_again(*slot);
}

static tend_status write_one(struct tend_bulk *bulk, int32_t row)
{
    int32_t columns = width(bulk->table);
    struct tend_sql *q = insert_sql(bulk->store, bulk->table, 1);
    for (int32_t c = 0; c < columns; c++) {
        tend_sql_bind_static(q, c + 1, &bulk->value[row * columns + c]);
    }
    return tend_sql_run(q);
}

/* A parameter keeps its value from run to run: most numbers of a row are those
 * of the row that stood there before, and many columns are empty. */
static tend_status write_many(struct tend_bulk *bulk)
{
    int32_t n = TEND_BULK_ROWS * width(bulk->table);
    struct tend_sql *q = insert_sql(bulk->store, bulk->table, TEND_BULK_ROWS);
    struct tend_bound **bound = &bulk->store->rows[bulk->table].bound;
    if (*bound == NULL) {       /* nothing bound is NULL */
        *bound = tend_alloc((size_t)n * sizeof **bound);
    }
    for (int32_t i = 0; i < n; i++) {
        const struct tend_value *value = &bulk->value[i];
        struct tend_bound *last = &(*bound)[i];
        bool plain = value->type == TEND_NULL || value->type == TEND_INT;
        if (!plain || value->type != last->type || value->i != last->i) {
            *last = (struct tend_bound){ value->type, value->i };
            tend_sql_bind_static(q, i + 1, value);
        }
    }
    return tend_sql_run(q);
}

static tend_status write_all(struct tend_bulk *bulk)
{
    tend_status status = TEND_OK;
    if (bulk->n == TEND_BULK_ROWS) {
        status = write_many(bulk);
    } else {
        for (int32_t i = 0; status == TEND_OK && i < bulk->n; i++) {
            status = write_one(bulk, i);
        }
    }
    bulk->n = 0;
    tend_arena_reset(&bulk->arena);
    return status;
}

static void put(struct tend_bulk *bulk, tend_id id, const struct tend_value *values, tend_id rev)
{
    int32_t columns = width(bulk->table), n = tend_catalogue[bulk->table].n_columns;
    if (bulk->value == NULL) {
        bulk->value = tend_alloc((size_t)(TEND_BULK_ROWS * columns) * sizeof *bulk->value);
    }
    struct tend_value *row = &bulk->value[bulk->n++ * columns];
    if (columns > n) {
        *row++ = tend_int(id);
        row[n] = tend_int(rev);
    }
    for (int32_t c = 0; c < n; c++) {
        row[c] = values[c];
        if (row[c].type == TEND_STR || row[c].type == TEND_BLOB) {
            row[c].t = tend_arena_text(&bulk->arena, row[c].t);
        }
    }
}

tend_status tend_bulk_add(struct tend_bulk *bulk, const struct tend_value *values)
{
    put(bulk, 0, values, 0);
    return bulk->n < TEND_BULK_ROWS ? TEND_OK : write_all(bulk);
}

static void finish(struct tend_bulk *bulk)
{
    tend_arena_finish(&bulk->arena);
    tend_free(bulk->value);
    bulk->value = NULL;
    bulk->n = 0;
}

tend_status tend_bulk_end(struct tend_bulk *bulk, tend_status status)
{
    if (status == TEND_OK) {
        status = write_all(bulk);
    }
    finish(bulk);
    return status;
}

/* --- facts -------------------------------------------------------------- */

static tend_status write_pending(struct tend_store *store, struct tend_bulk *bulk)
{
    int64_t others = store->pending.n - bulk->n;
    store->pending.n = 0;       /* or the statement would wait for itself */
    tend_status status = write_all(bulk);
    store->pending.n = others;
    if (store->pending.status == TEND_OK) {
        store->pending.status = status;
    }
    return status;
}

tend_status tend_pending_add(struct tend_store *store, enum tend_table table, tend_id id,
                             const struct tend_value *values)
{
    struct tend_bulk *bulk = &store->rows[table].bulk;
    bulk->store = store;
    bulk->table = table;
    put(bulk, id, values, store->batch);
    store->pending.n++;
    return bulk->n < TEND_BULK_ROWS ? TEND_OK : write_pending(store, bulk);
}

tend_status tend_pending_flush(struct tend_store *store)
{
    for (int32_t t = 0; store->pending.n > 0 && t < TEND_TABLES; t++) {
        if (store->rows[t].bulk.n > 0) {
            write_pending(store, &store->rows[t].bulk);
        }
    }
    return store->pending.status;
}

void tend_pending_drop(struct tend_store *store)
{
    for (int32_t t = 0; store->pending.n > 0 && t < TEND_TABLES; t++) {
        struct tend_bulk *bulk = &store->rows[t].bulk;
        store->pending.n -= bulk->n;
        bulk->n = 0;
        tend_arena_reset(&bulk->arena);
    }
}

void tend_pending_finish(struct tend_store *store)
{
    for (int32_t t = 0; t < TEND_TABLES; t++) {
        finish(&store->rows[t].bulk);
        tend_free(store->rows[t].bound);
        store->rows[t].bound = NULL;
    }
    store->pending.n = 0;
}
