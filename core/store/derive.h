/* The parts of derive.c; each makes one kind of derived rows for the rows with
 * ids first..last. known: there may be rows from before, which go. */
#ifndef TEND_STORE_DERIVE_H
#define TEND_STORE_DERIVE_H

#include "store/parts.h"

struct tend_word {
    struct tend_text word;
    tend_id person;
};

struct tend_words {             /* gathered, written in the order of the words */
    struct tend_arena arena;
    TEND_ARRAY(struct tend_word) all;
};

tend_status tend_derive_words(struct tend_store *store, struct tend_words *words, tend_id first,
                              tend_id last, bool known);
tend_status tend_derive_words_write(struct tend_store *store, struct tend_words *words);
/* The words of a folded name, by which it can be found: `add` gets each once. */
void tend_derive_split(struct tend_text folded, void (*add)(void *data, struct tend_text word),
                       void *data);
tend_status tend_derive_stages(struct tend_store *store, tend_id first, tend_id last, bool known);
tend_status tend_derive_search(struct tend_store *store, tend_id first, tend_id last, bool known);
tend_status tend_derive_due(struct tend_store *store, tend_id first, tend_id last, bool known);

#endif
