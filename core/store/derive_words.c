/* person_word: the folded words of a name, so that a person is found by the
 * beginning of any of them, in any case and without accents. */
#include "base/text.h"
#include "store/derive.h"
#include <stdlib.h>

enum { GATHER_MOST = 1 << 20 };

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
    return (unsigned char)c <= ' ' || strchr(".,;:/\\()[]{}<>\"&+*|!?@#", c) != NULL;
}

static void split_word(struct tend_text word, void (*add)(void *data, struct tend_text word),
                       void *data)
{
    int64_t from = 0, marks = 0;
    for (int64_t i = 0; i <= word.len;) {
        int64_t mark = i < word.len ? inner_mark(word, i) : 0;
        if (i < word.len && mark == 0) {
            i++;
            continue;
        }
        marks += mark > 0;
        if (i > from && (marks > 0 || i < word.len)) {
            add(data, (struct tend_text){ word.at + from, i - from });
        }
        i += mark > 0 ? mark : 1;
        from = i;
    }
    if (marks == 0 || word.len > marks * 3) {
        add(data, word);
    }
}

void tend_derive_split(struct tend_text folded, void (*add)(void *data, struct tend_text word),
                       void *data)
{
    int64_t from = 0;
    for (int64_t i = 0; i <= folded.len; i++) {
        if (i < folded.len && !separates(folded.at[i])) {
            continue;
        }
        if (i > from) {
            split_word((struct tend_text){ folded.at + from, i - from }, add, data);
        }
        from = i + 1;
    }
}

struct gather {
    struct tend_words *words;
    int64_t start;              /* where this person's words begin */
    tend_id person;
};

static void add_word(void *data, struct tend_text word)
{
    struct gather *g = data;
    for (int64_t i = g->start; i < g->words->all.n; i++) {
        if (tend_text_eq(g->words->all.at[i].word, word)) {
            return;
        }
    }
    TEND_PUSH(&g->words->all, (struct tend_word){ word, g->person });
}

static int by_word(const void *a, const void *b)
{
    const struct tend_word *x = a, *y = b;
    int c = tend_text_cmp(x->word, y->word);
    return c != 0 ? c : x->person < y->person ? -1 : x->person > y->person;
}

tend_status tend_derive_words_write(struct tend_store *store, struct tend_words *words)
{
    tend_status status = TEND_OK;
    if (words->all.n > 1) {
        qsort(words->all.at, (size_t)words->all.n, sizeof *words->all.at, by_word);
    }
    for (int64_t i = 0; status == TEND_OK && i < words->all.n; i++) {
        const struct tend_word *w = &words->all.at[i];
        struct tend_sql *q = tend_sql(store, "INSERT INTO person_word (word, person) "
                                             "VALUES (?1, ?2)");
        tend_sql_bind_static(q, 1, tend_str(w->word));
        tend_sql_bind_int(q, 2, w->person);
        status = tend_sql_run(q);
    }
    words->all.n = 0;
    tend_arena_reset(&words->arena);
    return status;
}

tend_status tend_derive_words(struct tend_store *store, struct tend_words *words, tend_id first,
                              tend_id last, bool known)
{
    tend_status status = TEND_OK;
    if (known) {
        struct tend_sql *q = tend_sql(store, "DELETE FROM person_word WHERE person >= ?1 AND "
                                             "person <= ?2");
        tend_sql_bind_int(q, 1, first);
        tend_sql_bind_int(q, 2, last);
        status = tend_sql_run(q);
    }
    if (status != TEND_OK) {
        return status;
    }
    struct tend_sql *q = tend_sql(store, "SELECT id, name, given, family FROM person "
                                         "WHERE id >= ?1 AND id <= ?2 ORDER BY id");
    tend_sql_bind_int(q, 1, first);
    tend_sql_bind_int(q, 2, last);
    while (status == TEND_OK && tend_sql_step(q)) {
        struct gather g = { words, words->all.n, tend_sql_int(q, 0) };
        for (int32_t c = 1; c <= 3; c++) {
            struct tend_text folded = tend_text_fold(&words->arena, tend_sql_text(q, c));
            tend_derive_split(folded, add_word, &g);
        }
        if (words->all.n >= GATHER_MOST) {
            status = tend_derive_words_write(store, words);
        }
    }
    tend_status end = tend_sql_end(q);
    return status != TEND_OK ? status : end;
}
