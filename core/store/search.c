/* `find`: whose name begins so comes first, then who has the words anywhere. */
#include "base/text.h"
#include "store/derive.h"
#include "store/ops_intake.h"
#include "store/ops_merge.h"

enum { WORDS_MOST = 8 };

struct wanted {
    struct tend_arena arena;
    struct tend_text word[WORDS_MOST];
    int32_t n;
    struct tend_buffer all;     /* the words with spaces between, for the index */
    TEND_ARRAY(tend_id) found;
    int64_t most;
};

/* For the index a word ends where its tokenizer ends it; for names, as names
 * are split. */
static void want(struct wanted *w, struct tend_text folded)
{
    int64_t from = 0;
    for (int64_t i = 0; i <= folded.len; i++) {
        if (i < folded.len && (unsigned char)folded.at[i] > ' ') {
            continue;
        }
        if (i > from && w->n < WORDS_MOST) {
            w->word[w->n++] = (struct tend_text){ folded.at + from, i - from };
        }
        from = i + 1;
    }
    for (int64_t i = 0; i < folded.len; i++) {
        unsigned char c = (unsigned char)folded.at[i];
        bool word = c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
        tend_buffer_addc(&w->all, word ? (char)c : ' ');
    }
}

static void found(void *data, tend_id person)
{
    struct wanted *w = data;
    for (int64_t i = 0; i < w->found.n; i++) {
        if (w->found.at[i] == person) {
            return;
        }
    }
    if (w->found.n < w->most) {
        TEND_PUSH(&w->found, person);
    }
}

/* Every word is the beginning of a word of the name. */
static tend_status by_name(struct tend_store *store, struct wanted *w)
{
    struct tend_buffer text = { 0 };
    tend_buffer_adds(&text, "SELECT DISTINCT w0.person FROM person_word w0");
    for (int32_t i = 1; i < w->n; i++) {
        tend_buffer_addf(&text, " JOIN person_word w%d ON w%d.person = w0.person", i, i);
    }
    for (int32_t i = 0; i < w->n; i++) {
        tend_buffer_addf(&text, " %s w%d.word >= ?%d AND w%d.word < ?%d", i > 0 ? "AND" : "WHERE",
                         i, 2 * i + 1, i, 2 * i + 2);
    }
    tend_buffer_addf(&text, " LIMIT ?%d", 2 * w->n + 1);
    struct tend_sql *q = tend_sql_dynamic(store, tend_buffer_text(&text));
    for (int32_t i = 0; i < w->n; i++) {
        /* No UTF-8 text sorts behind this. */
        struct tend_text end = tend_text_of(tend_arena_printf(&w->arena, "%.*s\xf5",
                                                              TEND_FMT(w->word[i])));
        tend_sql_bind_text(q, 2 * i + 1, w->word[i]);
        tend_sql_bind_text(q, 2 * i + 2, end);
    }
    tend_sql_bind_int(q, 2 * w->n + 1, w->most);
    while (tend_sql_step(q)) {
        found(w, tend_sql_int(q, 0));
    }
    tend_buffer_finish(&text);
    return tend_sql_end(q);
}

/* A number without what only makes it readable; empty if it is none. */
static struct tend_text number_of(struct tend_arena *arena, struct tend_text text)
{
    char *out = tend_arena_take(arena, (size_t)text.len + 1);
    int64_t n = 0;
    for (int64_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if ((c >= '0' && c <= '9') || (c == '+' && n == 0)) {
            out[n++] = c;
        } else if (strchr(" -./()", c) == NULL) {
            return (struct tend_text){ "", 0 };
        }
    }
    return (struct tend_text){ out, n };
}

/* A whole address or number, which is found also while the texts wait. */
static tend_status by_key(struct tend_store *store, struct wanted *w, struct tend_text text)
{
    const struct {
        struct tend_text kind, key;
    } keys[] = { { TEND_TEXT("email"), text }, { TEND_TEXT("phone"), number_of(&w->arena, text) } };
    tend_status status = TEND_OK;
    for (size_t i = 0; status == TEND_OK && i < sizeof keys / sizeof *keys; i++) {
        tend_id person = 0;
        if (keys[i].key.len > 0) {
            status = tend_intake_by_key(store, keys[i].kind, keys[i].key, &person);
        }
        if (person != 0) {
            found(w, person);
        }
    }
    return status;
}

tend_status tend_store_search(struct tend_store *store, struct tend_text text, int64_t most,
                              struct tend_arena *arena, tend_id **persons, int64_t *n)
{
    struct wanted w = { .most = most };
    tend_status status = tend_derive_flush(store);
    *persons = NULL;
    *n = 0;
    struct tend_text folded = tend_text_fold(&w.arena, tend_text_trim(text));
    want(&w, folded);
    if (status == TEND_OK && w.n > 0) {
        status = by_name(store, &w);
    }
    if (status == TEND_OK && w.n > 0 && w.found.n < most) {
        status = by_key(store, &w, folded);
    }
    if (status == TEND_OK && w.n > 0 && w.found.n < most) {
        /* The index may give those again that the names gave. */
        status = store->driver->search_query(store->db, tend_buffer_text(&w.all),
                                             most + w.found.n, found, &w);
        if (status != TEND_OK) {
            tend_store_fail(store, status, "searching");
        }
    }
    tend_person_roots(store, w.found.at, &w.found.n);
    if (status == TEND_OK && w.found.n > 0) {
        *persons = tend_arena_take(arena, (size_t)w.found.n * sizeof **persons);
        memcpy(*persons, w.found.at, (size_t)w.found.n * sizeof **persons);
        *n = w.found.n;
    }
    TEND_ARRAY_FINISH(&w.found);
    tend_buffer_finish(&w.all);
    tend_arena_finish(&w.arena);
    return status;
}
