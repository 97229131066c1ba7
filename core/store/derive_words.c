/* person_word: the folded words of a name, so that a person is found by the
 * beginning of any of them, in any case and without accents. */
#include "base/hash.h"
#include "base/text.h"
#include "store/derive.h"
#include <stdlib.h>

enum { WORDS_MOST = 48 };       /* of a name that somebody pasted a letter into */

/* How many bytes of a word's inner mark (apostrophe, hyphen) stand at i. */
static int64_t inner_mark(struct tend_text t, int64_t i)
{
    if (t.at[i] == '-' || t.at[i] == '\'') {
        return 1;
    }
    if (t.len - i >= 3 && memcmp(t.at + i, "\xe2\x80", 2) == 0) {
        unsigned char c = (unsigned char)t.at[i + 2];
        return c == 0x90 || c == 0x91 || c == 0x98 || c == 0x99 ? 3 : 0;
    }
    return 0;
}

static bool separates(char c)
{
    static const bool mark[128] = {
        ['.'] = true, [','] = true, [';'] = true, [':'] = true, ['/'] = true, ['\\'] = true,
        ['('] = true, [')'] = true, ['['] = true, [']'] = true, ['{'] = true, ['}'] = true,
        ['<'] = true, ['>'] = true, ['"'] = true, ['&'] = true, ['+'] = true, ['*'] = true,
        ['|'] = true, ['!'] = true, ['?'] = true, ['@'] = true, ['#'] = true,
    };
    unsigned char u = (unsigned char)c;
    return u <= ' ' || (u < 128 && mark[u]);
}

/* The word with its marks as a keyboard has them, or without them: O'Brien is
 * looked for as obrien too. */
static struct tend_text rejoined(struct tend_arena *arena, struct tend_text word, bool marks)
{
    char *out = tend_arena_take(arena, (size_t)word.len);
    int64_t n = 0;
    for (int64_t i = 0; i < word.len;) {
        int64_t mark = inner_mark(word, i);
        if (mark == 0) {
            out[n++] = word.at[i++];
        } else if (marks) {
            unsigned char last = (unsigned char)word.at[i + mark - 1];
            out[n++] = last == '-' || last == 0x90 || last == 0x91 ? '-' : '\'';
        }
        i += mark;
    }
    return (struct tend_text){ out, n };
}

static void split_word(struct tend_arena *arena, struct tend_text word,
                       void (*add)(void *data, struct tend_text word), void *data)
{
    int64_t from = 0, marks = 0, parts = 0;
    for (int64_t i = 0; i <= word.len;) {
        int64_t mark = i < word.len ? inner_mark(word, i) : 0;
        if (i < word.len && mark == 0) {
            i++;
            continue;
        }
        marks += mark > 0;
        if (i > from && (marks > 0 || i < word.len)) {
            add(data, (struct tend_text){ word.at + from, i - from });
            parts++;
        }
        i += mark > 0 ? mark : 1;
        from = i;
    }
    if (marks == 0) {
        add(data, word);
    } else if (parts > 0) {
        add(data, rejoined(arena, word, true));
    }
    if (parts > 1) {
        add(data, rejoined(arena, word, false));
    }
}

void tend_derive_split(struct tend_arena *arena, struct tend_text folded,
                       void (*add)(void *data, struct tend_text word), void *data)
{
    int64_t from = 0;
    for (int64_t i = 0; i <= folded.len; i++) {
        if (i < folded.len && !separates(folded.at[i])) {
            continue;
        }
        if (i > from) {
            split_word(arena, (struct tend_text){ folded.at + from, i - from }, add, data);
        }
        from = i + 1;
    }
}

/* --- into the table, word by word ------------------------------------------- */

enum { GATHERED = 400000 };     /* words of persons, then they are written */

struct entry {
    int32_t word;               /* in distinct */
    int32_t person;             /* its id - base */
};

struct distinct {
    struct tend_text text;
    int32_t at;                 /* in the order of ranks, where the next entry goes */
};

/* The words of many persons: a name that thousands have stands here once, and in the
 * table's order what is new goes side by side. */
struct gathered {
    struct tend_store *store;
    tend_id base, person;
    int64_t own;                /* where the person's entries begin */
    struct tend_arena arena;
    TEND_ARRAY(struct distinct) word;
    TEND_ARRAY(struct entry) entry;
    int32_t *slot;              /* 1 + place in word; 0: free */
    int64_t cap;
};

static int32_t *slot_of(const struct gathered *g, struct tend_text word)
{
    uint64_t hash = tend_hash(TEND_HASH_SEED, word.at, (size_t)word.len);
    int64_t i = (int64_t)(hash & (uint64_t)(g->cap - 1));
    while (g->slot[i] != 0 && !tend_text_eq(g->word.at[g->slot[i] - 1].text, word)) {
        i = (i + 1) & (g->cap - 1);
    }
    return &g->slot[i];
}

