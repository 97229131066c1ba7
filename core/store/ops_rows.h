/* Small questions about rows that several use cases ask: which rows a person
 * has in a table, what a plugin keeps. */
#ifndef TEND_STORE_OPS_ROWS_H
#define TEND_STORE_OPS_ROWS_H

#include "store/row.h"

/* The ids of a person's rows in role, contact_point, attribute, tag, note,
 * link, stage_change, hold, dnc, consent, objection, task or timer, ascending; of tables
 * with an end only those that have not ended, of tasks the open ones. */
tend_status tend_rows_of(struct tend_store *store, enum tend_table table, tend_id person,
                         struct tend_arena *arena, tend_id **ids, int64_t *n);
/* The open links of which the person is either side, ascending. */
tend_status tend_rows_links(struct tend_store *store, tend_id person, struct tend_arena *arena,
                            tend_id **ids, int64_t *n);
/* Tasks of a person that a touch has closed; holds of a person that a batch ended; the
 * objections and consents of a touch. */
tend_status tend_rows_closed(struct tend_store *store, tend_id person, tend_id touch,
                             struct tend_arena *arena, tend_id **ids, int64_t *n);
tend_status tend_rows_holds_ended(struct tend_store *store, tend_id person, tend_id rev,
                                  struct tend_arena *arena, tend_id **ids, int64_t *n);
tend_status tend_rows_objections(struct tend_store *store, tend_id touch,
                                 struct tend_arena *arena, tend_id **ids, int64_t *n);
tend_status tend_rows_consents(struct tend_store *store, tend_id touch, struct tend_arena *arena,
                               tend_id **ids, int64_t *n);
/* Was such a hold made for this cause before, even if it is over? */
bool tend_rows_held(struct tend_store *store, tend_id person, const char *kind,
                    enum tend_ref_kind cause_kind, tend_id cause_id);
/* What a plugin keeps under a name for a person (0: for itself); 0 none. */
tend_id tend_rows_state(struct tend_store *store, tend_id person, struct tend_text plugin,
                        struct tend_text name);
/* The party row of a person in a touch; 0 none. */
tend_id tend_rows_party(struct tend_store *store, tend_id touch, tend_id person);

/* Since when the person has the current stage of a track; 0 if there is none. */
int64_t tend_rows_stage_since(struct tend_store *store, tend_id person, struct tend_text track);

/* The change that made it so, if it is the only one of the track and came from no
 * stage; else 0. */
tend_id tend_rows_stage_only(struct tend_store *store, tend_id person, struct tend_text track);

/* The uid of everybody, once. */
typedef void tend_uid_fn(void *data, tend_id person, struct tend_text uid);
tend_status tend_rows_uids(struct tend_store *store, tend_uid_fn *each, void *data);

/* Is there such a person? Without reading what is known of them. */
tend_status tend_rows_person(struct tend_store *store, tend_id person, bool *there);

/* The message of this key, 0 if there is none. */
tend_id tend_rows_message(struct tend_store *store, struct tend_text key);

#endif
