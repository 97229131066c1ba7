/* The parts of derive.c; each makes one kind of derived rows for the rows with
 * ids first..last. known: there may be rows from before, which go. */
#ifndef TEND_STORE_DERIVE_H
#define TEND_STORE_DERIVE_H

#include "store/parts.h"

#define TEND_BULK_ROWS 16
#define TEND_BULK_COLUMNS 4     /* of the widest derived table */

/* Derived rows on their way into a table, many to a statement: half the cost
 * of one by one. */
struct tend_bulk {              /* zeroed but for store and table */
    struct tend_store *store;
    enum tend_table table;
    int32_t n;
    struct tend_value value[TEND_BULK_ROWS * TEND_BULK_COLUMNS];
    struct tend_arena arena;
};

/* Texts are copied. */
tend_status tend_bulk_add(struct tend_bulk *bulk, const struct tend_value *values);
/* Writes what is left (unless status is an error already) and frees. */
tend_status tend_bulk_end(struct tend_bulk *bulk, tend_status status);
/* Runs a DELETE of rows between ?1 and ?2. */
tend_status tend_bulk_remove(struct tend_store *store, const char *text, tend_id first,
                             tend_id last);

tend_status tend_derive_words(struct tend_store *store, tend_id first, tend_id last, bool known);
/* The words of a folded name, by which it can be found: `add` gets each once. */
void tend_derive_split(struct tend_text folded, void (*add)(void *data, struct tend_text word),
                       void *data);
tend_status tend_derive_stages(struct tend_store *store, tend_id first, tend_id last, bool known);
tend_status tend_derive_search(struct tend_store *store, tend_id first, tend_id last, bool known);
tend_status tend_derive_due(struct tend_store *store, tend_id first, tend_id last, bool known);

#endif
