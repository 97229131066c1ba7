/* Small questions about rows that several use cases ask, each by an index. */
#include "store/ops_rows.h"
#include "store/collect.h"
#include "store/ops_merge.h"
#include "store/ops_why.h"
#include "store/parts.h"

static const char *rows_of(enum tend_table table)
{
    switch (table) {
    case TEND_T_role:
        return "SELECT id FROM role WHERE person = ?1 AND to_at IS NULL"
               " ORDER BY id";
    case TEND_T_contact_point:
        return "SELECT id FROM contact_point WHERE person = ?1 ORDER BY id";
    case TEND_T_attribute:
        return "SELECT id FROM attribute WHERE person = ?1 ORDER BY id";
    case TEND_T_tag:
        return "SELECT id FROM tag WHERE person = ?1 ORDER BY id";
    case TEND_T_note:
        return "SELECT id FROM note WHERE person = ?1 ORDER BY id";
    case TEND_T_link:
        return "SELECT id FROM link WHERE person = ?1 AND to_day IS NULL"
               " ORDER BY id";
    case TEND_T_stage_change:
        return "SELECT id FROM stage_change WHERE person = ?1 ORDER BY id";
    case TEND_T_hold:
        return "SELECT id FROM hold WHERE person = ?1 AND ended_at IS NULL"
               " ORDER BY id";
    case TEND_T_dnc:
        return "SELECT id FROM dnc WHERE person = ?1 AND ended_at IS NULL"
               " ORDER BY id";
    case TEND_T_consent:
        return "SELECT id FROM consent WHERE person = ?1 AND ended_at IS NULL"
               " ORDER BY id";
    case TEND_T_objection:
        return "SELECT id FROM objection WHERE person = ?1 ORDER BY id";
    case TEND_T_task:
        return "SELECT id FROM task WHERE person = ?1 AND state = 0 ORDER BY id";
    case TEND_T_timer:
        return "SELECT id FROM timer WHERE person = ?1 ORDER BY id";
    default:
        return NULL;
    }
}

/* Rows of others may go on waiting for their table. Of timers it is the end that waits. */
static struct tend_sql *by_person(struct tend_store *store, enum tend_table table,
                                  const char *text, tend_id person)
{
    int32_t owner = tend_catalogue[table].owner;

    if (tend_merged_into(store, person))
        return tend_sql_of(store, person, text);
    if (table == TEND_T_timer || owner < 0 || tend_pending_has(store, table, owner, person))
        return tend_sql(store, text);
    return tend_sql_past(store, text);
}

static tend_status collect(struct tend_sql *q, tend_id person, struct tend_arena *arena,
                           tend_id **ids, int64_t *n)
{
    TEND_ARRAY(tend_id) list = { 0 };

    tend_sql_bind_int(q, 1, person);
    while (tend_sql_step(q))
        TEND_PUSH(&list, tend_sql_int(q, 0));
    *n = list.n;
    *ids = TEND_COLLECT(arena, &list);
    return tend_sql_end(q);
}

static tend_id one_id(struct tend_sql *q)
{
    tend_id id = tend_sql_step(q) ? tend_sql_int(q, 0) : 0;

    return tend_sql_end(q) == TEND_OK ? id : 0;
}

tend_status tend_rows_of(struct tend_store *store, enum tend_table table, tend_id person,
                         struct tend_arena *arena, tend_id **ids, int64_t *n)
{
    const char *text = rows_of(table);

    *ids = NULL;
    *n = 0;
    if (!text)
        return tend_error_set(tend_store_error(store), TEND_INTERNAL,
                              "no list of rows by person is kept for that table");
    return collect(by_person(store, table, text, person), person, arena, ids, n);
}

tend_status tend_rows_closed(struct tend_store *store, tend_id person, tend_id touch,
                             struct tend_arena *arena, tend_id **ids, int64_t *n)
{
    struct tend_sql *q = tend_sql_of(store, person, "SELECT id FROM task WHERE closed_touch = ?2"
                                                    " AND person = ?1 ORDER BY id");

    tend_sql_bind_int(q, 2, touch);
    return collect(q, person, arena, ids, n);
}

tend_status tend_rows_holds_ended(struct tend_store *store, tend_id person, tend_id rev,
                                  struct tend_arena *arena, tend_id **ids, int64_t *n)
{
    struct tend_sql *q = tend_sql_of(store, person, "SELECT id FROM hold WHERE person = ?1"
                                                    " AND rev = ?2 AND ended_at IS NOT NULL"
                                                    " ORDER BY id");

    tend_sql_bind_int(q, 2, rev);
    return collect(q, person, arena, ids, n);
}

tend_status tend_rows_objections(struct tend_store *store, tend_id touch,
                                 struct tend_arena *arena, tend_id **ids, int64_t *n)
{
    return collect(tend_sql(store, "SELECT id FROM objection WHERE touch = ?1 ORDER BY id"),
                   touch, arena, ids, n);
}

