/* SPDX-License-Identifier: 0BSD
 *
 * normaliser: value in, key out (kind "normaliser"). Two contact points with
 * the same key are the same. Gets a column of values at once, so that a slow
 * language pays one crossing a block. A value without a key is given to the next
 * normaliser of its field; the core's own come last. Keys are copied after `keys` has
 * returned: keep (text.h) those that you made.
 */
#ifndef TEND_NORMALISER_H
#define TEND_NORMALISER_H

#include <tend/types.h>

struct tend_ctx;

struct tend_normaliser {
    int64_t size;
    const char *name;
    const char *field;      /* the kind of contact point: "email", "phone" */
    /* For each of n values (at most 256) the key, or an empty text for one
     * that has none. regions holds two-letter countries, or empty texts. */
    tend_status (*keys)(struct tend_ctx *ctx, int64_t n, const struct tend_text *values,
                        const struct tend_text *regions, struct tend_text *keys);
};

#endif
