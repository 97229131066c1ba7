/* The search document of a person: name, contact points, notes and texts of
 * touches, folded. Four tables are read side by side in the order of persons. */
#include "base/text.h"
#include "store/derive.h"

struct cursor {                 /* a table with rows by person */
    struct tend_sql *q;
    tend_id person;             /* of the row that stands next; 0: the end */
};

static void advance(struct cursor *c)
{
    c->person = tend_sql_step(c->q) ? tend_sql_int(c->q, 0) : 0;
}

static void open_cursor(struct cursor *c, struct tend_store *store, const char *text,
                        tend_id first, tend_id last)
{
    c->q = tend_sql(store, text);
    tend_sql_bind_int(c->q, 1, first);
    tend_sql_bind_int(c->q, 2, last);
    advance(c);
}

static void skip_to(struct cursor *c, tend_id person)
{
    while (c->person != 0 && c->person < person) {
        advance(c);
    }
}

static void add(struct tend_buffer *doc, struct tend_text text)
{
    if (text.len > 0) {
        if (doc->len > 0) {
            tend_buffer_addc(doc, ' ');
        }
        tend_buffer_add(doc, text);
    }
}

/* What the name says already need not stand there twice. */
static void add_once(struct tend_buffer *doc, struct tend_text text)
{
    if (text.len > 0 && (doc->len == 0 || memmem(doc->at, (size_t)doc->len, text.at,
                                                 (size_t)text.len) == NULL)) {
        add(doc, text);
    }
}

static void add_points(struct tend_buffer *doc, struct cursor *points, tend_id person)
{
    for (skip_to(points, person); points->person == person && person != 0; advance(points)) {
        add(doc, tend_sql_text(points->q, 1));
        struct tend_text key = tend_sql_text(points->q, 2);
        if (!tend_text_eq(key, tend_sql_text(points->q, 1))) {
            add(doc, key);
        }
    }
}

static void add_texts(struct tend_buffer *doc, struct cursor *texts, tend_id person)
{
    for (skip_to(texts, person); texts->person == person && person != 0; advance(texts)) {
        add(doc, tend_sql_text(texts->q, 1));
    }
}

static tend_status walk(struct cursor *persons, struct cursor *points, struct cursor *notes,
                        struct cursor *touches, tend_document_fn *each, void *data)
{
    struct tend_buffer doc = { 0 };
    struct tend_arena arena = { 0 };
    tend_status status = TEND_OK;
    for (; status == TEND_OK && persons->person != 0; advance(persons)) {
        tend_buffer_reset(&doc);
        add(&doc, tend_sql_text(persons->q, 1));
        add_once(&doc, tend_sql_text(persons->q, 2));
        add_once(&doc, tend_sql_text(persons->q, 3));
        add_points(&doc, points, persons->person);
        add_texts(&doc, notes, persons->person);
        add_texts(&doc, touches, persons->person);
        status = each(data, persons->person, tend_text_fold(&arena, tend_buffer_text(&doc)));
        tend_arena_reset(&arena);
    }
    tend_buffer_finish(&doc);
    tend_arena_finish(&arena);
    return status;
}

tend_status tend_derive_documents(struct tend_store *store, tend_id first, tend_id last,
                                  tend_document_fn *each, void *data)
{
    struct cursor persons, points, notes, touches;
    open_cursor(&persons, store, "SELECT id, name, given, family FROM person "
                                 "WHERE id >= ?1 AND id <= ?2 ORDER BY id", first, last);
    open_cursor(&points, store, "SELECT person, value, key FROM contact_point "
                                "WHERE person >= ?1 AND person <= ?2 ORDER BY person, id",
                first, last);
    open_cursor(&notes, store, "SELECT person, text FROM note "
                               "WHERE person >= ?1 AND person <= ?2 ORDER BY person, id",
                first, last);
    open_cursor(&touches, store, "SELECT person, text FROM touch WHERE person >= ?1 AND "
                                 "person <= ?2 AND text IS NOT NULL ORDER BY person, id",
                first, last);
    tend_status status = walk(&persons, &points, &notes, &touches, each, data);
    struct cursor *all[] = { &persons, &points, &notes, &touches };
    for (int32_t i = 0; i < 4; i++) {
        tend_status end = tend_sql_end(all[i]->q);
        status = status == TEND_OK ? end : status;
    }
    return status;
}

static tend_status put(void *data, tend_id person, struct tend_text text)
{
    struct tend_store *store = data;
    tend_status status = store->driver->search_put(store->db, person, text);
    return status == TEND_OK ? TEND_OK : tend_store_fail(store, status, "the search index");
}

tend_status tend_derive_search(struct tend_store *store, tend_id first, tend_id last, bool known)
{
    tend_status status = TEND_OK;
    if (known) {
        status = store->driver->search_delete(store->db, first, last);
        if (status != TEND_OK) {
            return tend_store_fail(store, status, "the search index");
        }
    }
    return tend_derive_documents(store, first, last, put, store);
}
