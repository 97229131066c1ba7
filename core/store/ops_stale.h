/* What is missing or old of people, for putting it right. */
#ifndef TEND_STORE_OPS_STALE_H
#define TEND_STORE_OPS_STALE_H

#include "store/row.h"

struct tend_stale_row {
    tend_id person;
    struct tend_text family, stage, invalid;    /* invalid: a number or address that is none */
    int64_t warmth;             /* 0 to 100; -1: not known */
    int64_t reach;              /* numbers and addresses */
    int64_t touched_at;         /* 0: never */
    int64_t known_at;
    bool bounced;               /* the last message never arrived */
};
typedef void tend_stale_fn(void *data, const struct tend_stale_row *row);

/* Everybody who is not archived or merged, but `me`, by id. Texts are borrowed. */
tend_status tend_stale_each(struct tend_store *store, tend_stale_fn *each, void *data);

#endif
