/* Reading tasks: the list of the day by the derived table of instants, so that
 * what is due among many is found by an index. */
#include "store/ops_task.h"
#include "store/collect.h"
#include "store/ops_merge.h"
#include "store/ops_person.h"
#include "store/parts.h"

/* of a task t, its instants d (which a closed one has not) and its person p */
#define TASK_COLUMNS                                                                          \
    "t.id, t.person, p.name, t.kind, t.title, t.why, t.plugin, t.key, t.cause_kind,"          \
    " t.cause_id, t.anchor, t.span, t.opens_day, t.closes_day, t.wall, t.zone, t.closed_by,"  \
    " t.doer, t.state, t.state_at, t.closed_touch, d.opens_at, d.closes_at, p.merged"
#define TASK_PHONE                                                                    \
    ", (SELECT c.value FROM contact_point c WHERE c.person = t.person AND"            \
    " c.kind = 'phone' ORDER BY c.id LIMIT 1)"
#define TASK_SAID                                                                     \
    ", (SELECT u.text FROM touch_party y JOIN touch u ON u.id = y.touch"              \
    " WHERE y.person = t.person AND u.text IS NOT NULL"                               \
    " ORDER BY u.at DESC, u.id DESC LIMIT 1)"

static void fill(struct tend_sql *q, int64_t now, bool more, struct tend_arena *arena,
                 struct tend_task_view *v)
{
    memset(v, 0, sizeof *v);
    v->id = tend_sql_int(q, 0);
    v->person = tend_sql_int(q, 1);
    v->name = tend_collect_text(arena, q, 2);
    v->kind = tend_collect_text(arena, q, 3);
    v->title = tend_collect_text(arena, q, 4);
    v->why = tend_collect_text(arena, q, 5);
    v->plugin = tend_collect_text(arena, q, 6);
    v->key = tend_collect_text(arena, q, 7);
    v->cause_kind = (enum tend_ref_kind)tend_sql_int(q, 8);
    v->cause_id = tend_sql_int(q, 9);
    v->anchor = tend_sql_int(q, 10);
    v->span = tend_collect_text(arena, q, 11);
    v->opens_day = tend_sql_int(q, 12);
    v->closes_day = tend_sql_int(q, 13);
    v->wall = tend_sql_is_null(q, 14) ? -1 : tend_sql_int(q, 14);
    v->zone = tend_collect_text(arena, q, 15);
    v->closed_by = tend_collect_text(arena, q, 16);
    v->doer = tend_sql_int(q, 17);
    v->state = (enum tend_task_state)tend_sql_int(q, 18);
    v->state_at = tend_sql_int(q, 19);
    v->closed_touch = tend_sql_int(q, 20);
    v->opens_at = tend_sql_int(q, 21);
    v->closes_at = tend_sql_int(q, 22);
    v->overdue = v->state == TEND_TASK_OPEN && !tend_sql_is_null(q, 22) && v->closes_at <= now;
    if (more) {
        v->phone = tend_collect_text(arena, q, 24);
        v->said = tend_collect_text(arena, q, 25);
    }
}

/* Their number and what was said last, if that is known of who was merged into them. */
static void family(struct tend_store *store, struct tend_arena *arena, struct tend_task_view *v)
{
    struct tend_sql *q = tend_sql_of(store, v->person,
                                     "SELECT value FROM contact_point WHERE person = ?1"
                                     " AND kind = 'phone' ORDER BY id LIMIT 1");

    if (tend_sql_step(q))
        v->phone = tend_collect_text(arena, q, 0);
    tend_sql_end(q);
    q = tend_sql_of(store, v->person,
                    "SELECT u.text FROM touch_party y JOIN touch u ON u.id = y.touch"
                    " WHERE y.person = ?1 AND u.text IS NOT NULL"
                    " ORDER BY u.at DESC, u.id DESC LIMIT 1");
    if (tend_sql_step(q))
        v->said = tend_collect_text(arena, q, 0);
    tend_sql_end(q);
}

