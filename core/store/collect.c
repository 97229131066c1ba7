/* The readers of what a person has, for the card and for an import alike. */
#include "store/collect.h"

tend_status tend_collect_points(struct tend_store *store, tend_id person,
                                struct tend_arena *arena, struct tend_point_view **out,
                                int64_t *n)
{
    TEND_ARRAY(struct tend_point_view) list = { 0 };
    struct tend_sql *q = tend_sql_of(store, person,
                                     "SELECT id, kind, value, key, label FROM contact_point"
                                     " WHERE person = ?1 ORDER BY id");

    while (tend_sql_step(q)) {
        struct tend_point_view point = { .id = tend_sql_int(q, 0) };

        point.kind = tend_collect_text(arena, q, 1);
        point.value = tend_collect_text(arena, q, 2);
        point.key = tend_collect_text(arena, q, 3);
        point.label = tend_collect_text(arena, q, 4);
        TEND_PUSH(&list, point);
    }
    *n = list.n;
    *out = TEND_COLLECT(arena, &list);
    return tend_sql_end(q);
}

tend_status tend_collect_pairs(struct tend_sql *q, tend_id person, struct tend_arena *arena,
                               struct tend_pair_view **out, int64_t *n)
{
    TEND_ARRAY(struct tend_pair_view) list = { 0 };

    tend_sql_bind_int(q, 1, person);
    while (tend_sql_step(q)) {
        struct tend_pair_view pair = { .at = tend_sql_int(q, 2) };

        pair.name = tend_collect_text(arena, q, 0);
        pair.value = tend_collect_text(arena, q, 1);
        TEND_PUSH(&list, pair);
    }
    *n = list.n;
    *out = TEND_COLLECT(arena, &list);
    return tend_sql_end(q);
}

tend_status tend_collect_texts(struct tend_sql *q, tend_id person, struct tend_arena *arena,
                               struct tend_text **out, int64_t *n)
{
    TEND_ARRAY(struct tend_text) list = { 0 };

    tend_sql_bind_int(q, 1, person);
    while (tend_sql_step(q))
        TEND_PUSH(&list, tend_collect_text(arena, q, 0));
    *n = list.n;
    *out = TEND_COLLECT(arena, &list);
    return tend_sql_end(q);
}
