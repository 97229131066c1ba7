/* What scrub compares people by: one pass over the keys, one over the words. */
#include "store/ops_match.h"
#include "store/sql.h"

tend_status tend_match_keys(struct tend_store *store,
                            void (*each)(void *data, int64_t hash, tend_id person), void *data)
{
    struct tend_sql *q =
        tend_sql(store, "SELECT k.hash, c.person FROM contact_key k"
                        " JOIN contact_point c ON c.id = k.contact_point"
                        " JOIN person p ON p.id = c.person WHERE p.archived_at IS NULL");

    while (tend_sql_step(q))
        each(data, tend_sql_int(q, 0), tend_sql_int(q, 1));
    return tend_sql_end(q);
}

tend_status tend_match_words(struct tend_store *store,
                             void (*each)(void *data, tend_id person, struct tend_text word),
                             void *data)
{
    struct tend_sql *q =
        tend_sql(store, "SELECT w.person, w.word FROM person_word w"
                        " JOIN person p ON p.id = w.person WHERE p.archived_at IS NULL"
                        " ORDER BY w.person");

    while (tend_sql_step(q))
        each(data, tend_sql_int(q, 0), tend_sql_text(q, 1));
    return tend_sql_end(q);
}
