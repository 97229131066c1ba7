/* Words, tasks and batches that completion offers. */
#include "store/collect.h"
#include "store/ops_complete.h"

#define WORDS_MOST 500

static bool among(const struct tend_text *words, int64_t n, struct tend_text word)
{
    for (int64_t i = 0; i < n; i++) {
        if (tend_text_eq(words[i], word))
            return true;
    }
    return false;
}

/* From one tag to the next by the index, so that a tag of many costs as one. */
static tend_status tags(struct tend_store *store, struct tend_arena *arena,
                        struct tend_text *words, int64_t *n)
{
    struct tend_text last = { "", 0 };
    tend_status status = TEND_OK;
    bool more = true;

    while (more && status == TEND_OK && *n < WORDS_MOST) {
        struct tend_sql *q = tend_sql(store, "SELECT tag FROM tag WHERE tag > ?1"
                                             " ORDER BY tag LIMIT 1");

        tend_sql_bind_text(q, 1, last);
        more = tend_sql_step(q);
        if (more)
            last = words[(*n)++] = tend_collect_text(arena, q, 0);
        status = tend_sql_end(q);
    }
    return status;
}

static tend_status newest(struct tend_sql *q, struct tend_arena *arena, struct tend_text *words,
                          int64_t *n)
{
    while (tend_sql_step(q) && *n < WORDS_MOST) {
        if (!among(words, *n, tend_sql_text(q, 0)))
            words[(*n)++] = tend_collect_text(arena, q, 0);
    }
    return tend_sql_end(q);
}

tend_status tend_words_in_use(struct tend_store *store, enum tend_word_of what,
                              struct tend_arena *arena, struct tend_text **words, int64_t *n)
{
    *words = tend_arena_take(arena, WORDS_MOST * sizeof **words);
    *n = 0;
    switch (what) {
    case TEND_WORDS_ATTRIBUTE:
        return newest(tend_sql(store, "SELECT name FROM attribute ORDER BY id DESC LIMIT 1000"),
                      arena, *words, n);
    case TEND_WORDS_SOURCE:
        return newest(tend_sql(store, "SELECT source FROM (SELECT id, source FROM person"
                                      " ORDER BY id DESC LIMIT 1000) AS last"
                                      " WHERE source IS NOT NULL ORDER BY id DESC"),
                      arena, *words, n);
    case TEND_WORDS_TAG:
        break;
    }
    return tags(store, arena, *words, n);
}

static tend_status rows(struct tend_sql *q, int64_t most, struct tend_arena *arena,
                        struct tend_row_hit **hits, int64_t *n)
{
    *hits = tend_arena_take(arena, (size_t)(most + 1) * sizeof **hits);
    *n = 0;
    tend_sql_bind_int(q, 1, most);
    while (tend_sql_step(q))
        (*hits)[(*n)++] = (struct tend_row_hit){ .id = tend_sql_int(q, 0),
                                                 .person = tend_collect_text(arena, q, 1),
                                                 .text = tend_collect_text(arena, q, 2),
                                                 .at = tend_sql_int(q, 3) };
    return tend_sql_end(q);
}

tend_status tend_tasks_open(struct tend_store *store, int64_t most, struct tend_arena *arena,
                            struct tend_row_hit **hits, int64_t *n)
{
    return rows(tend_sql(store, "SELECT d.task, p.name, COALESCE(t.title, t.kind), d.opens_at"
                                " FROM task_due d JOIN task t ON t.id = d.task"
                                " JOIN person p ON p.id = t.person"
                                " ORDER BY d.opens_at, d.task LIMIT ?1"),
                most, arena, hits, n);
}

tend_status tend_batches_newest(struct tend_store *store, int64_t most, struct tend_arena *arena,
                                struct tend_row_hit **hits, int64_t *n)
{
    return rows(tend_sql(store, "SELECT id, NULL, command, at FROM batch ORDER BY id DESC"
                                " LIMIT ?1"),
                most, arena, hits, n);
}
