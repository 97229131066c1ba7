/* The cache of prepared statements. A statement is known by the address of its
 * literal; when that one is in use already, another is prepared beside it, so
 * that no caller has to know what its callees run. */
#include "base/interrupt.h"
#include "base/text.h"
#include "store/parts.h"
#include <stdio.h>

static uint32_t bucket_of(const char *text)
{
    uintptr_t p = (uintptr_t)text;
    return (uint32_t)((p >> 3) ^ (p >> 12)) % TEND_SQL_BUCKETS;
}

/* The tables of facts that a text names. */
static uint64_t tables_of(struct tend_text text)
{
    uint64_t tables = 0;
    for (int64_t i = 0, end; i < text.len; i = end + 1) {
        for (end = i; end < text.len && (text.at[end] == '_' || (text.at[end] >= 'a' &&
                                                                 text.at[end] <= 'z')); end++) {
        }
        for (int32_t t = 0; end - i > 2 && t < TEND_TABLES; t++) {
            const char *name = tend_catalogue[t].name;
            if (name[0] == text.at[i] && tend_catalogue[t].kind == TEND_TABLE_FACT &&
                tend_text_is((struct tend_text){ text.at + i, end - i }, name)) {
                tables |= UINT64_C(1) << t;
            }
        }
    }
    return tables;
}

static struct tend_sql *make(struct tend_store *store, struct tend_text text, bool keep)
{
    struct tend_sql *q = tend_alloc(sizeof *q);
    q->store = store;
    q->busy = true;
    q->tables = tables_of(text);
    q->writes = !tend_text_starts(text, "SELECT");
    q->status = store->driver->prepare(store->db, text, keep, &q->statement);
    if (q->status != TEND_OK) {
        char head[64];
        snprintf(head, sizeof head, "%.*s", (int)(text.len < 60 ? text.len : 60), text.at);
        tend_store_fail(store, q->status, head);
    }
    return q;
}

static struct tend_sql *look_up(struct tend_store *store, const char *text, bool family)
{
    for (struct tend_sql *q = store->sql[bucket_of(text)]; q != NULL; q = q->next) {
        if (q->text == text && !q->busy && q->family == family) {
            q->busy = true;
            q->status = TEND_OK;
            return q;
        }
    }
    return NULL;
}

/* Kept under the address of its literal, whatever it was made of that. */
static struct tend_sql *keep(struct tend_store *store, const char *text, struct tend_text sql,
                             bool family)
{
    struct tend_sql **head = &store->sql[bucket_of(text)];
    struct tend_sql *q = make(store, sql, true);
    if (q->statement == NULL) {
        q->dynamic = true;
        return q;
    }
    q->text = text;
    q->family = family;
    q->next = *head;
    *head = q;
    return q;
}

static struct tend_sql *cached(struct tend_store *store, const char *text)
{
    struct tend_sql *q = look_up(store, text, false);
    return q != NULL ? q : keep(store, text, tend_text_of(text), false);
}

/* What can be taken back begins in the database when something is written. */
static struct tend_sql *after_savepoints(struct tend_sql *q)
{
    struct tend_store *store = q->store;
    if (q->writes && store->real < store->depth && !store->pending.writing &&
        q->status == TEND_OK) {
        q->status = tend_savepoint_write(store);
    }
    return q;
}

/* Rows that wait to be written come first; if that fails, so does the statement. */
static struct tend_sql *after_pending(struct tend_sql *q)
{
    if (q->store->pending.n > 0 && q->status == TEND_OK) {
        q->status = tend_pending_write(q->store, q->tables);
    }
    return after_savepoints(q);
}

struct tend_sql *tend_sql(struct tend_store *store, const char *text)
{
    return after_pending(cached(store, text));
}

struct tend_sql *tend_sql_past(struct tend_store *store, const char *text)
{
    return after_savepoints(cached(store, text));
}

struct tend_sql *tend_sql_family(struct tend_store *store, const char *text)
{
    struct tend_sql *q = look_up(store, text, true);
    return q != NULL ? after_pending(q) : NULL;
}

struct tend_sql *tend_sql_family_make(struct tend_store *store, const char *text,
                                      struct tend_text sql)
{
    return after_pending(keep(store, text, sql, true));
}

struct tend_sql *tend_sql_dynamic(struct tend_store *store, struct tend_text text)
{
    struct tend_sql *q = make(store, text, false);
    q->dynamic = true;
    return after_pending(q);
}

