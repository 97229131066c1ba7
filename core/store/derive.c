/* Derived data follows the facts: what a batch changed is noted by person and
 * task, and made anew in runs of neighbouring ids before the commit, the same
 * way for one person and for a whole import. */
#include "store/derive.h"
#include "base/part.h"
#include "base/text.h"
#include "store/search_wait.h"

enum { PERSONS_NOTED = 100000, KEYS_NOTED = 130000 };   /* then a large batch derives */

void tend_derive_note(struct tend_store *store, enum tend_table table, tend_id id,
                      const struct tend_value *old, const struct tend_value *values,
                      uint64_t mask, bool is_new)
{
    struct tend_dirty_set *persons = &store->dirty.person;
    uint32_t bits = 0;
    switch (table) {
    case TEND_T_person:
        if (is_new) {
            tend_dirty_mark_new(persons, store->start[table], id,
                                TEND_DIRTY_WORDS | TEND_DIRTY_SEARCH);
        } else if (old == NULL || values == NULL) {
            tend_merged_forget(store);
            tend_dirty_mark(persons, id, TEND_DIRTY_WORDS | TEND_DIRTY_SEARCH | TEND_DIRTY_STAGE);
        } else {
            uint64_t names = UINT64_C(1) << TEND_C_person_name |
                             UINT64_C(1) << TEND_C_person_given |
                             UINT64_C(1) << TEND_C_person_family;
            bits |= (mask & names) != 0 ? TEND_DIRTY_WORDS | TEND_DIRTY_SEARCH : 0;
            if ((mask >> TEND_C_person_merged & 1) != 0) {
                tend_merged_forget(store);
            }
            bits |= (mask >> TEND_C_person_zone & 1) != 0 ? TEND_DIRTY_TASKS : 0;
            tend_dirty_mark(persons, id, bits);
        }
        return;
    case TEND_T_contact_point:
        tend_keys_note(store, id, old, values, mask);
        bits = TEND_DIRTY_SEARCH;
        break;
    case TEND_T_note:
    case TEND_T_touch:
        bits = TEND_DIRTY_SEARCH;
        break;
    case TEND_T_stage_change:
        bits = TEND_DIRTY_STAGE;
        break;
    case TEND_T_task:
        if (is_new) {
            tend_dirty_mark_new(&store->dirty.task, store->start[table], id, TEND_DIRTY_DUE);
        } else {
            tend_dirty_mark(&store->dirty.task, id, TEND_DIRTY_DUE);
        }
        return;
    default:
        return;
    }
    int32_t owner = tend_catalogue[table].owner;
    if (old != NULL) {
        tend_dirty_mark(persons, old[owner].i, bits);
    }
    if (values != NULL && (old == NULL || (mask >> owner & 1) != 0)) {
        tend_dirty_mark(persons, values[owner].i, bits);
    }
}

/* The end of the run of neighbours from i on that have the bit, all new or
 * all known. */
static int64_t run_end(const struct tend_dirty_slot *slots, int64_t n, int64_t i, uint32_t bit)
{
    int64_t end = i + 1;
    while (end < n && slots[end].id == slots[end - 1].id + 1 && (slots[end].bits & bit) != 0 &&
           (slots[end].bits & TEND_DIRTY_NEW) == (slots[i].bits & TEND_DIRTY_NEW)) {
        end++;
    }
    return end;
}

static tend_status flush_bit(struct tend_store *store, const struct tend_dirty_slot *slots,
                             int64_t n, uint32_t bit)
{
    tend_status status = TEND_OK;
    int64_t end;
    for (int64_t i = 0; status == TEND_OK && i < n; i = end) {
        end = i + 1;
        if ((slots[i].bits & bit) == 0) {
            continue;
        }
        end = run_end(slots, n, i, bit);
        tend_id first = slots[i].id, last = slots[end - 1].id;
        bool known = (slots[i].bits & TEND_DIRTY_NEW) == 0;
        if (bit == TEND_DIRTY_WORDS) {
            status = tend_derive_words(store, first, last, known);
        } else if (bit == TEND_DIRTY_STAGE) {
            status = tend_derive_stages(store, first, last, known);
        } else {
            status = tend_derive_search(store, first, last, known);
        }
    }
    return status;
}

