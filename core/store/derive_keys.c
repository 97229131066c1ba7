/* contact_key: whose is this key? The keys of contact points by their hash, so
 * that many are written in its order. What is found is compared with the key
 * itself: two keys may have the same hash. */
#include "base/hash.h"
#include "base/text.h"
#include "store/derive.h"
#include <stdlib.h>

int64_t tend_key_hash(struct tend_text kind, struct tend_text key)
{
    uint64_t hash = tend_hash(TEND_HASH_SEED, kind.at, (size_t)kind.len);
    hash = tend_hash(hash, ":", 1);
    return (int64_t)tend_hash(hash, key.at, (size_t)key.len);
}

static void change(struct tend_store *store, tend_id point, const struct tend_value *kind,
                   const struct tend_value *key, bool gone)
{
    struct tend_dirty *dirty = &store->dirty;
    if (key->type != TEND_STR) {
        return;
    }
    struct tend_key_change change = { tend_key_hash(kind->t, key->t), point,
                                      (int32_t)dirty->key.n, gone };
    TEND_PUSH(&dirty->key, change);
    if (!gone) {
        tend_key_filter_add(&store->key_filter, change.hash);
    }
}

void tend_keys_note(struct tend_store *store, tend_id point, const struct tend_value *old,
                    const struct tend_value *values, uint64_t mask)
{
    const int32_t kind = TEND_C_contact_point_kind, key = TEND_C_contact_point_key;
    uint64_t ours = UINT64_C(1) << kind | UINT64_C(1) << key;
    if (old != NULL && values != NULL && (mask & ours) == 0) {
        return;
    }
    if (old != NULL) {
        change(store, point, &old[kind], &old[key], true);
    }
    if (values != NULL) {
        bool all = old == NULL;
        change(store, point, all || (mask >> kind & 1) != 0 ? &values[kind] : &old[kind],
               all || (mask >> key & 1) != 0 ? &values[key] : &old[key], false);
    }
}

static int by_hash(const void *a, const void *b)
{
    const struct tend_key_change *x = a, *y = b;
    if (x->hash != y->hash) {
        return x->hash < y->hash ? -1 : 1;
    }
    if (x->point != y->point) {
        return x->point < y->point ? -1 : 1;
    }
    return x->turn < y->turn ? -1 : x->turn > y->turn;
}

static tend_status remove_key(struct tend_store *store, const struct tend_key_change *key)
{
    struct tend_sql *q =
        tend_sql(store, "DELETE FROM contact_key WHERE hash = ?1 AND contact_point = ?2");
    tend_sql_bind_int(q, 1, key->hash);
    tend_sql_bind_int(q, 2, key->point);
    return tend_sql_run(q);
}

/* Of the changes of one point and hash, the first tells whether the key was
 * there before, the last whether it stays. */
static tend_status write_sorted(struct tend_store *store, const struct tend_key_change *keys,
                                int64_t n)
{
    struct tend_bulk bulk = { .store = store, .table = TEND_T_contact_key };
    tend_status status = TEND_OK;
    for (int64_t i = 0, end; status == TEND_OK && i < n; i = end) {
        for (end = i + 1; end < n && keys[end].hash == keys[i].hash &&
                          keys[end].point == keys[i].point;) {
            end++;
        }
        bool was = keys[i].gone, is = !keys[end - 1].gone;
        if (was && !is) {
            status = remove_key(store, &keys[i]);
        } else if (is && !was) {
            struct tend_value values[TEND_N_contact_key] = { 0 };
            values[TEND_C_contact_key_hash] = tend_int(keys[i].hash);
            values[TEND_C_contact_key_contact_point] = tend_int(keys[i].point);
            status = tend_bulk_add(&bulk, values);
        }
    }
    return tend_bulk_end(&bulk, status);
}

tend_status tend_derive_keys(struct tend_store *store)
{
    struct tend_dirty *dirty = &store->dirty;
    int64_t n = dirty->key.n - dirty->keys_done;
    if (n == 0) {
        return TEND_OK;
    }
    /* What is in the table stays noted inside of a savepoint, in its order. */
    struct tend_key_change *keys = tend_alloc((size_t)n * sizeof *keys);
    memcpy(keys, dirty->key.at + dirty->keys_done, (size_t)n * sizeof *keys);
    dirty->keys_done = dirty->key.n;
    if (store->depth == 0) {
        dirty->key.n = dirty->keys_done = 0;
    }
    qsort(keys, (size_t)n, sizeof *keys, by_hash);
    tend_status status = write_sorted(store, keys, n);
    tend_free(keys);
    return status;
}

tend_status tend_derive_keys_all(struct tend_store *store)
{
    TEND_ARRAY(struct tend_key_change) keys = { 0 };
    struct tend_sql *q = tend_sql(store, "SELECT id, kind, key FROM contact_point "
                                         "WHERE key IS NOT NULL");
    while (tend_sql_step(q)) {
        int64_t hash = tend_key_hash(tend_sql_text(q, 1), tend_sql_text(q, 2));
        struct tend_key_change key = { hash, tend_sql_int(q, 0), 0, false };
        TEND_PUSH(&keys, key);
    }
    tend_status status = tend_sql_end(q);
    if (status == TEND_OK && keys.n > 0) {
        qsort(keys.at, (size_t)keys.n, sizeof *keys.at, by_hash);
        status = write_sorted(store, keys.at, keys.n);
    }
    TEND_ARRAY_FINISH(&keys);
    return status;
}
