/* The questions of plugins, each answered by one statement: a policy that asks
 * for a tag must not pay for the whole card of a person. */
#include "store/ops_read.h"
#include "base/array.h"
#include "base/text.h"
#include "store/sql.h"

static struct tend_sql *list_query(struct tend_store *store, enum tend_read_list what,
                                   tend_id person, struct tend_text name, int64_t now)
{
    struct tend_sql *q;

    switch (what) {
    case TEND_READ_TAGS:
        q = tend_sql_of(store, person, "SELECT tag FROM tag WHERE person = ?1 ORDER BY id");
        break;
    case TEND_READ_ROLES:
        q = tend_sql_of(store, person, "SELECT role FROM role WHERE person = ?1 "
                            "AND (from_at IS NULL OR from_at <= ?2) "
                            "AND (to_at IS NULL OR to_at > ?2) ORDER BY id");
        tend_sql_bind_int(q, 2, now);
        break;
    case TEND_READ_ATTRIBUTE:
        q = tend_sql_of(store, person, "SELECT value FROM attribute WHERE person = ?1 AND name = ?2 "
                            "ORDER BY id");
        tend_sql_bind_text(q, 2, name);
        break;
    case TEND_READ_POINT_KEYS:
        q = tend_sql_of(store, person, "SELECT key FROM contact_point WHERE person = ?1 AND kind = ?2 "
                            "AND key IS NOT NULL ORDER BY id");
        tend_sql_bind_text(q, 2, name);
        break;
    default:
        q = tend_sql_of(store, person, "SELECT value FROM contact_point WHERE person = ?1 AND kind = ?2 "
                            "ORDER BY id LIMIT 1");
        tend_sql_bind_text(q, 2, name);
        break;
    }
    return q;
}

tend_status tend_read_list(struct tend_store *store, enum tend_read_list what, tend_id person,
                           struct tend_text name, int64_t now, struct tend_arena *arena,
                           struct tend_text *out)
{
    struct tend_sql *q = list_query(store, what, person, name, now);
    struct tend_buffer all = { 0 };

    while (tend_sql_step(q)) {
        if (all.len > 0)
            tend_buffer_addc(&all, ',');
        tend_buffer_add(&all, tend_sql_text(q, 0));
    }
    *out = tend_arena_text(arena, tend_buffer_text(&all));
    tend_buffer_finish(&all);
    return tend_sql_end(q);
}

tend_status tend_read_hold(struct tend_store *store, tend_id person, const char *track,
                           int64_t today, struct tend_arena *arena, struct tend_text *kind)
{
    struct tend_sql *q = tend_sql_of(store, person, "SELECT kind FROM hold WHERE person = ?1 AND track = ?2 "
                                         "AND ended_at IS NULL "
                                         "AND (until_day IS NULL OR until_day > ?3) "
                                         "ORDER BY at DESC, id DESC LIMIT 1");

    tend_sql_bind_text(q, 2, tend_text_of(track));
    tend_sql_bind_int(q, 3, today);
    *kind = (struct tend_text){ "", 0 };
    if (tend_sql_step(q))
        *kind = tend_arena_text(arena, tend_sql_text(q, 0));
    return tend_sql_end(q);
}

tend_status tend_read_touches(struct tend_store *store, tend_id person, int64_t since,
                              struct tend_arena *arena, struct tend_read_touches **out,
                              int64_t *n)
{
    struct tend_sql *q = tend_sql_of(store, person, "SELECT t.kind, p.disposition, t.significant, COUNT(*) "
                                         "FROM touch_party p JOIN touch t ON t.id = p.touch "
                                         "WHERE p.person = ?1 AND t.at >= ?2 "
                                         "GROUP BY t.kind, p.disposition, t.significant");
    TEND_ARRAY(struct tend_read_touches) all = { 0 };

    tend_sql_bind_int(q, 2, since);
    while (tend_sql_step(q))
        TEND_PUSH(&all, (struct tend_read_touches){
            .kind = tend_arena_text(arena, tend_sql_text(q, 0)),
            .disposition = tend_arena_text(arena, tend_sql_text(q, 1)),
            .significant = tend_sql_int(q, 2) != 0,
            .n = tend_sql_int(q, 3),
        });
    *n = all.n;
    *out = tend_arena_take(arena, (size_t)all.n * sizeof **out + 1);
    if (all.n)
        memcpy(*out, all.at, (size_t)all.n * sizeof **out);
    TEND_ARRAY_FINISH(&all);
    return tend_sql_end(q);
}

tend_status tend_read_state(struct tend_store *store, const char *plugin, tend_id person,
                            const char *name, struct tend_arena *arena, struct tend_text *value)
{
    struct tend_sql *q;

    if (person) {
        q = tend_sql_of(store, person, "SELECT value FROM plugin_state WHERE person = ?1 "
                                       "AND plugin = ?2 AND name = ?3 "
                                       "ORDER BY CASE WHEN person = ?4 THEN 0 ELSE 1 END, id");
        tend_sql_bind_int(q, 4, person);
    } else {
        q = tend_sql(store, "SELECT value FROM plugin_state "
                            "WHERE person IS NULL AND ?1 = 0 AND plugin = ?2 AND name = ?3");
        tend_sql_bind_int(q, 1, person);
    }
    tend_sql_bind_text(q, 2, tend_text_of(plugin));
    tend_sql_bind_text(q, 3, tend_text_of(name));
    *value = (struct tend_text){ "", 0 };
    if (tend_sql_step(q))
        *value = tend_arena_text(arena, tend_sql_text(q, 0));
    return tend_sql_end(q);
}
