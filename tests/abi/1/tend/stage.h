/* SPDX-License-Identifier: 0BSD
 *
 * stage_set: the stages of one or more tracks, what they mean, and the rules
 * of moving (kind "stage_set"). Also names touch kinds and dispositions.
 *
 * Meanings are words that policies test instead of names, so that another
 * author's stages work with our policies. Of a stage: open won lost. Of a
 * touch kind: reached (somebody was spoken to, unless the disposition says
 * otherwise), shows_offer, group, inbound. Of a disposition: the same, and
 * with a minus what it is not ("-reached").
 */
#ifndef TEND_STAGE_H
#define TEND_STAGE_H

#include <tend/policy.h>
#include <tend/types.h>

struct tend_word {              /* a stage, touch kind or disposition */
    const char *name;
    const char *track;          /* of a stage; else NULL */
    const char *means;          /* separated by spaces; NULL for none */
    const char *title;          /* for people; NULL: the name */
};

struct tend_move {              /* what a guard is asked */
    uint32_t size, pad;
    tend_id person;
    const char *track, *from, *to;  /* from is "" where there was no stage */
    const char *by;             /* "user", or the plugin whose rule it is */
};

struct tend_guard {
    int64_t size;
    const char *name;
    /* Calls make->veto, or does not. Any other status than TEND_OK counts as
     * a veto too. */
    tend_status (*check)(struct tend_ctx *ctx, const struct tend_move *move);
};

struct tend_stage_set {
    int64_t size;
    const char *name;
    const char *primary;                            /* the track of `stage`; may be NULL */
    const char *initial;                            /* stage of a new person; may be NULL */
    const struct tend_word *const *stages;          /* in order, a NULL ends; may be NULL */
    const struct tend_word *const *touch_kinds;     /* likewise */
    const struct tend_word *const *dispositions;    /* likewise */
    const struct tend_word *const *holds;           /* likewise: soft_no, not_now */
    const struct tend_guard *const *guards;         /* asked about every move */
    const char *on;                                 /* events that may move; may be NULL */
    /* Returns a move, a hold, or nothing, through ctx->make. */
    tend_status (*rule)(struct tend_ctx *ctx, const struct tend_event *event);
};

#endif
