/* One pass over everybody, with what the queue of scrub judges by. */
#define TEND_UNSTABLE
#include "store/ops_stale.h"
#include "base/text.h"
#include "store/sql.h"
#include <tend/x/channel.h>

tend_status tend_stale_each(struct tend_store *store, tend_stale_fn *each, void *data)
{
    struct tend_sql *q = tend_sql(
        store,
        "SELECT p.id, p.family, p.known_at,"
        " (SELECT COUNT(*) FROM contact_point c WHERE c.person = p.id"
        " AND c.kind IN ('email', 'phone')),"
        " (SELECT MIN(c.value) FROM contact_point c WHERE c.person = p.id"
        " AND c.kind IN ('email', 'phone') AND c.key IS NULL),"
        " (SELECT MAX(t.at) FROM touch_party tp JOIN touch t ON t.id = tp.touch"
        " WHERE tp.person = p.id),"
        " (SELECT MIN(s.stage) FROM person_stage s WHERE s.person = p.id"
        " AND s.at = (SELECT MAX(l.at) FROM person_stage l WHERE l.person = p.id)),"
        " (SELECT MAX(a.value) FROM attribute a WHERE a.person = p.id AND a.name = 'warmth'),"
        " (SELECT m.state = ?2 FROM message m WHERE m.person = p.id ORDER BY m.id DESC LIMIT 1)"
        " FROM person p WHERE p.archived_at IS NULL AND p.merged IS NULL AND p.id <> ?1"
        " ORDER BY p.id");

    tend_sql_bind_int(q, 1, tend_store_me(store));
    tend_sql_bind_int(q, 2, TEND_SENT_FAILED);
    while (tend_sql_step(q)) {
        struct tend_stale_row row = { .person = tend_sql_int(q, 0), .family = tend_sql_text(q, 1),
                                      .known_at = tend_sql_int(q, 2), .reach = tend_sql_int(q, 3),
                                      .invalid = tend_sql_text(q, 4),
                                      .touched_at = tend_sql_int(q, 5),
                                      .stage = tend_sql_text(q, 6),
                                      .bounced = tend_sql_int(q, 8) != 0 };

        if (!tend_text_int(tend_sql_text(q, 7), &row.warmth))
            row.warmth = -1;
        each(data, &row);
    }
    return tend_sql_end(q);
}
