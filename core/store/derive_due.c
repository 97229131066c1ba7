/* task_due: the windows of open tasks as instants. Wall time and zone are the
 * truth; this is what `due` compares with the clock. */
#include "base/text.h"
#include "base/zone.h"
#include "store/derive.h"

/* A zone that was read last, since neighbours mostly live in the same. */
struct zones {
    char name[64];
    const struct tend_zone *zone;
};

/* A name that no zone has (a newer zone file elsewhere) must not stop a commit:
 * the next in line takes its place. */
static const struct tend_zone *zone_of(struct tend_store *store, struct zones *last,
                                       struct tend_text name)
{
    struct tend_error err = { 0 };
    const struct tend_zone *zone = NULL;
    if (name.len == 0 || name.len >= (int64_t)sizeof last->name) {
        return tend_store_zone(store);
    }
    if (last->zone != NULL && tend_text_is(name, last->name)) {
        return last->zone;
    }
    memcpy(last->name, name.at, (size_t)name.len);
    last->name[name.len] = '\0';
    if (tend_zone_open(last->name, &zone, &err) != TEND_OK) {
        zone = tend_store_zone(store);
    }
    last->zone = zone;
    return zone;
}

static tend_status write_due(struct tend_bulk *bulk, struct tend_sql *task, struct zones *zones)
{
    struct tend_value values[TEND_N_task_due] = { 0 };
    struct tend_text name = tend_sql_text(task, 5);
    if (name.len == 0) {
        name = tend_sql_text(task, 6);
    }
    const struct tend_zone *zone = zone_of(bulk->store, zones, name);
    values[TEND_C_task_due_task] = tend_int(tend_sql_int(task, 0));
    values[TEND_C_task_due_person] = tend_ref(tend_sql_int(task, 1));
    if (!tend_sql_is_null(task, 2)) {
        values[TEND_C_task_due_opens_at] =
            tend_int(tend_zone_instant(zone, tend_sql_int(task, 2), tend_sql_int(task, 4)));
    }
    if (!tend_sql_is_null(task, 3)) {
        values[TEND_C_task_due_closes_at] =
            tend_int(tend_zone_instant(zone, tend_sql_int(task, 3) + 1, 0));
    }
    return tend_bulk_add(bulk, values);
}

tend_status tend_derive_due(struct tend_store *store, tend_id first, tend_id last, bool known)
{
    struct zones zones = { 0 };
    struct tend_bulk bulk = { .store = store, .table = TEND_T_task_due };
    tend_status status = TEND_OK;
    if (known) {
        status = tend_bulk_remove(store, "DELETE FROM task_due WHERE task >= ?1 AND task <= ?2",
                                  first, last);
    }
    if (status != TEND_OK) {
        return status;
    }
    struct tend_sql *q = tend_sql(store,
                                  "SELECT t.id, t.person, t.opens_day, t.closes_day, t.wall, "
                                  "t.zone, p.zone FROM task t LEFT JOIN person p ON p.id = "
                                  "t.person WHERE t.id >= ?1 AND t.id <= ?2 AND t.state = 0 "
                                  "ORDER BY t.id");
    tend_sql_bind_int(q, 1, first);
    tend_sql_bind_int(q, 2, last);
    while (status == TEND_OK && tend_sql_step(q)) {
        status = write_due(&bulk, q, &zones);
    }
    tend_status end = tend_sql_end(q);
    return tend_bulk_end(&bulk, status != TEND_OK ? status : end);
}
