/* A checksum over the rows of a table: equal sums, equal facts. */
#include "base/hash.h"
#include "base/text.h"
#include "store/parts.h"

/* Facts in the order of ids; other tables in that of all their columns. */
static void select_all(struct tend_buffer *text, enum tend_table table)
{
    const struct tend_table_def *def = &tend_catalogue[table];
    bool fact = def->kind == TEND_TABLE_FACT;
    tend_buffer_adds(text, fact ? "SELECT id" : "SELECT 0");
    for (int32_t c = 0; c < def->n_columns; c++) {
        tend_buffer_addf(text, ", %s", def->columns[c].name);
    }
    tend_buffer_addf(text, " FROM %s ORDER BY %s", def->name, fact ? "id" : "");
    for (int32_t c = 0; !fact && c < def->n_columns; c++) {
        tend_buffer_addf(text, "%s%s", c > 0 ? ", " : "", def->columns[c].name);
    }
}

tend_status tend_store_checksum(struct tend_store *store, enum tend_table table, uint64_t *sum,
                                int64_t *rows)
{
    const struct tend_table_def *def = &tend_catalogue[table];
    struct tend_value values[TEND_COLUMNS_MAX] = { 0 };
    struct tend_buffer text = { 0 }, row = { 0 };
    select_all(&text, table);
    struct tend_sql *q = tend_sql_dynamic(store, tend_buffer_text(&text));
    *sum = TEND_HASH_SEED;
    *rows = 0;
    while (tend_sql_step(q)) {
        for (int32_t c = 0; c < def->n_columns; c++) {
            values[c] = tend_sql_value(q, c + 1, def->columns[c].type);
        }
        tend_buffer_reset(&row);
        tend_codec_row(&row, tend_sql_int(q, 0), values, def->n_columns);
        *sum = tend_hash(*sum, row.at, (size_t)row.len);
        ++*rows;
    }
    tend_buffer_finish(&text);
    tend_buffer_finish(&row);
    return tend_sql_end(q);
}
