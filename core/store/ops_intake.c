/* The reads of an import: who has this key, what do they have already. */
#include "store/ops_intake.h"
#include "store/collect.h"
#include "store/derive.h"
#include "store/ops_merge.h"

static tend_status known_row(struct tend_store *store, tend_id person, struct tend_arena *arena,
                             struct tend_known *known)
{
    struct tend_sql *q = tend_sql(store, "SELECT name, given, family, zone, region, source"
                                         " FROM person WHERE id = ?1");
    static const int32_t columns[] = { TEND_C_person_name, TEND_C_person_given,
                                       TEND_C_person_family, TEND_C_person_zone,
                                       TEND_C_person_region, TEND_C_person_source };
    struct tend_text *into[] = { &known->name, &known->given,  &known->family,
                                 &known->zone, &known->region, &known->source };

    tend_sql_bind_int(q, 1, person);
    if (tend_sql_step(q)) {
        for (int32_t i = 0; i < 6; i++)
            *into[i] = tend_collect_text(arena, q, i);
    }
    for (int32_t i = 0; i < 6 && tend_merged_into(store, person); i++)
        if (into[i]->len == 0)
            *into[i] = tend_merged_text(store, person, columns[i], arena);
    return tend_sql_end(q);
}

tend_status tend_intake_known(struct tend_store *store, tend_id person, struct tend_arena *arena,
                              struct tend_known *known)
{
    tend_status status;

    *known = (struct tend_known){ .n_points = 0 };
    status = known_row(store, person, arena, known);
    if (status == TEND_OK)
        status = tend_collect_points(store, person, arena, &known->points, &known->n_points);
    if (status == TEND_OK)
        status = tend_collect_pairs(tend_sql_of(store, person, "SELECT name, value, known_at FROM attribute"
                                                    " WHERE person = ?1"),
                                    person, arena, &known->attributes, &known->n_attributes);
    if (status == TEND_OK)
        status = tend_collect_texts(tend_sql_of(store, person, "SELECT tag FROM tag WHERE person = ?1"),
                                    person, arena, &known->tags, &known->n_tags);
    if (status == TEND_OK)
        status = tend_collect_texts(tend_sql_of(store, person, "SELECT text FROM note WHERE person = ?1"),
                                    person, arena, &known->notes, &known->n_notes);
    return status;
}

tend_status tend_intake_cursor(struct tend_store *store, const char *source, int64_t options,
                               struct tend_arena *arena, tend_id *id, struct tend_text *cursor)
{
    struct tend_sql *q = tend_sql(store, "SELECT id, cursor FROM source_cursor WHERE source = ?1"
                                         " AND options = ?2");

    tend_sql_bind_text(q, 1, tend_text_of(source));
    tend_sql_bind_int(q, 2, options);
    *id = 0;
    *cursor = (struct tend_text){ "", 0 };
    if (tend_sql_step(q)) {
        *id = tend_sql_int(q, 0);
        *cursor = tend_arena_text(arena, tend_sql_text(q, 1));
    }
    return tend_sql_end(q);
}

tend_status tend_intake_any_key(struct tend_store *store, bool *any)
{
    tend_status status = tend_derive_flush(store);
    struct tend_sql *q = tend_sql(store, "SELECT 1 FROM contact_key LIMIT 1");

    *any = status == TEND_OK && tend_sql_step(q);
    return tend_sql_end(q);
}

tend_status tend_intake_by_key(struct tend_store *store, struct tend_text kind,
                               struct tend_text key, tend_id *person)
{
    int64_t hash = tend_key_hash(kind, key);
    struct tend_sql *q;
    tend_status status;

