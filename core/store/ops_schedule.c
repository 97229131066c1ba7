/* Small questions about schedules, each answered by an index. */
#include "store/ops_schedule.h"
#include "store/collect.h"
#include "store/parts.h"

static tend_id one_id(struct tend_sql *q)
{
    tend_id id = tend_sql_step(q) ? tend_sql_int(q, 0) : 0;

    return tend_sql_end(q) == TEND_OK ? id : 0;
}

tend_id tend_schedule_open(struct tend_store *store, tend_id person, struct tend_text plugin,
                           struct tend_text key)
{
    struct tend_sql *q = tend_sql_of(store, person, "SELECT id FROM schedule WHERE person = ?1"
                                                    " AND plugin = ?2 AND key = ?3"
                                                    " AND ended_at IS NULL");

    tend_sql_bind_text(q, 2, plugin);
    tend_sql_bind_text(q, 3, key);
    return one_id(q);
}

tend_id tend_schedule_over(struct tend_store *store, tend_id person, struct tend_text plugin,
                           struct tend_text key, enum tend_ref_kind cause_kind, tend_id cause)
{
    struct tend_sql *q = tend_sql_of(store, person, "SELECT id FROM schedule WHERE person = ?1"
                                                    " AND plugin = ?2 AND key = ?3"
                                                    " AND ended_at IS NOT NULL"
                                                    " AND cause_kind = ?4 AND cause_id = ?5"
                                                    " ORDER BY id DESC");

    tend_sql_bind_text(q, 2, plugin);
    tend_sql_bind_text(q, 3, key);
    tend_sql_bind_int(q, 4, cause_kind);
    tend_sql_bind_int(q, 5, cause);
    return one_id(q);
}

tend_id tend_schedule_timer(struct tend_store *store, tend_id schedule)
{
    struct tend_sql *q = tend_sql(store, "SELECT id FROM timer WHERE schedule = ?1"
                                         " ORDER BY id DESC");

    tend_sql_bind_int(q, 1, schedule);
    return one_id(q);
}

tend_id tend_schedule_slot(struct tend_store *store, tend_id schedule, int64_t day)
{
    struct tend_sql *q = tend_sql(store, "SELECT id FROM slot WHERE schedule = ?1 AND day = ?2");

    tend_sql_bind_int(q, 1, schedule);
    tend_sql_bind_int(q, 2, day);
    return one_id(q);
}

tend_status tend_schedule_timers(struct tend_store *store, tend_id person, tend_id after,
                                 int64_t most, struct tend_arena *arena, tend_id **ids,
                                 int64_t *n)
{
    TEND_ARRAY(tend_id) list = { 0 };
    struct tend_sql *q;

    if (person)
        q = tend_sql_of(store, person,
                        "SELECT id FROM timer WHERE person = ?1 AND schedule IS NOT NULL"
                        " AND id > ?2 ORDER BY id LIMIT ?3");
    else
        q = tend_sql(store, "SELECT id FROM timer WHERE ?1 = 0 AND schedule IS NOT NULL"
                            " AND id > ?2 ORDER BY id LIMIT ?3");
    tend_sql_bind_int(q, 1, person);
    tend_sql_bind_int(q, 2, after);
    tend_sql_bind_int(q, 3, most);
    while (tend_sql_step(q))
        TEND_PUSH(&list, tend_sql_int(q, 0));
    *n = list.n;
    *ids = TEND_COLLECT(arena, &list);
    return tend_sql_end(q);
}

tend_status tend_schedule_zone_next(struct tend_store *store, struct tend_text after,
                                    struct tend_arena *arena, struct tend_text *zone)
{
    struct tend_sql *q = tend_sql(store, "SELECT zone FROM person WHERE zone IS NOT NULL"
                                         " AND zone > ?1 ORDER BY zone LIMIT 1");

    tend_sql_bind_text(q, 1, after);
    *zone = tend_sql_step(q) ? tend_arena_text(arena, tend_sql_text(q, 0))
                             : (struct tend_text){ "", 0 };
    return tend_sql_end(q);
}

tend_status tend_schedule_windows(struct tend_store *store)
{
    struct tend_sql *q = tend_sql(store, "SELECT id FROM task WHERE state = 0");

    while (tend_sql_step(q)) {
        tend_dirty_mark(&store->dirty.task, tend_sql_int(q, 0), TEND_DIRTY_DUE);
        store->settings = true;     /* worth a commit, even if no fact is another */
    }
    return tend_sql_end(q);
}
