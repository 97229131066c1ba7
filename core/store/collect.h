/* Rows gathered one by one, then moved into the arena of who asked. */
#ifndef TEND_STORE_COLLECT_H
#define TEND_STORE_COLLECT_H

#include "base/array.h"
#include "base/text.h"
#include "store/ops_person.h"
#include "store/sql.h"

/* Copies n elements into the arena and frees the array. */
static inline void *tend_collect(struct tend_arena *arena, void *at, int64_t n, size_t size)
{
    void *out = tend_arena_take(arena, n > 0 ? (size_t)n * size : 1);

    if (n > 0)
        memcpy(out, at, (size_t)n * size);
    tend_free(at);
    return out;
}

#define TEND_COLLECT(arena, array) \
    tend_collect((arena), (array)->at, (array)->n, sizeof *(array)->at)

/* A column as text in the arena. */
static inline struct tend_text tend_collect_text(struct tend_arena *arena, struct tend_sql *q,
                                                 int32_t column)
{
    return tend_arena_text(arena, tend_sql_text(q, column));
}

/* What a person has, in the arena: contact points; the rows of a statement with
 * the person as ?1, as (name, value, at) or as one text each. Ends it. */
tend_status tend_collect_points(struct tend_store *store, tend_id person,
                                struct tend_arena *arena, struct tend_point_view **out,
                                int64_t *n);
tend_status tend_collect_pairs(struct tend_sql *q, tend_id person, struct tend_arena *arena,
                               struct tend_pair_view **out, int64_t *n);
tend_status tend_collect_texts(struct tend_sql *q, tend_id person, struct tend_arena *arena,
                               struct tend_text **out, int64_t *n);

#endif