static int64_t count_bit(const struct tend_dirty_slot *slots, int64_t n, uint32_t bit)
{
    int64_t count = 0;
    for (int64_t i = 0; i < n; i++) {
        count += (slots[i].bits & bit) != 0;
    }
    return count;
}

/* Few texts go into the index at once. Of many only those go that no longer hold, and
 * who has new ones waits; neighbours wait together. */
static tend_status flush_search(struct tend_store *store, const struct tend_dirty_slot *slots,
                                int64_t n)
{
    enum { NEIGHBOURS = 64 };
    tend_status status = TEND_OK;
    tend_id first = 0, last = 0;
    if (count_bit(slots, n, TEND_DIRTY_SEARCH) <= TEND_SEARCH_NOW) {
        return flush_bit(store, slots, n, TEND_DIRTY_SEARCH);
    }
    for (int64_t i = 0, end; status == TEND_OK && i < n; i = end) {
        end = i + 1;
        if ((slots[i].bits & TEND_DIRTY_SEARCH) == 0) {
            continue;
        }
        end = run_end(slots, n, i, TEND_DIRTY_SEARCH);
        if ((slots[i].bits & TEND_DIRTY_NEW) == 0 &&
            store->driver->search_delete(store->db, slots[i].id, slots[end - 1].id) != TEND_OK) {
            return tend_store_fail(store, TEND_IO, "the search index");
        }
        if (first != 0 && slots[i].id > last + NEIGHBOURS) {
            status = tend_search_wait_add(store, first, last);
            first = 0;
        }
        first = first != 0 ? first : slots[i].id;
        last = slots[end - 1].id;
    }
    return status == TEND_OK ? tend_search_wait_add(store, first, last) : status;
}

static tend_status mark_tasks(struct tend_store *store, tend_id person)
{
    struct tend_sql *q = tend_sql(store, "SELECT id FROM task WHERE person = ?1 AND state = 0");
    tend_sql_bind_int(q, 1, person);
    while (tend_sql_step(q)) {
        tend_dirty_mark(&store->dirty.task, tend_sql_int(q, 0), TEND_DIRTY_DUE);
    }
    return tend_sql_end(q);
}

/* Inside of a savepoint what is derived may be taken back with it. */
static void remember(struct tend_store *store, const struct tend_dirty_slot *slots, int64_t n,
                     int sign)
{
    for (int64_t i = 0; store->depth > 0 && i < n; i++) {
        uint32_t bits = slots[i].bits & ~(uint32_t)(TEND_DIRTY_NEW | TEND_DIRTY_DONE);
        TEND_PUSH(&store->dirty.flushed, (struct tend_dirty_slot){ sign * slots[i].id, bits });
    }
}

static tend_status flush_persons(struct tend_store *store)
{
    struct tend_dirty_slot *slots;
    int64_t n;
    tend_status status = TEND_OK;
    tend_dirty_take(&store->dirty.person, &slots, &n);
    remember(store, slots, n, 1);
    for (int64_t i = 0; status == TEND_OK && i < n; i++) {
        if ((slots[i].bits & TEND_DIRTY_TASKS) != 0) {
            status = mark_tasks(store, slots[i].id);
        }
    }
    if (status == TEND_OK) {
        status = flush_bit(store, slots, n, TEND_DIRTY_WORDS);
    }
    if (status == TEND_OK) {
        status = flush_bit(store, slots, n, TEND_DIRTY_STAGE);
    }
    if (status == TEND_OK) {
        status = flush_search(store, slots, n);
    }
    tend_free(slots);
    return status;
}

static tend_status flush_tasks(struct tend_store *store)
{
    struct tend_dirty_slot *slots;
    int64_t n, end;
    tend_status status = TEND_OK;
    tend_dirty_take(&store->dirty.task, &slots, &n);
    remember(store, slots, n, -1);
    for (int64_t i = 0; status == TEND_OK && i < n; i = end) {
        end = run_end(slots, n, i, TEND_DIRTY_DUE);
        status = tend_derive_due(store, slots[i].id, slots[end - 1].id,
                                 (slots[i].bits & TEND_DIRTY_NEW) == 0);
    }
    tend_free(slots);
    return status;
}

