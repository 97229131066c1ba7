/* Reading decisions and batches: what `why` tells. */
#include "store/ops_why.h"
#include "store/collect.h"

#define DECISION_COLUMNS                                                               \
    "id, person, cause_kind, cause_id, subject_kind, subject_id, plugin, event, effect," \
    " text, at"

static tend_status collect(struct tend_sql *q, struct tend_arena *arena,
                           struct tend_decision_view **out, int64_t *n)
{
    TEND_ARRAY(struct tend_decision_view) list = { 0 };

    while (tend_sql_step(q)) {
        struct tend_decision_view v = { .id = tend_sql_int(q, 0), .person = tend_sql_int(q, 1) };

        v.cause_kind = (enum tend_ref_kind)tend_sql_int(q, 2);
        v.cause_id = tend_sql_int(q, 3);
        v.subject_kind = (enum tend_ref_kind)tend_sql_int(q, 4);
        v.subject_id = tend_sql_int(q, 5);
        v.plugin = tend_collect_text(arena, q, 6);
        v.event = tend_collect_text(arena, q, 7);
        v.effect = tend_collect_text(arena, q, 8);
        v.text = tend_collect_text(arena, q, 9);
        v.at = tend_sql_int(q, 10);
        TEND_PUSH(&list, v);
    }
    *n = list.n;
    *out = TEND_COLLECT(arena, &list);
    return tend_sql_end(q);
}

tend_status tend_decision_about(struct tend_store *store, enum tend_ref_kind kind, tend_id id,
                                struct tend_arena *arena, struct tend_decision_view **out,
                                int64_t *n)
{
    struct tend_sql *q =
        tend_sql(store, "SELECT " DECISION_COLUMNS " FROM decision"
                        " WHERE subject_kind = ?1 AND subject_id = ?2 ORDER BY id DESC");

    tend_sql_bind_int(q, 1, kind);
    tend_sql_bind_int(q, 2, id);
    return collect(q, arena, out, n);
}

tend_status tend_decision_against(struct tend_store *store, tend_id person, int64_t most,
                                  struct tend_arena *arena, struct tend_decision_view **out,
                                  int64_t *n)
{
    struct tend_sql *q = tend_sql_of(store, person,
                                     "SELECT " DECISION_COLUMNS " FROM decision"
                                     " WHERE person = ?1 AND effect IN"
                                     " ('refused', 'failed', 'veto') ORDER BY id DESC LIMIT ?2");

    tend_sql_bind_int(q, 2, most);
    return collect(q, arena, out, n);
}

tend_id tend_decision_find(struct tend_store *store, tend_id person, struct tend_text plugin,
                           struct tend_text effect, enum tend_ref_kind cause_kind,
                           tend_id cause_id, struct tend_text line)
{
    struct tend_sql *q = tend_sql_of(store, person,
                                     "SELECT id, text FROM decision WHERE person = ?1"
                                     " AND plugin = ?2 AND effect = ?3 AND cause_kind = ?4"
                                     " AND cause_id = ?5 ORDER BY id DESC");
    tend_id found = 0;

    tend_sql_bind_text(q, 2, plugin);
    tend_sql_bind_text(q, 3, effect);
    tend_sql_bind_int(q, 4, cause_kind);
    tend_sql_bind_int(q, 5, cause_id);
    while (!found && tend_sql_step(q)) {
        struct tend_text rest = tend_sql_text(q, 1), first;

        if (tend_text_cut(&rest, "\n", &first) && tend_text_eq(first, line))
            found = tend_sql_int(q, 0);
    }
    return tend_sql_end(q) == TEND_OK ? found : 0;
}

tend_status tend_batch_read(struct tend_store *store, tend_id batch, struct tend_arena *arena,
                            struct tend_batch *out)
{
    struct tend_sql *q = tend_sql(store, "SELECT id, command, actor, at, kind, undoes,"
                                         " undone_by, sealed, changes FROM batch WHERE id = ?1");
    tend_status status;
    bool found;

    memset(out, 0, sizeof *out);
    tend_sql_bind_int(q, 1, batch);
    found = tend_sql_step(q);
    if (found) {
        out->id = tend_sql_int(q, 0);
        out->command = tend_collect_text(arena, q, 1);
        out->actor = tend_sql_int(q, 2);
        out->at = tend_sql_int(q, 3);
        out->kind = (enum tend_batch_kind)tend_sql_int(q, 4);
        out->undoes = tend_sql_int(q, 5);
        out->undone_by = tend_sql_int(q, 6);
        out->sealed = tend_sql_int(q, 7) != 0;
        out->changes = tend_sql_int(q, 8);
    }
    status = tend_sql_end(q);
    if (status == TEND_OK && !found)
        return tend_error_set(tend_store_error(store), TEND_NOT_FOUND, "there is no batch b%lld",
                              (long long)batch);
    return status;
}
