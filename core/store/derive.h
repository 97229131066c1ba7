/* The parts of derive.c; each makes one kind of derived rows for the rows with
 * ids first..last. known: there may be rows from before, which go. */
#ifndef TEND_STORE_DERIVE_H
#define TEND_STORE_DERIVE_H

#include "store/parts.h"

/* Runs a DELETE of rows between ?1 and ?2. */
tend_status tend_bulk_remove(struct tend_store *store, const char *text, tend_id first,
                             tend_id last);

tend_status tend_derive_words(struct tend_store *store, tend_id first, tend_id last, bool known);
/* The words of a folded name, by which it can be found, borrowed or in the arena:
 * of o'brien these are o, brien, o'brien and obrien. */
void tend_derive_split(struct tend_arena *arena, struct tend_text folded,
                       void (*add)(void *data, struct tend_text word), void *data);
tend_status tend_derive_stages(struct tend_store *store, tend_id first, tend_id last, bool known);
tend_status tend_derive_search(struct tend_store *store, tend_id first, tend_id last, bool known);
/* The documents as they would be put now. */
typedef tend_status tend_document_fn(void *data, tend_id person, struct tend_text text);
tend_status tend_derive_documents(struct tend_store *store, tend_id first, tend_id last,
                                  tend_document_fn *each, void *data);
tend_status tend_derive_due(struct tend_store *store, tend_id first, tend_id last, bool known);

enum tend_rebuild { TEND_REBUILD_ALL, TEND_REBUILD_NO_SEARCH };
tend_status tend_derive_rebuild_as(struct tend_store *store, enum tend_rebuild how);

/* The hash that a key of a contact point is found by. */
int64_t tend_key_hash(struct tend_text kind, struct tend_text key);
/* After a change of a contact point: old has kind and key, values what the
 * mask says (all, if old is NULL); NULL is no row. */
void tend_keys_note(struct tend_store *store, tend_id point, const struct tend_value *old,
                    const struct tend_value *values, uint64_t mask);
/* Writes what was noted. */
tend_status tend_derive_keys(struct tend_store *store);
/* Of all contact points, into an empty table. */
tend_status tend_derive_keys_all(struct tend_store *store);

#endif
