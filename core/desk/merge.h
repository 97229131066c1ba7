/* The same person twice: merged by a pointer, and parted again. */
#ifndef TEND_DESK_MERGE_H
#define TEND_DESK_MERGE_H

#include "desk/desk.h"

/* From now on `other` is read as a part of `root`, with all who were merged into them. The
 * further stage counts, of two open tasks of one key one stays, the stricter mark holds; facts
 * stay whose they are. TEND_EXISTS if they are one already; TEND_INVALID for `me` as the other,
 * and for a root that is archived. */
tend_status tend_person_merge(struct tend_desk *desk, struct tend_deed *deed, tend_id root,
                              tend_id other);
/* Takes the pointer back, and what the merge itself had changed; what was changed again since
 * stays, and a warning names it. TEND_NOT_FOUND if they are merged into nobody. *root: who they
 * were taken from. */
tend_status tend_person_unmerge(struct tend_desk *desk, struct tend_deed *deed, tend_id person,
                                tend_id *root);

/* They look alike and are not the same; on false takes that back. Said twice, it changes
 * nothing. */
tend_status tend_apart_set(struct tend_desk *desk, struct tend_deed *deed, tend_id a, tend_id b,
                           bool on);

#endif
