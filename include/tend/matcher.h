/* SPDX-License-Identifier: 0BSD
 *
 * matcher: are these two the same person (kind "matcher")? The core finds the
 * pairs that are worth a look (the same number, address, or words of the name)
 * and asks with many at once. Nothing is merged by a matcher: the user sees the
 * pairs with their reasons.
 *
 * What is known of each person is read with ctx->read.
 */
#ifndef TEND_MATCHER_H
#define TEND_MATCHER_H

#include <tend/types.h>

struct tend_ctx;

struct tend_pair {
    tend_id a, b;
};

struct tend_score {
    double same;                /* 0 surely not, 1 surely; < 0: no opinion */
    struct tend_text reason;    /* in words; empty: none */
};

struct tend_matcher {
    int64_t size;
    const char *name;
    const char *title;          /* may be NULL */
    /* Fills a score for each of n pairs, at most 256. */
    tend_status (*score)(struct tend_ctx *ctx, int64_t n, const struct tend_pair *pairs,
                         struct tend_score *scores);
};

#endif
