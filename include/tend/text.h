/* SPDX-License-Identifier: 0BSD
 *
 * ctx->text: the small jobs with text that every reader has.
 */
#ifndef TEND_TEXT_H
#define TEND_TEXT_H

#include <tend/types.h>

struct tend_ctx;

struct tend_text_api {
    uint32_t size, level;

    /* Cuts the next piece off *rest, up to sep, trimmed of white space, into
     * *out, and returns 1; 0, with an empty *out, when rest was spent: "a;;" has two
     * pieces, "a" and an empty one. sep must not be empty. */
    int32_t (*cut)(struct tend_text *rest, const char *sep, struct tend_text *out);
    /* 1 if the text begins with `with`, else 0. */
    int32_t (*starts)(struct tend_text text, const char *with);
    /* 1 if the text is `what`, byte for byte, else 0. */
    int32_t (*is)(struct tend_text text, const char *what);
    /* The text without white space at both ends. */
    struct tend_text (*trim)(struct tend_text text);
    /* Lower case without accents, as names are compared ("José" -> "jose"). */
    struct tend_text (*fold)(struct tend_ctx *ctx, struct tend_text text);
    /* A copy that lives until the callback returns, with a NUL behind its end: keep(...).at
     * is what functions take that want a const char *. */
    struct tend_text (*keep)(struct tend_ctx *ctx, struct tend_text text);
};

#endif
