/* What an import asks of the database, a hundred thousand times over. */
#ifndef TEND_STORE_OPS_INTAKE_H
#define TEND_STORE_OPS_INTAKE_H

#include "store/ops_person.h"

struct tend_known { /* what a person has: a row that adds nothing is told by it */
    struct tend_text name, given, family, zone, region, source;
    struct tend_point_view *points;
    struct tend_pair_view *attributes;
    struct tend_text *tags, *notes;
    int64_t n_points, n_attributes, n_tags, n_notes;
};

tend_status tend_intake_known(struct tend_store *store, tend_id person, struct tend_arena *arena,
                              struct tend_known *known);
/* Where the next import of this service begins; id 0: at its beginning. */
tend_status tend_intake_cursor(struct tend_store *store, const char *source, int64_t options,
                               struct tend_arena *arena, tend_id *id, struct tend_text *cursor);
/* Does any contact point have a key? */
tend_status tend_intake_any_key(struct tend_store *store, bool *any);
/* The first person who had this key before, 0 if there is none: of keys that
 * this batch brought or took only those are seen that were derived already. */
tend_status tend_intake_by_key(struct tend_store *store, struct tend_text kind,
                               struct tend_text key, tend_id *person);

/* So many rows will ask for their keys in this batch: where that is worth it, all keys are
 * read once, and most questions need no look into the database. */
tend_status tend_intake_expect(struct tend_store *store, int64_t rows);

/* Up to `most` persons who have it, in the order in which they got it; and the first with
 * this very name, 0 if there is none. Seen as by tend_intake_by_key. */
tend_status tend_intake_holders(struct tend_store *store, struct tend_text kind,
                                struct tend_text key, int64_t most, tend_id *persons, int64_t *n);
tend_status tend_intake_holder(struct tend_store *store, struct tend_text kind,
                               struct tend_text key, struct tend_text name, tend_id *person);
/* The rows of import_row that told more of a person: the newest 20, newest first. */
tend_status tend_intake_rows_of(struct tend_store *store, tend_id person, struct tend_arena *arena,
                                tend_id **ids, int64_t *n);

/* Everybody who cannot be told by a key of these kinds (email, phone, id). */
typedef void tend_unkeyed_fn(void *data, tend_id person, struct tend_text name,
                             struct tend_text source);
tend_status tend_intake_unkeyed(struct tend_store *store, tend_unkeyed_fn *each, void *data);

#endif
