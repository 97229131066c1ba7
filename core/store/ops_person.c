/* Reading a person whole, and the small facts of a person that guards, the
 * gate and windows ask for. */
#include "store/ops_person.h"
#include "store/collect.h"
#include "store/ops_merge.h"

/* What their own row leaves empty, by the first who was merged into them and knows. */
static tend_status read_merged(struct tend_store *store, struct tend_arena *arena,
                               struct tend_person_view *view)
{
    tend_status status = tend_merged_list(store, view->id, arena, &view->family_ids,
                                          &view->n_family);
    struct tend_text *names = tend_arena_take(arena, (size_t)(view->n_family + 1) * sizeof *names);

    view->names = names;
    for (int64_t i = 0; status == TEND_OK && i < view->n_family; i++) {
        struct tend_value v[TEND_N_person];

        status = tend_row_read(store, TEND_T_person, view->family_ids[i], arena, v, NULL);
        if (status != TEND_OK)
            break;
        names[i] = v[TEND_C_person_name].t;
        if (view->zone.len == 0)
            view->zone = v[TEND_C_person_zone].t;
        if (view->region.len == 0)
            view->region = v[TEND_C_person_region].t;
        if (view->given.len == 0 && view->family.len == 0) {
            view->given = v[TEND_C_person_given].t;
            view->family = v[TEND_C_person_family].t;
        }
        if (view->keeper == 0)
            view->keeper = v[TEND_C_person_keeper].i;
    }
    return status;
}

static tend_status read_row(struct tend_store *store, tend_id person, struct tend_arena *arena,
                            struct tend_person_view *view)
{
    struct tend_value v[TEND_N_person];
    tend_status status = tend_row_read(store, TEND_T_person, person, arena, v, NULL);

    if (status == TEND_NOT_FOUND)
        return tend_error_set(tend_store_error(store), TEND_NOT_FOUND, "there is no person p%lld",
                              (long long)person);
    if (status != TEND_OK)
        return status;
    view->id = person;
    view->uid = v[TEND_C_person_uid].t;
    view->name = v[TEND_C_person_name].t;
    view->given = v[TEND_C_person_given].t;
    view->family = v[TEND_C_person_family].t;
    view->zone = v[TEND_C_person_zone].t;
    view->region = v[TEND_C_person_region].t;
    view->keeper = v[TEND_C_person_keeper].i;
    view->source = v[TEND_C_person_source].t;
    view->import = v[TEND_C_person_import].i;
    view->import_line = v[TEND_C_person_import_line].i;
    view->archived_at = v[TEND_C_person_archived_at].i;
    view->known_at = v[TEND_C_person_known_at].i;
    view->merged = v[TEND_C_person_merged].i;
    return tend_merged_into(store, person) ? read_merged(store, arena, view) : TEND_OK;
}

static tend_status read_holds(struct tend_store *store, struct tend_arena *arena,
                              struct tend_person_view *view)
{
    TEND_ARRAY(struct tend_hold_view) list = { 0 };
    struct tend_sql *q = tend_sql_of(store, view->id,
                                     "SELECT id, until_day, track, kind, reason FROM hold"
                                     " WHERE person = ?1 AND ended_at IS NULL"
                                     " AND (until_day IS NULL OR until_day > ?2)"
                                     " ORDER BY id");

    tend_sql_bind_int(q, 2, tend_store_today(store));
    while (tend_sql_step(q)) {
        struct tend_hold_view hold = { .id = tend_sql_int(q, 0), .until_day = tend_sql_int(q, 1) };

        hold.track = tend_collect_text(arena, q, 2);
        hold.kind = tend_collect_text(arena, q, 3);
        hold.reason = tend_collect_text(arena, q, 4);
        TEND_PUSH(&list, hold);
    }
    view->n_holds = list.n;
    view->holds = TEND_COLLECT(arena, &list);
    return tend_sql_end(q);
}

tend_status tend_person_read(struct tend_store *store, tend_id person, struct tend_arena *arena,
                             struct tend_person_view *view)
{
    tend_status status;

