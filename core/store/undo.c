/* Undo writes the inverse of a batch as a batch; redo undoes that one, and an
 * undone batch is then done again, as if nothing had been. */
#include "store/undo.h"
#include "base/hash.h"
#include "base/text.h"
#include "store/history.h"
#include <stdio.h>
#include <stdlib.h>

void tend_undo_conflict(struct tend_undoing *u, enum tend_table table, tend_id id, int32_t column,
                        tend_id rev)
{
    int64_t what[3] = { (int64_t)table, id, column };
    int64_t key = (int64_t)(tend_hash(TEND_HASH_SEED, what, sizeof what) | 1);
    if (!tend_ids_add(&u->conflicts, key)) {
        return;
    }
    u->out->n_conflicts++;
    if (u->out->n_listed < (int64_t)(sizeof u->out->conflict / sizeof *u->out->conflict)) {
        u->out->conflict[u->out->n_listed++] = (struct tend_conflict){
            .table = table,
            .id = id,
            .column = column >= 0 ? tend_catalogue[table].columns[column].name : NULL,
            .rev = rev,
        };
    }
}

static int by_table_and_id(const void *a, const void *b)
{
    const struct tend_span *x = a, *y = b;
    if (x->table != y->table) {
        return x->table < y->table ? -1 : 1;
    }
    return x->first < y->first ? -1 : x->first > y->first;
}

static tend_status read_ranges(struct tend_undoing *u)
{
    struct tend_sql *q = tend_sql(u->store, "SELECT tbl, first, last FROM journal "
                                            "WHERE batch = ?1 AND tbl IS NOT NULL");
    tend_sql_bind_int(q, 1, u->target);
    while (tend_sql_step(q)) {
        enum tend_table table = tend_catalogue_find(tend_sql_text(q, 0));
        if (table != TEND_T_none) {
            TEND_PUSH(&u->made, (struct tend_span){ table, tend_sql_int(q, 1),
                                                    tend_sql_int(q, 2), u->target });
        }
    }
    if (u->made.n > 1) {
        qsort(u->made.at, (size_t)u->made.n, sizeof *u->made.at, by_table_and_id);
    }
    return tend_sql_end(q);
}

static tend_status invert(struct tend_undoing *u)
{
    tend_status status = tend_undo_images(u);
    if (status == TEND_OK) {
        status = tend_undo_dangling(u);
    }
    if (status == TEND_OK) {
        status = read_ranges(u);
    }
    if (status == TEND_OK) {
        status = tend_undo_keep(u);
    }
    return status == TEND_OK ? tend_undo_remove(u) : status;
}

static bool is_there(struct tend_undoing *u, tend_id person)
{
    struct tend_sql *q = tend_sql(u->store, "SELECT 1 FROM person WHERE id = ?1");
    tend_sql_bind_int(q, 1, person);
    bool there = tend_sql_step(q);
    tend_sql_end(q);
    return there;
}

/* Nobody undoes who they are: every later command would have no actor. */
static tend_status keep_me(struct tend_undoing *u, tend_id me)
{
    if (is_there(u, me)) {
        return TEND_OK;
    }
    return tend_error_set(u->store->err, TEND_VETO,
                          "b%lld made p%lld, who is you: that cannot be undone",
                          (long long)u->target, (long long)me);
}

static tend_status set_undone(struct tend_store *store, tend_id batch, tend_id by)
{
    struct tend_sql *q = tend_sql(store, "UPDATE batch SET undone_by = ?2 WHERE id = ?1");
    tend_sql_bind_int(q, 1, batch);
    tend_sql_bind(q, 2, tend_ref(by));
    return tend_sql_run(q);
}

/* target: the batch whose journal is inverted. root: the command behind it;
 * the same, unless target is an undo. */