tend_status tend_bulk_remove(struct tend_store *store, const char *text, tend_id first,
                             tend_id last)
{
    struct tend_sql *q = tend_sql(store, text);
    tend_sql_bind_int(q, 1, first);
    tend_sql_bind_int(q, 2, last);
    return tend_sql_run(q);
}

tend_status tend_derive_flush(struct tend_store *store)
{
    tend_status status = tend_pending_flush(store);
    enum tend_part before = tend_part_begin(TEND_PART_DERIVED);
    if (status == TEND_OK && (tend_dirty_any(&store->dirty.person) ||
                              tend_dirty_any(&store->dirty.task))) {
        status = tend_savepoint_write(store);   /* the search index is written without a text */
    }
    if (status == TEND_OK) {
        status = tend_derive_keys(store);
    }
    if (status == TEND_OK && tend_dirty_any(&store->dirty.person)) {
        status = flush_persons(store);
    }
    if (status == TEND_OK && tend_dirty_any(&store->dirty.task)) {
        status = flush_tasks(store);
    }
    tend_part_end(before);
    return status;
}

tend_status tend_derive_spill(struct tend_store *store)
{
    const struct tend_dirty *dirty = &store->dirty;
    if (store->depth > 0 || (dirty->person.fresh.n - dirty->person.low < PERSONS_NOTED &&
                             dirty->key.n < KEYS_NOTED)) {
        return TEND_OK;
    }
    return tend_derive_flush(store);
}

static tend_status max_id(struct tend_store *store, const char *text, tend_id *out)
{
    struct tend_sql *q = tend_sql(store, text);
    *out = tend_sql_step(q) ? tend_sql_int(q, 0) : 0;
    return tend_sql_end(q);
}

static tend_status search_all(struct tend_store *store, tend_id last, enum tend_rebuild how)
{
    if (how == TEND_REBUILD_NO_SEARCH || last == 0) {
        return TEND_OK;
    }
    return last > TEND_SEARCH_NOW ? tend_search_wait_add(store, 1, last)
                                  : tend_derive_search(store, 1, last, false);
}

static tend_status make_all(struct tend_store *store, enum tend_rebuild how)
{
    tend_id persons, tasks;
    tend_status status = max_id(store, "SELECT max(id) FROM person", &persons);
    if (status == TEND_OK) {
        status = max_id(store, "SELECT max(id) FROM task", &tasks);
    }
    if (status == TEND_OK) {
        status = tend_derive_words(store, 1, persons, false);
    }
    if (status == TEND_OK) {
        status = tend_derive_stages(store, 1, persons, false);
    }
    if (status == TEND_OK) {
        status = search_all(store, persons, how);
    }
    if (status == TEND_OK) {
        status = tend_derive_due(store, 1, tasks, false);
    }
    if (status == TEND_OK) {
        status = tend_derive_keys_all(store);
    }
    return status;
}

tend_status tend_derive_rebuild_as(struct tend_store *store, enum tend_rebuild how)
{
    bool own;
    tend_status status = tend_transaction_begin(store, &own);
    if (status != TEND_OK) {
        return status;
    }
    status = tend_derive_keys(store);
    if (status == TEND_OK) {
        status = tend_store_exec(store, "DELETE FROM person_word; DELETE FROM person_stage; "
                                        "DELETE FROM task_due; DELETE FROM contact_key");
    }
    if (status == TEND_OK && how == TEND_REBUILD_ALL) {
        status = tend_store_exec(store, "DELETE FROM search_wait");
        if (status == TEND_OK && store->driver->search_clear(store->db) != TEND_OK) {
            status = tend_store_fail(store, TEND_IO, "the search index");
        }
    }
    if (status == TEND_OK) {
        status = make_all(store, how);
    }
    store->settings = store->settings || !own;
    return tend_transaction_end(store, own, status);
}

tend_status tend_derive_rebuild(struct tend_store *store)
{
    return tend_derive_rebuild_as(store, TEND_REBUILD_ALL);
}