/* A task of who was merged is their root's; false if that one is archived. */
static bool rooted(struct tend_store *store, struct tend_arena *arena, struct tend_task_view *v)
{
    struct tend_sql *q;
    bool live;

    v->person = tend_person_root(store, v->person);
    q = tend_sql(store, "SELECT name, archived_at FROM person WHERE id = ?1");
    tend_sql_bind_int(q, 1, v->person);
    live = tend_sql_step(q) && tend_sql_is_null(q, 1);
    if (live)
        v->name = tend_collect_text(arena, q, 0);
    tend_sql_end(q);
    return live;
}

static tend_status collect(struct tend_store *store, struct tend_sql *q, int64_t now, bool more,
                           bool live, struct tend_arena *arena, struct tend_task_view **out,
                           int64_t *n)
{
    TEND_ARRAY(struct tend_task_view) list = { 0 };
    bool any = tend_merged_any(store);

    while (tend_sql_step(q)) {
        struct tend_task_view view;

        fill(q, now, more, arena, &view);
        if (any && !tend_sql_is_null(q, 23) && !rooted(store, arena, &view) && live)
            continue;
        if (any && more && tend_merged_into(store, view.person))
            family(store, arena, &view);
        TEND_PUSH(&list, view);
    }
    *n = list.n;
    *out = TEND_COLLECT(arena, &list);
    return tend_sql_end(q);
}

tend_status tend_task_read(struct tend_store *store, tend_id task, int64_t now,
                           struct tend_arena *arena, struct tend_task_view *view)
{
    struct tend_task_view *found = NULL;
    tend_status status = tend_derive_flush(store);
    struct tend_sql *q;
    int64_t n = 0;

    memset(view, 0, sizeof *view);
    if (status != TEND_OK)
        return status;
    q = tend_sql(store, "SELECT " TASK_COLUMNS TASK_PHONE TASK_SAID
                        " FROM task t JOIN person p ON p.id = t.person"
                        " LEFT JOIN task_due d ON d.task = t.id WHERE t.id = ?1");
    tend_sql_bind_int(q, 1, task);
    status = collect(store, q, now, true, false, arena, &found, &n);
    if (status == TEND_OK && n == 0)
        return tend_error_set(tend_store_error(store), TEND_NOT_FOUND, "there is no task t%lld",
                              (long long)task);
    if (status == TEND_OK)
        *view = found[0];
    return status;
}

tend_status tend_task_due(struct tend_store *store, int64_t now, bool all,
                          struct tend_arena *arena, struct tend_task_view **out, int64_t *n)
{
    tend_status status = tend_derive_flush(store);
    struct tend_sql *q;

    *out = NULL;
    *n = 0;
    if (status != TEND_OK)
        return status;
    /* CROSS JOIN: in this order, whatever the planner knows of the tables */
    if (all)
        q = tend_sql(store, "SELECT " TASK_COLUMNS TASK_PHONE TASK_SAID
                            " FROM task_due d CROSS JOIN task t CROSS JOIN person p"
                            " WHERE t.id = d.task AND p.id = t.person"
                            " AND (p.archived_at IS NULL OR p.merged IS NOT NULL) ORDER BY d.closes_at, t.id");
    else
        q = tend_sql(store, "SELECT " TASK_COLUMNS TASK_PHONE TASK_SAID
                            " FROM task_due d CROSS JOIN task t CROSS JOIN person p"
                            " WHERE d.opens_at <= ?1 AND t.id = d.task AND p.id = t.person"
                            " AND (p.archived_at IS NULL OR p.merged IS NOT NULL) ORDER BY d.closes_at, t.id");
    if (!all)
        tend_sql_bind_int(q, 1, now);
    return collect(store, q, now, true, true, arena, out, n);
}

tend_status tend_task_due_count(struct tend_store *store, int64_t now, int64_t *n)
{
    tend_status status = tend_derive_flush(store);
    struct tend_sql *q;

    *n = 0;
    if (status != TEND_OK)
        return status;
    q = tend_sql(store, "SELECT count(*) FROM task_due d CROSS JOIN person p"
                        " WHERE d.opens_at <= ?1 AND p.id = d.person AND (p.archived_at IS NULL OR p.merged IS NOT NULL)");
    tend_sql_bind_int(q, 1, now);
    *n = tend_sql_step(q) ? tend_sql_int(q, 0) : 0;
    return tend_sql_end(q);
}

