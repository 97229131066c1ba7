/* Who belongs together. The surest pairs first; two groups become one when the pairs
 * between them say so on the average (average linkage), so that one odd pair does not
 * chain strangers, and one that was missed does not part a family of records. */
#include "desk/scrub_parts.h"
#include <stdlib.h>

#define SURE_MOST 12            /* ln: no pair outvotes many others */
#define GROUP_MOST 200          /* people in a cluster */

struct groups {
    uint32_t *root, *next, *size;       /* members of a group hang on its root; UINT32_MAX ends */
};

static uint32_t root_of(struct groups *g, uint32_t i)
{
    while (g->root[i] != i)
        i = g->root[i] = g->root[g->root[i]];
    return i;
}

static double vote(double weight)
{
    return weight > SURE_MOST ? SURE_MOST : weight < -SURE_MOST ? -SURE_MOST : weight;
}

static int by_pair(const void *a, const void *b)
{
    const struct tend_scrub_look *x = a, *y = b;

    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

static int by_weight(const void *a, const void *b)
{
    const struct tend_scrub_look *x = *(const struct tend_scrub_look *const *)a;
    const struct tend_scrub_look *y = *(const struct tend_scrub_look *const *)b;

    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return by_pair(x, y);
}

/* As it was judged, also by a plugin, or weighed now. */
static struct tend_scrub_look judged(const struct tend_scrub_people *people,
                                     const struct tend_scrub_worth *worth,
                                     const struct tend_scrub_looks *looks, uint32_t a, uint32_t b)
{
    struct tend_scrub_look key = { .a = a < b ? a : b, .b = a < b ? b : a };
    const struct tend_scrub_look *known =
        bsearch(&key, looks->list.at, (size_t)looks->list.n, sizeof key, by_pair);

    return known ? *known : tend_scrub_look_at(people, worth, a, b);
}

static void join(struct groups *g, const struct tend_scrub_people *people,
                 const struct tend_scrub_worth *worth, const struct tend_scrub_looks *looks,
                 const struct tend_scrub_look *look, double sure)
{
    uint32_t a = root_of(g, look->a), b = root_of(g, look->b), last = a;
    double sum = 0;
    int64_t n = 0;

    if (a == b || g->size[a] + g->size[b] > GROUP_MOST)
        return;
    for (uint32_t x = a; x != UINT32_MAX; x = g->next[x]) {
        last = x;
        for (uint32_t y = b; y != UINT32_MAX; y = g->next[y], n++) {
            if (tend_scrub_is_apart(people, x, y))
                return;
            sum += vote(judged(people, worth, looks, x, y).weight);
        }
    }
    if (n > 1 && sum / (double)n < sure)
        return;
    g->next[last] = b;
    g->root[b] = a;
    g->size[a] += g->size[b];
}

static void put_cluster(const struct groups *g, const struct tend_scrub_people *people,
                        const struct tend_scrub_worth *worth,
                        const struct tend_scrub_looks *looks, uint32_t root,
                        struct tend_scrub_clusters *out)
{
    out->n++;
    for (uint32_t x = root; x != UINT32_MAX; x = g->next[x])
        for (uint32_t y = g->next[x]; y != UINT32_MAX; y = g->next[y])
            TEND_PUSH(&out->pair, (struct tend_scrub_found){
                                      judged(people, worth, looks, x, y), out->n });
}

void tend_scrub_cluster(const struct tend_scrub_people *people,
                        const struct tend_scrub_worth *worth,
                        const struct tend_scrub_looks *looks, double sure,
                        struct tend_scrub_clusters *out)
{
    size_t room = (size_t)people->n + 1;
    struct groups g = { tend_alloc(room * sizeof *g.root), tend_alloc(room * sizeof *g.next),
                        tend_alloc(room * sizeof *g.size) };
    TEND_ARRAY(const struct tend_scrub_look *) likely = { 0 };

    *out = (struct tend_scrub_clusters){ .n = 0 };
    for (int64_t i = 0; i < people->n; i++) {
        g.root[i] = (uint32_t)i;
        g.next[i] = UINT32_MAX;
        g.size[i] = 1;
    }
    for (int64_t i = 0; i < looks->list.n; i++)
        if (looks->list.at[i].weight >= sure)
            TEND_PUSH(&likely, &looks->list.at[i]);
    if (likely.n > 0)
        qsort(likely.at, (size_t)likely.n, sizeof *likely.at, by_weight);
    for (int64_t i = 0; i < likely.n; i++)
        join(&g, people, worth, looks, likely.at[i], sure);
    for (int64_t i = 0; i < people->n; i++)
        if (g.root[i] == (uint32_t)i && g.size[i] > 1)
            put_cluster(&g, people, worth, looks, (uint32_t)i, out);
    TEND_ARRAY_FINISH(&likely);
    tend_free(g.root);
    tend_free(g.next);
    tend_free(g.size);
}
