/* Who was merged into whom. A merge is one pointer, so everybody has a root at its end, and a
 * root has a family: as long as nobody is merged, all this costs one look a batch. */
#include "store/ops_merge.h"
#include "store/collect.h"
#include "store/parts.h"

enum { CHAIN_MOST = 1000 };     /* no merge makes a circle; a damaged file may hold one */

/* The person and all who were merged into them, in the place of "= ?1". CROSS JOIN: by the index
 * of who was merged, whatever the planner knows of the tables. */
#define FAMILY                                                                             \
    " IN (WITH RECURSIVE merged_in (id) AS (SELECT ?1 UNION SELECT m.id FROM merged_in f"  \
    " CROSS JOIN person m WHERE m.merged = f.id) SELECT id FROM merged_in)"

bool tend_merged_any(struct tend_store *store)
{
    struct tend_sql *q;

    if (store->open && store->merged.known)
        return store->merged.any;
    q = tend_sql_past(store, "SELECT 1 FROM person WHERE merged IS NOT NULL LIMIT 1");
    store->merged.any = tend_sql_step(q);
    store->merged.known = tend_sql_end(q) == TEND_OK;
    store->merged.person = 0;
    return store->merged.any;
}

bool tend_merged_into(struct tend_store *store, tend_id person)
{
    struct tend_sql *q;

    if (!tend_merged_any(store))
        return false;
    if (store->open && store->merged.person == person)
        return store->merged.has;
    q = tend_sql_past(store, "SELECT 1 FROM person WHERE merged = ?1 LIMIT 1");
    tend_sql_bind_int(q, 1, person);
    store->merged.has = tend_sql_step(q);
    store->merged.person = tend_sql_end(q) == TEND_OK ? person : 0;
    return store->merged.has;
}

void tend_merged_forget(struct tend_store *store)
{
    store->merged.known = false;
    store->merged.person = 0;
}

tend_id tend_person_root(struct tend_store *store, tend_id person)
{
    if (person == 0 || !tend_merged_any(store))
        return person;
    for (int32_t i = 0; i < CHAIN_MOST; i++) {
        struct tend_sql *q = tend_sql_past(store, "SELECT merged FROM person WHERE id = ?1");
        tend_id next;

        tend_sql_bind_int(q, 1, person);
        next = tend_sql_step(q) ? tend_sql_int(q, 0) : 0;
        if (tend_sql_end(q) != TEND_OK || next == 0)
            break;
        person = next;
    }
    return person;
}

tend_status tend_merged_list(struct tend_store *store, tend_id person, struct tend_arena *arena,
                             tend_id **persons, int64_t *n)
{
    TEND_ARRAY(tend_id) list = { 0 };
    struct tend_sql *q;

    *persons = NULL;
    *n = 0;
    if (!tend_merged_into(store, person))
        return TEND_OK;
    q = tend_sql(store, "SELECT id FROM person WHERE id" FAMILY " AND id <> ?1 ORDER BY id");
    tend_sql_bind_int(q, 1, person);
    while (tend_sql_step(q))
        TEND_PUSH(&list, tend_sql_int(q, 0));
    *n = list.n;
    *persons = TEND_COLLECT(arena, &list);
    return tend_sql_end(q);
}

void tend_person_roots(struct tend_store *store, tend_id *persons, int64_t *n)
{
    int64_t kept = 0;

    if (*n == 0 || !tend_merged_any(store))
        return;
    for (int64_t i = 0; i < *n; i++) {
        tend_id root = tend_person_root(store, persons[i]);
        bool seen = false;

        for (int64_t j = 0; !seen && j < kept; j++)
            seen = persons[j] == root;
        if (!seen)
            persons[kept++] = root;
    }
    *n = kept;
}

struct tend_text tend_merged_text(struct tend_store *store, tend_id person, int32_t column,
                                  struct tend_arena *arena)
{
    struct tend_text text = { "", 0 };
    struct tend_value v[TEND_N_person];
    tend_id *ids;
    int64_t n;

    if (tend_merged_list(store, person, arena, &ids, &n) != TEND_OK)
        return text;
    for (int64_t i = 0; text.len == 0 && i < n; i++)
        if (tend_row_read(store, TEND_T_person, ids[i], arena, v, NULL) == TEND_OK)
            text = v[column].t;
    return text;
}

/* --- statements ---------------------------------------------------------- */

/* The text with every "= ?1" a whole family. */
static struct tend_text of_family(struct tend_buffer *out, const char *text)
{
    static const char own[] = " = ?1";
    const char *at;

    while ((at = strstr(text, own)) != NULL) {
        tend_buffer_add(out, (struct tend_text){ text, at - text });
        tend_buffer_adds(out, FAMILY);
        text = at + sizeof own - 1;
    }
    tend_buffer_adds(out, text);
    return tend_buffer_text(out);
}

struct tend_sql *tend_sql_of(struct tend_store *store, tend_id person, const char *text)
{
    struct tend_sql *q;

    if (tend_merged_into(store, person)) {
        struct tend_buffer family = { 0 };

        q = tend_sql_family(store, text);
        if (q == NULL)
            q = tend_sql_family_make(store, text, of_family(&family, text));
        tend_buffer_finish(&family);
    } else {
        q = tend_sql(store, text);
    }
    tend_sql_bind_int(q, 1, person);
    return q;
}

/* --- not the same person, and the same task twice ------------------------- */

bool tend_apart_has(struct tend_store *store, tend_id a, tend_id b, tend_id *row)
{
    struct tend_sql *q = tend_sql(store, "SELECT id FROM apart WHERE person = ?1 AND other = ?2");
    tend_id id;

    tend_sql_bind_int(q, 1, a < b ? a : b);
    tend_sql_bind_int(q, 2, a < b ? b : a);
    id = tend_sql_step(q) ? tend_sql_int(q, 0) : 0;
    if (row)
        *row = id;
    return tend_sql_end(q) == TEND_OK && id != 0;
}

tend_status tend_merged_tasks(struct tend_store *store, tend_id person, struct tend_arena *arena,
                              struct tend_same_task **tasks, int64_t *n)
{
    TEND_ARRAY(struct tend_same_task) list = { 0 };
    struct tend_sql *q = tend_sql_of(store, person,
                                     "SELECT id, person, plugin, key, closes_day FROM task"
                                     " WHERE person = ?1 AND state = 0 AND plugin IS NOT NULL"
                                     " AND key IS NOT NULL ORDER BY plugin, key, id");

    while (tend_sql_step(q)) {
        struct tend_same_task task = { tend_sql_int(q, 0), tend_sql_int(q, 1),
                                       tend_collect_text(arena, q, 2),
                                       tend_collect_text(arena, q, 3), tend_sql_int(q, 4) };

        TEND_PUSH(&list, task);
    }
    *n = list.n;
    *tasks = TEND_COLLECT(arena, &list);
    return tend_sql_end(q);
}