    memset(view, 0, sizeof *view);
    if ((status = tend_derive_flush(store)) != TEND_OK ||
        (status = read_row(store, person, arena, view)) != TEND_OK ||
        (status = tend_collect_points(store, person, arena, &view->points, &view->n_points)) !=
            TEND_OK ||
        (status = read_holds(store, arena, view)) != TEND_OK)
        return status;
    status = tend_collect_pairs(
        tend_sql(store, "SELECT track, stage, at FROM person_stage WHERE person = ?1"
                        " ORDER BY track"),
        person, arena, &view->stages, &view->n_stages);
    if (status == TEND_OK)
        status = tend_collect_pairs(tend_sql_of(store, person,
                                                "SELECT name, value, known_at FROM attribute"
                                                " WHERE person = ?1 ORDER BY name, id"),
                                    person, arena, &view->attributes, &view->n_attributes);
    if (status == TEND_OK)
        status = tend_collect_texts(
            tend_sql_of(store, person, "SELECT DISTINCT tag FROM tag WHERE person = ?1"
                                       " ORDER BY tag"),
            person, arena, &view->tags, &view->n_tags);
    if (status == TEND_OK)
        status = tend_collect_texts(tend_sql_of(store, person,
                                                "SELECT role FROM role WHERE person = ?1"
                                                " AND to_at IS NULL GROUP BY role"
                                                " ORDER BY min(id)"),
                                    person, arena, &view->roles, &view->n_roles);
    if (status == TEND_OK)
        status =
            tend_collect_texts(tend_sql_of(store, person,
                                           "SELECT channel FROM dnc WHERE person = ?1"
                                           " AND ended_at IS NULL AND contact_point IS NULL"
                                           " ORDER BY id"),
                               person, arena, &view->dnc, &view->n_dnc);
    return status;
}

struct tend_text tend_person_name(struct tend_store *store, tend_id person,
                                  struct tend_arena *arena)
{
    struct tend_sql *q = tend_sql(store, "SELECT name FROM person WHERE id = ?1");
    struct tend_text name = { "", 0 };

    tend_sql_bind_int(q, 1, person);
    if (tend_sql_step(q))
        name = tend_collect_text(arena, q, 0);
    tend_sql_end(q);
    return name;
}

tend_status tend_person_new(struct tend_store *store, int64_t from, int64_t most, int64_t *n)
{
    struct tend_sql *q = tend_sql(store, "SELECT id, known_at FROM person ORDER BY id DESC"
                                         " LIMIT ?1");
    tend_id me = tend_store_me(store);

    *n = 0;
    tend_sql_bind_int(q, 1, most + 1);
    while (*n < most && tend_sql_step(q) && tend_sql_int(q, 1) >= from)
        *n += tend_sql_int(q, 0) != me;
    return tend_sql_end(q);
}

#define UNTOLD                                                                            \
    " FROM person p WHERE p.archived_at IS NULL AND p.merged IS NULL AND p.id <> ?1"        \
    " AND NOT EXISTS (SELECT 1"                                                           \
    " FROM tag t WHERE t.person = p.id AND t.tag IN ('talk', 'friend', 'later'))"         \
    " AND NOT EXISTS (SELECT 1 FROM person_stage s WHERE s.person = p.id AND s.stage <> ?2)"

tend_status tend_person_untold(struct tend_store *store, const char *initial, int64_t most,
                               struct tend_arena *arena, tend_id **persons, int64_t *n,
                               int64_t *all)
{
    TEND_ARRAY(tend_id) list = { 0 };
    tend_id me = tend_store_me(store);
    struct tend_sql *q = tend_sql(store, "SELECT COUNT(*)" UNTOLD);
    tend_status status;

    tend_sql_bind_int(q, 1, me);
    tend_sql_bind_text(q, 2, tend_text_of(initial != NULL ? initial : ""));
    *all = tend_sql_step(q) ? tend_sql_int(q, 0) : 0;
    status = tend_sql_end(q);
    if (status != TEND_OK)
        return status;
    q = tend_sql(store, "SELECT p.id" UNTOLD " ORDER BY COALESCE(p.import, 0) DESC, p.id"
                        " LIMIT ?3");
    tend_sql_bind_int(q, 1, me);
    tend_sql_bind_text(q, 2, tend_text_of(initial != NULL ? initial : ""));
    tend_sql_bind_int(q, 3, most);
    while (tend_sql_step(q))
        TEND_PUSH(&list, tend_sql_int(q, 0));
    *n = list.n;
    *persons = TEND_COLLECT(arena, &list);
    return tend_sql_end(q);
}

