/* A set of ids for undo, as an open hash. */
#include "store/undo.h"
#include <stdlib.h>

static int64_t place(const struct tend_ids *set, int64_t id)
{
    uint64_t h = (uint64_t)id * UINT64_C(0x9e3779b97f4a7c15);
    int64_t i = (int64_t)(h >> 32) & (set->cap - 1);
    while (set->slot[i] != 0 && set->slot[i] != id) {
        i = (i + 1) & (set->cap - 1);
    }
    return i;
}

bool tend_ids_has(const struct tend_ids *set, int64_t id)
{
    return set->n > 0 && set->slot[place(set, id)] == id;
}

bool tend_ids_add(struct tend_ids *set, int64_t id)
{
    if (set->n * 2 >= set->cap) {
        struct tend_ids grown = { .cap = set->cap > 0 ? set->cap * 2 : 64 };
        grown.slot = tend_alloc((size_t)grown.cap * sizeof *grown.slot);
        grown.n = set->n;
        for (int64_t i = 0; i < set->cap; i++) {
            if (set->slot[i] != 0) {
                grown.slot[place(&grown, set->slot[i])] = set->slot[i];
            }
        }
        tend_free(set->slot);
        *set = grown;
    }
    int64_t i = place(set, id);
    if (set->slot[i] == id) {
        return false;
    }
    set->slot[i] = id;
    set->n++;
    return true;
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

int64_t *tend_ids_sorted(const struct tend_ids *set, int64_t first, int64_t last, int64_t *n)
{
    int64_t *all = tend_alloc((size_t)(set->n + 1) * sizeof *all);
    *n = 0;
    for (int64_t i = 0; set->n > 0 && i < set->cap; i++) {
        if (set->slot[i] != 0 && set->slot[i] >= first && set->slot[i] <= last) {
            all[(*n)++] = set->slot[i];
        }
    }
    qsort(all, (size_t)*n, sizeof *all, by_number);
    return all;
}

void tend_ids_finish(struct tend_ids *set)
{
    tend_free(set->slot);
    *set = (struct tend_ids){ 0 };
}
