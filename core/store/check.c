/* Is all well with the database? Every problem is a line of text. */
#include "store/check.h"
#include "base/text.h"

void tend_check_problem(struct tend_check *check, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    char *text = tend_arena_vprintf(check->arena, fmt, args);
    va_end(args);
    TEND_PUSH(&check->problem, tend_text_of(text));
}

static void driver_problem(void *data, const char *text)
{
    tend_check_problem(data, "the file is damaged: %s", text);
}

/* Rows whose `column` names a row of `parent` that is not there. */
static tend_status check_ref(struct tend_check *check, const char *table, const char *column,
                             const char *parent)
{
    struct tend_buffer text = { 0 };
    tend_buffer_addf(&text, "SELECT id, %s FROM %s WHERE %s IS NOT NULL AND NOT EXISTS "
                            "(SELECT 1 FROM %s other WHERE other.id = %s.%s) LIMIT %d",
                     column, table, column, parent, table, column, TEND_PROBLEMS_MOST);
    struct tend_sql *q = tend_sql_dynamic(check->store, tend_buffer_text(&text));
    while (tend_sql_step(q)) {
        tend_check_problem(check, "%s %lld: its %s is %s %lld, which is not there", table,
                           (long long)tend_sql_int(q, 0), column, parent,
                           (long long)tend_sql_int(q, 1));
    }
    tend_buffer_finish(&text);
    return tend_sql_end(q);
}

static tend_status check_counter(struct tend_check *check, const char *table)
{
    struct tend_buffer text = { 0 };
    tend_buffer_addf(&text, "SELECT max(id) FROM %s", table);
    struct tend_sql *q = tend_sql_dynamic(check->store, tend_buffer_text(&text));
    tend_id last = tend_sql_step(q) ? tend_sql_int(q, 0) : 0;
    tend_status status = tend_sql_end(q);
    tend_buffer_finish(&text);
    if (status != TEND_OK) {
        return status;
    }
    q = tend_sql(check->store, "SELECT next FROM counter WHERE name = ?1");
    tend_sql_bind_text(q, 1, tend_text_of(table));
    tend_id next = tend_sql_step(q) ? tend_sql_int(q, 0) : 1;
    if (last >= next) {
        tend_check_problem(check, "%s %lld: its id has not been given out yet (next is %lld)",
                           table, (long long)last, (long long)next);
    }
    return tend_sql_end(q);
}

static tend_status check_tables(struct tend_check *check)
{
    tend_status status = TEND_OK;
    for (int32_t t = 0; status == TEND_OK && t < TEND_TABLES; t++) {
        const struct tend_table_def *def = &tend_catalogue[t];
        if (def->kind == TEND_TABLE_FACT) {
            status = check_ref(check, def->name, "rev", "batch");
        }
        bool has_id = def->kind == TEND_TABLE_FACT || t == TEND_T_batch || t == TEND_T_journal;
        if (status == TEND_OK && has_id) {
            status = check_counter(check, def->name);
        }
        for (int32_t c = 0; status == TEND_OK && has_id && c < def->n_columns; c++) {
            if (def->columns[c].ref != TEND_T_none) {
                status = check_ref(check, def->name, def->columns[c].name,
                                   tend_catalogue[def->columns[c].ref].name);
            }
        }
    }
    return status;
}

static bool readable(struct tend_text bytes)
{
    struct tend_page page;
    struct tend_entry entry;
    int32_t more = tend_codec_open(&page, bytes);
    if (more != TEND_OK) {
        return false;
    }
    while ((more = tend_codec_next(&page, &entry)) > 0) {
    }
    return more == 0;
}

static tend_status check_journal(struct tend_check *check)
{
    struct tend_sql *q = tend_sql(check->store, "SELECT id, batch, tbl, first, last, page "
                                                "FROM journal ORDER BY id");
    while (tend_sql_step(q)) {
        bool fine;
        if (tend_sql_is_null(q, 2)) {
            fine = readable(tend_sql_blob(q, 5));
        } else {
            fine = tend_catalogue_find(tend_sql_text(q, 2)) != TEND_T_none &&
                   tend_sql_int(q, 3) <= tend_sql_int(q, 4);
        }
        if (!fine) {
            tend_check_problem(check, "journal %lld of b%lld cannot be read",
                               (long long)tend_sql_int(q, 0), (long long)tend_sql_int(q, 1));
        }
    }
    return tend_sql_end(q);
}

tend_status tend_store_check(struct tend_store *store, struct tend_arena *arena,
                             struct tend_text **problems, int64_t *n)
{
    struct tend_check check = { .store = store, .arena = arena };
    *problems = NULL;
    *n = 0;
    if (store->open || store->transaction) {
        return tend_error_set(store->err, TEND_INTERNAL, "a batch is open");
    }
    tend_status status = store->driver->integrity(store->db, driver_problem, &check);
    if (status == TEND_OK && check.problem.n == 0) {
        status = check_tables(&check);
        if (status == TEND_OK) {
            status = check_journal(&check);
        }
        if (status == TEND_OK && !store->read_only) {
            status = tend_check_derived(&check);
        }
    }
    if (status == TEND_OK && check.problem.n > 0) {
        *n = check.problem.n;
        *problems = tend_arena_take(arena, (size_t)*n * sizeof **problems);
        memcpy(*problems, check.problem.at, (size_t)*n * sizeof **problems);
    }
    TEND_ARRAY_FINISH(&check.problem);
    return status;
}
