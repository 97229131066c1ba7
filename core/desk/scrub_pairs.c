/* Who is worth a look: people who share something that few have, or two things that few
 * have together. Each kind of token (scrub_tokens.c), and each two kinds, is a pass that
 * sorts people by them and pairs those of one group. What a crowd shares tells nobody
 * apart, and would make millions of pairs.
 *
 * The smallest groups come first, in rounds: they tell most, and when there are too many
 * pairs it is the larger groups of every kind that are left out. A token of a small group
 * has paired all who have it, and needs no pass with another kind any more. */
#include "base/hash.h"
#include "base/interrupt.h"
#include "base/radix.h"
#include "desk/scrub_parts.h"
#include <stdlib.h>

#define CROWD 60                /* people who share a token */
#define PAIRS_MOST 20000000
#define PAIRS_HELD 28000000     /* before those that were found twice are taken out */
#define ENTRIES_MOST 8000000    /* sorted at once */
#define MARKS (INT64_C(1) << 24)

static const int64_t rounds[] = { 4, 16, CROWD };
#define ROUNDS (int32_t)(sizeof rounds / sizeof *rounds)

struct passing {
    const struct tend_scrub_people *people;
    struct tend_scrub_pairs *pairs;
    struct tend_error *err;
    struct tend_scrub_kind kind[TEND_SCRUB_KINDS];
    struct tend_scrub_tokens tokens[TEND_SCRUB_KINDS];
    int32_t n_kinds;
    int64_t more, most;         /* the size of groups that are paired: more < size <= most */
    TEND_ARRAY(uint64_t) entry; /* a token, a person */
    uint64_t *spare;            /* to sort */
    int64_t spare_cap;
    uint64_t *crowded;          /* a bit a token, by its lowest bits: more than `most` share it */
    int64_t pairs_cap;
    bool full;
};

static uint64_t *spare_for(struct passing *p, int64_t n)
{
    if (n > p->spare_cap) {
        tend_free(p->spare);
        p->spare_cap = n;
        p->spare = tend_alloc((size_t)n * sizeof *p->spare);
    }
    return p->spare;
}

/* --- pairs ------------------------------------------------------------------ */

static int32_t bits_of(int64_t n)
{
    int32_t bits = 1;

    while (n >> bits)
        bits++;
    return bits;
}

static void keep_once(struct passing *p)
{
    struct tend_scrub_pairs *pairs = p->pairs;
    uint64_t *spare = spare_for(p, pairs->n);
    int32_t bits = bits_of(p->people->n);
    int64_t kept = 0;

    tend_radix_sort(pairs->at, spare, pairs->n, 0, bits);
    tend_radix_sort(pairs->at, spare, pairs->n, 32, 32 + bits);
    for (int64_t i = 0; i < pairs->n; i++)
        if (kept == 0 || pairs->at[i] != pairs->at[kept - 1])
            pairs->at[kept++] = pairs->at[i];
    pairs->n = kept;
}

static void push_pair(struct passing *p, uint32_t a, uint32_t b)
{
    struct tend_scrub_pairs *pairs = p->pairs;

    if (pairs->n == p->pairs_cap) {
        p->pairs_cap = p->pairs_cap ? p->pairs_cap * 2 : 1024;
        pairs->at = tend_realloc(pairs->at, (size_t)p->pairs_cap * sizeof *pairs->at);
    }
    pairs->at[pairs->n++] = a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
}

static bool is_full(struct passing *p)
{
    if (!p->full && p->pairs->n > PAIRS_HELD) {
        keep_once(p);
        p->full = p->pairs->n > PAIRS_MOST;
    }
    return p->full;
}

/* --- a pass ----------------------------------------------------------------- */

static void pair_group(struct passing *p, const uint64_t *at, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = i + 1; j < n; j++)
            if ((uint32_t)at[i] != (uint32_t)at[j])
                push_pair(p, (uint32_t)at[i], (uint32_t)at[j]);
}

static void mark(struct passing *p, uint32_t token)
{
    p->crowded[(token & (MARKS - 1)) >> 6] |= UINT64_C(1) << (token & 63);
}

static bool is_crowded(const struct passing *p, uint32_t token)
{
    return p->crowded[(token & (MARKS - 1)) >> 6] >> (token & 63) & 1;
}

/* kind: of the one token, -1 if there are two. */
static void pair_entries(struct passing *p, int32_t kind)
{
    const uint64_t *at = p->entry.at;
    int64_t end;

    tend_radix_sort(p->entry.at, spare_for(p, p->entry.cap), p->entry.n, 32, 64);
    for (int64_t i = 0; i < p->entry.n; i = end) {
        for (end = i + 1; end < p->entry.n && at[end] >> 32 == at[i] >> 32;)
            end++;
        if (end - i > p->most && kind >= 0)
            mark(p, (uint32_t)(at[i] >> 32));
        if (end - i > CROWD && kind >= 0 && p->more == 0)
            p->pairs->crowds += p->kind[kind].key;
        if (end - i > p->more && end - i <= p->most && !is_full(p))
            pair_group(p, &at[i], end - i);
    }
    p->entry.n = 0;
}

