/* Who is worth a look: people who share a contact key, two words of the name, or one
 * that few have. What many have tells nobody apart, and would make millions of pairs. */
#include "base/array.h"
#include "base/hash.h"
#include "base/text.h"
#include "desk/scrub.h"
#include "store/ops_match.h"
#include <stdlib.h>

#define WORDS_MOST 8            /* of one name */

enum block_kind { BY_KEY = 1, BY_TWO_WORDS, BY_WORD };
static const int64_t crowd[] = { [BY_KEY] = 32, [BY_TWO_WORDS] = 48, [BY_WORD] = 12 };

struct entry {                  /* somebody in a block */
    uint64_t block;             /* its kind in the lowest bits */
    tend_id person;
};

struct gather {
    TEND_ARRAY(struct entry) entry;
    tend_id person;             /* whose words are being read */
    uint64_t word[WORDS_MOST];
    int64_t n_words;
};

static void add(struct gather *g, enum block_kind kind, uint64_t hash, tend_id person)
{
    TEND_PUSH(&g->entry, (struct entry){ (hash & ~UINT64_C(3)) | kind, person });
}

static void take_key(void *data, int64_t hash, tend_id person)
{
    add(data, BY_KEY, (uint64_t)hash, person);
}

/* The order of the words is of no matter: Ann Lee is Lee, Ann. */
static uint64_t both(uint64_t a, uint64_t b)
{
    uint64_t words[] = { a < b ? a : b, a < b ? b : a };

    return tend_hash(TEND_HASH_SEED, words, sizeof words);
}

static void end_person(struct gather *g)
{
    for (int64_t i = 0; i < g->n_words; i++) {
        add(g, BY_WORD, g->word[i], g->person);
        for (int64_t j = i + 1; j < g->n_words; j++)
            add(g, BY_TWO_WORDS, both(g->word[i], g->word[j]), g->person);
    }
    g->n_words = 0;
}

static void take_word(void *data, tend_id person, struct tend_text word)
{
    struct gather *g = data;

    if (person != g->person)
        end_person(g);
    g->person = person;
    if (g->n_words < WORDS_MOST && tend_text_width(word) > 1)
        g->word[g->n_words++] = tend_hash(TEND_HASH_SEED, word.at, (size_t)word.len);
}

static int by_block(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;

    if (x->block != y->block)
        return x->block < y->block ? -1 : 1;
    return x->person < y->person ? -1 : x->person > y->person;
}

static int by_pair(const void *a, const void *b)
{
    const struct tend_pair *x = a, *y = b;

    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

/* Whoever is in a block twice is one. */
static int64_t people_of(struct entry *at, int64_t n)
{
    int64_t kept = 1;

    for (int64_t i = 1; i < n; i++)
        if (at[i].person != at[kept - 1].person)
            at[kept++] = at[i];
    return kept;
}

static void pair_block(struct entry *at, int64_t n, struct tend_pair_list *pairs)
{
    n = people_of(at, n);
    if (n > crowd[at->block & 3]) {
        pairs->crowds += (at->block & 3) != BY_WORD;    /* a common word is no surprise */
        return;
    }
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = i + 1; j < n; j++)
            TEND_PUSH(&pairs->list, (struct tend_pair){ at[i].person, at[j].person });
}

static void keep_once(struct tend_pair_list *pairs)
{
    int64_t kept = 0;

    if (pairs->list.n > 0)
        qsort(pairs->list.at, (size_t)pairs->list.n, sizeof *pairs->list.at, by_pair);
    for (int64_t i = 0; i < pairs->list.n; i++)
        if (kept == 0 || by_pair(&pairs->list.at[i], &pairs->list.at[kept - 1]) != 0)
            pairs->list.at[kept++] = pairs->list.at[i];
    pairs->list.n = kept;
}

tend_status tend_scrub_pairs(struct tend_store *store, struct tend_pair_list *pairs)
{
    struct gather g = { 0 };
    tend_status status = tend_match_keys(store, take_key, &g);

    if (status == TEND_OK)
        status = tend_match_words(store, take_word, &g);
    end_person(&g);
    if (g.entry.n > 0)
        qsort(g.entry.at, (size_t)g.entry.n, sizeof *g.entry.at, by_block);
    for (int64_t i = 0, end; status == TEND_OK && i < g.entry.n; i = end) {
        for (end = i + 1; end < g.entry.n && g.entry.at[end].block == g.entry.at[i].block;)
            end++;
        pair_block(&g.entry.at[i], end - i, pairs);
    }
    keep_once(pairs);
    TEND_ARRAY_FINISH(&g.entry);
    return status;
}