tend_status tend_person_count(struct tend_store *store, int64_t *n)
{
    struct tend_sql *q = tend_sql(store,
                                  "SELECT (SELECT COUNT(*) FROM person)"
                                  " - (SELECT COUNT(*) FROM person WHERE archived_at IS NOT NULL)"
                                  " - (SELECT COUNT(*) FROM person WHERE merged IS NOT NULL"
                                  " AND archived_at IS NULL)"
                                  " - (SELECT COUNT(*) FROM person WHERE id = ?1"
                                  " AND archived_at IS NULL)");

    *n = 0;
    tend_sql_bind_int(q, 1, tend_store_me(store));
    if (tend_sql_step(q))
        *n = tend_sql_int(q, 0);
    return tend_sql_end(q);
}

struct tend_text tend_person_dnc(struct tend_store *store, tend_id person,
                                 struct tend_arena *arena)
{
    struct tend_sql *q = tend_sql_of(store, person, "SELECT channel FROM dnc WHERE person = ?1"
                                                    " AND ended_at IS NULL"
                                                    " AND contact_point IS NULL ORDER BY id");
    struct tend_buffer list = { 0 };
    struct tend_text out;

    while (tend_sql_step(q)) {
        if (list.len > 0)
            tend_buffer_addc(&list, ',');
        tend_buffer_add(&list, tend_sql_text(q, 0));
    }
    tend_sql_end(q);
    out = tend_arena_text(arena, tend_buffer_text(&list));
    tend_buffer_finish(&list);
    return out;
}

struct tend_text tend_person_stage(struct tend_store *store, tend_id person, const char *track,
                                   struct tend_arena *arena)
{
    struct tend_text stage = { "", 0 };
    struct tend_sql *q;

    if (tend_derive_flush(store) != TEND_OK)
        return stage;
    q = tend_sql(store, "SELECT stage FROM person_stage WHERE person = ?1 AND track = ?2");
    tend_sql_bind_int(q, 1, person);
    tend_sql_bind_text(q, 2, tend_text_of(track));
    if (tend_sql_step(q))
        stage = tend_collect_text(arena, q, 0);
    tend_sql_end(q);
    return stage;
}

static void zone_of_merged(struct tend_store *store, tend_id person, char *name, size_t most)
{
    struct tend_arena arena = { 0 };
    struct tend_text text = tend_merged_text(store, person, TEND_C_person_zone, &arena);

    if (text.len > 0 && text.len < (int64_t)most)
        memcpy(name, text.at, (size_t)text.len);
    tend_arena_finish(&arena);
}

const struct tend_zone *tend_person_zone(struct tend_store *store, tend_id person)
{
    struct tend_sql *q = tend_sql(store, "SELECT zone FROM person WHERE id = ?1");
    const struct tend_zone *zone = NULL;
    struct tend_error unused = { 0 };
    char name[64] = "";

    tend_sql_bind_int(q, 1, person);
    if (tend_sql_step(q)) {
        struct tend_text text = tend_sql_text(q, 0);

        if (text.len > 0 && text.len < (int64_t)sizeof name)
            memcpy(name, text.at, (size_t)text.len);
    }
    tend_sql_end(q);
    if (!name[0] && tend_merged_into(store, person))
        zone_of_merged(store, person, name, sizeof name);
    if (name[0] && tend_zone_open(name, &zone, &unused) == TEND_OK)
        return zone;
    return tend_store_zone(store);
}
