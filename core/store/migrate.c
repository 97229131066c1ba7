/* The tables of the database, made from the catalogue: migration N brings all
 * that has since == N, in the words of whichever driver runs it. */
#include "base/text.h"
#include "store/parts.h"

static const char *type_word(const struct tend_store_driver *driver, enum tend_column_type type)
{
    switch (type) {
    case TEND_COLUMN_TEXT:
        return driver->type_text;
    case TEND_COLUMN_BLOB:
        return driver->type_blob;
    default:
        return driver->type_int;
    }
}

static bool begins(const char *name, const char *with)
{
    return strncmp(name, with, strlen(with)) == 0;
}

/* The columns of a table's own key; NULL where it has none. */
static const char *primary_key(const struct tend_schema *schema, int32_t table)
{
    for (int32_t i = 0; i < schema->n_indexes; i++) {
        const struct tend_index_def *index = &schema->indexes[i];
        if ((int32_t)index->table == table && begins(index->name, "PRIMARY_")) {
            return index->columns;
        }
    }
    return NULL;
}

static void create_table(struct tend_buffer *out, const struct tend_schema *schema, int32_t t,
                         const struct tend_store_driver *driver, int32_t number)
{
    const struct tend_table_def *table = &schema->tables[t];
    const char *comma = "", *primary = primary_key(schema, t);
    tend_buffer_addf(out, "CREATE TABLE %s (", table->name);
    if (table->kind == TEND_TABLE_FACT) {
        tend_buffer_addf(out, "id %s", driver->type_id);
        comma = ", ";
    }
    for (int32_t c = 0; c < table->n_columns; c++) {
        const struct tend_column_def *column = &table->columns[c];
        if (column->since > number) {
            continue;
        }
        bool key = table->kind == TEND_TABLE_SYSTEM && strcmp(column->name, "id") == 0;
        tend_buffer_addf(out, "%s%s %s", comma, column->name,
                         key ? driver->type_id : type_word(driver, column->type));
        comma = ", ";
    }
    if (table->kind == TEND_TABLE_FACT) {
        tend_buffer_addf(out, ", rev %s", driver->type_int);
    }
    if (primary != NULL) {
        tend_buffer_addf(out, ", PRIMARY KEY (%s)", primary);
    }
    tend_buffer_addf(out, ")%s;\n", primary != NULL ? driver->table_end_key : driver->table_end);
}

static void create_index(struct tend_buffer *out, const struct tend_schema *schema,
                         const struct tend_index_def *index)
{
    bool unique = begins(index->name, "UNIQUE_");
    if (begins(index->name, "PRIMARY_")) {
        return;
    }
    tend_buffer_addf(out, "CREATE %sINDEX %s ON %s (%s)%s%s;\n", unique ? "UNIQUE " : "",
                     unique ? index->name + 7 : index->name, schema->tables[index->table].name,
                     index->columns, index->where[0] != '\0' ? " WHERE " : "", index->where);
}

void tend_schema_ddl(struct tend_buffer *out, const struct tend_schema *schema,
                     const struct tend_store_driver *driver, int32_t number)
{
    for (int32_t t = 0; t < schema->n_tables; t++) {
        const struct tend_table_def *table = &schema->tables[t];
        if (table->since == number) {
            create_table(out, schema, t, driver, number);
            continue;
        }
        for (int32_t c = 0; table->since < number && c < table->n_columns; c++) {
            const struct tend_column_def *column = &table->columns[c];
            if (column->since == number) {
                tend_buffer_addf(out, "ALTER TABLE %s ADD COLUMN %s %s;\n", table->name,
                                 column->name, type_word(driver, column->type));
            }
        }
    }
    for (int32_t i = 0; i < schema->n_indexes; i++) {
        if (schema->indexes[i].since == number) {
            create_index(out, schema, &schema->indexes[i]);
        }
    }
}

/* What is derived is made anew after a migration, so its tables are those of today. */
static void derived_ddl(struct tend_buffer *out, const struct tend_schema *schema,
                        const struct tend_store_driver *driver, int32_t number)
{
    for (int32_t t = 0; t < schema->n_tables; t++) {
        const struct tend_table_def *table = &schema->tables[t];
        if (table->kind != TEND_TABLE_DERIVED || table->since > number) {
            continue;
        }
        tend_buffer_addf(out, "DROP TABLE IF EXISTS %s;\n", table->name);
        create_table(out, schema, t, driver, number);
        for (int32_t i = 0; i < schema->n_indexes; i++) {
            const struct tend_index_def *index = &schema->indexes[i];
            if ((int32_t)index->table == t && index->since <= number) {
                create_index(out, schema, index);
            }
        }
    }
}

tend_status tend_schema_migrate(const struct tend_schema *schema,
                                const struct tend_store_driver *driver, struct tend_db *db,
                                int32_t from, int32_t to)
{
    struct tend_buffer ddl = { 0 };
    for (int32_t number = from + 1; number <= to; number++) {
        tend_schema_ddl(&ddl, schema, driver, number);
    }
    if (from > 0) {
        derived_ddl(&ddl, schema, driver, to);
    }
    tend_status status = ddl.len > 0 ? driver->exec(db, ddl.at) : TEND_OK;
    tend_buffer_finish(&ddl);
    if (status == TEND_OK && from == 0) {
        status = driver->search_clear(db);
    }
    if (status == TEND_OK) {
        status = driver->set_version(db, to);
    }
    return status;
}
