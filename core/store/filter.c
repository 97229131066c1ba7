/* Answers filters: who matches, how many, who comes next. Sorting by name is
 * done here, since no two databases agree on what the alphabet is. */
#include "store/filter.h"
#include "store/filter_parts.h"
#include "store/ops_merge.h"
#include "store/ops_person.h"
#include "store/sql.h"
#include <stdlib.h>

/* A person under the key that they are sorted by. */
struct sorted {
    tend_id id;
    struct tend_text key;
    bool down;
};

static struct tend_sql *open_sql(struct tend_store *store, const struct tend_filter_sql *sql)
{
    struct tend_sql *q = tend_sql_dynamic(store, tend_buffer_text(&sql->text));

    for (int64_t i = 0; i < sql->param.n; i++)
        tend_sql_bind(q, (int32_t)i + 1, sql->param.at[i]);
    return q;
}

/* One number out of the first row; 0 if there is none. */
static tend_status ask_one(struct tend_store *store, const struct tend_filter *filter,
                           const char *columns, tend_id after, int64_t most, int64_t *out)
{
    struct tend_filter_sql sql = { 0 };
    struct tend_arena arena = { 0 };
    struct tend_sql *q;
    tend_status status = tend_derive_flush(store);

    *out = 0;
    if (status != TEND_OK)
        return status;
    sql.merged = tend_merged_any(store);
    tend_filter_compile(filter, columns, tend_store_me(store), most == 1, after, most, &arena,
                        &sql);
    q = open_sql(store, &sql);
    if (tend_sql_step(q))
        *out = tend_sql_int(q, 0);
    status = tend_sql_end(q);
    tend_filter_sql_finish(&sql);
    tend_arena_finish(&arena);
    return status;
}

static int by_key(const void *left, const void *right)
{
    const struct sorted *a = left, *b = right;
    int order;

    if ((a->key.len == 0) != (b->key.len == 0))
        return a->key.len == 0 ? 1 : -1;
    order = tend_text_cmp(a->key, b->key);
    if (order != 0)
        return a->down ? -order : order;
    return a->id < b->id ? -1 : a->id > b->id;
}

static bool by_name(const struct tend_filter *filter)
{
    return tend_text_is(filter->sort, "name") || tend_text_is(filter->sort, "family");
}

tend_status tend_filter_list(struct tend_store *store, const struct tend_filter *filter,
                             int64_t most, struct tend_arena *arena, tend_id **persons,
                             int64_t *n)
{
    struct tend_filter_sql sql = { 0 };
    TEND_ARRAY(struct sorted) found = { 0 };
    bool names = by_name(filter);
    bool family = tend_text_is(filter->sort, "family");
    struct tend_sql *q;
    tend_status status = tend_derive_flush(store);

    *persons = NULL;
    *n = 0;
    if (status != TEND_OK)
        return status;
    sql.merged = tend_merged_any(store);
    tend_filter_compile(filter, !names ? "p.id" : family ? "p.id, p.family" : "p.id, p.name",
                        tend_store_me(store), !names, 0, names ? -1 : most, arena, &sql);
    q = open_sql(store, &sql);
    while (tend_sql_step(q)) {
        struct sorted one = { .id = tend_sql_int(q, 0), .down = filter->sort_down };

        if (names)
            one.key = tend_text_fold(arena, tend_arena_text(arena, tend_sql_text(q, 1)));
        TEND_PUSH(&found, one);
    }
    status = tend_sql_end(q);
    tend_filter_sql_finish(&sql);
    if (status == TEND_OK && found.n > 0) {
        if (names)
            qsort(found.at, (size_t)found.n, sizeof *found.at, by_key);
        *n = most >= 0 && found.n > most ? most : found.n;
        *persons = tend_arena_take(arena, (size_t)(*n > 0 ? *n : 1) * sizeof **persons);
        for (int64_t i = 0; i < *n; i++)
            (*persons)[i] = found.at[i].id;
    }
    TEND_ARRAY_FINISH(&found);
    return status;
}

