/* Finding a person by what somebody typed: a beginning of the name, a contact
 * point's key, or a name that is only nearly right. */
#include "store/collect.h"
#include "store/derive.h"
#include "store/ops_merge.h"
#include "store/ops_person.h"

#define WORDS_MOST 16
#define BEYOND "\xf4\x8f\xbf\xbf"   /* the last character: behind every word that begins so */

struct candidate {
    tend_id id;
    bool archived, exact;
};
typedef TEND_ARRAY(struct candidate) candidates;

struct words {
    struct tend_text *at;
    int64_t n;
};

static void add_word(void *data, struct tend_text word)
{
    struct words *words = data;

    if (words->n < WORDS_MOST)
        words->at[words->n++] = word;
}

static int64_t split(struct tend_arena *arena, struct tend_text folded, struct tend_text *words)
{
    struct words list = { .at = words };

    tend_derive_split(arena, folded, add_word, &list);
    return list.n;
}

static bool same_words(struct tend_arena *scratch, struct tend_text name,
                       const struct tend_text *words, int64_t n)
{
    struct tend_text own[WORDS_MOST];
    int64_t m = split(scratch, name, own);

    if (m != n)
        return false;
    for (int64_t i = 0; i < n; i++)
        if (!tend_text_eq(own[i], words[i]))
            return false;
    return true;
}

static struct tend_text beyond(struct tend_arena *arena, struct tend_text word)
{
    char *out = tend_arena_printf(arena, "%.*s" BEYOND, TEND_FMT(word));

    return tend_text_of(out);
}

static tend_status gather(struct tend_store *store, struct tend_text drive,
                          const struct tend_text *words, int64_t n, candidates *list)
{
    struct tend_arena scratch = { 0 };
    struct tend_sql *q =
        tend_sql(store, "SELECT p.id, p.archived_at, p.name FROM person p WHERE p.id IN"
                        " (SELECT w.person FROM person_word w WHERE w.word >= ?1 AND w.word < ?2)"
                        " ORDER BY p.id");

    tend_sql_bind_text(q, 1, drive);
    tend_sql_bind_text(q, 2, beyond(&scratch, drive));
    while (tend_sql_step(q)) {
        struct candidate c = { .id = tend_sql_int(q, 0), .archived = !tend_sql_is_null(q, 1) };

        tend_arena_reset(&scratch);
        c.exact = same_words(&scratch, tend_text_fold(&scratch, tend_sql_text(q, 2)), words, n);
        TEND_PUSH(list, c);
    }
    tend_arena_finish(&scratch);
    return tend_sql_end(q);
}

static bool has_word(struct tend_store *store, tend_id person, struct tend_text word,
                     struct tend_text end)
{
    struct tend_sql *q = tend_sql(
        store, "SELECT 1 FROM person_word WHERE person = ?1 AND word >= ?2 AND word < ?3");
    bool found;

    tend_sql_bind_int(q, 1, person);
    tend_sql_bind_text(q, 2, word);
    tend_sql_bind_text(q, 3, end);
    found = tend_sql_step(q);
    tend_sql_end(q);
    return found;
}

/* Keeps those that have all the other words too. */
static void keep(struct tend_store *store, candidates *list, const struct tend_text *words,
                 int64_t n, int64_t driver, struct tend_arena *scratch)
{
    struct tend_text ends[WORDS_MOST];
    int64_t kept = 0;

    for (int64_t i = 0; i < n; i++)
        ends[i] = beyond(scratch, words[i]);
    for (int64_t i = 0; i < list->n; i++) {
        bool all = true;

        for (int64_t w = 0; all && w < n; w++)
            all = w == driver || has_word(store, list->at[i].id, words[w], ends[w]);
        if (all)
            list->at[kept++] = list->at[i];
    }
    list->n = kept;
}

tend_status tend_person_by_name(struct tend_store *store, struct tend_text text, int64_t most,
                                struct tend_arena *arena, tend_id **persons, int64_t *n)
{
    struct tend_text words[WORDS_MOST];
    int64_t n_words = split(arena, tend_text_fold(arena, text), words), driver = 0;
    candidates list = { 0 };
    tend_status status;