static tend_status take_back(struct tend_store *store, tend_id target, tend_id root, tend_id actor,
                             bool dry, struct tend_arena *arena, struct tend_undo *out)
{
    struct tend_undoing u = { .store = store, .target = target, .out = out };
    char command[48];
    bool redo = target != root;
    tend_id me = is_there(&u, tend_store_me(store)) ? tend_store_me(store) : 0;
    snprintf(command, sizeof command, "%s b%lld", redo ? "redo" : "undo", (long long)root);
    tend_status status = tend_batch_begin(store, redo ? TEND_BATCH_REDO : TEND_BATCH_UNDO,
                                          command, actor);
    if (status != TEND_OK) {
        return status;
    }
    store->force = true;
    store->undoes = target;
    status = invert(&u);
    if (status == TEND_OK && me != 0) {
        status = keep_me(&u, me);
    }
    /* when nothing can go back, nothing is written: it can be tried again later */
    bool stuck = status == TEND_OK && store->log.changes == 0 && out->n_conflicts > 0;
    tend_id made = stuck ? 0 : store->batch;
    if (status == TEND_OK) {
        status = set_undone(store, target, made);
    }
    if (status == TEND_OK && redo) {
        status = set_undone(store, root, 0);
    }
    out->undone = target;
    out->changes = store->log.changes;
    out->batch = (struct tend_batch){
        .id = made,
        .kind = store->kind,
        .actor = actor,
        .at = store->at,
        .undoes = target,
        .changes = out->changes,
        .command = tend_arena_text(arena, tend_text_of(command)),
    };
    if (status == TEND_OK && !dry && !stuck) {
        status = tend_batch_commit(store, NULL);
    }
    tend_batch_abort(store);
    tend_arena_finish(&u.arena);
    TEND_ARRAY_FINISH(&u.made);
    TEND_ARRAY_FINISH(&u.restored);
    TEND_ARRAY_FINISH(&u.repointed);
    for (int32_t t = 0; t < TEND_TABLES; t++) {
        tend_ids_finish(&u.kept[t]);
    }
    tend_ids_finish(&u.conflicts);
    return status;
}

static tend_status last_command(struct tend_store *store, tend_id actor, tend_id *batch)
{
    struct tend_sql *q = tend_sql(store, "SELECT id FROM batch WHERE COALESCE(actor, 0) = ?1 AND "
                                         "kind = 0 AND undone_by IS NULL ORDER BY id DESC LIMIT 1");
    tend_sql_bind_int(q, 1, actor);
    *batch = tend_sql_step(q) ? tend_sql_int(q, 0) : 0;
    tend_status status = tend_sql_end(q);
    if (status == TEND_OK && *batch == 0) {
        return tend_error_set(store->err, TEND_NOT_FOUND, "there is nothing to undo");
    }
    return status;
}

/* Of a redo, the command that it did again; of the rest, itself. */
static tend_status find_target(struct tend_store *store, tend_id id, struct tend_arena *arena,
                               struct tend_batch *target, tend_id *root)
{
    tend_status status = tend_history_read(store, id, arena, target);
    while (status == TEND_OK && target->kind == TEND_BATCH_REDO) {
        struct tend_batch undo;
        status = tend_history_read(store, target->undoes, arena, &undo);
        if (status == TEND_OK) {
            status = tend_history_read(store, undo.undoes, arena, target);
        }
    }
    if (status == TEND_OK) {
        *root = target->kind == TEND_BATCH_UNDO ? target->undoes : target->id;
    }
    return status;
}

tend_status tend_store_undo(struct tend_store *store, tend_id batch, tend_id actor, bool dry,
                            struct tend_arena *arena, struct tend_undo *out)
{
    struct tend_batch target;
    tend_id root = 0;
    tend_status status = TEND_OK;
    *out = (struct tend_undo){ 0 };
    if (batch == 0) {
        status = last_command(store, actor, &batch);
    }
    if (status == TEND_OK) {
        status = find_target(store, batch, arena, &target, &root);
    }
    if (status != TEND_OK) {
        return status;
    }
    if (target.undone_by != 0) {
        return tend_error_set(store->err, TEND_EXISTS, "b%lld was undone already, by b%lld",
                              (long long)target.id, (long long)target.undone_by);
    }
    if (target.sealed) {
        return tend_error_set(store->err, TEND_VETO,
                              "b%lld cannot be undone: %s",
                              (long long)target.id,
                              tend_text_starts(target.command, "forget ")
                                  ? "who was forgotten is gone for good"
                                  : "something of it has left the house");
    }
    return take_back(store, target.id, root, actor, dry, arena, out);
}

tend_status tend_store_redo(struct tend_store *store, tend_id actor, bool dry,
                            struct tend_arena *arena, struct tend_undo *out)
{
    *out = (struct tend_undo){ 0 };
    struct tend_sql *q = tend_sql(store,
                                  "SELECT u.id, u.undoes FROM batch u WHERE "
                                  "COALESCE(u.actor, 0) = ?1 AND u.kind = 2 AND "
                                  "u.undone_by IS NULL AND NOT EXISTS (SELECT 1 FROM batch c WHERE "
                                  "c.id > u.id AND COALESCE(c.actor, 0) = ?1 AND c.kind = 0) "
                                  "ORDER BY u.id DESC LIMIT 1");
    tend_sql_bind_int(q, 1, actor);
    tend_id target = 0, root = 0;
    if (tend_sql_step(q)) {
        target = tend_sql_int(q, 0);
        root = tend_sql_int(q, 1);
    }
    tend_status status = tend_sql_end(q);
    if (status == TEND_OK && target == 0) {
        return tend_error_set(store->err, TEND_NOT_FOUND,
                              "there is no undo to take back that nothing came after");
    }
    return status == TEND_OK ? take_back(store, target, root, actor, dry, arena, out) : status;
}
