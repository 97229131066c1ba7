/* Is a key in the database at all? Of many rows hardly any is, and to look each up costs
 * a page that is not in memory. So all hashes are read once, into some bits for each: a
 * key without its bits is nobody's; one with them is looked up. */
#include "base/text.h"
#include "store/derive.h"
#include "store/ops_intake.h"

enum { BITS_OF_KEY = 16, LOOKS = 12 };  /* reading so many keys costs as much as a look-up */

static uint64_t bit(const struct tend_key_filter *filter, int64_t hash, int32_t i)
{
    uint64_t h = (uint64_t)hash * UINT64_C(0x9e3779b97f4a7c15);
    return ((h >> 32) + (uint64_t)i * ((h & UINT32_MAX) | 1)) & filter->mask;
}

void tend_key_filter_add(struct tend_key_filter *filter, int64_t hash)
{
    for (int32_t i = 0; filter->bits != NULL && i < 4; i++) {
        uint64_t at = bit(filter, hash, i);
        filter->bits[at / 64] |= UINT64_C(1) << at % 64;
    }
}

bool tend_key_filter_may_have(const struct tend_key_filter *filter, int64_t hash)
{
    for (int32_t i = 0; filter->bits != NULL && i < 4; i++) {
        uint64_t at = bit(filter, hash, i);
        if ((filter->bits[at / 64] >> at % 64 & 1) == 0) {
            return false;
        }
    }
    return true;
}

void tend_key_filter_finish(struct tend_key_filter *filter)
{
    tend_free(filter->bits);
    *filter = (struct tend_key_filter){ 0 };
}

tend_status tend_intake_expect(struct tend_store *store, int64_t rows)
{
    struct tend_key_filter *filter = &store->key_filter;
    struct tend_sql *q = tend_sql(store, "SELECT max(id) FROM contact_point");
    int64_t keys = tend_sql_step(q) ? tend_sql_int(q, 0) : 0;
    tend_status status = tend_sql_end(q);
    uint64_t bits = 1024;
    if (status != TEND_OK || !store->open || filter->bits != NULL || keys == 0 ||
        rows * 2 * LOOKS < keys) {
        return status;
    }
    status = tend_derive_keys(store);
    while (bits < (uint64_t)(keys + 4 * rows) * BITS_OF_KEY / 2) {
        bits *= 2;
    }
    filter->bits = tend_alloc(bits / 8);
    filter->mask = bits - 1;
    q = tend_sql(store, "SELECT hash FROM contact_key");
    while (tend_sql_step(q)) {
        tend_key_filter_add(filter, tend_sql_int(q, 0));
    }
    tend_status end = tend_sql_end(q);
    status = status != TEND_OK ? status : end;
    if (status != TEND_OK) {
        tend_key_filter_finish(filter);
    }
    return status;
}
