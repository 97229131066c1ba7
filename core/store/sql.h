/* Prepared statements, for this folder only: ops_*.c and the store itself.
 *
 *     struct tend_sql *q = tend_sql(store, "SELECT id FROM task WHERE person = ?1");
 *     tend_sql_bind_int(q, 1, person);
 *     while (tend_sql_step(q))
 *         use(tend_sql_int(q, 0));
 *     return tend_sql_end(q);
 *
 * A statement is prepared once and kept; `text` must be a literal (it is known
 * by its address). The same statement cannot be open twice: end it before a
 * function that may use it is called, or copy its rows first. Only SQL that
 * SQLite and PostgreSQL both take with one meaning: ?1 ?2 in order, BIGINT,
 * no LIKE, no COLLATE, no now(). */
#ifndef TEND_STORE_SQL_H
#define TEND_STORE_SQL_H

#include "store/row.h"

struct tend_sql;

struct tend_sql *tend_sql(struct tend_store *store, const char *text);
/* The same for a text whose ?1 is a person, which it binds: with "person = ?1" it reads the
 * person and all who were merged into them (ops_merge.c). */
struct tend_sql *tend_sql_of(struct tend_store *store, tend_id person, const char *text);
/* The same for what new rows of this batch make no difference to: tend_sql has
 * those written first that wait. */
struct tend_sql *tend_sql_past(struct tend_store *store, const char *text);
/* For text made at run time (the filter compiler): prepared, not kept. */
struct tend_sql *tend_sql_dynamic(struct tend_store *store, struct tend_text text);
void tend_sql_bind_int(struct tend_sql *q, int32_t at, int64_t value);
void tend_sql_bind_text(struct tend_sql *q, int32_t at, struct tend_text value);  /* copied */
void tend_sql_bind_null(struct tend_sql *q, int32_t at);
void tend_sql_bind(struct tend_sql *q, int32_t at, struct tend_value value);
/* true: a row; false: the end, or an error that tend_sql_end returns. */
bool tend_sql_step(struct tend_sql *q);
int64_t tend_sql_int(struct tend_sql *q, int32_t column);       /* NULL is 0 */
bool tend_sql_is_null(struct tend_sql *q, int32_t column);
struct tend_text tend_sql_text(struct tend_sql *q, int32_t column); /* until the next step */
struct tend_text tend_sql_blob(struct tend_sql *q, int32_t column);
/* Resets it (and frees a dynamic one); the status of the whole. */
tend_status tend_sql_end(struct tend_sql *q);
/* For statements without rows: step and end. */
tend_status tend_sql_run(struct tend_sql *q);

#endif
