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

static tend_status write_one(const struct tend_bulk *bulk, int32_t row)
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
static tend_status write_many(const struct tend_bulk *bulk, int32_t row)
{
    int32_t n = TEND_BULK_ROWS * width(bulk->table);
    const struct tend_value *values = &bulk->value[row * width(bulk->table)];
    struct tend_sql *q = insert_sql(bulk->store, bulk->table, TEND_BULK_ROWS);
    struct tend_bound **bound = &bulk->store->rows[bulk->table].bound;
    if (*bound == NULL) {       /* nothing bound is NULL */
        *bound = tend_alloc((size_t)n * sizeof **bound);
    }
    for (int32_t i = 0; i < n; i++) {
        const struct tend_value *value = &values[i];
        struct tend_bound *last = &(*bound)[i];
        bool plain = value->type == TEND_NULL || value->type == TEND_INT;
        if (!plain || value->type != last->type || value->i != last->i) {
            *last = (struct tend_bound){ value->type, value->i };
            tend_sql_bind_static(q, i + 1, value);
        }
    }
    return tend_sql_run(q);
}

tend_status tend_bulk_write(struct tend_bulk *bulk, int32_t n)
{
    tend_status status = TEND_OK;
    int32_t i = 0, left = bulk->n - n;
    while (status == TEND_OK && i < n) {
        bool many = n - i >= TEND_BULK_ROWS;
        status = many ? write_many(bulk, i) : write_one(bulk, i);
        i += many ? TEND_BULK_ROWS : 1;
    }
    bulk->n = left;
    if (left > 0) {
        size_t row = (size_t)width(bulk->table);
        memmove(bulk->value, bulk->value + (size_t)n * row,
                (size_t)left * row * sizeof *bulk->value);
    } else {
        tend_arena_reset(&bulk->arena);
    }
    return status;
}

static tend_status write_all(struct tend_bulk *bulk)
{
    return tend_bulk_write(bulk, bulk->n);
}

void tend_bulk_put(struct tend_bulk *bulk, tend_id id, const struct tend_value *values,
                   tend_id rev)
{
    int32_t columns = width(bulk->table), n = tend_catalogue[bulk->table].n_columns;
    if (bulk->n == bulk->cap) {
        bulk->cap = bulk->cap > 0 ? bulk->cap * 2 : TEND_BULK_ROWS;
        bulk->value = tend_realloc(bulk->value,
                                   (size_t)(bulk->cap * columns) * sizeof *bulk->value);
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
    tend_bulk_put(bulk, 0, values, 0);
    return bulk->n < TEND_BULK_ROWS ? TEND_OK : write_all(bulk);
}

void tend_bulk_finish(struct tend_bulk *bulk)
{
    tend_arena_finish(&bulk->arena);
    tend_free(bulk->value);
    bulk->value = NULL;
    bulk->n = bulk->cap = 0;
}

tend_status tend_bulk_end(struct tend_bulk *bulk, tend_status status)
{
    if (status == TEND_OK) {
        status = write_all(bulk);
    }
    tend_bulk_finish(bulk);
    return status;
}
