/* The sets of persons and tasks whose derived rows are out of date. Rows made
 * in this batch have ids in a row and stand in an array of bytes; the others
 * are few and stand in an open hash. */
#include "store/parts.h"
#include <stdlib.h>
#include <string.h>

static void grow_hash(struct tend_dirty_set *set);

static struct tend_dirty_slot *find(struct tend_dirty_set *set, tend_id id)
{
    uint64_t h = (uint64_t)id * UINT64_C(0x9e3779b97f4a7c15);
    for (int64_t i = (int64_t)(h >> 32) & (set->cap - 1);; i = (i + 1) & (set->cap - 1)) {
        if (set->slot[i].id == id || set->slot[i].id == 0) {
            return &set->slot[i];
        }
    }
}

static void mark_hash(struct tend_dirty_set *set, tend_id id, uint32_t bits)
{
    if (set->n * 2 >= set->cap) {
        grow_hash(set);
    }
    struct tend_dirty_slot *slot = find(set, id);
    if (slot->id == 0) {
        slot->id = id;
        set->n++;
    }
    slot->bits |= bits;
}

static void grow_hash(struct tend_dirty_set *set)
{
    struct tend_dirty_slot *old = set->slot;
    int64_t cap = set->cap;
    set->cap = cap > 0 ? cap * 2 : 64;
    set->slot = tend_alloc((size_t)set->cap * sizeof *set->slot);
    set->n = 0;
    for (int64_t i = 0; i < cap; i++) {
        if (old[i].id != 0) {
            mark_hash(set, old[i].id, old[i].bits);
        }
    }
    tend_free(old);
}

static uint8_t *fresh(struct tend_dirty_set *set, tend_id id)
{
    int64_t i = id - set->base;
    while (set->fresh.n <= i) {
        TEND_PUSH(&set->fresh, 0);
    }
    set->n_fresh++;
    set->low = i < set->low ? i : set->low;
    return &set->fresh.at[i];
}

void tend_dirty_mark(struct tend_dirty_set *set, tend_id id, uint32_t bits)
{
    if (id <= 0 || bits == 0) {
        return;
    }
    if (set->base != 0 && id >= set->base) {
        uint8_t *byte = fresh(set, id);
        *byte = (uint8_t)(*byte | bits);
    } else {
        mark_hash(set, id, bits);
    }
}

void tend_dirty_mark_new(struct tend_dirty_set *set, tend_id base, tend_id id, uint32_t bits)
{
    if (set->base == 0) {
        set->base = base;
        set->low = 0;
    }
    uint8_t *byte = fresh(set, id);
    uint32_t is_new = (*byte & TEND_DIRTY_DONE) != 0 ? 0 : TEND_DIRTY_NEW;
    *byte = (uint8_t)(*byte | bits | is_new);
}

bool tend_dirty_any(const struct tend_dirty_set *set)
{
    return set->n > 0 || set->n_fresh > 0;
}

static int by_id(const void *a, const void *b)
{
    const struct tend_dirty_slot *x = a, *y = b;
    return x->id < y->id ? -1 : x->id > y->id;
}

void tend_dirty_take(struct tend_dirty_set *set, struct tend_dirty_slot **out, int64_t *n)
{
    int64_t most = set->n + (set->n_fresh > 0 ? set->fresh.n - set->low : 0);
    struct tend_dirty_slot *all = tend_alloc((size_t)(most + 1) * sizeof *all);
    int64_t count = 0;
    for (int64_t i = 0; i < set->cap && set->n > 0; i++) {
        if (set->slot[i].id != 0) {
            all[count++] = set->slot[i];
        }
    }
    qsort(all, (size_t)count, sizeof *all, by_id);
    for (int64_t i = set->low; set->n_fresh > 0 && i < set->fresh.n; i++) {
        uint8_t bits = set->fresh.at[i];
        if ((bits & ~TEND_DIRTY_DONE) != 0) {
            all[count++] = (struct tend_dirty_slot){ set->base + i, bits };
            set->fresh.at[i] = TEND_DIRTY_DONE;
        }
    }
    if (set->n > 0) {
        memset(set->slot, 0, (size_t)set->cap * sizeof *set->slot);
    }
    set->n = set->n_fresh = 0;
    set->low = set->fresh.n;
    *out = all;
    *n = count;
}

static void reset_set(struct tend_dirty_set *set)
{
    if (set->n > 0) {
        memset(set->slot, 0, (size_t)set->cap * sizeof *set->slot);
    }
    set->n = set->n_fresh = set->fresh.n = 0;
    set->base = set->low = 0;
}

void tend_dirty_reset(struct tend_dirty *dirty)
{
    reset_set(&dirty->person);
    reset_set(&dirty->task);
    dirty->flushed.n = dirty->key.n = dirty->keys_done = 0;
}

static void finish_set(struct tend_dirty_set *set)
{
    TEND_ARRAY_FINISH(&set->fresh);
    tend_free(set->slot);
    set->slot = NULL;
    set->cap = 0;
    reset_set(set);
}

void tend_dirty_finish(struct tend_dirty *dirty)
{
    finish_set(&dirty->person);
    finish_set(&dirty->task);
    TEND_ARRAY_FINISH(&dirty->flushed);
    TEND_ARRAY_FINISH(&dirty->key);
}
