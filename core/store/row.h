/* Rows of facts: the only three ways in which a fact changes. Each is
 * journaled, sets `rev`, and marks what must be derived anew. All need an open
 * batch; outside of one they return TEND_INTERNAL. */
#ifndef TEND_STORE_ROW_H
#define TEND_STORE_ROW_H

#include "store/catalogue.h"
#include "store/store.h"

enum tend_value_type { TEND_NULL, TEND_INT, TEND_STR, TEND_BLOB };

struct tend_value {             /* zeroed is NULL */
    enum tend_value_type type;
    int64_t i;
    struct tend_text t;         /* of TEND_STR and TEND_BLOB; borrowed */
};

static inline struct tend_value tend_int(int64_t i)
{
    return (struct tend_value){ .type = TEND_INT, .i = i };
}
/* An empty text is NULL: absent is absent. */
static inline struct tend_value tend_str(struct tend_text t)
{
    return (struct tend_value){ .type = t.len > 0 ? TEND_STR : TEND_NULL, .t = t };
}
/* 0 is NULL: for ids and instants that are not there. */
static inline struct tend_value tend_ref(int64_t id)
{
    return (struct tend_value){ .type = id ? TEND_INT : TEND_NULL, .i = id };
}

/* values has TEND_N_<table> entries, by TEND_C_<table>_<column>. *id (may be
 * NULL) is the new row's. */
tend_status tend_row_insert(struct tend_store *store, enum tend_table table,
                            const struct tend_value *values, tend_id *id);
/* Sets one column; a value that is there already changes nothing. */
tend_status tend_row_set(struct tend_store *store, enum tend_table table, tend_id id,
                         int32_t column, struct tend_value value);
/* Sets the columns whose bit is in mask, in one step. */
tend_status tend_row_update(struct tend_store *store, enum tend_table table, tend_id id,
                            uint64_t mask, const struct tend_value *values);
tend_status tend_row_delete(struct tend_store *store, enum tend_table table, tend_id id);
/* Reads one row; values has TEND_N_<table> entries, texts live in the arena.
 * TEND_NOT_FOUND if there is none. *rev may be NULL. */
tend_status tend_row_read(struct tend_store *store, enum tend_table table, tend_id id,
                          struct tend_arena *arena, struct tend_value *values, tend_id *rev);
/* Another number after whatever may have changed a row: one that was read stays as it was
 * as long as this does. 0 outside of a batch, where another process may write. */
uint64_t tend_row_writes(const struct tend_store *store);

#endif
