/* What scrub compares people by; whoever is archived is left out. */
#ifndef TEND_STORE_OPS_MATCH_H
#define TEND_STORE_OPS_MATCH_H

#include "store/store.h"

/* Each contact key, as its hash, with who has it. */
tend_status tend_match_keys(struct tend_store *store,
                            void (*each)(void *data, int64_t hash, tend_id person), void *data);
/* Each folded word of a name; those of one person behind each other. */
tend_status tend_match_words(struct tend_store *store,
                             void (*each)(void *data, tend_id person, struct tend_text word),
                             void *data);

#endif
