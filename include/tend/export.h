/* SPDX-License-Identifier: 0BSD
 *
 * exports: functions of a C module that Lua calls as tend.c.<plugin>.<function>,
 * with no glue. A function takes the context first, then up to eight arguments:
 *
 *     static double score(struct tend_ctx *ctx, tend_person person, int64_t days);
 *
 *     static const struct tend_export exports[] = {
 *         TEND_EXPORT2(score, double, tend_person, int64_t, "how warm, 0 to 1"),
 *         TEND_EXPORTS_END
 *     };
 *
 * The signature is made from the types by the compiler, and a function whose
 * prototype is another does not compile. Letters: i int32_t, l int64_t, d double,
 * s const char *, h tend_person (an id; in Lua a person or a number), b tend_bool
 * (an int32_t, in Lua true or false), v nothing (results only).
 *
 * Texts that come in end with a NUL, hold none, and live for the call. Texts that
 * go out are static, or made with ctx->text->keep. Errors: host->fail, which Lua
 * sees as an error.
 */
#ifndef TEND_EXPORT_H
#define TEND_EXPORT_H

#include <tend/types.h>

struct tend_ctx;

struct tend_export {
    int64_t size;               /* 0 ends the list */
    const char *name;
    char signature[16];         /* "d(hl)" */
    void (*function)(void);
    const char *doc;            /* a line */
    int64_t how;                /* 0 */
};

#endif
