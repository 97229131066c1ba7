/* People by the beginning of a word, for completion: ranges of the index, cut
 * off where a screen ends. */
#include "store/ops_complete.h"
#include "store/collect.h"
#include "store/derive.h"
#include "store/ops_merge.h"

#define WORDS_MOST 16
#define ROWS_MOST 1000          /* of the index, at one Tab */
#define SLOTS 4096              /* of the set of those seen: a power of two */
#define NAMESAKES_MOST 200
#define BEYOND "\xf4\x8f\xbf\xbf"   /* the last character: behind every word that begins so */

struct words {
    struct tend_text at[WORDS_MOST];
    int64_t n;
};

static void add_word(void *data, struct tend_text word)
{
    struct words *words = data;

    if (words->n < WORDS_MOST)
        words->at[words->n++] = word;
}

static struct tend_text beyond(struct tend_arena *arena, struct tend_text word)
{
    return tend_text_of(tend_arena_printf(arena, "%.*s" BEYOND, TEND_FMT(word)));
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

/* False if the person was there already. */
static bool see(tend_id *seen, tend_id person)
{
    uint64_t slot = (uint64_t)person * UINT64_C(0x9e3779b97f4a7c15) >> 52;

    for (; seen[slot] != 0; slot = (slot + 1) % SLOTS) {
        if (seen[slot] == person)
            return false;
    }
    seen[slot] = person;
    return true;
}

static bool read_hit(struct tend_store *store, tend_id person, struct tend_arena *arena,
                     struct tend_person_hit *hit)
{
    struct tend_sql *q =
        tend_sql(store, "SELECT name, source, (SELECT c.value FROM contact_point c"
                        " WHERE c.person = person.id AND c.kind IN ('phone', 'email')"
                        " ORDER BY c.id LIMIT 1) FROM person"
                        " WHERE id = ?1 AND archived_at IS NULL");
    bool there;

    tend_sql_bind_int(q, 1, person);
    there = tend_sql_step(q);
    if (there)
        *hit = (struct tend_person_hit){ .id = person, .name = tend_collect_text(arena, q, 0),
                                         .source = tend_collect_text(arena, q, 1),
                                         .point = tend_collect_text(arena, q, 2) };
    tend_sql_end(q);
    return there;
}

tend_status tend_person_begins(struct tend_store *store, struct tend_text text, int64_t most,
                               struct tend_arena *arena, struct tend_person_hits *hits)
{
    struct words words = { .n = 0 };
    struct tend_text ends[WORDS_MOST];
    tend_id *seen = tend_arena_take(arena, SLOTS * sizeof *seen);
    int64_t driver = 0, rows = 0;
    struct tend_sql *q;
    tend_status status;

    *hits = (struct tend_person_hits){ 0 };
    hits->at = tend_arena_take(arena, (size_t)(most + 1) * sizeof *hits->at);
    if ((status = tend_derive_flush(store)) != TEND_OK)
        return status;
    tend_derive_split(arena, tend_text_fold(arena, text), add_word, &words);
    if (words.n == 0)
        words.at[words.n++] = (struct tend_text){ "", 0 };
    for (int64_t i = 0; i < words.n; i++) {
        ends[i] = beyond(arena, words.at[i]);
        driver = words.at[i].len > words.at[driver].len ? i : driver;
    }
    q = tend_sql(store, "SELECT person FROM person_word WHERE word >= ?1 AND word < ?2"
                        " ORDER BY word, person");
    tend_sql_bind_text(q, 1, words.at[driver]);
    tend_sql_bind_text(q, 2, ends[driver]);
    while (tend_sql_step(q)) {
        tend_id person = tend_sql_int(q, 0), root;
        bool all = true;

        if (rows++ == ROWS_MOST) {
            hits->at_least = true;
            break;
        }
        if (!see(seen, person))
            continue;
        root = tend_person_root(store, person);
        for (int64_t w = 0; all && w < words.n; w++)
            all = w == driver || has_word(store, person, words.at[w], ends[w]);
        if (all && hits->n == most)
            hits->left_out++;
        else if (all && (root == person || see(seen, root)) &&
                 read_hit(store, root, arena, &hits->at[hits->n]))
            hits->n++;
    }
    return tend_sql_end(q);
}

bool tend_person_alone_begins(struct tend_store *store, struct tend_text word, tend_id person)
{
    struct tend_arena arena = { 0 };
    struct tend_text folded = tend_text_fold(&arena, word);
    struct tend_sql *q = tend_sql(store, "SELECT person FROM person_word WHERE word >= ?1 AND"
                                         " word < ?2 AND person <> ?3 LIMIT 100");
    bool other = false;

    tend_sql_bind_text(q, 1, folded);
    tend_sql_bind_text(q, 2, beyond(&arena, folded));
    tend_sql_bind_int(q, 3, person);
    while (!other && tend_sql_step(q))
        other = tend_person_root(store, tend_sql_int(q, 0)) != person;
    tend_arena_finish(&arena);
    return tend_sql_end(q) == TEND_OK && !other && folded.len > 0;
}

/* Those who have this word: is one of them called so? *few is false if there
 * are too many to look at. */
static bool namesake(struct tend_store *store, struct tend_text folded, struct tend_text word,
                     tend_id person, int64_t *looks, bool *few)
{
    struct tend_sql *q =
        tend_sql(store, "SELECT p.name FROM person_word w JOIN person p ON p.id = w.person"
                        " WHERE w.word = ?1 AND w.person <> ?2 AND p.archived_at IS NULL"
                        " AND p.merged IS NULL");
    struct tend_arena scratch = { 0 };
    bool found = false;

    *few = true;
    tend_sql_bind_text(q, 1, word);
    tend_sql_bind_int(q, 2, person);
    for (int64_t n = 0; !found && *few && tend_sql_step(q); n++) {
        *few = n < NAMESAKES_MOST && --*looks > 0;
        tend_arena_reset(&scratch);
        found = tend_text_eq(tend_text_fold(&scratch, tend_sql_text(q, 0)), folded);
    }
    tend_arena_finish(&scratch);
    tend_sql_end(q);
    return found;
}

bool tend_person_alone_called(struct tend_store *store, struct tend_text name, tend_id person,
                              int64_t *looks)
{
    struct tend_arena arena = { 0 };
    struct tend_text folded = tend_text_fold(&arena, name);
    struct words words = { .n = 0 };
    bool few = false, found = false;

    tend_derive_split(&arena, folded, add_word, &words);
    for (int64_t i = words.n - 1; !few && !found && *looks > 0 && i >= 0; i--)
        found = namesake(store, folded, words.at[i], person, looks, &few);
    tend_arena_finish(&arena);
    return few && !found;
}
