/* The parts of undo: undo.c decides what is taken back, undo_images.c brings
 * updated and deleted rows back, undo_remove.c takes inserted rows away, and
 * undo_keep.c finds those that must stay, with undo_trace.c. */
#ifndef TEND_STORE_UNDO_H
#define TEND_STORE_UNDO_H

#include "store/parts.h"

struct tend_ids {               /* a set of numbers other than 0 */
    int64_t *slot;
    int64_t n, cap;
};

bool tend_ids_add(struct tend_ids *set, int64_t id);    /* false: it was there */
bool tend_ids_has(const struct tend_ids *set, int64_t id);
/* Those from first to last, in order; free it. */
int64_t *tend_ids_sorted(const struct tend_ids *set, int64_t first, int64_t last, int64_t *n);
void tend_ids_finish(struct tend_ids *set);

struct tend_span {              /* rows of one table, by id, with their rev */
    enum tend_table table;
    tend_id first, last, rev;
};

struct tend_repoint {           /* a reference that an update brought back */
    enum tend_table table;
    tend_id id;
    int32_t column;
    tend_id prior;              /* what stood there before */
};

struct tend_undoing {
    struct tend_store *store;
    tend_id target;
    struct tend_undo *out;
    struct tend_arena arena;                /* of one row */
    TEND_ARRAY(struct tend_span) made;      /* rows that may go: sorted */
    TEND_ARRAY(struct tend_span) restored;  /* rows that came back */
    TEND_ARRAY(struct tend_repoint) repointed;
    struct tend_ids kept[TEND_TABLES];
    struct tend_ids conflicts;
};

void tend_undo_conflict(struct tend_undoing *u, enum tend_table table, tend_id id, int32_t column,
                        tend_id rev);
tend_status tend_undo_images(struct tend_undoing *u);
/* References that came back and point nowhere. */
tend_status tend_undo_dangling(struct tend_undoing *u);
tend_status tend_undo_keep(struct tend_undoing *u);
tend_status tend_undo_remove(struct tend_undoing *u);
/* *rev is the row's; it becomes the last batch that counts, or `until`. */
tend_status tend_undo_trace(struct tend_undoing *u, enum tend_table table, tend_id id,
                            tend_id until, tend_id *rev);
/* Is the row one of those that may go? */
bool tend_undo_made(const struct tend_undoing *u, enum tend_table table, tend_id id);
/* Is this the column that says of what the row is a part? Such a row stays
 * and goes with it. */
bool tend_undo_part_of(enum tend_table table, int32_t column);

#endif
