/* Asks every matcher about every pair that is worth a look, and puts those who hang
 * together into clusters. */
#include "desk/scrub.h"
#include "base/array.h"
#include "base/interrupt.h"
#include "base/text.h"
#include <stdlib.h>

#define BLOCK 256
#define REASONS_MOST 16

struct scrubbing {
    struct tend_desk *desk;
    struct tend_arena *arena;           /* of what is found */
    struct tend_arena scratch;          /* of one block */
    double threshold;
    TEND_ARRAY(const struct tend_provider *) matcher;
    TEND_ARRAY(struct tend_scrub_pair) found;
    TEND_ARRAY(const char *) trouble;
};

struct opinions {                       /* on one block */
    double same[BLOCK];
    struct tend_text reason[BLOCK][REASONS_MOST];
    int64_t n_reasons[BLOCK];
};

static void take(struct opinions *opinions, const struct tend_score *scores, int64_t n)
{
    for (int64_t i = 0; i < n; i++) {
        if (scores[i].same < 0)
            continue;
        if (scores[i].same > opinions->same[i])
            opinions->same[i] = scores[i].same;
        if (scores[i].reason.len > 0 && opinions->n_reasons[i] < REASONS_MOST)
            opinions->reason[i][opinions->n_reasons[i]++] = scores[i].reason;
    }
}

/* One that fails is asked no more; one that broke a limit fails the command. */
static tend_status failed(struct scrubbing *s, int64_t at, tend_status status)
{
    if (status == TEND_CANCELLED || tend_registry_breached(s->desk->registry))
        return status;
    TEND_PUSH(&s->trouble, tend_arena_str(s->arena, tend_text_of(s->desk->err->text)));
    tend_error_clear(s->desk->err);
    for (; at + 1 < s->matcher.n; at++)
        s->matcher.at[at] = s->matcher.at[at + 1];
    s->matcher.n--;
    return TEND_OK;
}

static tend_status ask(struct scrubbing *s, const struct tend_pair *pairs, int64_t n,
                       struct opinions *opinions)
{
    struct tend_score scores[BLOCK];

    for (int64_t i = 0; i < n; i++) {
        opinions->same[i] = -1;
        opinions->n_reasons[i] = 0;
    }
    for (int64_t m = 0; m < s->matcher.n; m++) {
        tend_status status = tend_call_matcher(s->desk->registry, s->matcher.at[m], n, pairs,
                                               scores, &s->scratch);

        if (status == TEND_OK) {
            take(opinions, scores, n);
            continue;
        }
        status = failed(s, m--, status);
        if (status != TEND_OK)
            return status;
    }
    return TEND_OK;
}

static void keep(struct scrubbing *s, const struct tend_pair *pair, double same,
                 const struct tend_text *reasons, int64_t n)
{
    struct tend_scrub_pair found = { .a = pair->a, .b = pair->b, .score = same, .n_reasons = n };

    found.reasons = tend_arena_take(s->arena, (size_t)(n + 1) * sizeof *found.reasons);
    for (int64_t i = 0; i < n; i++)
        found.reasons[i] = tend_arena_str(s->arena, reasons[i]);
    TEND_PUSH(&s->found, found);
}

static tend_status judge(struct scrubbing *s, const struct tend_pair_list *pairs)
{
    struct opinions *opinions = tend_alloc(sizeof *opinions);
    tend_status status = TEND_OK;

    for (int64_t i = 0; status == TEND_OK && i < pairs->list.n; i += BLOCK) {
        int64_t n = pairs->list.n - i < BLOCK ? pairs->list.n - i : BLOCK;

        status = tend_interrupt_check(s->desk->err);
        if (status == TEND_OK)
            status = ask(s, &pairs->list.at[i], n, opinions);
        for (int64_t k = 0; status == TEND_OK && k < n; k++)
            if (opinions->same[k] >= s->threshold)
                keep(s, &pairs->list.at[i + k], opinions->same[k], opinions->reason[k],
                     opinions->n_reasons[k]);
        tend_arena_reset(&s->scratch);
    }
    tend_free(opinions);
    return status;
}

/* --- clusters --------------------------------------------------------------- */