/* Only what many share is of use to passes of two kinds, and to later rounds. */
static void keep_crowded(struct passing *p, struct tend_scrub_tokens *tokens)
{
    uint32_t kept = 0, from = 0;

    for (int64_t person = 0; person < p->people->n; person++) {
        uint32_t end = tokens->first[person + 1];

        tokens->first[person] = kept;
        for (; from < end; from++)
            if (is_crowded(p, tokens->token[from]))
                tokens->token[kept++] = tokens->token[from];
    }
    tokens->first[p->people->n] = kept;
    tokens->token = tend_realloc(tokens->token, (kept + 1) * sizeof *tokens->token);
}

static void pass_one(struct passing *p, int32_t i)
{
    struct tend_scrub_tokens *tokens = &p->tokens[i];

    memset(p->crowded, 0, MARKS / 8);
    for (uint32_t person = 0; person < p->people->n; person++)
        for (uint32_t t = tokens->first[person]; t < tokens->first[person + 1]; t++)
            TEND_PUSH(&p->entry, (uint64_t)tokens->token[t] << 32 | person);
    pair_entries(p, i);
    keep_crowded(p, tokens);
}

/* Of two tokens; of one kind in either order. */
static uint32_t both(uint32_t a, uint32_t b)
{
    uint64_t h = ((uint64_t)a << 32 | b) * UINT64_C(0x9e3779b97f4a7c15);

    h = (h ^ h >> 29) * UINT64_C(0xbf58476d1ce4e5b9);
    return (uint32_t)(h >> 32);
}

static int64_t count_both(const struct passing *p, int32_t i, int32_t j)
{
    int64_t entries = 0;

    for (int64_t person = 0; person < p->people->n; person++) {
        const uint32_t *x = &p->tokens[i].first[person], *y = &p->tokens[j].first[person];
        int64_t n = x[1] - x[0], m = y[1] - y[0];

        entries += i == j ? n * (n - 1) / 2 : n * m;
    }
    return entries;
}

/* part: of how many, when there is too much to sort at once. */
static void pass_both(struct passing *p, int32_t i, int32_t j, uint32_t part, uint32_t parts)
{
    const struct tend_scrub_tokens *x = &p->tokens[i], *y = &p->tokens[j];

    for (uint32_t person = 0; person < p->people->n; person++)
        for (uint32_t a = x->first[person]; a < x->first[person + 1]; a++)
            for (uint32_t b = i == j ? a + 1 : y->first[person]; b < y->first[person + 1]; b++) {
                bool turn = i == j && y->token[b] < x->token[a];
                uint32_t token = both(turn ? y->token[b] : x->token[a],
                                      turn ? x->token[a] : y->token[b]);

                if (parts == 1 || token % parts == part)
                    TEND_PUSH(&p->entry, (uint64_t)token << 32 | person);
            }
    pair_entries(p, -1);
}

static tend_status pass_all(struct passing *p, bool first)
{
    tend_status status = TEND_OK;

    for (int32_t i = 0; i < p->n_kinds && status == TEND_OK && !is_full(p); i++) {
        if (first)
            tend_scrub_tokens_of(p->people, &p->kind[i], &p->tokens[i]);
        pass_one(p, i);
        status = tend_interrupt_check(p->err);
    }
    for (int32_t i = 0; i < p->n_kinds; i++)
        for (int32_t j = i; j < p->n_kinds && status == TEND_OK && !is_full(p); j++) {
            uint32_t parts = (uint32_t)(count_both(p, i, j) / ENTRIES_MOST) + 1;

            for (uint32_t part = 0; part < parts; part++)
                pass_both(p, i, j, part, parts);
            status = tend_interrupt_check(p->err);
        }
    return status;
}

tend_status tend_scrub_pairs_find(const struct tend_scrub_people *people,
                                  struct tend_scrub_pairs *pairs, struct tend_error *err)
{
    struct passing p = { .people = people, .pairs = pairs, .err = err };
    tend_status status = TEND_OK;

    *pairs = (struct tend_scrub_pairs){ 0 };
    p.n_kinds = tend_scrub_kinds(people, p.kind);
    p.crowded = tend_alloc(MARKS / 8);
    for (int32_t i = 0; i < ROUNDS && status == TEND_OK && !is_full(&p); i++) {
        p.more = p.most;
        p.most = rounds[i];
        status = pass_all(&p, i == 0);
    }
    keep_once(&p);
    for (int32_t i = 0; i < p.n_kinds; i++)
        tend_scrub_tokens_finish(&p.tokens[i]);
    TEND_ARRAY_FINISH(&p.entry);
    tend_free(p.spare);
    tend_free(p.crowded);
    return status;
}