    *person = 0;
    if (!tend_key_filter_may_have(&store->key_filter, hash))
        return TEND_OK;
    q = tend_sql_past(store, "SELECT c.person FROM contact_key k JOIN contact_point c"
                             " ON c.id = k.contact_point WHERE k.hash = ?1 AND c.key = ?2"
                             " AND c.kind = ?3 ORDER BY k.contact_point LIMIT 1");
    tend_sql_bind_int(q, 1, hash);
    tend_sql_bind_text(q, 2, key);
    tend_sql_bind_text(q, 3, kind);
    *person = tend_sql_step(q) ? tend_sql_int(q, 0) : 0;
    status = tend_sql_end(q);
    if (status == TEND_OK && *person)
        *person = tend_person_root(store, *person);
    return status;
}

tend_status tend_intake_holders(struct tend_store *store, struct tend_text kind,
                                struct tend_text key, int64_t most, tend_id *persons, int64_t *n)
{
    int64_t hash = tend_key_hash(kind, key);
    struct tend_sql *q;
    tend_status status;

    *n = 0;
    if (!tend_key_filter_may_have(&store->key_filter, hash))
        return TEND_OK;
    q = tend_sql_past(store, "SELECT c.person, min(k.contact_point) AS first FROM contact_key k"
                             " JOIN contact_point c ON c.id = k.contact_point WHERE k.hash = ?1"
                             " AND c.key = ?2 AND c.kind = ?3 GROUP BY c.person ORDER BY first"
                             " LIMIT ?4");

    tend_sql_bind_int(q, 1, hash);
    tend_sql_bind_text(q, 2, key);
    tend_sql_bind_text(q, 3, kind);
    tend_sql_bind_int(q, 4, most);
    while (*n < most && tend_sql_step(q))
        persons[(*n)++] = tend_sql_int(q, 0);
    status = tend_sql_end(q);
    tend_person_roots(store, persons, n);
    return status;
}

tend_status tend_intake_holder(struct tend_store *store, struct tend_text kind,
                               struct tend_text key, struct tend_text name, tend_id *person)
{
    struct tend_sql *q =
        tend_sql_past(store, "SELECT c.person FROM contact_key k JOIN contact_point c"
                             " ON c.id = k.contact_point JOIN person p ON p.id = c.person"
                             " WHERE k.hash = ?1 AND c.key = ?2 AND c.kind = ?3 AND p.name = ?4"
                             " ORDER BY k.contact_point LIMIT 1");
    tend_status status;

    tend_sql_bind_int(q, 1, tend_key_hash(kind, key));
    tend_sql_bind_text(q, 2, key);
    tend_sql_bind_text(q, 3, kind);
    tend_sql_bind_text(q, 4, name);
    *person = tend_sql_step(q) ? tend_sql_int(q, 0) : 0;
    status = tend_sql_end(q);
    if (status == TEND_OK && *person)
        *person = tend_person_root(store, *person);
    return status;
}

tend_status tend_intake_rows_of(struct tend_store *store, tend_id person, struct tend_arena *arena,
                                tend_id **ids, int64_t *n)
{
    struct tend_sql *q = tend_sql_of(store, person, "SELECT id FROM import_row WHERE person = ?1"
                                                    " ORDER BY id DESC LIMIT 20");
    tend_id found[20];

    *n = 0;
    while (*n < 20 && tend_sql_step(q))
        found[(*n)++] = tend_sql_int(q, 0);
    *ids = tend_arena_take(arena, sizeof found);
    memcpy(*ids, found, (size_t)*n * sizeof *found);
    return tend_sql_end(q);
}

tend_status tend_intake_unkeyed(struct tend_store *store, tend_unkeyed_fn *each, void *data)
{
    struct tend_sql *q =
        tend_sql(store, "SELECT id, name, source FROM person WHERE NOT EXISTS"
                        " (SELECT 1 FROM contact_point WHERE contact_point.person = person.id"
                        " AND contact_point.key IS NOT NULL"
                        " AND contact_point.kind IN ('email', 'phone', 'id')) ORDER BY id");

    while (tend_sql_step(q))
        each(data, tend_person_root(store, tend_sql_int(q, 0)), tend_sql_text(q, 1),
             tend_sql_text(q, 2));
    return tend_sql_end(q);
}
