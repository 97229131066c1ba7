/* Derived rows are made anew in a transaction that is rolled back, and what
 * was there is compared with that by a hash a person or task. */
#include "base/hash.h"
#include "base/text.h"
#include "store/check.h"
#include "store/derive.h"
#include "store/search_wait.h"

struct print {                  /* of all derived rows of a person or task */
    tend_id id;
    uint64_t sum;
};

struct prints {
    TEND_ARRAY(struct print) all;
};

enum { WORDS, STAGES, DUE, SEARCH, KEYS, KINDS };

static const char *const kind_name[KINDS] = { "the words of the name", "the stage",
                                              "the window", "the search text", "the key" };
static const char *const kind_owner[KINDS] = { "person", "person", "task", "person",
                                               "contact_point" };

/* The order of the rows of one owner does not matter. */
static void add_print(struct prints *prints, tend_id id, uint64_t hash)
{
    int64_t n = prints->all.n;
    if (n > 0 && prints->all.at[n - 1].id == id) {
        prints->all.at[n - 1].sum += hash;
    } else {
        TEND_PUSH(&prints->all, (struct print){ id, hash });
    }
}

static tend_status gather(struct tend_store *store, enum tend_table table, const char *text,
                          struct prints *prints)
{
    const struct tend_table_def *def = &tend_catalogue[table];
    struct tend_value values[TEND_COLUMNS_MAX] = { 0 };
    struct tend_buffer row = { 0 };
    struct tend_sql *q = tend_sql(store, text);
    while (tend_sql_step(q)) {
        for (int32_t c = 0; c < def->n_columns; c++) {
            values[c] = tend_sql_value(q, c + 1, def->columns[c].type);
        }
        tend_buffer_reset(&row);
        tend_codec_row(&row, 0, values, def->n_columns);
        add_print(prints, tend_sql_int(q, 0),
                  tend_hash(TEND_HASH_SEED, row.at, (size_t)row.len));
    }
    tend_buffer_finish(&row);
    return tend_sql_end(q);
}

struct documents {
    struct prints *prints;
    const struct tend_waiting *waiting;     /* of these there may be none, or an older one */
};

static void see_document(void *data, tend_id person, struct tend_text text)
{
    const struct documents *d = data;
    if (!tend_search_waits(d->waiting, person)) {
        add_print(d->prints, person, tend_hash(TEND_HASH_SEED, text.at, (size_t)text.len));
    }
}

static tend_status make_document(void *data, tend_id person, struct tend_text text)
{
    see_document(data, person, text);
    return TEND_OK;
}

/* Of an index that keeps no text, the hash of the text was seen. */
static uint64_t of_print(uint64_t hash)
{
    return tend_hash(TEND_HASH_SEED, &hash, sizeof hash);
}

static tend_status gather_documents(struct tend_store *store, struct prints *was,
                                    struct prints *is)
{
    struct tend_waiting waiting = { 0 };
    struct documents there = { was, &waiting }, now = { is, &waiting };
    tend_status status = tend_search_wait_load(store, &waiting);
    if (status == TEND_OK) {
        status = store->driver->search_walk(store->db, see_document, &there);
        if (status != TEND_OK) {
            tend_store_fail(store, status, "the search index");
        }
    }
    if (status == TEND_OK) {
        status = tend_derive_documents(store, 1, INT64_MAX, make_document, &now);
    }
    for (int64_t i = 0, j = 0; i < was->all.n && j < is->all.n; i++) {
        for (; j < is->all.n && is->all.at[j].id < was->all.at[i].id; j++) {
        }
        if (j < is->all.n && is->all.at[j].id == was->all.at[i].id &&
            was->all.at[i].sum == of_print(is->all.at[j].sum)) {
            was->all.at[i].sum = is->all.at[j].sum;
        }
    }
    TEND_ARRAY_FINISH(&waiting.range);
    return status;
}

static tend_status gather_all(struct tend_store *store, struct prints *prints)
{
    tend_status status =
        gather(store, TEND_T_person_word,
               "SELECT person, word, person FROM person_word ORDER BY person", &prints[WORDS]);
    if (status == TEND_OK) {
        status = gather(store, TEND_T_person_stage,
                        "SELECT person, person, track, stage, at FROM person_stage "
                        "ORDER BY person", &prints[STAGES]);
    }
    if (status == TEND_OK) {
        status = gather(store, TEND_T_task_due,
                        "SELECT task, task, person, opens_at, closes_at FROM task_due "
                        "ORDER BY task", &prints[DUE]);
    }
    if (status == TEND_OK) {
        status = gather(store, TEND_T_contact_key,
                        "SELECT contact_point, hash, contact_point FROM contact_key "
                        "ORDER BY contact_point", &prints[KEYS]);
    }
    return status;
}

static void compare(struct tend_check *check, int32_t kind, const struct prints *was,
                    const struct prints *is)
{
    int64_t i = 0, j = 0, found = 0;
    while ((i < was->all.n || j < is->all.n) && found < TEND_PROBLEMS_MOST) {
        const struct print *a = i < was->all.n ? &was->all.at[i] : NULL;
        const struct print *b = j < is->all.n ? &is->all.at[j] : NULL;
        tend_id id = b == NULL || (a != NULL && a->id < b->id) ? a->id : b->id;
        bool in_a = a != NULL && a->id == id, in_b = b != NULL && b->id == id;
        if (!in_a || !in_b || a->sum != b->sum) {
            tend_check_problem(check, "%s %lld: %s is not what the facts say", kind_owner[kind],
                               (long long)id, kind_name[kind]);
            found++;
        }
        i += in_a;
        j += in_b;
    }
}

tend_status tend_check_derived(struct tend_check *check)
{
    struct tend_store *store = check->store;
    struct prints was[KINDS] = { 0 }, is[KINDS] = { 0 };
    tend_status status = store->driver->begin(store->db);
    if (status != TEND_OK) {
        return tend_store_fail(store, status, NULL);
    }
    store->transaction = true;
    status = gather_all(store, was);
    if (status == TEND_OK) {
        status = gather_documents(store, &was[SEARCH], &is[SEARCH]);
    }
    if (status == TEND_OK) {
        status = tend_derive_rebuild_as(store, TEND_REBUILD_NO_SEARCH);
    }
    if (status == TEND_OK) {
        status = gather_all(store, is);
    }
    store->transaction = store->settings = false;
    store->driver->rollback(store->db);
    for (int32_t kind = 0; kind < KINDS; kind++) {
        if (status == TEND_OK) {
            compare(check, kind, &was[kind], &is[kind]);
        }
        TEND_ARRAY_FINISH(&was[kind].all);
        TEND_ARRAY_FINISH(&is[kind].all);
    }
    return status;
}
