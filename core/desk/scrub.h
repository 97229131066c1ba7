/* Scrub: who may be here twice. */
#ifndef TEND_DESK_SCRUB_H
#define TEND_DESK_SCRUB_H

#include "desk/desk.h"

struct tend_scrub_pair {
    tend_id a, b;               /* a < b */
    double score;               /* the probability that they are one */
    bool names_differ;          /* a person should say so, not scrub by itself */
    int64_t cluster;            /* from 1: all who hang together by such pairs */
    const char **reasons;       /* what was found alike, then what plugins said */
    int64_t n_reasons;
};

struct tend_scrub {             /* in the arena that was given */
    struct tend_scrub_pair *pair;       /* by cluster, the surest first */
    int64_t n, clusters;
    int64_t looked;             /* pairs that were compared */
    int64_t crowds;             /* numbers and addresses of too many to compare all of them */
    const char **trouble;       /* matchers that failed, and why */
    int64_t n_trouble;
};

/* Compares people who share something that few have, in everything that is known of
 * them; asks the matchers of plugins too. threshold: from 0 to 1, the probability that
 * two are one. */
tend_status tend_scrub_find(struct tend_desk *desk, double threshold, struct tend_arena *arena,
                            struct tend_scrub *out);

#endif
