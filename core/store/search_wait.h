/* Persons whose texts are not in the search index yet: of a large import the index is
 * made afterwards, in slices. */
#ifndef TEND_STORE_SEARCH_WAIT_H
#define TEND_STORE_SEARCH_WAIT_H

#include "store/parts.h"

#define TEND_SEARCH_NOW 2000    /* persons of one batch whose texts do not wait */

struct tend_waiting {           /* ranges of persons, both ends, in order */
    TEND_ARRAY(struct tend_range) range;
};

tend_status tend_search_wait_add(struct tend_store *store, tend_id first, tend_id last);
tend_status tend_search_wait_load(struct tend_store *store, struct tend_waiting *waiting);
bool tend_search_waits(const struct tend_waiting *waiting, tend_id person);

#endif
