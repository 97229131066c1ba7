/* SPDX-License-Identifier: 0BSD
 *
 * ctx->read: what is known. Nothing here can change anything.
 *
 * Fields of a person: name given family zone source region keeper, `stage`
 * (of the primary track), `stage.<track>`, `hold` (its kind, or empty),
 * `tags`, `roles` and `dnc` (comma separated), `archived` (yes or empty),
 * `email`, `phone` (the first), since level 2 `address`, `url` (the first), `email.keys` and
 * `phone.keys` (all, as they are compared: E.164, small letters; comma separated), and any
 * attribute by its name (`interest`).
 * A name that nothing has is an empty text, not an error. Texts live until the
 * callback returns, and have no NUL at their end (ctx->text->keep makes one).
 *
 * What each needs of the manifest's "reads:": get and next need person (next also
 * touch, task or note, if a term of its filter asks about them), touched needs touch,
 * event what the event is about (touch.* touch, task.* task, all others person), state
 * needs state.
 */
#ifndef TEND_READ_H
#define TEND_READ_H

#include <tend/types.h>

struct tend_ctx;

struct tend_read_api {
    uint32_t size, level;

    /* One field of a person; several values are joined by a comma. */
    struct tend_text (*get)(struct tend_ctx *ctx, tend_id person, const char *field);
    /* One field of the event being answered (see policy.h). */
    struct tend_text (*event)(struct tend_ctx *ctx, const char *field);
    /* How many touches with this person, since an instant (microseconds UTC,
     * 0 for ever), match one of the terms: touch kinds, dispositions, what
     * they mean, or "significant". < 0 on an error. */
    int64_t (*touched)(struct tend_ctx *ctx, tend_id person, const char *terms, int64_t since);
    /* 1 if a stage, touch kind or disposition (what = "stage", "kind",
     * "disposition") declares this meaning, else 0. */
    int32_t (*means)(struct tend_ctx *ctx, const char *what, const char *name,
                     const char *meaning);
    /* The first person after this id (0: from the start) who matches the
     * filter (`stage:presented tag:teacher`); 0 when there is none, < 0 if
     * the filter is wrong, or has a term that is none and that nobody has as
     * an attribute either (one with a dot in its name may be had by nobody). */
    tend_id (*next)(struct tend_ctx *ctx, const char *filter, tend_id after);
    /* What this plugin kept under a name, for a person or (0) for itself. */
    struct tend_text (*state)(struct tend_ctx *ctx, tend_id person, const char *name);
};

#endif
