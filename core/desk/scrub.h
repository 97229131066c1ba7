/* Scrub: who may be here twice. */
#ifndef TEND_DESK_SCRUB_H
#define TEND_DESK_SCRUB_H

#include "desk/desk.h"

struct tend_scrub_pair {
    tend_id a, b;               /* a < b */
    double score;               /* of the surest matcher */
    int64_t cluster;            /* from 1: all who hang together by such pairs */
    const char **reasons;       /* of every matcher that gave one */
    int64_t n_reasons;
};

struct tend_scrub {             /* in the arena that was given */
    struct tend_scrub_pair *pair;       /* by cluster, the surest first */
    int64_t n, clusters;
    int64_t looked;             /* pairs that were compared */
    int64_t crowds;             /* words and keys of so many that nobody was compared by them */
    const char **trouble;       /* matchers that failed, and why */
    int64_t n_trouble;
};

/* Compares people who share a contact key, or words of the name, by all matchers. */
tend_status tend_scrub_find(struct tend_desk *desk, double threshold, struct tend_arena *arena,
                            struct tend_scrub *out);

/* scrub_pairs.c: who is worth a look. */
struct tend_pair_list {
    TEND_ARRAY(struct tend_pair) list;  /* each once, in order */
    int64_t crowds;
};
tend_status tend_scrub_pairs(struct tend_store *store, struct tend_pair_list *pairs);

/* match_plain.c: the core's own matcher, by names and keys. */
extern const struct tend_matcher tend_match_plain;

#endif