struct tend_sql *tend_sql_keep(struct tend_store *store, struct tend_text text)
{
    struct tend_sql *q = make(store, text, true);
    q->busy = false;
    q->next = store->kept;
    store->kept = q;
    return q;
}

struct tend_sql *tend_sql_again(struct tend_sql *q)
{
    if (q->statement != NULL) {
        q->status = TEND_OK;
    }
    q->busy = true;
    return after_pending(q);
}

void tend_sql_bind_int(struct tend_sql *q, int32_t at, int64_t value)
{
    if (q->statement != NULL) {
        q->store->driver->bind_int(q->statement, at, value);
    }
}

void tend_sql_bind_text(struct tend_sql *q, int32_t at, struct tend_text value)
{
    if (q->statement != NULL) {
        q->store->driver->bind_text(q->statement, at, value, 1);
    }
}

void tend_sql_bind_null(struct tend_sql *q, int32_t at)
{
    if (q->statement != NULL) {
        q->store->driver->bind_null(q->statement, at);
    }
}

static void bind(struct tend_sql *q, int32_t at, const struct tend_value *value, int32_t copy)
{
    const struct tend_store_driver *driver = q->store->driver;
    if (q->statement == NULL) {
        return;
    }
    switch (value->type) {
    case TEND_NULL:
        driver->bind_null(q->statement, at);
        break;
    case TEND_INT:
        driver->bind_int(q->statement, at, value->i);
        break;
    case TEND_STR:
        driver->bind_text(q->statement, at, value->t, copy);
        break;
    case TEND_BLOB:
        driver->bind_blob(q->statement, at, value->t, copy);
        break;
    }
}

void tend_sql_bind(struct tend_sql *q, int32_t at, struct tend_value value)
{
    bind(q, at, &value, 1);
}

void tend_sql_bind_static(struct tend_sql *q, int32_t at, const struct tend_value *value)
{
    bind(q, at, value, 0);
}

bool tend_sql_step(struct tend_sql *q)
{
    if (q->statement == NULL || q->status != TEND_OK) {
        return false;
    }
    if (tend_interrupted()) {
        q->status = tend_interrupt_check(q->store->err);
        return false;
    }
    q->store->writes += q->writes;
    int32_t row = q->store->driver->step(q->statement);
    if (row < 0) {
        q->status = row;
        tend_store_fail(q->store, row, NULL);
    }
    return row > 0;
}

int64_t tend_sql_int(struct tend_sql *q, int32_t column)
{
    return q->store->driver->column_int(q->statement, column);
}

bool tend_sql_is_null(struct tend_sql *q, int32_t column)
{
    return q->store->driver->is_null(q->statement, column) != 0;
}

struct tend_text tend_sql_text(struct tend_sql *q, int32_t column)
{
    return q->store->driver->column_text(q->statement, column);
}

struct tend_text tend_sql_blob(struct tend_sql *q, int32_t column)
{
    return q->store->driver->column_blob(q->statement, column);
}

struct tend_value tend_sql_value(struct tend_sql *q, int32_t at, enum tend_column_type type)
{
    struct tend_value value = { 0 };
    if (tend_sql_is_null(q, at)) {
        return value;
    }
    switch (type) {
    case TEND_COLUMN_INT:
        value.type = TEND_INT;
        value.i = tend_sql_int(q, at);
        break;
    case TEND_COLUMN_TEXT:
        value.type = TEND_STR;
        value.t = tend_sql_text(q, at);
        break;
    case TEND_COLUMN_BLOB:
        value.type = TEND_BLOB;
        value.t = tend_sql_blob(q, at);
        break;
    }
    return value;
}

tend_status tend_sql_end(struct tend_sql *q)
{
    tend_status status = q->status;
    if (q->statement != NULL) {
        q->store->driver->reset(q->statement);
    }
    q->busy = false;
    if (q->dynamic) {
        q->store->driver->finalize(q->statement);
        tend_free(q);
    }
    return status;
}

tend_status tend_sql_run(struct tend_sql *q)
{
    tend_sql_step(q);
    return tend_sql_end(q);
}

static void drop(struct tend_store *store, struct tend_sql **list)
{
    while (*list != NULL) {
        struct tend_sql *q = *list;
        *list = q->next;
        store->driver->finalize(q->statement);
        tend_free(q);
    }
}

void tend_sql_drop_all(struct tend_store *store)
{
    for (int32_t i = 0; i < TEND_SQL_BUCKETS; i++) {
        drop(store, &store->sql[i]);
    }
    drop(store, &store->kept);
    tend_pending_finish(store);
    memset(store->rows, 0, sizeof store->rows);
}
