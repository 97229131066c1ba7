/* Who was merged into whom: the root of a person, and the statements that read a person with
 * all who were merged into them. */
#ifndef TEND_STORE_OPS_MERGE_H
#define TEND_STORE_OPS_MERGE_H

#include "store/row.h"

/* Is anybody merged into another? Known for the rest of a batch once it was asked. */
bool tend_merged_any(struct tend_store *store);
/* Is anybody merged into this person? */
bool tend_merged_into(struct tend_store *store, tend_id person);
/* Who a person is now: the end of the pointers; the person, if they were merged into nobody. */
tend_id tend_person_root(struct tend_store *store, tend_id person);
/* Those who were merged into a person, directly and through others, by id; not the person. */
tend_status tend_merged_list(struct tend_store *store, tend_id person, struct tend_arena *arena,
                             tend_id **persons, int64_t *n);
/* Each by their root, nobody twice, in the order in which they came first; *n shrinks. */
void tend_person_roots(struct tend_store *store, tend_id *persons, int64_t *n);
/* A column of the person row that is empty is told by the first who was merged into them. */
struct tend_text tend_merged_text(struct tend_store *store, tend_id person, int32_t column,
                                  struct tend_arena *arena);

/* Are these two known not to be the same? */
bool tend_apart_has(struct tend_store *store, tend_id a, tend_id b, tend_id *row);
/* Open tasks of a plugin under one key, of a person with all who were merged into them. */
struct tend_same_task {
    tend_id task, person;
    struct tend_text plugin, key;
    int64_t closes_day;
};
tend_status tend_merged_tasks(struct tend_store *store, tend_id person, struct tend_arena *arena,
                              struct tend_same_task **tasks, int64_t *n);

#endif
