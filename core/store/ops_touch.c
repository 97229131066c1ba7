/* Reading touches: one whole, or those of a person. */
#include "store/ops_touch.h"
#include "store/collect.h"
#include "store/ops_merge.h"
#include "store/ops_person.h"

static void fill(struct tend_store *store, struct tend_sql *q, struct tend_arena *arena, struct tend_touch_view *view)
{
    view->id = tend_sql_int(q, 0);
    view->person = tend_person_root(store, tend_sql_int(q, 1));
    view->kind = tend_collect_text(arena, q, 2);
    view->direction = tend_collect_text(arena, q, 3);
    view->text = tend_collect_text(arena, q, 4);
    view->at = tend_sql_int(q, 5);
    view->known_at = tend_sql_int(q, 6);
    view->significant = tend_sql_int(q, 7) != 0;
}

static tend_status parties(struct tend_store *store, struct tend_arena *arena,
                           struct tend_touch_view *view)
{
    TEND_ARRAY(struct tend_party_view) list = { 0 };
    struct tend_sql *q = tend_sql(
        store, "SELECT t.id, t.person, p.name, t.disposition, t.sentiment FROM touch_party t"
               " JOIN person p ON p.id = t.person WHERE t.touch = ?1 ORDER BY t.id");

    tend_sql_bind_int(q, 1, view->id);
    while (tend_sql_step(q)) {
        struct tend_party_view party = { .id = tend_sql_int(q, 0), .person = tend_sql_int(q, 1) };

        party.name = tend_collect_text(arena, q, 2);
        if (tend_person_root(store, party.person) != party.person) {
            party.person = tend_person_root(store, party.person);
            party.name = tend_person_name(store, party.person, arena);
        }
        party.disposition = tend_collect_text(arena, q, 3);
        party.sentiment = tend_collect_text(arena, q, 4);
        TEND_PUSH(&list, party);
    }
    view->n_parties = list.n;
    view->parties = TEND_COLLECT(arena, &list);
    return tend_sql_end(q);
}

tend_status tend_touch_read(struct tend_store *store, tend_id touch, struct tend_arena *arena,
                            struct tend_touch_view *view)
{
    struct tend_sql *q =
        tend_sql(store, "SELECT id, person, kind, direction, text, at, known_at, significant"
                        " FROM touch WHERE id = ?1");
    tend_status status;
    bool found;

    memset(view, 0, sizeof *view);
    tend_sql_bind_int(q, 1, touch);
    found = tend_sql_step(q);
    if (found)
        fill(store, q, arena, view);
    status = tend_sql_end(q);
    if (status == TEND_OK && !found)
        return tend_error_set(tend_store_error(store), TEND_NOT_FOUND, "there is no touch c%lld",
                              (long long)touch);
    return status == TEND_OK ? parties(store, arena, view) : status;
}

tend_status tend_touch_of(struct tend_store *store, tend_id person, int64_t most,
                          struct tend_arena *arena, struct tend_touch_view **out, int64_t *n)
{
    TEND_ARRAY(struct tend_touch_view) list = { 0 };
    struct tend_sql *q =
        tend_sql_of(store, person,
                    "SELECT t.id, t.person, t.kind, t.direction, t.text, t.at, t.known_at,"
                    " t.significant FROM touch_party y JOIN touch t ON t.id = y.touch"
                    " WHERE y.person = ?1 ORDER BY t.at DESC, t.id DESC LIMIT ?2");
    tend_status status;

    tend_sql_bind_int(q, 2, most < 0 ? INT64_MAX : most);
    while (tend_sql_step(q)) {
        struct tend_touch_view view = { 0 };

        fill(store, q, arena, &view);
        TEND_PUSH(&list, view);
    }
    *n = list.n;
    *out = TEND_COLLECT(arena, &list);
    status = tend_sql_end(q);
    for (int64_t i = 0; status == TEND_OK && i < *n; i++)
        status = parties(store, arena, &(*out)[i]);
    return status;
}