/* Two ranges, each by its own index: of the times, and of the ids. */
tend_status tend_task_opened(struct tend_store *store, int64_t since, tend_id last, int64_t now,
                             struct tend_arena *arena, struct tend_task_view **out, int64_t *n)
{
    tend_status status = tend_derive_flush(store);
    struct tend_sql *q;

    *out = NULL;
    *n = 0;
    if (status != TEND_OK)
        return status;
    q = tend_sql(store, "SELECT " TASK_COLUMNS TASK_PHONE TASK_SAID
                        " FROM (SELECT e.task FROM task_due e"
                        " WHERE e.opens_at > ?1 AND e.opens_at <= ?3"
                        " UNION SELECT f.task FROM task_due f"
                        " WHERE f.task > ?2 AND f.opens_at <= ?3) i"
                        " CROSS JOIN task_due d CROSS JOIN task t CROSS JOIN person p"
                        " WHERE d.task = i.task AND t.id = d.task AND p.id = t.person"
                        " AND (p.archived_at IS NULL OR p.merged IS NOT NULL) ORDER BY d.opens_at, t.id LIMIT 100");
    tend_sql_bind_int(q, 1, since);
    tend_sql_bind_int(q, 2, last);
    tend_sql_bind_int(q, 3, now);
    return collect(store, q, now, true, true, arena, out, n);
}

tend_status tend_task_last(struct tend_store *store, tend_id *last)
{
    struct tend_sql *q = tend_sql(store, "SELECT id FROM task ORDER BY id DESC LIMIT 1");

    *last = tend_sql_step(q) ? tend_sql_int(q, 0) : 0;
    return tend_sql_end(q);
}

tend_status tend_task_stages(struct tend_store *store, int64_t now, bool all,
                             struct tend_arena *arena, struct tend_task_stage **out, int64_t *n)
{
    TEND_ARRAY(struct tend_task_stage) list = { 0 };
    struct tend_sql *q =
        tend_sql(store, "SELECT s.person, s.track, s.stage FROM task_due d CROSS JOIN"
                        " person_stage s WHERE d.opens_at <= ?1 AND s.person = d.person");

    tend_sql_bind_int(q, 1, all ? INT64_MAX : now);
    while (tend_sql_step(q)) {
        struct tend_task_stage stage = { tend_sql_int(q, 0), tend_collect_text(arena, q, 1),
                                         tend_collect_text(arena, q, 2) };
        tend_id root = tend_person_root(store, stage.person);

        if (root != stage.person) {
            stage.person = root;
            stage.stage = tend_person_stage(store, root, tend_arena_str(arena, stage.track), arena);
        }
        TEND_PUSH(&list, stage);
    }
    *n = list.n;
    *out = TEND_COLLECT(arena, &list);
    return tend_sql_end(q);
}

tend_status tend_task_later_count(struct tend_store *store, int64_t now, int64_t *n)
{
    struct tend_sql *q = tend_sql(store, "SELECT count(*) FROM task_due WHERE opens_at > ?1");

    tend_sql_bind_int(q, 1, now);
    *n = tend_sql_step(q) ? tend_sql_int(q, 0) : 0;
    return tend_sql_end(q);
}

tend_status tend_task_opening(struct tend_store *store, int64_t after, int64_t until,
                              struct tend_arena *arena, int64_t **out, int64_t *n)
{
    TEND_ARRAY(int64_t) list = { 0 };
    struct tend_sql *q = tend_sql(store, "SELECT opens_at FROM task_due WHERE opens_at > ?1 AND"
                                         " opens_at < ?2 ORDER BY opens_at");

    tend_sql_bind_int(q, 1, after);
    tend_sql_bind_int(q, 2, until);
    while (tend_sql_step(q))
        TEND_PUSH(&list, tend_sql_int(q, 0));
    *n = list.n;
    *out = TEND_COLLECT(arena, &list);
    return tend_sql_end(q);
}