static void grow(struct gathered *g)
{
    tend_free(g->slot);
    g->cap = g->cap > 0 ? g->cap * 2 : 64;
    g->slot = tend_alloc((size_t)g->cap * sizeof *g->slot);
    for (int64_t i = 0; i < g->word.n; i++) {
        *slot_of(g, g->word.at[i].text) = (int32_t)i + 1;
    }
}

static int32_t intern(struct gathered *g, struct tend_text text)
{
    if (g->word.n * 2 >= g->cap) {
        grow(g);
    }
    int32_t *slot = slot_of(g, text);
    if (*slot == 0) {
        TEND_PUSH(&g->word, (struct distinct){ .text = tend_arena_text(&g->arena, text) });
        *slot = (int32_t)g->word.n;
    }
    return *slot - 1;
}

static void add_word(void *data, struct tend_text text)
{
    struct gathered *g = data;
    int32_t word = intern(g, text);
    for (int64_t i = g->own; i < g->entry.n; i++) {
        if (g->entry.at[i].word == word) {
            return;
        }
    }
    if (g->entry.n - g->own < WORDS_MOST) {
        TEND_PUSH(&g->entry, (struct entry){ word, (int32_t)(g->person - g->base) });
    }
}

static int by_bytes(const void *a, const void *b)
{
    const struct tend_text *x = &(*(struct distinct *const *)a)->text;
    const struct tend_text *y = &(*(struct distinct *const *)b)->text;
    int order = memcmp(x->at, y->at, (size_t)(x->len < y->len ? x->len : y->len));
    return order != 0 ? order : (x->len > y->len) - (x->len < y->len);
}

/* The entries by their words, and of one word by the persons; in the arena. */
static struct entry *sorted(struct gathered *g)
{
    struct distinct **all = tend_arena_take(&g->arena, (size_t)g->word.n * sizeof *all);
    struct entry *out = tend_arena_take(&g->arena, (size_t)g->entry.n * sizeof *out);
    int32_t at = 0;
    for (int64_t i = 0; i < g->word.n; i++) {
        all[i] = &g->word.at[i];
    }
    for (int64_t i = 0; i < g->entry.n; i++) {
        g->word.at[g->entry.at[i].word].at++;
    }
    qsort(all, (size_t)g->word.n, sizeof *all, by_bytes);
    for (int64_t i = 0; i < g->word.n; i++) {
        int32_t n = all[i]->at;
        all[i]->at = at;
        at += n;
    }
    for (int64_t i = 0; i < g->entry.n; i++) {
        out[g->word.at[g->entry.at[i].word].at++] = g->entry.at[i];
    }
    return out;
}

static tend_status write_gathered(struct gathered *g)
{
    struct tend_bulk bulk = { .store = g->store, .table = TEND_T_person_word };
    const struct entry *entries = g->entry.n > 0 ? sorted(g) : NULL;
    tend_status status = TEND_OK;
    for (int64_t i = 0; status == TEND_OK && i < g->entry.n; i++) {
        struct tend_value values[TEND_N_person_word] = { 0 };
        values[TEND_C_person_word_word] = tend_str(g->word.at[entries[i].word].text);
        values[TEND_C_person_word_person] = tend_int(g->base + entries[i].person);
        status = tend_bulk_add(&bulk, values);
    }
    g->entry.n = g->own = g->word.n = 0;
    memset(g->slot, 0, (size_t)g->cap * sizeof *g->slot);
    tend_arena_reset(&g->arena);
    return tend_bulk_end(&bulk, status);
}

tend_status tend_derive_words(struct tend_store *store, tend_id first, tend_id last, bool known)
{
    struct gathered g = { .store = store, .base = first };
    struct tend_arena arena = { 0 };
    tend_status status = TEND_OK;
    if (known) {
        status = tend_bulk_remove(store, "DELETE FROM person_word WHERE person >= ?1 AND "
                                         "person <= ?2", first, last);
    }
    if (status != TEND_OK) {
        return status;
    }
    grow(&g);
    struct tend_sql *q = tend_sql(store, "SELECT id, name, given, family FROM person "
                                         "WHERE id >= ?1 AND id <= ?2 ORDER BY id");
    tend_sql_bind_int(q, 1, first);
    tend_sql_bind_int(q, 2, last);
    while (status == TEND_OK && tend_sql_step(q)) {
        g.person = tend_sql_int(q, 0);
        if (g.entry.n >= GATHERED || g.person - g.base > INT32_MAX) {
            status = write_gathered(&g);
            g.base = g.person;
        }
        g.own = g.entry.n;
        for (int32_t c = 1; c <= 3; c++) {
            struct tend_text folded = tend_text_fold(&arena, tend_sql_text(q, c));
            tend_derive_split(&arena, folded, add_word, &g);
        }
        tend_arena_reset(&arena);
    }
    tend_status end = tend_sql_end(q);
    status = status != TEND_OK ? status : end;
    if (status == TEND_OK) {
        status = write_gathered(&g);
    }
    tend_arena_finish(&arena);
    tend_arena_finish(&g.arena);
    TEND_ARRAY_FINISH(&g.word);
    TEND_ARRAY_FINISH(&g.entry);
    tend_free(g.slot);
    return status;
}
