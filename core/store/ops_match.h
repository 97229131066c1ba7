/* What scrub compares people by, a pass over each table; whoever is archived or merged
 * into somebody is left out by the first. */
#ifndef TEND_STORE_OPS_MATCH_H
#define TEND_STORE_OPS_MATCH_H

#include "store/store.h"

struct tend_match_row {
    tend_id person;
    struct tend_text kind;      /* of a contact point; the name of an attribute */
    struct tend_text value, key;
};
typedef void tend_match_fn(void *data, const struct tend_match_row *row);

/* In the order of ids: kind empty, value the name; then "given" and "family". */
tend_status tend_match_persons(struct tend_store *store, tend_match_fn *each, void *data);
tend_status tend_match_points(struct tend_store *store, tend_match_fn *each, void *data);
tend_status tend_match_attributes(struct tend_store *store, tend_match_fn *each, void *data);
/* Who was merged, and into whom: maybe one who was merged again. */
tend_status tend_match_merged(struct tend_store *store,
                              void (*each)(void *data, tend_id person, tend_id into), void *data);
/* Pairs that somebody said are not the same, the lower id first. */
tend_status tend_match_apart(struct tend_store *store,
                             void (*each)(void *data, tend_id a, tend_id b), void *data);

#endif
