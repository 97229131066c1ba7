/* person_stage: the newest stage change of each track, by its time and then by
 * its id. */
#include "base/text.h"
#include "store/derive.h"

enum { TRACKS_MOST = 16 };

struct track {
    struct tend_text track, stage;
    int64_t at;
};

struct newest {                 /* of one person */
    tend_id person;
    struct tend_arena arena;
    struct track track[TRACKS_MOST];
    int32_t n;
};

static tend_status write_newest(struct tend_bulk *bulk, struct newest *newest)
{
    tend_status status = TEND_OK;
    for (int32_t i = 0; status == TEND_OK && i < newest->n; i++) {
        const struct track *t = &newest->track[i];
        struct tend_value values[TEND_N_person_stage] = { 0 };
        values[TEND_C_person_stage_person] = tend_int(newest->person);
        values[TEND_C_person_stage_track] = tend_str(t->track);
        values[TEND_C_person_stage_stage] = tend_str(t->stage);
        values[TEND_C_person_stage_at] = tend_int(t->at);
        status = tend_bulk_add(bulk, values);
    }
    newest->n = 0;
    tend_arena_reset(&newest->arena);
    return status;
}

/* Rows come in the order of their ids, so that of equal times the later wins. */
static void see(struct newest *newest, struct tend_text track, struct tend_text stage, int64_t at)
{
    struct track *slot = NULL;
    for (int32_t i = 0; i < newest->n && slot == NULL; i++) {
        if (tend_text_eq(newest->track[i].track, track)) {
            slot = &newest->track[i];
        }
    }
    if (slot == NULL) {
        if (newest->n == TRACKS_MOST) {
            return;
        }
        slot = &newest->track[newest->n++];
        slot->track = tend_arena_text(&newest->arena, track);
    } else if (at < slot->at) {
        return;
    }
    slot->stage = tend_arena_text(&newest->arena, stage);
    slot->at = at;
}

tend_status tend_derive_stages(struct tend_store *store, tend_id first, tend_id last, bool known)
{
    struct newest newest = { 0 };
    struct tend_bulk bulk = { .store = store, .table = TEND_T_person_stage };
    tend_status status = TEND_OK;
    if (known) {
        status = tend_bulk_remove(store, "DELETE FROM person_stage WHERE person >= ?1 AND "
                                         "person <= ?2", first, last);
    }
    if (status != TEND_OK) {
        return status;
    }
    struct tend_sql *q = tend_sql(store, "SELECT s.person, s.track, s.to_stage, s.at "
                                         "FROM stage_change s JOIN person p ON p.id = s.person "
                                         "WHERE s.person >= ?1 AND s.person <= ?2 "
                                         "AND s.track IS NOT NULL "
                                         "ORDER BY s.person, s.id");
    tend_sql_bind_int(q, 1, first);
    tend_sql_bind_int(q, 2, last);
    while (status == TEND_OK && tend_sql_step(q)) {
        tend_id person = tend_sql_int(q, 0);
        if (person != newest.person) {
            status = write_newest(&bulk, &newest);
            newest.person = person;
        }
        see(&newest, tend_sql_text(q, 1), tend_sql_text(q, 2), tend_sql_int(q, 3));
    }
    tend_status end = tend_sql_end(q);
    if (status == TEND_OK) {
        status = end != TEND_OK ? end : write_newest(&bulk, &newest);
    }
    tend_arena_finish(&newest.arena);
    return tend_bulk_end(&bulk, status);
}
