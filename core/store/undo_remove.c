/* Undo of inserts: the rows go, children first, from the last id to the first,
 * so that a redo, which reads the journal backwards, brings parents first. What is
 * derived of persons who go goes by their range, not person by person. */
#include "base/text.h"
#include "store/derive.h"
#include "store/undo.h"
#include <stdio.h>

enum { LARGE = 20000 };         /* rows of a table: if hardly one is left, it is emptied */
enum { LEFT_MOST = 64 };        /* rows that are put back then */

/* Does this person go, with all that is derived of them? */
static bool goes(const struct tend_undoing *u, tend_id person)
{
    return tend_undo_made(u, TEND_T_person, person) &&
           !tend_ids_has(&u->kept[TEND_T_person], person);
}

static void note(struct tend_undoing *u, const struct tend_entry *entry, bool keys)
{
    int32_t owner = tend_catalogue[entry->table].owner;
    if (entry->table == TEND_T_person) {
        return;
    }
    if (owner >= 0 && entry->table != TEND_T_task && goes(u, entry->before[owner].i)) {
        if (entry->table == TEND_T_contact_point && keys) {
            tend_keys_note(u->store, entry->id, entry->before, NULL, entry->mask);
        }
        return;
    }
    tend_derive_note(u->store, entry->table, entry->id, entry->before, NULL, entry->mask, false);
}

static tend_status log_rows(struct tend_undoing *u, const struct tend_span *span, bool keys)
{
    const struct tend_table_def *def = &tend_catalogue[span->table];
    struct tend_store *store = u->store;
    struct tend_entry entry = { .kind = TEND_ENTRY_DELETE, .table = span->table };
    struct tend_buffer text = { 0 };
    tend_status status = TEND_OK;
    entry.mask = (UINT64_C(1) << def->n_columns) - 1;
    tend_row_select(&text, "SELECT id, ", span->table,
                    "WHERE id >= ?1 AND id <= ?2 ORDER BY id DESC");
    struct tend_sql *q = tend_sql_dynamic(store, tend_buffer_text(&text));
    tend_sql_bind_int(q, 1, span->first);
    tend_sql_bind_int(q, 2, span->last);
    while (status == TEND_OK && tend_sql_step(q)) {
        entry.id = tend_sql_int(q, 0);
        if (tend_ids_has(&u->kept[span->table], entry.id)) {
            continue;
        }
        for (int32_t c = 0; c < def->n_columns; c++) {
            entry.before[c] = tend_sql_value(q, c + 1, def->columns[c].type);
        }
        entry.rev_before = tend_sql_int(q, def->n_columns + 1);
        tend_log_entry(&store->log, &entry);
        note(u, &entry, keys);
        status = tend_journal_spill(store);
    }
    tend_buffer_finish(&text);
    tend_status end = tend_sql_end(q);
    return status != TEND_OK ? status : end;
}

static tend_status delete_rows(struct tend_store *store, enum tend_table table, tend_id first,
                               tend_id last)
{
    struct tend_buffer text = { 0 };
    tend_buffer_addf(&text, "DELETE FROM %s WHERE id >= ?1 AND id <= ?2",
                     tend_catalogue[table].name);
    struct tend_sql *q = tend_sql_dynamic(store, tend_buffer_text(&text));
    tend_buffer_finish(&text);
    tend_sql_bind_int(q, 1, first);
    tend_sql_bind_int(q, 2, last);
    return tend_sql_run(q);
}

/* --- nearly all of a table ---------------------------------------------------- */

struct left {                   /* the rows that stay */
    struct tend_arena arena;
    struct tend_value value[LEFT_MOST][TEND_COLUMNS_MAX];
    tend_id id[LEFT_MOST], rev[LEFT_MOST];
    int32_t n;                  /* LEFT_MOST: too many */
};

static tend_status read_left(struct tend_store *store, enum tend_table table, tend_id first,
                             tend_id last, struct left *left)
{
    const struct tend_table_def *def = &tend_catalogue[table];
    struct tend_buffer text = { 0 };
    tend_row_select(&text, "SELECT id, ", table, "WHERE id < ?1 OR id > ?2 LIMIT ?3");
    struct tend_sql *q = tend_sql_dynamic(store, tend_buffer_text(&text));
    tend_sql_bind_int(q, 1, first);
    tend_sql_bind_int(q, 2, last);
    tend_sql_bind_int(q, 3, LEFT_MOST);
    while (tend_sql_step(q)) {
        struct tend_value *row = left->value[left->n];
        for (int32_t c = 0; c < def->n_columns; c++) {
            row[c] = tend_sql_value(q, c + 1, def->columns[c].type);
            if (row[c].type == TEND_STR || row[c].type == TEND_BLOB) {
                row[c].t = tend_arena_text(&left->arena, row[c].t);
            }
        }
        left->id[left->n] = tend_sql_int(q, 0);
        left->rev[left->n++] = tend_sql_int(q, def->n_columns + 1);
    }
    tend_buffer_finish(&text);
    return tend_sql_end(q);
}

