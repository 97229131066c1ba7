/* An undone batch leaves no trace: a row whose rev names one is really as the
 * batch before it left it. That is read from the journal of the undone one,
 * which is rare: only when batches are undone out of order. */
#include "base/text.h"
#include "store/undo.h"

enum { TRACES_MOST = 64 };      /* batches to look through for one row */

struct seen {
    enum tend_table table;
    tend_id id, rev;            /* rev: of the row before the batch */
};

/* The page's first entry for the row, if there is one. */
static tend_status look(struct tend_undoing *u, struct tend_text bytes, struct seen *row)
{
    struct tend_page page;
    struct tend_entry entry;
    int32_t more = 0;
    tend_status status = tend_codec_open(&page, bytes);
    while (status == TEND_OK && row->rev == 0 && (more = tend_codec_next(&page, &entry)) > 0) {
        if (entry.kind == TEND_ENTRY_UPDATE && entry.table == row->table && entry.id == row->id) {
            row->rev = entry.rev_before;
        }
    }
    if (status != TEND_OK || more < 0) {
        return tend_error_set(u->store->err, TEND_INVALID, "the journal is damaged");
    }
    return TEND_OK;
}

static tend_status before(struct tend_undoing *u, tend_id batch, struct seen *row)
{
    tend_status status = TEND_OK;
    struct tend_sql *q = tend_sql(u->store, "SELECT j.page FROM journal j JOIN batch b ON "
                                            "b.id = j.batch WHERE j.batch = ?1 AND j.page IS NOT "
                                            "NULL AND b.undone_by IS NOT NULL ORDER BY j.batch, "
                                            "j.id");
    tend_sql_bind_int(q, 1, batch);
    while (status == TEND_OK && row->rev == 0 && tend_sql_step(q)) {
        status = look(u, tend_sql_blob(q, 0), row);
    }
    tend_status end = tend_sql_end(q);
    return status != TEND_OK ? status : end;
}

tend_status tend_undo_trace(struct tend_undoing *u, enum tend_table table, tend_id id,
                            tend_id until, tend_id *rev)
{
    for (int32_t i = 0; i < TRACES_MOST && *rev != until; i++) {
        struct seen row = { table, id, 0 };
        tend_status status = before(u, *rev, &row);
        if (status != TEND_OK) {
            return status;
        }
        if (row.rev == 0 || row.rev == *rev) {
            break;
        }
        *rev = row.rev;
    }
    return TEND_OK;
}