    *persons = tend_arena_take(arena, 1);
    *n = 0;
    if (n_words == 0)
        return TEND_OK;
    if ((status = tend_derive_flush(store)) != TEND_OK)
        return status;
    for (int64_t i = 1; i < n_words; i++)
        if (words[i].len > words[driver].len)
            driver = i;
    status = gather(store, words[driver], words, n_words, &list);
    if (status == TEND_OK && n_words > 1)
        keep(store, &list, words, n_words, driver, arena);
    if (most < 0 || most > list.n)
        most = list.n;
    *persons = tend_arena_take(arena, (size_t)(most + 1) * sizeof **persons);
    for (int turn = 0; turn < 4; turn++)    /* exact, others; then those archived */
        for (int64_t i = 0; i < list.n && *n < most; i++)
            if (list.at[i].archived == (turn >= 2) && list.at[i].exact == (turn % 2 == 0))
                (*persons)[(*n)++] = list.at[i].id;
    tend_person_roots(store, *persons, n);
    TEND_ARRAY_FINISH(&list);
    return status;
}

tend_id tend_person_by_key(struct tend_store *store, struct tend_text kind, struct tend_text key)
{
    struct tend_sql *q;
    tend_id person;

    if (key.len == 0 || tend_derive_keys(store) != TEND_OK)
        return 0;
    q = tend_sql(store, "SELECT c.person FROM contact_key k JOIN contact_point c"
                        " ON c.id = k.contact_point WHERE k.hash = ?1 AND c.key = ?2"
                        " AND c.kind = ?3 ORDER BY k.contact_point");
    tend_sql_bind_int(q, 1, tend_key_hash(kind, key));
    tend_sql_bind_text(q, 2, key);
    tend_sql_bind_text(q, 3, kind);
    person = tend_sql_step(q) ? tend_sql_int(q, 0) : 0;
    return tend_sql_end(q) == TEND_OK ? tend_person_root(store, person) : 0;
}

/* The distance to the whole name or to one of its words. */
static int64_t distance(struct tend_arena *scratch, struct tend_text text, struct tend_text name,
                        int64_t most)
{
    struct tend_text words[WORDS_MOST];
    int64_t best = tend_text_distance(text, name, most), n = split(scratch, name, words);

    for (int64_t i = 0; i < n; i++) {
        int64_t d = tend_text_distance(text, words[i], most);

        best = d < best ? d : best;
    }
    return best;
}

tend_status tend_person_near(struct tend_store *store, struct tend_text text, int64_t most,
                             struct tend_arena *arena, struct tend_text **names, int64_t *n)
{
    struct tend_text folded = tend_text_fold(arena, text);
    int64_t limit = folded.len / 3 < 1 ? 1 : folded.len / 3 > 3 ? 3 : folded.len / 3;
    struct tend_arena scratch = { 0 };
    struct tend_sql *q;
    int64_t *far;

    most = most < 0 ? 0 : most > 20 ? 20 : most;
    *names = tend_arena_take(arena, (size_t)(most + 1) * sizeof **names);
    far = tend_arena_take(arena, (size_t)(most + 1) * sizeof *far);
    *n = 0;
    q = tend_sql(store, "SELECT name FROM person WHERE archived_at IS NULL AND name IS NOT NULL"
                        " ORDER BY id");
    while (tend_sql_step(q)) {
        struct tend_text name = tend_sql_text(q, 0);
        int64_t d, at;

        tend_arena_reset(&scratch);
        d = distance(&scratch, folded, tend_text_fold(&scratch, name), limit);
        if (d > limit || (*n == most && (most == 0 || d >= far[most - 1])))
            continue;
        at = *n < most ? (*n)++ : most - 1;
        for (; at > 0 && far[at - 1] > d; at--) {
            far[at] = far[at - 1];
            (*names)[at] = (*names)[at - 1];
        }
        far[at] = d;
        (*names)[at] = tend_arena_text(arena, name);
    }
    tend_arena_finish(&scratch);
    return tend_sql_end(q);
}
