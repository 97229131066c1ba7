/* What scrub compares people by: a pass over each table, in its own order. */
#include "store/ops_match.h"
#include "base/text.h"
#include "store/sql.h"

tend_status tend_match_persons(struct tend_store *store, tend_match_fn *each, void *data)
{
    static const char *const kinds[] = { "", "given", "family" };
    struct tend_sql *q = tend_sql(store, "SELECT id, name, given, family FROM person"
                                         " WHERE archived_at IS NULL AND merged IS NULL"
                                         " ORDER BY id");

    while (tend_sql_step(q))
        for (int32_t i = 0; i < 3; i++) {
            struct tend_match_row row = { .person = tend_sql_int(q, 0),
                                          .kind = tend_text_of(kinds[i]),
                                          .value = tend_sql_text(q, i + 1) };

            each(data, &row);
        }
    return tend_sql_end(q);
}

static tend_status pass(struct tend_sql *q, tend_match_fn *each, void *data)
{
    while (tend_sql_step(q)) {
        struct tend_match_row row = { tend_sql_int(q, 0), tend_sql_text(q, 1),
                                      tend_sql_text(q, 2), tend_sql_text(q, 3) };

        each(data, &row);
    }
    return tend_sql_end(q);
}

tend_status tend_match_points(struct tend_store *store, tend_match_fn *each, void *data)
{
    return pass(tend_sql(store, "SELECT person, kind, value, key FROM contact_point"
                                " ORDER BY contact_point.id"), each, data);
}

tend_status tend_match_attributes(struct tend_store *store, tend_match_fn *each, void *data)
{
    return pass(tend_sql(store, "SELECT person, name, value, NULL FROM attribute"
                                " ORDER BY attribute.id"), each, data);
}

tend_status tend_match_merged(struct tend_store *store,
                              void (*each)(void *data, tend_id person, tend_id into), void *data)
{
    struct tend_sql *q = tend_sql(store, "SELECT id, merged FROM person WHERE merged IS NOT NULL"
                                         " ORDER BY id");

    while (tend_sql_step(q))
        each(data, tend_sql_int(q, 0), tend_sql_int(q, 1));
    return tend_sql_end(q);
}

tend_status tend_match_apart(struct tend_store *store,
                             void (*each)(void *data, tend_id a, tend_id b), void *data)
{
    struct tend_sql *q = tend_sql(store, "SELECT person, other FROM apart");

    while (tend_sql_step(q))
        each(data, tend_sql_int(q, 0), tend_sql_int(q, 1));
    return tend_sql_end(q);
}
