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
 * (an int32_t, in Lua true or false), v void (results only).
 *
 * Texts that come in end with a NUL, hold none, and live for the call; NULL is
 * nil. Texts that go out are static, or made with ctx->text->keep. Errors:
 * host->fail, which Lua sees as an error whatever is returned then.
 *
 * An export answers, it does not act: of its context there are host, text,
 * service and, where its caller has it, read; make and all else are NULL.
 */
#ifndef TEND_EXPORT_H
#define TEND_EXPORT_H

#include <tend/types.h>

struct tend_ctx;

/* To C the same as int64_t and int32_t: it is by the word in TEND_EXPORT that
 * these are told from them. */
typedef int64_t tend_person;
typedef int32_t tend_bool;

struct tend_export {
    int64_t size;               /* 0 ends the list */
    const char *name;
    char signature[16];         /* "d(hl)" */
    void (*function)(void);
    const char *doc;            /* a line */
    int64_t how;                /* 0 */
};

#define TEND_EXPORTS_END { 0 }

#define TEND_EXPORT0(fn, R, text) \
    TEND_EXPORT_(fn, text, R (*)(struct tend_ctx *), TEND_LETTER_(R), '(', ')')
#define TEND_EXPORT1(fn, R, A, text) \
    TEND_EXPORT_(fn, text, R (*)(struct tend_ctx *, A), TEND_LETTER_(R), '(', TEND_LETTER_(A), ')')
#define TEND_EXPORT2(fn, R, A, B, text) \
    TEND_EXPORT_(fn, text, R (*)(struct tend_ctx *, A, B), TEND_LETTER_(R), '(', \
                 TEND_LETTER_(A), TEND_LETTER_(B), ')')
#define TEND_EXPORT3(fn, R, A, B, C, text) \
    TEND_EXPORT_(fn, text, R (*)(struct tend_ctx *, A, B, C), TEND_LETTER_(R), '(', \
                 TEND_LETTER_(A), TEND_LETTER_(B), TEND_LETTER_(C), ')')
#define TEND_EXPORT4(fn, R, A, B, C, D, text) \
    TEND_EXPORT_(fn, text, R (*)(struct tend_ctx *, A, B, C, D), TEND_LETTER_(R), '(', \
                 TEND_LETTER_(A), TEND_LETTER_(B), TEND_LETTER_(C), TEND_LETTER_(D), ')')
#define TEND_EXPORT5(fn, R, A, B, C, D, E, text) \
    TEND_EXPORT_(fn, text, R (*)(struct tend_ctx *, A, B, C, D, E), TEND_LETTER_(R), '(', \
                 TEND_LETTER_(A), TEND_LETTER_(B), TEND_LETTER_(C), TEND_LETTER_(D), \
                 TEND_LETTER_(E), ')')
#define TEND_EXPORT6(fn, R, A, B, C, D, E, F, text) \
    TEND_EXPORT_(fn, text, R (*)(struct tend_ctx *, A, B, C, D, E, F), TEND_LETTER_(R), '(', \
                 TEND_LETTER_(A), TEND_LETTER_(B), TEND_LETTER_(C), TEND_LETTER_(D), \
                 TEND_LETTER_(E), TEND_LETTER_(F), ')')
#define TEND_EXPORT7(fn, R, A, B, C, D, E, F, G, text) \
    TEND_EXPORT_(fn, text, R (*)(struct tend_ctx *, A, B, C, D, E, F, G), TEND_LETTER_(R), '(', \
                 TEND_LETTER_(A), TEND_LETTER_(B), TEND_LETTER_(C), TEND_LETTER_(D), \
                 TEND_LETTER_(E), TEND_LETTER_(F), TEND_LETTER_(G), ')')
#define TEND_EXPORT8(fn, R, A, B, C, D, E, F, G, H, text) \
    TEND_EXPORT_(fn, text, R (*)(struct tend_ctx *, A, B, C, D, E, F, G, H), TEND_LETTER_(R), \
                 '(', TEND_LETTER_(A), TEND_LETTER_(B), TEND_LETTER_(C), TEND_LETTER_(D), \
                 TEND_LETTER_(E), TEND_LETTER_(F), TEND_LETTER_(G), TEND_LETTER_(H), ')')

/* --- how it is done ------------------------------------------------------ */

/* Only a function of just this type is taken. */
#define TEND_EXPORT_(fn, text, type, ...) \
    { sizeof(struct tend_export), #fn, { __VA_ARGS__, 0 }, \
      (void (*)(void))_Generic(&(fn), type: &(fn)), (text), 0 }

/* The letter of a type: by its word if it is one of these, else by the type.
 * A word with a line here brings its letter as a second argument. */
#define TEND_WORD_tend_person 0, 'h'
#define TEND_WORD_tend_bool 0, 'b'
#define TEND_WORD_void 0, 'v'
#define TEND_LETTER_(T) TEND_PICK_(TEND_WORD_##T, TEND_TYPE_(T), 0)
#define TEND_PICK_(...) TEND_SECOND_(__VA_ARGS__)
#define TEND_SECOND_(a, b, ...) b
#define TEND_TYPE_(T) \
    _Generic((T){ 0 }, int32_t: 'i', int64_t: 'l', double: 'd', const char *: 's')

#endif