static int by_id(const void *a, const void *b)
{
    const tend_id *x = a, *y = b;

    return *x < *y ? -1 : *x > *y;
}

struct group {
    tend_id *id;
    int64_t *root, *number, n;
};

static int64_t root_of(struct group *g, tend_id person)
{
    const tend_id *at = bsearch(&person, g->id, (size_t)g->n, sizeof *g->id, by_id);
    int64_t i = at - g->id;

    while (g->root[i] != i) {
        g->root[i] = g->root[g->root[i]];
        i = g->root[i];
    }
    return i;
}

static void number_clusters(struct scrubbing *s, struct tend_scrub *out)
{
    size_t most = 2 * (size_t)s->found.n;
    struct group g = { .id = tend_alloc(most * sizeof *g.id + 1), .n = 0 };

    for (int64_t i = 0; i < s->found.n; i++) {
        g.id[g.n++] = s->found.at[i].a;
        g.id[g.n++] = s->found.at[i].b;
    }
    qsort(g.id, (size_t)g.n, sizeof *g.id, by_id);
    g.root = tend_alloc(most * sizeof *g.root + 1);
    g.number = tend_alloc(most * sizeof *g.number + 1);
    for (int64_t i = 0; i < g.n; i++)
        g.root[i] = i;
    for (int64_t i = 1; i < g.n; i++)   /* the same id again is the same one */
        if (g.id[i] == g.id[i - 1])
            g.root[i] = g.root[i - 1];
    for (int64_t i = 0; i < s->found.n; i++)
        g.root[root_of(&g, s->found.at[i].b)] = root_of(&g, s->found.at[i].a);
    for (int64_t i = 0; i < s->found.n; i++) {
        int64_t root = root_of(&g, s->found.at[i].a);

        if (g.number[root] == 0)
            g.number[root] = ++out->clusters;
        s->found.at[i].cluster = g.number[root];
    }
    tend_free(g.id);
    tend_free(g.root);
    tend_free(g.number);
}

static int by_cluster(const void *a, const void *b)
{
    const struct tend_scrub_pair *x = a, *y = b;

    if (x->cluster != y->cluster)
        return x->cluster < y->cluster ? -1 : 1;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

/* Moves what was gathered on the heap into the arena. */
static void hand_over(struct scrubbing *s, struct tend_scrub *out)
{
    out->n = s->found.n;
    out->pair = tend_arena_take(s->arena, (size_t)(out->n + 1) * sizeof *out->pair);
    out->n_trouble = s->trouble.n;
    out->trouble = tend_arena_take(s->arena, (size_t)(out->n_trouble + 1) * sizeof *out->trouble);
    if (out->n > 0) {
        number_clusters(s, out);
        qsort(s->found.at, (size_t)out->n, sizeof *s->found.at, by_cluster);
        memcpy(out->pair, s->found.at, (size_t)out->n * sizeof *out->pair);
    }
    if (out->n_trouble > 0)
        memcpy(out->trouble, s->trouble.at, (size_t)out->n_trouble * sizeof *out->trouble);
}

tend_status tend_scrub_find(struct tend_desk *desk, double threshold, struct tend_arena *arena,
                            struct tend_scrub *out)
{
    struct scrubbing s = { .desk = desk, .arena = arena, .threshold = threshold };
    struct tend_pair_list pairs = { 0 };
    const struct tend_provider *matcher;
    bool begun = tend_store_read_begin(desk->store);
    tend_status status = tend_scrub_pairs(desk->store, &pairs);

    *out = (struct tend_scrub){ .looked = pairs.list.n, .crowds = pairs.crowds };
    for (int64_t i = 0; (matcher = tend_registry_at(desk->registry, "matcher", i, false)); i++)
        TEND_PUSH(&s.matcher, matcher);
    if (status == TEND_OK)
        status = judge(&s, &pairs);
    tend_store_read_end(desk->store, begun);
    if (status == TEND_OK)
        hand_over(&s, out);
    TEND_ARRAY_FINISH(&pairs.list);
    TEND_ARRAY_FINISH(&s.matcher);
    TEND_ARRAY_FINISH(&s.found);
    TEND_ARRAY_FINISH(&s.trouble);
    tend_arena_finish(&s.scratch);
    return status;
}
