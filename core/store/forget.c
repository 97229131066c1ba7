/* Forgetting a person: rows and journal pages, and the keyed hashes that are kept so that no
 * import brings them back. */
#include "store/forget.h"
#include "base/siphash.h"
#include "base/text.h"
#include "store/undo.h"
#include <stdio.h>

struct forgetting {
    struct tend_store *store;
    tend_id person;
    struct tend_ids gone[TEND_TABLES];
};

static tend_status run(struct tend_store *store, tend_id person, const char *sql)
{
    struct tend_sql *q = tend_sql_dynamic(store, tend_text_of(sql));

    if (strstr(sql, "?1"))
        tend_sql_bind_int(q, 1, person);
    return tend_sql_run(q);
}

static const char *owner_of(enum tend_table table)
{
    const struct tend_table_def *def = &tend_catalogue[table];

    return table == TEND_T_person ? "id" : def->owner >= 0 ? def->columns[def->owner].name : NULL;
}

static bool is_fact(enum tend_table table)
{
    return tend_catalogue[table].kind == TEND_TABLE_FACT;
}

/* Which rows are about them. */
static tend_status note_rows(struct forgetting *f, enum tend_table table)
{
    char sql[160];
    struct tend_sql *q;

    snprintf(sql, sizeof sql, "SELECT id FROM %s WHERE %s = ?1", tend_catalogue[table].name,
             owner_of(table));
    q = tend_sql_dynamic(f->store, tend_text_of(sql));
    tend_sql_bind_int(q, 1, f->person);
    while (tend_sql_step(q))
        tend_ids_add(&f->gone[table], tend_sql_int(q, 0));
    return tend_sql_end(q);
}

/* A touch with others is theirs from now on, without what was said. */
static tend_status leave_touches(struct forgetting *f)
{
    return run(f->store, f->person,
               "UPDATE touch SET text = NULL, person = (SELECT y.person FROM touch_party y"
               " WHERE y.touch = touch.id AND y.person <> ?1 ORDER BY y.id LIMIT 1)"
               " WHERE person = ?1 AND EXISTS (SELECT 1 FROM touch_party z"
               " WHERE z.touch = touch.id AND z.person <> ?1)");
}

static tend_status delete_rows(struct forgetting *f)
{
    tend_status status = TEND_OK;

    for (int32_t t = TEND_TABLES - 1; status == TEND_OK && t >= 0; t--) {
        char sql[160];

        if (!is_fact((enum tend_table)t) || !owner_of((enum tend_table)t))
            continue;
        snprintf(sql, sizeof sql, "DELETE FROM %s WHERE %s = ?1", tend_catalogue[t].name,
                 owner_of((enum tend_table)t));
        status = run(f->store, f->person, sql);
    }
    return status;
}

/* What pointed to what is gone: a part or a tie goes with it, else the pointer does. */
static tend_status mend_column(struct tend_store *store, enum tend_table table, int32_t column)
{
    const struct tend_table_def *def = &tend_catalogue[table];
    const struct tend_column_def *c = &def->columns[column];
    bool part = tend_undo_part_of(table, column) || column == def->owner ||
                (table == TEND_T_link && column == TEND_C_link_other);
    char sql[320];

    snprintf(sql, sizeof sql, "%s%s%s WHERE %s IS NOT NULL AND NOT EXISTS"
                              " (SELECT 1 FROM %s o WHERE o.id = %s.%s)",
             part ? "DELETE FROM " : "UPDATE ", def->name, "", c->name,
             tend_catalogue[c->ref].name, def->name, c->name);
    if (!part)
        snprintf(sql, sizeof sql, "UPDATE %s SET %s = NULL WHERE %s IS NOT NULL AND NOT EXISTS"
                                  " (SELECT 1 FROM %s o WHERE o.id = %s.%s)",
                 def->name, c->name, c->name, tend_catalogue[c->ref].name, def->name, c->name);
    return run(store, 0, sql);
}

static tend_status mend(struct forgetting *f)
{
    tend_status status = TEND_OK;

    for (int32_t t = 0; status == TEND_OK && t < TEND_TABLES; t++) {    /* parents first */
        const struct tend_table_def *def = &tend_catalogue[t];

        for (int32_t c = 0; status == TEND_OK && is_fact((enum tend_table)t) &&
                            c < def->n_columns; c++)
            if (def->columns[c].ref != TEND_T_none && is_fact(def->columns[c].ref))
                status = mend_column(f->store, (enum tend_table)t, c);
    }
    return status;
}

/* --- the journal ------------------------------------------------------------ */

static bool is_theirs(struct forgetting *f, const struct tend_entry *entry)
{
    int32_t owner = tend_catalogue[entry->table].owner;

    if (tend_ids_has(&f->gone[entry->table], entry->id))
        return true;
    return owner >= 0 && (entry->mask >> owner & 1) != 0 &&
           ((entry->before[owner].type == TEND_INT && entry->before[owner].i == f->person) ||
            (entry->after[owner].type == TEND_INT && entry->after[owner].i == f->person));
}

/* With `out`, the page without their images; without it, their ids are noted. */
static tend_status read_page(struct forgetting *f, struct tend_text bytes, struct tend_buffer *out,
                             bool *changed)
{
    enum tend_table last = TEND_T_none;
    struct tend_entry entry;
    struct tend_page page;
    int32_t more;
    tend_status status = tend_codec_open(&page, bytes);

    *changed = false;
    while (status == TEND_OK && (more = tend_codec_next(&page, &entry)) != 0) {
        if (more < 0)
            return more;
        if (entry.kind != TEND_ENTRY_RESTORE && is_theirs(f, &entry)) {
            tend_ids_add(&f->gone[entry.table], entry.id);
            *changed = true;
        } else if (out) {
            if (out->len == 0)
                tend_codec_header(out);
            tend_codec_entry(out, &entry, last);
            last = entry.table;
        }
    }
    return status;
}