tend_status tend_task_put_off(struct tend_store *store, const char *effect, tend_id from,
                              int64_t now, int64_t *n, int64_t *last)
{
    struct tend_sql *q =
        tend_sql(store, "SELECT COUNT(DISTINCT d.subject_id), MAX(t.opens_at) FROM decision d"
                        " JOIN task_due t ON t.task = d.subject_id WHERE d.rev >= ?1"
                        " AND d.effect = ?2 AND t.opens_at > ?3");

    tend_sql_bind_int(q, 1, from);
    tend_sql_bind_text(q, 2, tend_text_of(effect));
    tend_sql_bind_int(q, 3, now);
    *n = tend_sql_step(q) ? tend_sql_int(q, 0) : 0;
    *last = *n > 0 ? tend_sql_int(q, 1) : 0;
    return tend_sql_end(q);
}

tend_status tend_task_of(struct tend_store *store, tend_id person, int64_t now,
                         struct tend_arena *arena, struct tend_task_view **out, int64_t *n)
{
    tend_status status = tend_derive_flush(store);
    struct tend_sql *q;

    *out = NULL;
    *n = 0;
    if (status != TEND_OK)
        return status;
    q = tend_sql_of(store, person,
                    "SELECT " TASK_COLUMNS " FROM task t JOIN person p ON p.id = t.person"
                    " LEFT JOIN task_due d ON d.task = t.id"
                    " WHERE t.person = ?1 AND t.state = 0 ORDER BY t.closes_day, t.id");
    return collect(store, q, now, false, false, arena, out, n);
}

tend_id tend_task_by_key(struct tend_store *store, tend_id person, struct tend_text plugin,
                         struct tend_text key, enum tend_ref_kind cause_kind, tend_id cause_id,
                         bool open_only)
{
    struct tend_sql *q =
        tend_sql_of(store, person,
                    "SELECT id FROM task WHERE person = ?1 AND plugin = ?2 AND key = ?3"
                    " AND (?5 = 0 OR (cause_kind = ?4 AND cause_id = ?5))"
                    " AND (?6 = 0 OR state = 0) ORDER BY state, id DESC LIMIT 1");
    tend_id id;

    tend_sql_bind_text(q, 2, plugin);
    tend_sql_bind_text(q, 3, key);
    tend_sql_bind_int(q, 4, cause_kind);
    tend_sql_bind_int(q, 5, cause_id);
    tend_sql_bind_int(q, 6, open_only);
    id = tend_sql_step(q) ? tend_sql_int(q, 0) : 0;
    return tend_sql_end(q) == TEND_OK ? id : 0;
}

tend_status tend_task_keyed(struct tend_store *store, tend_id person, struct tend_text plugin,
                            struct tend_text key, enum tend_ref_kind cause_kind,
                            tend_id cause_id, tend_id *same, tend_id *open)
{
    static const char text[] = "SELECT id, state, cause_kind, cause_id FROM task"
                               " WHERE person = ?1 AND plugin = ?2 AND key = ?3"
                               " ORDER BY id DESC";
    bool waits = tend_merged_into(store, person) ||
                 tend_pending_has(store, TEND_T_task, TEND_C_task_person, person);
    struct tend_sql *q = waits ? tend_sql_of(store, person, text) : tend_sql_past(store, text);
    int64_t best = 0;           /* the state of *same: the least, then the newest */

    *same = *open = 0;
    tend_sql_bind_int(q, 1, person);
    tend_sql_bind_text(q, 2, plugin);
    tend_sql_bind_text(q, 3, key);
    while (tend_sql_step(q)) {
        tend_id id = tend_sql_int(q, 0);
        int64_t state = tend_sql_int(q, 1);
        bool ours = cause_id == 0 || (tend_sql_int(q, 2) == (int64_t)cause_kind &&
                                      tend_sql_int(q, 3) == cause_id);

        if (state == TEND_TASK_OPEN && *open == 0)
            *open = id;
        if (ours && (*same == 0 || state < best)) {
            *same = id;
            best = state;
        }
    }
    return tend_sql_end(q);
}
