/* Writing derived rows, many to a statement. */
#include "base/text.h"
#include "store/derive.h"

_Static_assert(TEND_N_person_word <= TEND_BULK_COLUMNS && TEND_N_person_stage <= TEND_BULK_COLUMNS &&
                   TEND_N_task_due <= TEND_BULK_COLUMNS, "a derived table is wider");

static struct tend_sql *insert_sql(struct tend_store *store, enum tend_table table, int32_t rows)
{
    const struct tend_table_def *def = &tend_catalogue[table];
    struct tend_sql **slot = rows > 1 ? &store->rows[table].insert_many
                                      : &store->rows[table].insert;
    if (*slot != NULL) {
        return tend_sql_again(*slot);
    }
    struct tend_buffer text = { 0 };
    tend_buffer_addf(&text, "INSERT INTO %s (", def->name);
    for (int32_t c = 0; c < def->n_columns; c++) {
        tend_buffer_addf(&text, "%s%s", c > 0 ? ", " : "", def->columns[c].name);
    }
    tend_buffer_adds(&text, ") VALUES ");
    for (int32_t i = 0; i < rows * def->n_columns; i++) {
        bool first = i % def->n_columns == 0;
        tend_buffer_addf(&text, "%s?%d", first ? i > 0 ? "), (" : "(" : ", ", i + 1);
    }
    tend_buffer_adds(&text, ")");
    *slot = tend_sql_keep(store, tend_buffer_text(&text));
    tend_buffer_finish(&text);
    return tend_sql_again(*slot);
}

static tend_status write_rows(struct tend_bulk *bulk, int32_t first, int32_t rows)
{
    int32_t columns = tend_catalogue[bulk->table].n_columns;
    struct tend_sql *q = insert_sql(bulk->store, bulk->table, rows);
    for (int32_t i = 0; i < rows * columns; i++) {
        tend_sql_bind_static(q, i + 1, bulk->value[first * columns + i]);
    }
    return tend_sql_run(q);
}

tend_status tend_bulk_add(struct tend_bulk *bulk, const struct tend_value *values)
{
    int32_t columns = tend_catalogue[bulk->table].n_columns;
    struct tend_value *row = &bulk->value[bulk->n * columns];
    for (int32_t c = 0; c < columns; c++) {
        row[c] = values[c];
        if (row[c].type == TEND_STR) {
            row[c].t = tend_arena_text(&bulk->arena, row[c].t);
        }
    }
    if (++bulk->n < TEND_BULK_ROWS) {
        return TEND_OK;
    }
    bulk->n = 0;
    tend_status status = write_rows(bulk, 0, TEND_BULK_ROWS);
    tend_arena_reset(&bulk->arena);
    return status;
}

tend_status tend_bulk_end(struct tend_bulk *bulk, tend_status status)
{
    for (int32_t i = 0; status == TEND_OK && i < bulk->n; i++) {
        status = write_rows(bulk, i, 1);
    }
    bulk->n = 0;
    tend_arena_finish(&bulk->arena);
    return status;
}

tend_status tend_bulk_remove(struct tend_store *store, const char *text, tend_id first,
                             tend_id last)
{
    struct tend_sql *q = tend_sql(store, text);
    tend_sql_bind_int(q, 1, first);
    tend_sql_bind_int(q, 2, last);
    return tend_sql_run(q);
}
