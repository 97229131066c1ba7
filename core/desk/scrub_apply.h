/* What scrub found is done: the sure ones are merged. */
#ifndef TEND_DESK_SCRUB_APPLY_H
#define TEND_DESK_SCRUB_APPLY_H

#include "desk/scrub.h"

/* So sure must scrub be before it merges by itself. */
#define TEND_SCRUB_SURE 0.98

struct tend_scrub_applied {
    int64_t merged;             /* people who are now read as a part of another */
    int64_t clusters;           /* of people, of whom some were merged */
    int64_t left;               /* likely, but under another name: for a person to say */
};
/* Merges each cluster into the one who stays, but nobody whose name is another. */
tend_status tend_scrub_apply(struct tend_desk *desk, struct tend_deed *deed,
                             const struct tend_scrub *found, struct tend_scrub_applied *out);
/* Who of these stays when they are merged: `me`, else of whom most is known, else the oldest.
 * *best is an index. */
tend_status tend_scrub_stays(struct tend_store *store, const tend_id *persons, int64_t n,
                             int64_t *best);

#endif
