/* Decisions: why things are as they are. */
#ifndef TEND_STORE_OPS_WHY_H
#define TEND_STORE_OPS_WHY_H

#include "store/row.h"

struct tend_decision_view {
    tend_id id, person, cause_id, subject_id;
    enum tend_ref_kind cause_kind, subject_kind;
    struct tend_text plugin, event, effect, text;   /* text: a line each */
    int64_t at;
};

/* About one task, stage change, hold..., newest first. */
/* The ids of what was decided about a person for a cause, ascending. */
tend_status tend_decision_of(struct tend_store *store, tend_id person, enum tend_ref_kind kind,
                             tend_id id, struct tend_arena *arena, tend_id **ids, int64_t *n);
tend_status tend_decision_about(struct tend_store *store, enum tend_ref_kind kind, tend_id id,
                                struct tend_arena *arena, struct tend_decision_view **out,
                                int64_t *n);
/* What was refused, vetoed or has failed for a person, newest first. */
tend_status tend_decision_against(struct tend_store *store, tend_id person, int64_t most,
                                  struct tend_arena *arena, struct tend_decision_view **out,
                                  int64_t *n);
/* The newest decision of this plugin on this cause, with this effect, whose
 * text has this first line; 0 none. */
tend_id tend_decision_find(struct tend_store *store, tend_id person, struct tend_text plugin,
                           struct tend_text effect, enum tend_ref_kind cause_kind,
                           tend_id cause_id, struct tend_text line);
/* One batch; TEND_NOT_FOUND if there is none. */
tend_status tend_batch_read(struct tend_store *store, tend_id batch, struct tend_arena *arena,
                            struct tend_batch *out);

#endif
