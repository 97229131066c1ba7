/* What a batch has changed, gathered in memory and written into the journal
 * with it: inserts as ranges of ids, all else as images in pages. */
#include "base/text.h"
#include "store/parts.h"
#include <stdlib.h>

enum { SPILL = 1 << 20 };

void tend_log_reset(struct tend_log *log)
{
    tend_buffer_reset(&log->images);
    log->page_start = 0;
    log->page_table = TEND_T_none;
    log->cuts.n = log->ranges.n = 0;
    memset(log->last_range, 0, sizeof log->last_range);
    log->changes = 0;
}

void tend_log_finish(struct tend_log *log)
{
    tend_buffer_finish(&log->images);
    TEND_ARRAY_FINISH(&log->cuts);
    TEND_ARRAY_FINISH(&log->ranges);
}

struct tend_log_mark tend_log_mark(const struct tend_log *log)
{
    return (struct tend_log_mark){ .images = log->images.len,
                                   .page_start = log->page_start,
                                   .cuts = log->cuts.n,
                                   .ranges = log->ranges.n,
                                   .changes = log->changes,
                                   .page_table = log->page_table };
}

void tend_log_rollback(struct tend_log *log, const struct tend_log_mark *mark)
{
    log->images.len = mark->images;
    log->page_start = mark->page_start;
    log->cuts.n = mark->cuts;
    log->page_table = mark->page_table;
    log->changes = mark->changes;
    log->ranges.n = mark->ranges;
    tend_log_freeze(log);
}

void tend_log_freeze(struct tend_log *log)
{
    memset(log->last_range, 0, sizeof log->last_range);
}

void tend_log_insert(struct tend_log *log, enum tend_table table, tend_id id)
{
    int64_t last = log->last_range[table];
    log->changes++;
    if (last != 0 && log->ranges.at[last - 1].last + 1 == id) {
        log->ranges.at[last - 1].last = id;
        return;
    }
    TEND_PUSH(&log->ranges, (struct tend_range){ table, id, id });
    log->last_range[table] = log->ranges.n;
}

void tend_log_entry(struct tend_log *log, const struct tend_entry *entry)
{
    if (log->images.len == log->page_start) {
        tend_codec_header(&log->images);
        log->page_table = TEND_T_none;
    }
    tend_codec_entry(&log->images, entry, log->page_table);
    log->page_table = entry->table;
    log->changes += entry->kind == TEND_ENTRY_RESTORE ? entry->last - entry->id + 1 : 1;
    if (log->images.len - log->page_start >= TEND_PAGE_FULL) {
        TEND_PUSH(&log->cuts, log->images.len);
        log->page_start = log->images.len;
    }
}

static tend_status write_row(struct tend_store *store, const struct tend_range *range,
                             struct tend_text page)
{
    tend_id id = tend_counter_next(store, TEND_T_journal);
    if (id == 0) {
        return store->err->code;
    }
    struct tend_sql *q = tend_sql(store, "INSERT INTO journal (id, batch, tbl, first, last, page) "
                                         "VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    tend_sql_bind_int(q, 1, id);
    tend_sql_bind_int(q, 2, store->batch);
    if (range != NULL) {
        tend_sql_bind_text(q, 3, tend_text_of(tend_catalogue[range->table].name));
        tend_sql_bind_int(q, 4, range->first);
        tend_sql_bind_int(q, 5, range->last);
        tend_sql_bind_null(q, 6);
    } else {
        tend_sql_bind_null(q, 3);
        tend_sql_bind_null(q, 4);
        tend_sql_bind_null(q, 5);
        tend_sql_bind_static(q, 6, &(struct tend_value){ .type = TEND_BLOB, .t = page });
    }
    return tend_sql_run(q);
}

static tend_status write_pages(struct tend_store *store, bool all)
{
    struct tend_log *log = &store->log;
    tend_status status = TEND_OK;
    if (all && log->images.len > log->page_start) {
        TEND_PUSH(&log->cuts, log->images.len);
        log->page_start = log->images.len;
    }
    int64_t from = 0;
    for (int64_t i = 0; status == TEND_OK && i < log->cuts.n; i++) {
        int64_t to = log->cuts.at[i];
        status = write_row(store, NULL, (struct tend_text){ log->images.at + from, to - from });
        from = to;
    }
    int64_t left = log->images.len - from;
    if (left > 0) {
        memmove(log->images.at, log->images.at + from, (size_t)left);
    }
    log->images.len = left;
    log->page_start = 0;
    log->cuts.n = 0;
    return status;
}

static int by_table_and_id(const void *a, const void *b)
{
    const struct tend_range *x = a, *y = b;
    if (x->table != y->table) {
        return x->table < y->table ? -1 : 1;
    }
    return x->first < y->first ? -1 : x->first > y->first;
}

tend_status tend_journal_write(struct tend_store *store, bool all)
{
    struct tend_log *log = &store->log;
    tend_status status = write_pages(store, all);
    if (!all || log->ranges.n == 0) {
        return status;
    }
    qsort(log->ranges.at, (size_t)log->ranges.n, sizeof *log->ranges.at, by_table_and_id);
    struct tend_range run = log->ranges.at[0];
    for (int64_t i = 1; status == TEND_OK && i <= log->ranges.n; i++) {
        const struct tend_range *r = i < log->ranges.n ? &log->ranges.at[i] : NULL;
        if (r != NULL && r->table == run.table && r->first == run.last + 1) {
            run.last = r->last;
            continue;
        }
        status = write_row(store, &run, (struct tend_text){ 0 });
        if (r != NULL) {
            run = *r;
        }
    }
    return status;
}

tend_status tend_journal_spill(struct tend_store *store)
{
    if (store->depth > 0 || store->log.images.len < SPILL) {
        return TEND_OK;
    }
    return tend_journal_write(store, false);
}