tend_status tend_filter_count(struct tend_store *store, const struct tend_filter *filter,
                              int64_t *n)
{
    if (filter->n_terms == 0)       /* everybody: counted without looking at each */
        return tend_person_count(store, n);
    return ask_one(store, filter, "COUNT(*)", 0, -1, n);
}

tend_status tend_filter_next(struct tend_store *store, const struct tend_filter *filter,
                             tend_id after, tend_id *person)
{
    struct tend_filter by_id = *filter;

    by_id.sort = (struct tend_text){ 0 };
    by_id.sort_attribute = by_id.sort_down = false;
    return ask_one(store, &by_id, "p.id", after, 1, person);
}

bool tend_filter_unknown_at(struct tend_store *store, const struct tend_filter *filter,
                            struct tend_filter_word *word)
{
    for (int64_t i = 0; i <= filter->n_terms; i++) {
        bool sort = i == filter->n_terms;
        const struct tend_filter_term *term = sort ? NULL : &filter->term[i];
        struct tend_text name = sort ? filter->sort : term->name;
        struct tend_sql *q;
        bool known;

        if (sort ? !filter->sort_attribute : term->what != TEND_FILTER_ATTRIBUTE)
            continue;
        if (tend_filter_well_known(name))
            continue;
        q = tend_sql(store, "SELECT id FROM attribute WHERE name = ?1 LIMIT 1");
        tend_sql_bind_text(q, 1, name);
        known = tend_sql_step(q);
        if (tend_sql_end(q) != TEND_OK || known)
            continue;
        *word = (struct tend_filter_word){ .text = name, .sort = sort,
                                           .at = sort ? filter->sort_at : term->at,
                                           .len = name.len };
        return true;
    }
    return false;
}

struct tend_text tend_filter_unknown(struct tend_store *store, const struct tend_filter *filter)
{
    struct tend_filter_word word;

    return tend_filter_unknown_at(store, filter, &word) ? word.text : (struct tend_text){ 0 };
}

bool tend_filter_word_at(const struct tend_filter *filter, const char *name, int64_t index,
                         struct tend_filter_word *word)
{
    const struct tend_filter_term_def *def = tend_filter_def(tend_text_of(name));

    for (int64_t i = 0; def != NULL && i < filter->n_terms; i++) {
        const struct tend_filter_term *term = &filter->term[i];

        for (int64_t v = 0; term->what == def->what && v < term->n_values; v++) {
            struct tend_text text = term->value[v].text;

            if (def->what == TEND_FILTER_HOLD &&
                (tend_text_is(text, "yes") || tend_text_is(text, "no")))
                continue;
            if (index-- > 0)
                continue;
            *word = (struct tend_filter_word){ .text = text, .track = term->name,
                                               .at = term->value[v].at,
                                               .len = term->value[v].len };
            return true;
        }
    }
    return false;
}

bool tend_filter_anybody(struct tend_store *store, const char *term,
                         const struct tend_filter_word *word)
{
    struct tend_sql *q;
    bool found;

    if (tend_derive_flush(store) != TEND_OK)
        return false;
    if (strcmp(term, "hold") == 0) {
        q = tend_sql(store, "SELECT id FROM hold WHERE kind = ?1 LIMIT 1");
    } else {
        q = tend_sql(store, "SELECT person FROM person_stage WHERE stage = ?1 AND "
                            "(?2 = '' OR track = ?2) LIMIT 1");
        tend_sql_bind_text(q, 2, word->track.len > 0 ? word->track : TEND_TEXT(""));
    }
    tend_sql_bind_text(q, 1, word->text);
    found = tend_sql_step(q);
    return tend_sql_end(q) == TEND_OK && found;
}

bool tend_filter_empty(const struct tend_filter *filter)
{
    return filter->n_terms == 0;
}
