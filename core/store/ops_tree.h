/* The tree: who sponsored whom, who stands under whom, on a day. */
#ifndef TEND_STORE_OPS_TREE_H
#define TEND_STORE_OPS_TREE_H

#include "store/row.h"

/* The edge of this kind that holds on the day, of the person or of who was merged into them; 0:
 * none. upline: by its root; may be NULL. */
tend_id tend_edge_on(struct tend_store *store, tend_id person, const char *kind, int64_t day,
                     tend_id *upline);
/* Who stands directly under a person on that day, in the order in which they came. In the
 * placement tree, who was placed nowhere stands under their sponsor. */
tend_status tend_edge_under(struct tend_store *store, tend_id person, bool placement, int64_t day,
                            struct tend_arena *arena, tend_id **persons, int64_t *n);
/* Has anybody ever stood under this person in that tree? */
bool tend_edge_any_under(struct tend_store *store, tend_id person, const char *kind);
/* Who has somebody under them, and nobody above, on that day. */
tend_status tend_edge_tops(struct tend_store *store, int64_t day, struct tend_arena *arena,
                           tend_id **persons, int64_t *n);

/* What an import told of sponsors: attributes of its people, by their names. */
struct tend_edge_told {
    tend_id person;
    struct tend_text sponsor, placement, joined;    /* the newest of each; empty: none */
};
typedef tend_status tend_edge_told_fn(void *data, const struct tend_edge_told *told);
tend_status tend_edge_each_told(struct tend_store *store, tend_id import, tend_edge_told_fn *each,
                                void *data);
/* Who has this id in the program that gave `person` theirs: "csv:table/7" beside "csv:table/3".
 * 0: nobody. */
tend_id tend_edge_by_id(struct tend_store *store, tend_id person, struct tend_text id);

#endif