/* A table that is emptied costs nothing by row; the few that stay are put back. */
static tend_status delete_nearly_all(struct tend_store *store, enum tend_table table,
                                     tend_id first, tend_id last)
{
    struct left *left = tend_alloc(sizeof *left);
    char text[64];
    tend_status status = read_left(store, table, first, last, left);
    if (status == TEND_OK && left->n == LEFT_MOST) {
        status = delete_rows(store, table, first, last);
    } else if (status == TEND_OK) {
        snprintf(text, sizeof text, "DELETE FROM %s", tend_catalogue[table].name);
        status = tend_store_exec(store, text);
        for (int32_t i = 0; status == TEND_OK && i < left->n; i++) {
            status = tend_row_put(store, table, left->id[i], left->value[i], left->rev[i]);
        }
    }
    tend_arena_finish(&left->arena);
    tend_free(left);
    return status;
}

/* --- what is derived ---------------------------------------------------------- */

static tend_status few_others(struct tend_store *store, tend_id first, tend_id last, bool *few)
{
    struct tend_sql *q = tend_sql(store, "SELECT count(*) FROM (SELECT id FROM person WHERE "
                                         "id < ?1 OR id > ?2 LIMIT ?3) AS others");
    tend_sql_bind_int(q, 1, first);
    tend_sql_bind_int(q, 2, last);
    tend_sql_bind_int(q, 3, LARGE / 2);
    *few = last - first >= LARGE && tend_sql_step(q) && tend_sql_int(q, 0) < LARGE / 2;
    return tend_sql_end(q);
}

/* Of the others it is made anew, where they are few. */
static tend_status empty_derived(struct tend_store *store, tend_id first, tend_id last)
{
    tend_status status = tend_store_exec(store, "DELETE FROM person_word; "
                                                "DELETE FROM person_stage");
    tend_id from[] = { 1, last + 1 }, to[] = { first - 1, INT64_MAX };
    for (int32_t i = 0; status == TEND_OK && i < 2; i++) {
        status = tend_derive_words(store, from[i], to[i], false);
        if (status == TEND_OK) {
            status = tend_derive_stages(store, from[i], to[i], false);
        }
    }
    return status;
}

/* Once their rows are gone. */
static tend_status delete_derived(struct tend_store *store, tend_id first, tend_id last)
{
    bool few;
    tend_status status = few_others(store, first, last, &few);
    if (status == TEND_OK && few) {
        status = empty_derived(store, first, last);
    } else if (status == TEND_OK) {
        status = tend_bulk_remove(store, "DELETE FROM person_word WHERE person >= ?1 AND "
                                         "person <= ?2", first, last);
        if (status == TEND_OK) {
            status = tend_bulk_remove(store, "DELETE FROM person_stage WHERE person >= ?1 AND "
                                             "person <= ?2", first, last);
        }
    }
    if (status == TEND_OK) {
        status = tend_bulk_remove(store, "DELETE FROM search_wait WHERE first >= ?1 AND "
                                         "last <= ?2", first, last);
    }
    if (status == TEND_OK && store->driver->search_delete(store->db, first, last) != TEND_OK) {
        status = tend_store_fail(store, TEND_IO, "the search index");
    }
    return status;
}

static tend_status delete_between(struct tend_store *store, enum tend_table table, tend_id first,
                                  tend_id last)
{
    if (first > last) {
        return TEND_OK;
    }
    tend_status status = last - first >= LARGE ? delete_nearly_all(store, table, first, last)
                                               : delete_rows(store, table, first, last);
    return status == TEND_OK && table == TEND_T_person ? delete_derived(store, first, last)
                                                       : status;
}

static tend_status remove_span(struct tend_undoing *u, const struct tend_span *span)
{
    int64_t n;
    int64_t *kept = tend_ids_sorted(&u->kept[span->table], span->first, span->last, &n);
    tend_id from = span->first;
    /* the keys of many points go in one walk, since they stand in another order */
    bool walk = span->table == TEND_T_contact_point && n == 0 && span->last - from >= LARGE;
    tend_status status = log_rows(u, span, !walk);
    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        status = delete_between(u->store, span->table, from, kept[i] - 1);
        from = kept[i] + 1;
    }
    tend_free(kept);
    if (status == TEND_OK && walk) {
        status = tend_derive_keys(u->store);
    }
    if (status == TEND_OK && walk) {
        status = tend_bulk_remove(u->store, "DELETE FROM contact_key WHERE contact_point >= ?1 "
                                            "AND contact_point <= ?2", span->first, span->last);
    }
    return status == TEND_OK ? delete_between(u->store, span->table, from, span->last) : status;
}

tend_status tend_undo_remove(struct tend_undoing *u)
{
    tend_status status = TEND_OK;
    for (int64_t i = u->made.n - 1; status == TEND_OK && i >= 0; i--) {
        status = remove_span(u, &u->made.at[i]);
    }
    return status;
}
