/* The user's own settings: not facts, not journaled. */
#include "base/text.h"
#include "store/parts.h"

tend_status tend_meta_get(struct tend_store *store, const char *name, struct tend_arena *arena,
                          struct tend_text *value)
{
    struct tend_sql *q = tend_sql(store, "SELECT value FROM meta WHERE name = ?1");
    *value = (struct tend_text){ "", 0 };
    tend_sql_bind_text(q, 1, tend_text_of(name));
    if (tend_sql_step(q)) {
        *value = tend_arena_text(arena, tend_sql_text(q, 0));
    }
    return tend_sql_end(q);
}

static tend_status write_meta(struct tend_store *store, const char *name, struct tend_text value)
{
    struct tend_sql *q;
    if (value.len == 0) {
        q = tend_sql(store, "DELETE FROM meta WHERE name = ?1");
    } else {
        q = tend_sql(store, "INSERT INTO meta (name, value) VALUES (?1, ?2) "
                            "ON CONFLICT (name) DO UPDATE SET value = excluded.value");
        tend_sql_bind_text(q, 2, value);
    }
    tend_sql_bind_text(q, 1, tend_text_of(name));
    return tend_sql_run(q);
}

/* The windows of tasks that nobody gave another zone. */
static tend_status mark_zoneless(struct tend_store *store)
{
    struct tend_sql *q = tend_sql(store, "SELECT t.id FROM task t LEFT JOIN person p ON p.id = "
                                         "t.person WHERE t.state = 0 AND t.zone IS NULL AND "
                                         "p.zone IS NULL");
    while (tend_sql_step(q)) {
        tend_dirty_mark(&store->dirty.task, tend_sql_int(q, 0), TEND_DIRTY_DUE);
    }
    return tend_sql_end(q);
}

tend_status tend_meta_set(struct tend_store *store, const char *name, struct tend_text value)
{
    bool own;
    bool zone = tend_text_is(TEND_TEXT("zone"), name);
    tend_status status = tend_transaction_begin(store, &own);
    if (status != TEND_OK) {
        return status;
    }
    store->me_known = false;
    store->zone = NULL;
    store->settings = true;
    status = write_meta(store, name, value);
    if (status == TEND_OK && zone) {
        status = mark_zoneless(store);
    }
    if (status == TEND_OK && zone && own) {
        status = tend_derive_flush(store);
    }
    return tend_transaction_end(store, own, status);
}

tend_id tend_store_me(struct tend_store *store)
{
    if (!store->me_known) {
        struct tend_arena arena = { 0 };
        struct tend_text value;
        int64_t id = 0;
        if (tend_meta_get(store, "me", &arena, &value) == TEND_OK) {
            store->me_known = true;
            store->me = tend_text_int(value, &id) ? id : 0;
        }
        tend_arena_finish(&arena);
    }
    return store->me_known ? store->me : 0;
}

int64_t tend_store_today(struct tend_store *store)
{
    return tend_zone_day(tend_store_zone(store), tend_clock_now(store->clock));
}

void tend_store_zone_renew(struct tend_store *store)
{
    store->zone = NULL;
}

const struct tend_zone *tend_store_zone(struct tend_store *store)
{
    if (store->zone == NULL) {
        struct tend_arena arena = { 0 };
        struct tend_error err = { 0 };
        struct tend_text name;
        const char *zone = "UTC";
        if (tend_meta_get(store, "zone", &arena, &name) == TEND_OK && name.len > 0) {
            zone = tend_arena_str(&arena, name);
        }
        if (tend_zone_open(zone, &store->zone, &err) != TEND_OK) {
            tend_zone_open("UTC", &store->zone, &err);
        }
        tend_arena_finish(&arena);
    }
    return store->zone;
}
