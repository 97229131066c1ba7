/* The texts of many people at once are not put into the search index with them: that is
 * half the cost of an import, and notes may be found a little later. Whose they are waits
 * here, and is worked off in slices. */
#include "store/search_wait.h"
#include "base/text.h"
#include "store/derive.h"

enum { SLICE = 1024 };        /* persons, some hundredths of a second */

/* Neighbours wait together. */
static tend_status join_neighbour(struct tend_store *store, tend_id first, tend_id last,
                                  bool *joined)
{
    struct tend_sql *q = tend_sql(store, "UPDATE search_wait SET last = ?2 WHERE first <= ?1 AND "
                                         "last >= ?1 - 1 AND last < ?2");
    tend_sql_bind_int(q, 1, first);
    tend_sql_bind_int(q, 2, last);
    tend_status status = tend_sql_run(q);
    *joined = status == TEND_OK && store->driver->changes(store->db) > 0;
    return status;
}

tend_status tend_search_wait_add(struct tend_store *store, tend_id first, tend_id last)
{
    bool joined;
    tend_status status = join_neighbour(store, first, last, &joined);
    if (status != TEND_OK || joined) {
        return status;
    }
    struct tend_sql *q = tend_sql(store, "INSERT INTO search_wait (id, first, last) SELECT "
                                         "COALESCE(max(id), 0) + 1, ?1, ?2 FROM search_wait");
    tend_sql_bind_int(q, 1, first);
    tend_sql_bind_int(q, 2, last);
    return tend_sql_run(q);
}

tend_status tend_search_wait_load(struct tend_store *store, struct tend_waiting *waiting)
{
    struct tend_sql *q = tend_sql(store, "SELECT first, last FROM search_wait ORDER BY first");
    while (tend_sql_step(q)) {
        struct tend_range range = { TEND_T_person, tend_sql_int(q, 0), tend_sql_int(q, 1) };
        int64_t n = waiting->range.n;
        if (n > 0 && range.first <= waiting->range.at[n - 1].last + 1) {
            struct tend_range *before = &waiting->range.at[n - 1];
            before->last = before->last > range.last ? before->last : range.last;
        } else {
            TEND_PUSH(&waiting->range, range);
        }
    }
    return tend_sql_end(q);
}

bool tend_search_waits(const struct tend_waiting *waiting, tend_id person)
{
    int64_t low = 0, high = waiting->range.n;
    while (low < high) {
        int64_t mid = low + (high - low) / 2;
        if (waiting->range.at[mid].last < person) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return low < waiting->range.n && waiting->range.at[low].first <= person;
}

static tend_status number(struct tend_store *store, const char *text, int64_t *out)
{
    struct tend_sql *q = tend_sql(store, text);
    *out = tend_sql_step(q) ? tend_sql_int(q, 0) : 0;
    return tend_sql_end(q);
}

/* More of the index is of texts that are no more than of those that are: it is made anew. */
static tend_status clear_waste(struct tend_store *store)
{
    int64_t waste = store->driver->search_waste ? store->driver->search_waste(store->db) : 0;
    int64_t persons = 0, last = 0;
    tend_status status = TEND_OK;
    if (waste <= TEND_SEARCH_NOW) {
        return TEND_OK;
    }
    status = number(store, "SELECT count(*) FROM person", &persons);
    if (status == TEND_OK) {
        status = number(store, "SELECT max(id) FROM person", &last);
    }
    if (status != TEND_OK || waste <= persons) {
        return status;
    }
    status = store->driver->search_clear(store->db);
    if (status != TEND_OK) {
        return tend_store_fail(store, status, "the search index");
    }
    status = tend_store_exec(store, "DELETE FROM search_wait");
    return status == TEND_OK && last > 0 ? tend_search_wait_add(store, 1, last) : status;
}

/* The first of those that wait. */
static tend_status work_slice(struct tend_store *store, bool *more)
{
    tend_id id = 0, first = 0, last = 0, end;
    struct tend_sql *q = tend_sql(store, "SELECT id, first, last FROM search_wait "
                                         "ORDER BY first, id LIMIT 1");
    *more = tend_sql_step(q);
    if (*more) {
        id = tend_sql_int(q, 0);
        first = tend_sql_int(q, 1);
        last = tend_sql_int(q, 2);
    }
    tend_status status = tend_sql_end(q);
    if (status != TEND_OK || !*more) {
        return status;
    }
    end = last - first < SLICE ? last : first + SLICE - 1;
    status = tend_derive_search(store, first, end, true);
    if (status != TEND_OK) {
        return status;
    }
    q = end == last ? tend_sql(store, "DELETE FROM search_wait WHERE id = ?1")
                    : tend_sql(store, "UPDATE search_wait SET first = ?2 WHERE id = ?1");
    tend_sql_bind_int(q, 1, id);
    if (end < last) {
        tend_sql_bind_int(q, 2, end + 1);
    }
    return tend_sql_run(q);
}

tend_status tend_store_search_waiting(struct tend_store *store, int64_t *persons)
{
    return number(store, "SELECT COALESCE(sum(last - first + 1), 0) FROM search_wait", persons);
}

tend_status tend_store_search_catch_up(struct tend_store *store, int64_t most, int64_t *left)
{
    int64_t until = tend_clock_ticks() + most;
    bool more = true, own = false;
    tend_status status = tend_store_search_waiting(store, left);
    bool waste = store->driver->search_waste &&
                 store->driver->search_waste(store->db) > TEND_SEARCH_NOW;
    if (status != TEND_OK || (*left == 0 && !waste) || store->read_only || store->open ||
        store->transaction) {
        return status;
    }
    status = tend_transaction_begin(store, &own);
    if (status != TEND_OK) {
        return status;
    }
    status = clear_waste(store);
    while (status == TEND_OK && more) {
        status = work_slice(store, &more);
        more = more && tend_clock_ticks() < until;
    }
    status = tend_transaction_end(store, own, status);
    return status == TEND_OK ? tend_store_search_waiting(store, left) : status;
}
