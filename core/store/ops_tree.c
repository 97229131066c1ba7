/* Reading the tree, from a person down or up: a look by index for each, so that a downline costs
 * by its own size, whatever the size of the whole. */
#include "store/ops_tree.h"
#include "store/collect.h"
#include "store/derive.h"
#include "store/ops_merge.h"
#include "store/ops_person.h"

#define HOLDS(e) "(" e ".from_day IS NULL OR " e ".from_day <= ?2) AND (" e ".to_day IS NULL OR " \
                 e ".to_day > ?2)"

tend_id tend_edge_on(struct tend_store *store, tend_id person, const char *kind, int64_t day,
                     tend_id *upline)
{
    struct tend_sql *q =
        tend_sql_of(store, person, "SELECT e.id, e.upline FROM edge e WHERE e.person = ?1 AND "
                                   HOLDS("e") " AND e.kind = ?3"
                                   " ORDER BY CASE WHEN e.person = ?4 THEN 0 ELSE 1 END,"
                                   " e.id DESC");
    tend_id edge = 0, above = 0;

    tend_sql_bind_int(q, 2, day);
    tend_sql_bind_text(q, 3, tend_text_of(kind));
    tend_sql_bind_int(q, 4, person);
    while (edge == 0 && tend_sql_step(q)) {
        above = tend_person_root(store, tend_sql_int(q, 1));
        edge = above != person ? tend_sql_int(q, 0) : 0;    /* nobody stands under themselves */
    }
    if (upline)
        *upline = edge ? above : 0;
    return tend_sql_end(q) == TEND_OK ? edge : 0;
}

static tend_status ids_of(struct tend_store *store, struct tend_sql *q, struct tend_arena *arena,
                          tend_id **persons, int64_t *n)
{
    TEND_ARRAY(tend_id) list = { 0 };

    while (tend_sql_step(q))
        TEND_PUSH(&list, tend_sql_int(q, 0));
    *n = list.n;
    *persons = TEND_COLLECT(arena, &list);
    tend_person_roots(store, *persons, n);
    return tend_sql_end(q);
}

tend_status tend_edge_under(struct tend_store *store, tend_id person, bool placement, int64_t day,
                            struct tend_arena *arena, tend_id **persons, int64_t *n)
{
    struct tend_sql *q;

    if (placement)
        q = tend_sql_of(store, person,
                        "SELECT e.person FROM edge e WHERE e.upline = ?1 AND " HOLDS("e")
                        " AND (e.kind = 'placement' OR (e.kind = 'sponsor' AND NOT EXISTS"
                        " (SELECT 1 FROM edge p WHERE p.person = e.person AND p.kind = 'placement'"
                        " AND " HOLDS("p") "))) ORDER BY e.from_day, e.person");
    else
        q = tend_sql_of(store, person,
                        "SELECT e.person FROM edge e WHERE e.upline = ?1 AND " HOLDS("e")
                        " AND e.kind = 'sponsor' ORDER BY e.from_day, e.person");
    tend_sql_bind_int(q, 2, day);
    return ids_of(store, q, arena, persons, n);
}

bool tend_edge_any_under(struct tend_store *store, tend_id person, const char *kind)
{
    struct tend_sql *q = tend_sql_of(store, person, "SELECT 1 FROM edge WHERE upline = ?1"
                                                    " AND kind = ?2 LIMIT 1");
    bool any;

    tend_sql_bind_text(q, 2, tend_text_of(kind));
    any = tend_sql_step(q);
    return tend_sql_end(q) == TEND_OK && any;
}

tend_status tend_edge_tops(struct tend_store *store, int64_t day, struct tend_arena *arena,
                           tend_id **persons, int64_t *n)
{
    struct tend_sql *q = tend_sql(store, "SELECT DISTINCT e.upline FROM edge e WHERE ?1 = 0 AND "
                                         HOLDS("e") " AND NOT EXISTS (SELECT 1 FROM edge u"
                                         " WHERE u.person = e.upline AND " HOLDS("u") ")"
                                         " ORDER BY e.upline");

    tend_sql_bind_int(q, 1, 0);
    tend_sql_bind_int(q, 2, day);
    return ids_of(store, q, arena, persons, n);
}

/* --- what an import told ------------------------------------------------------ */

tend_status tend_edge_each_told(struct tend_store *store, tend_id import, tend_edge_told_fn *each,
                                void *data)
{
    /* the newest value of a name comes last, and stays */
    struct tend_sql *q =
        tend_sql(store, "SELECT a.person, a.name, a.value FROM attribute a WHERE a.person IN"
                        " (SELECT id FROM person WHERE import = ?1 UNION"
                        " SELECT person FROM import_row WHERE import = ?1)"
                        " AND a.name IN ('sponsor', 'placement', 'joined')"
                        " ORDER BY a.person, a.id");
    struct tend_edge_told told = { 0 };
    struct tend_arena arena = { 0 };
    tend_status status = TEND_OK, ended;

    tend_sql_bind_int(q, 1, import);
    while (status == TEND_OK && tend_sql_step(q)) {
        tend_id person = tend_sql_int(q, 0);
        struct tend_text name = tend_sql_text(q, 1);

        if (person != told.person) {
            if (told.person)
                status = each(data, &told);
            tend_arena_reset(&arena);
            told = (struct tend_edge_told){ .person = person };
        }
        *(tend_text_is(name, "sponsor")     ? &told.sponsor
          : tend_text_is(name, "placement") ? &told.placement
                                            : &told.joined) = tend_collect_text(&arena, q, 2);
    }
    if (status == TEND_OK && told.person)
        status = each(data, &told);
    ended = tend_sql_end(q);
    tend_arena_finish(&arena);
    return status == TEND_OK ? ended : status;
}

/* The id with what stands before the number in a key. */
static const char *key_beside(struct tend_arena *arena, struct tend_text key, struct tend_text id)
{
    int64_t end = key.len;

    while (end > 0 && key.at[end - 1] != '/' && key.at[end - 1] != ':')
        end--;
    return tend_arena_printf(arena, "%.*s%.*s", (int)end, key.at, TEND_FMT(id));
}

tend_id tend_edge_by_id(struct tend_store *store, tend_id person, struct tend_text id)
{
    struct tend_arena arena = { 0 };
    struct tend_point_view *points;
    int64_t n;
    tend_id found = 0;

    if (tend_collect_points(store, person, &arena, &points, &n) == TEND_OK)
        for (int64_t i = 0; found == 0 && i < n; i++)
            if (tend_text_is(points[i].kind, "id") && points[i].key.len > 0)
                found = tend_person_by_key(store, TEND_TEXT("id"),
                                           tend_text_of(key_beside(&arena, points[i].key, id)));
    tend_arena_finish(&arena);
    return found;
}
