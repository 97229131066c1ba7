/* Which timer comes next, and how many wait: by the index of those that wait. */
#include "store/ops_timer.h"
#include "store/sql.h"

tend_status tend_timer_first(struct tend_store *store, int64_t until, tend_id *timer)
{
    struct tend_sql *q = tend_sql(store, "SELECT id FROM timer WHERE state = 0 AND due_at <= ?1"
                                         " ORDER BY due_at, id LIMIT 1");

    tend_sql_bind_int(q, 1, until);
    *timer = tend_sql_step(q) ? tend_sql_int(q, 0) : 0;
    return tend_sql_end(q);
}

tend_status tend_timer_next_at(struct tend_store *store, int64_t now, int64_t *at)
{
    struct tend_sql *q;
    int64_t task = 0;
    tend_status status = tend_derive_flush(store);

    *at = 0;
    if (status != TEND_OK)
        return status;
    q = tend_sql(store, "SELECT due_at FROM timer WHERE state = 0 ORDER BY due_at, id LIMIT 1");
    if (tend_sql_step(q))
        *at = tend_sql_int(q, 0);
    status = tend_sql_end(q);
    if (status != TEND_OK)
        return status;
    q = tend_sql(store, "SELECT opens_at FROM task_due WHERE opens_at > ?1"
                        " ORDER BY opens_at, task LIMIT 1");
    tend_sql_bind_int(q, 1, now);
    if (tend_sql_step(q))
        task = tend_sql_int(q, 0);
    if (task && (*at == 0 || task < *at))
        *at = task;
    return tend_sql_end(q);
}

tend_status tend_timer_waiting(struct tend_store *store, int64_t until, int64_t *n)
{
    struct tend_sql *q = tend_sql(store, "SELECT count(*) FROM timer WHERE state = 0"
                                         " AND due_at <= ?1");

    tend_sql_bind_int(q, 1, until);
    *n = tend_sql_step(q) ? tend_sql_int(q, 0) : 0;
    return tend_sql_end(q);
}
