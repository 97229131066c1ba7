/* The tree: sponsors, placements, and everybody below somebody. */
#ifndef TEND_DESK_TREE_H
#define TEND_DESK_TREE_H

#include "desk/desk.h"

/* From this day on, `upline` is who sponsored the member (kind "sponsor"), or under whom they
 * stand ("placement"); what held before ends. They get the role member. TEND_EXISTS if it is
 * so; TEND_INVALID with the path if the upline stands below the member. day 0: not known, since
 * ever. */
tend_status tend_tree_set(struct tend_desk *desk, struct tend_deed *deed, tend_id member,
                          tend_id upline, const char *kind, int64_t day);

struct tend_tree_node {
    tend_id person, parent;     /* parent 0: at the top */
    int64_t level;              /* 0 at the top */
    tend_id leg;                /* who stands at level 1 above them, or they themselves; 0 at the top */
    int64_t downline;           /* everybody below */
    int64_t index;              /* of the parent, -1 */
};
struct tend_tree_ask {
    tend_id person;             /* 0: all who have nobody above */
    bool placement;
    int64_t day;
};
/* Depth first; nobody comes twice. */
tend_status tend_tree_read(struct tend_desk *desk, const struct tend_tree_ask *ask,
                           struct tend_arena *arena, struct tend_tree_node **nodes, int64_t *n);

#endif
