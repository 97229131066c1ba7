/* Who is worth a look: people who share something that few have, or two things that few
 * have together. Everything known of a person makes tokens (a value, a word of it, how a
 * name sounds, two parts of a date); each kind of token, and each two kinds, is a pass
 * that sorts people by them. What a crowd shares tells nobody apart, and would make
 * millions of pairs. */
#include "base/hash.h"
#include "base/interrupt.h"
#include "desk/scrub_parts.h"
#include <stdlib.h>

#define CROWD 60                /* people who share a token */
#define CROWD_SMALL 16          /* once there are very many pairs */
#define PAIRS_MANY 12000000     /* from here on only small groups are paired */
#define PAIRS_MOST 30000000
#define TOKENS_MOST 6           /* of one kind, a person */
#define KINDS_MOST 40

enum how { WHOLE, SOUND, WORDS, LOCAL, MONTH, DAY_OF_MONTH, DAY_OF_YEAR };

struct kind {                   /* of token */
    int32_t field, twin;        /* twin: another field with the same tokens, -1 none */
    enum how how;
};

struct entry {
    uint64_t token;
    uint32_t person;
};

struct passing {
    const struct tend_scrub_people *people;
    struct kind kind[KINDS_MOST];
    int32_t n_kinds;
    TEND_ARRAY(struct entry) entry;
    struct entry *spare;        /* to sort */
    int64_t spare_cap;
    struct tend_scrub_looks *looks;
};

/* --- tokens ----------------------------------------------------------------- */

/* The first letter and up to four sounds (Soundex of R. C. Russell, one longer). */
static uint64_t sound_of(struct tend_text text)
{
    static const char sounds[] = "01230120022455012623010202";
    char out[5], last = 0;
    int32_t n = 0;

    for (int64_t i = 0; i < text.len && n < 5; i++) {
        char c = text.at[i], sound;

        if (c < 'a' || c > 'z')
            continue;
        sound = sounds[c - 'a'];
        if (n == 0)
            out[n++] = c;
        else if (sound != '0' && sound != last)
            out[n++] = sound;
        if (c != 'h' && c != 'w')
            last = sound;
    }
    return tend_hash(TEND_HASH_SEED, out, (size_t)n);
}

static uint64_t pieces(struct tend_text date, int32_t from, int32_t to)
{
    return tend_hash(TEND_HASH_SEED, date.at + from, (size_t)(to - from));
}

/* Day and year: the month is what is most often mistaken for the day. */
static uint64_t year_and_day(struct tend_text date)
{
    char text[6];

    memcpy(text, date.at, 4);
    memcpy(text + 4, date.at + 6, 2);
    return tend_hash(TEND_HASH_SEED, text, 6);
}

static int32_t words_of(struct tend_text text, uint64_t *token, int32_t most)
{
    int32_t n = 0;

    for (int64_t i = 0, from = 0; i <= text.len && n < most; i++) {
        if (i < text.len && text.at[i] != ' ')
            continue;
        if (i - from > 1 && i - from < text.len)        /* one word is the whole value */
            token[n++] = tend_hash(TEND_HASH_SEED, text.at + from, (size_t)(i - from));
        from = i + 1;
    }
    return n;
}

static int32_t tokens_of_value(const struct tend_scrub_people *people,
                               const struct tend_scrub_field *field, uint32_t value, enum how how,
                               uint64_t *token, int32_t most)
{
    struct tend_text text = tend_scrub_text(people, field, value);
    const char *at;

    switch (how) {
    case WHOLE:
        *token = tend_hash(TEND_HASH_SEED, text.at, (size_t)text.len);
        return 1;
    case SOUND:
        *token = sound_of(text);
        return 1;
    case WORDS:
        return words_of(text, token, most);
    case LOCAL:
        at = memchr(text.at, '@', (size_t)text.len);
        *token = tend_hash(TEND_HASH_SEED, text.at, (size_t)(at ? at - text.at : text.len));
        return 1;
    default:
        if (text.len != 8)
            return 0;
        *token = how == MONTH ? pieces(text, 0, 6)
                 : how == DAY_OF_MONTH ? pieces(text, 2, 8) : year_and_day(text);
        return 1;
    }
}

static int32_t tokens_of(const struct passing *p, const struct kind *kind, uint32_t person,
                         uint64_t *token)
{
    int32_t n = 0;

    for (int32_t twin = 0; twin < 2; twin++) {
        int32_t f = twin ? kind->twin : kind->field;
        const struct tend_scrub_has *has;
        int32_t values = f < 0 ? 0 : tend_scrub_values(&p->people->field.at[f], person, &has);

        for (int32_t v = 0; v < values && n < TOKENS_MOST; v++)
            n += tokens_of_value(p->people, &p->people->field.at[f], has[v].value, kind->how,
                                 token + n, TOKENS_MOST - n);
    }
    return n;
}

static void add_kind(struct passing *p, int64_t field, int32_t twin, enum how how)
{
    if (p->n_kinds < KINDS_MOST)
        p->kind[p->n_kinds++] = (struct kind){ (int32_t)field, twin, how };
}

static void find_kinds(struct passing *p)
{
    add_kind(p, TEND_SCRUB_GIVEN, TEND_SCRUB_FAMILY, WHOLE);
    add_kind(p, TEND_SCRUB_GIVEN, TEND_SCRUB_FAMILY, SOUND);
    add_kind(p, TEND_SCRUB_NAME, -1, WORDS);
    for (int64_t f = TEND_SCRUB_OTHERS; f < p->people->field.n; f++) {
        enum tend_scrub_type type = p->people->field.at[f].type;

        add_kind(p, f, -1, WHOLE);
        if (type == TEND_SCRUB_EMAIL)
            add_kind(p, f, -1, LOCAL);
        if (type == TEND_SCRUB_TEXT)
            add_kind(p, f, -1, WORDS);
        for (enum how how = MONTH; type == TEND_SCRUB_DATE && how <= DAY_OF_YEAR; how++)
            add_kind(p, f, -1, how);
    }
}