static tend_status put_page(struct tend_store *store, tend_id id, struct tend_text page)
{
    struct tend_sql *q;

    if (page.len == 0) {
        q = tend_sql(store, "DELETE FROM journal WHERE id = ?1");
        tend_sql_bind_int(q, 1, id);
        return tend_sql_run(q);
    }
    q = tend_sql(store, "UPDATE journal SET page = ?2 WHERE id = ?1");
    tend_sql_bind_int(q, 1, id);
    tend_sql_bind_static(q, 2, &(struct tend_value){ .type = TEND_BLOB, .t = page });
    return tend_sql_run(q);
}

static tend_status walk_pages(struct forgetting *f, bool rewrite)
{
    struct tend_buffer bytes = { 0 }, out = { 0 };
    tend_status status = TEND_OK;
    tend_id after = 0;

    do {
        struct tend_sql *q = tend_sql(f->store, "SELECT id, page FROM journal WHERE id > ?1 AND "
                                                "page IS NOT NULL ORDER BY id LIMIT 1");
        bool changed = false;

        tend_sql_bind_int(q, 1, after);
        after = 0;
        tend_buffer_reset(&bytes);
        tend_buffer_reset(&out);
        if (tend_sql_step(q)) {
            after = tend_sql_int(q, 0);
            tend_buffer_add(&bytes, tend_sql_blob(q, 1));
        }
        status = tend_sql_end(q);
        if (status == TEND_OK && after != 0)
            status = read_page(f, tend_buffer_text(&bytes), rewrite ? &out : NULL, &changed);
        if (status == TEND_OK && rewrite && changed)
            status = put_page(f->store, after, tend_buffer_text(&out));
    } while (status == TEND_OK && after != 0);
    tend_buffer_finish(&bytes);
    tend_buffer_finish(&out);
    return status;
}

tend_status tend_store_forget(struct tend_store *store, tend_id person)
{
    struct forgetting f = { .store = store, .person = person };
    tend_status status = tend_derive_flush(store);

    for (int32_t t = 0; status == TEND_OK && t < TEND_TABLES; t++)
        if (is_fact((enum tend_table)t) && owner_of((enum tend_table)t))
            status = note_rows(&f, (enum tend_table)t);
    if (status == TEND_OK)
        status = walk_pages(&f, false);     /* rows that are only there any more */
    if (status == TEND_OK)
        status = walk_pages(&f, true);
    if (status == TEND_OK)
        status = leave_touches(&f);
    if (status == TEND_OK)
        status = delete_rows(&f);
    if (status == TEND_OK)
        status = mend(&f);
    if (status == TEND_OK)
        status = tend_derive_rebuild(store);
    store->force = store->sealed = true;
    tend_merged_forget(store);
    for (int32_t t = 0; t < TEND_TABLES; t++)
        tend_ids_finish(&f.gone[t]);
    return status;
}

tend_status tend_store_scrub(struct tend_store *store)
{
    tend_status status = store->driver->scrub ? store->driver->scrub(store->db) : TEND_OK;

    return status == TEND_OK ? TEND_OK : tend_store_fail(store, status, "tidying up");
}

/* --- whom not to bring back --------------------------------------------------- */

/* Made when it is first needed; without it no hash says anything. */
static tend_status key_of(struct tend_store *store, uint64_t key[2])
{
    struct tend_arena arena = { 0 };
    struct tend_text text = { 0 };
    char hex[40];
    tend_status status = tend_meta_get(store, "forget_key", &arena, &text);

    if (status == TEND_OK && text.len == 32) {
        snprintf(hex, sizeof hex, "%.*s", TEND_FMT(text));
        if (sscanf(hex, "%16llx%16llx", (unsigned long long *)&key[0],
                   (unsigned long long *)&key[1]) != 2)
            key[0] = key[1] = 0;
    } else if (status == TEND_OK) {
        key[0] = tend_clock_random(tend_store_clock(store));
        key[1] = tend_clock_random(tend_store_clock(store));
        snprintf(hex, sizeof hex, "%016llx%016llx", (unsigned long long)key[0],
                 (unsigned long long)key[1]);
        status = tend_meta_set(store, "forget_key", tend_text_of(hex));
    }
    tend_arena_finish(&arena);
    return status;
}

tend_status tend_forgotten_hash(struct tend_store *store, struct tend_text kind,
                                struct tend_text key, int64_t *hash)
{
    struct tend_buffer text = { 0 };
    uint64_t secret[2];
    tend_status status = key_of(store, secret);

    tend_buffer_addf(&text, "%.*s:%.*s", TEND_FMT(kind), TEND_FMT(key));
    *hash = status == TEND_OK ? (int64_t)tend_siphash(secret, tend_buffer_text(&text)) : 0;
    tend_buffer_finish(&text);
    return status;
}

bool tend_forgotten_any(struct tend_store *store)
{
    struct tend_sql *q = tend_sql(store, "SELECT 1 FROM forgotten LIMIT 1");
    bool any = tend_sql_step(q);

    return tend_sql_end(q) == TEND_OK && any;
}

bool tend_forgotten_has(struct tend_store *store, int64_t hash)
{
    struct tend_sql *q = tend_sql(store, "SELECT 1 FROM forgotten WHERE hash = ?1");
    bool has;

    tend_sql_bind_int(q, 1, hash);
    has = tend_sql_step(q);
    return tend_sql_end(q) == TEND_OK && has;
}