tend_status tend_rows_consents(struct tend_store *store, tend_id touch, struct tend_arena *arena,
                               tend_id **ids, int64_t *n)
{
    return collect(tend_sql(store, "SELECT id FROM consent WHERE touch = ?1 ORDER BY id"), touch,
                   arena, ids, n);
}

tend_status tend_decision_of(struct tend_store *store, tend_id person, enum tend_ref_kind kind,
                             tend_id id, struct tend_arena *arena, tend_id **ids, int64_t *n)
{
    struct tend_sql *q = tend_sql_of(store, person, "SELECT id FROM decision WHERE person = ?1"
                                                    " AND cause_kind = ?2 AND cause_id = ?3"
                                                    " ORDER BY id");

    tend_sql_bind_int(q, 2, kind);
    tend_sql_bind_int(q, 3, id);
    return collect(q, person, arena, ids, n);
}

tend_id tend_rows_message(struct tend_store *store, struct tend_text key)
{
    struct tend_sql *q = tend_sql(store, "SELECT id FROM message WHERE key = ?1");

    tend_sql_bind_text(q, 1, key);
    return one_id(q);
}

bool tend_rows_held(struct tend_store *store, tend_id person, const char *kind,
                    enum tend_ref_kind cause_kind, tend_id cause_id)
{
    struct tend_sql *q = tend_sql_of(store, person, "SELECT id FROM hold WHERE person = ?1"
                                                    " AND kind = ?2 AND cause_kind = ?3"
                                                    " AND cause_id = ?4");

    tend_sql_bind_text(q, 2, tend_text_of(kind));
    tend_sql_bind_int(q, 3, cause_kind);
    tend_sql_bind_int(q, 4, cause_id);
    return one_id(q) != 0;
}

tend_status tend_rows_links(struct tend_store *store, tend_id person, struct tend_arena *arena,
                            tend_id **ids, int64_t *n)
{
    return collect(tend_sql_of(store, person,
                               "SELECT id FROM link WHERE person = ?1 AND to_day IS NULL"
                               " UNION SELECT id FROM link WHERE other = ?1"
                               " AND to_day IS NULL ORDER BY id"),
                   person, arena, ids, n);
}

tend_id tend_rows_state(struct tend_store *store, tend_id person, struct tend_text plugin,
                        struct tend_text name)
{
    struct tend_sql *q;

    if (person)
        q = tend_sql_of(store, person,
                        "SELECT id FROM plugin_state WHERE person = ?1 AND plugin = ?2"
                        " AND name = ?3 AND ?4 > 0"
                        " ORDER BY CASE WHEN person = ?4 THEN 0 ELSE 1 END, id");
    else
        q = tend_sql(store, "SELECT id FROM plugin_state WHERE person IS NULL AND ?1 = 0"
                            " AND plugin = ?2 AND name = ?3 AND ?4 = 0");
    tend_sql_bind_int(q, 1, person);
    tend_sql_bind_int(q, 4, person);
    tend_sql_bind_text(q, 2, plugin);
    tend_sql_bind_text(q, 3, name);
    return one_id(q);
}

tend_id tend_rows_party(struct tend_store *store, tend_id touch, tend_id person)
{
    struct tend_sql *q = tend_sql_of(
        store, person, "SELECT id FROM touch_party WHERE touch = ?2 AND person = ?1 ORDER BY id");

    tend_sql_bind_int(q, 2, touch);
    return one_id(q);
}

int64_t tend_rows_stage_since(struct tend_store *store, tend_id person, struct tend_text track)
{
    struct tend_sql *q;

    if (tend_derive_flush(store) != TEND_OK)
        return 0;
    q = tend_sql(store, "SELECT at FROM person_stage WHERE person = ?1 AND track = ?2");
    tend_sql_bind_int(q, 1, person);
    tend_sql_bind_text(q, 2, track);
    return one_id(q);
}

tend_id tend_rows_stage_only(struct tend_store *store, tend_id person, struct tend_text track)
{
    struct tend_sql *q =
        tend_sql(store, "SELECT CASE WHEN count(*) = 1 AND max(coalesce(from_stage, '')) = ''"
                        " THEN max(id) ELSE 0 END FROM stage_change"
                        " WHERE person = ?1 AND track = ?2");

    tend_sql_bind_int(q, 1, person);
    tend_sql_bind_text(q, 2, track);
    return one_id(q);
}

tend_status tend_rows_uids(struct tend_store *store, tend_uid_fn *each, void *data)
{
    struct tend_sql *q = tend_sql(store, "SELECT id, uid FROM person WHERE uid IS NOT NULL");

    while (tend_sql_step(q))
        each(data, tend_person_root(store, tend_sql_int(q, 0)), tend_sql_text(q, 1));
    return tend_sql_end(q);
}

tend_status tend_rows_person(struct tend_store *store, tend_id person, bool *there)
{
    struct tend_sql *q = tend_sql(store, "SELECT 1 FROM person WHERE id = ?1");

    tend_sql_bind_int(q, 1, person);
    *there = tend_sql_step(q);
    return tend_sql_end(q);
}