/* --- passes ----------------------------------------------------------------- */

/* By token, then person: least significant bytes first. People come in order. */
static void sort_entries(struct passing *p)
{
    struct entry *from = p->entry.at, *to;

    if (p->spare_cap < p->entry.cap) {
        p->spare_cap = p->entry.cap;
        p->spare = tend_realloc(p->spare, (size_t)p->spare_cap * sizeof *p->spare);
    }
    to = p->spare;
    for (int32_t shift = 0; shift < 64; shift += 16) {
        static int64_t count[65537];
        struct entry *other = from;

        memset(count, 0, sizeof count);
        for (int64_t i = 0; i < p->entry.n; i++)
            count[(from[i].token >> shift & 65535) + 1]++;
        for (int32_t i = 0; i < 65536; i++)
            count[i + 1] += count[i];
        for (int64_t i = 0; i < p->entry.n; i++)
            to[count[from[i].token >> shift & 65535]++] = from[i];
        from = to;
        to = other;
    }
}

static int by_token(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;

    if (x->token != y->token)
        return x->token < y->token ? -1 : 1;
    return x->person < y->person ? -1 : x->person > y->person;
}

static int by_pair(const void *a, const void *b)
{
    const struct tend_scrub_look *x = a, *y = b;

    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return x->b < y->b ? -1 : x->b > y->b;
}

static void keep_once(struct tend_scrub_looks *looks)
{
    int64_t kept = 0;

    if (looks->list.n > 0)
        qsort(looks->list.at, (size_t)looks->list.n, sizeof *looks->list.at, by_pair);
    for (int64_t i = 0; i < looks->list.n; i++)
        if (kept == 0 || by_pair(&looks->list.at[i], &looks->list.at[kept - 1]) != 0)
            looks->list.at[kept++] = looks->list.at[i];
    looks->list.n = kept;
}

static void pair_group(struct passing *p, const struct entry *at, int64_t n, bool is_key)
{
    int64_t most = p->looks->list.n > PAIRS_MANY ? CROWD_SMALL : CROWD;

    if (n > most) {
        p->looks->crowds += is_key;
        return;
    }
    for (int64_t i = 0; i < n; i++)
        for (int64_t j = i + 1; j < n; j++)
            if (at[i].person != at[j].person)
                TEND_PUSH(&p->looks->list,
                          (struct tend_scrub_look){ at[i].person, at[j].person, 0, 0 });
}

static void pair_entries(struct passing *p, bool is_key)
{
    int64_t end;

    if (p->entry.n > 4096)
        sort_entries(p);
    else
        qsort(p->entry.at, (size_t)p->entry.n, sizeof *p->entry.at, by_token);
    for (int64_t i = 0; i < p->entry.n; i = end) {
        for (end = i + 1; end < p->entry.n && p->entry.at[end].token == p->entry.at[i].token;)
            end++;
        pair_group(p, &p->entry.at[i], end - i, is_key);
    }
    p->entry.n = 0;
    if (p->looks->list.n > PAIRS_MOST)
        keep_once(p->looks);
}

static uint64_t both(uint64_t a, uint64_t b, bool same_kind)
{
    uint64_t tokens[] = { same_kind && b < a ? b : a, same_kind && b < a ? a : b };

    return tend_hash(TEND_HASH_SEED, tokens, sizeof tokens);
}

/* Is it a whole number or address, which few should share? */
static bool is_key(const struct passing *p, int32_t kind)
{
    const char *name = p->people->field.at[p->kind[kind].field].name;

    return p->kind[kind].how == WHOLE && (strcmp(name, "email") == 0 || strcmp(name, "phone") == 0);
}

/* One kind of token (j < 0), or two. */
static void pass(struct passing *p, int32_t i, int32_t j)
{
    uint64_t x[TOKENS_MOST], y[TOKENS_MOST];

    for (uint32_t person = 0; person < p->people->n; person++) {
        int32_t n = tokens_of(p, &p->kind[i], person, x);
        int32_t m = j < 0 || n == 0 ? 0 : j == i ? n : tokens_of(p, &p->kind[j], person, y);

        for (int32_t a = 0; a < n; a++) {
            if (j < 0)
                TEND_PUSH(&p->entry, (struct entry){ x[a], person });
            for (int32_t b = j == i ? a + 1 : 0; b < m; b++)
                TEND_PUSH(&p->entry, (struct entry){ both(x[a], j == i ? x[b] : y[b], j == i),
                                                     person });
        }
    }
    pair_entries(p, j < 0 && is_key(p, i));
}

tend_status tend_scrub_pairs(const struct tend_scrub_people *people,
                             struct tend_scrub_looks *looks, struct tend_error *err)
{
    struct passing p = { .people = people, .looks = looks };
    tend_status status = TEND_OK;

    find_kinds(&p);
    for (int32_t i = 0; i < p.n_kinds; i++)
        pass(&p, i, -1);
    for (int32_t i = 0; i < p.n_kinds; i++)
        for (int32_t j = i; j < p.n_kinds && looks->list.n <= PAIRS_MOST; j++) {
            status = tend_interrupt_check(err);
            if (status != TEND_OK)
                break;
            pass(&p, i, j);
        }
    keep_once(looks);
    TEND_ARRAY_FINISH(&p.entry);
    tend_free(p.spare);
    return status;
}
