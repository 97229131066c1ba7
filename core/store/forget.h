/* Forgetting a person: the one thing that cannot be undone. */
#ifndef TEND_STORE_FORGET_H
#define TEND_STORE_FORGET_H

#include "store/row.h"

/* Within a batch: every fact about the person goes, from the journal too; what was
 * shared with others stays theirs, without the text. The batch is sealed. */
tend_status tend_store_forget(struct tend_store *store, tend_id person);
/* After its commit: no byte of what was deleted is left in the file. */
tend_status tend_store_scrub(struct tend_store *store);

/* A keyed hash of a contact point, which tells nobody what it was. */
tend_status tend_forgotten_hash(struct tend_store *store, struct tend_text kind,
                                struct tend_text key, int64_t *hash);
bool tend_forgotten_any(struct tend_store *store);
bool tend_forgotten_has(struct tend_store *store, int64_t hash);

#endif
