/* A function for each letter in each of the eight places, which gives back what stood there
 * and looks at the seven others: as a list of exports, for the tests of what calls them. */
#ifndef TEND_TESTS_MODULE_LETTERS_H
#define TEND_TESTS_MODULE_LETTERS_H

#include <string.h>
#include <tend/plugin.h>

/* Were the others as they should be? The last call says. */
static int32_t letters_well;

static void letters_others(int64_t a, double b, const char *c, int32_t d, double e, int64_t f,
                           int32_t g)
{
    letters_well = a == INT64_MIN && b == 0.5 && c && strcmp(c, "three") == 0 && d == INT32_MIN &&
                   e == -2.25 && f == INT64_MAX && g == -1;
}

#define LETTERS_SEEN letters_others(a, b, c, d, e, f, g)
#define LETTERS_TAKE(L, p, T, ...)                                       \
    static T take_##L##_##p(struct tend_ctx *ctx, __VA_ARGS__)           \
    {                                                                    \
        (void)ctx;                                                       \
        LETTERS_SEEN;                                                    \
        return v;                                                        \
    }
#define LETTERS_OF(L, T)                                                                           \
    LETTERS_TAKE(L, 0, T, T v, int64_t a, double b, const char *c, int32_t d, double e, int64_t f, \
                 int32_t g)                                                                        \
    LETTERS_TAKE(L, 1, T, int64_t a, T v, double b, const char *c, int32_t d, double e, int64_t f, \
                 int32_t g)                                                                        \
    LETTERS_TAKE(L, 2, T, int64_t a, double b, T v, const char *c, int32_t d, double e, int64_t f, \
                 int32_t g)                                                                        \
    LETTERS_TAKE(L, 3, T, int64_t a, double b, const char *c, T v, int32_t d, double e, int64_t f, \
                 int32_t g)                                                                        \
    LETTERS_TAKE(L, 4, T, int64_t a, double b, const char *c, int32_t d, T v, double e, int64_t f, \
                 int32_t g)                                                                        \
    LETTERS_TAKE(L, 5, T, int64_t a, double b, const char *c, int32_t d, double e, T v, int64_t f, \
                 int32_t g)                                                                        \
    LETTERS_TAKE(L, 6, T, int64_t a, double b, const char *c, int32_t d, double e, int64_t f, T v, \
                 int32_t g)                                                                        \
    LETTERS_TAKE(L, 7, T, int64_t a, double b, const char *c, int32_t d, double e, int64_t f,      \
                 int32_t g, T v)

LETTERS_OF(i, int32_t)
LETTERS_OF(l, int64_t)
LETTERS_OF(d, double)
LETTERS_OF(s, const char *)
LETTERS_OF(h, tend_person)
LETTERS_OF(b, tend_bool)

static tend_bool others_well(struct tend_ctx *ctx)
{
    (void)ctx;
    return letters_well;
}

#define LETTERS_LIST(L, T)                                                                        \
    TEND_EXPORT8(take_##L##_0, T, T, int64_t, double, const char *, int32_t, double, int64_t,     \
                 int32_t, "place 1"),                                                             \
    TEND_EXPORT8(take_##L##_1, T, int64_t, T, double, const char *, int32_t, double, int64_t,     \
                 int32_t, "place 2"),                                                             \
    TEND_EXPORT8(take_##L##_2, T, int64_t, double, T, const char *, int32_t, double, int64_t,     \
                 int32_t, "place 3"),                                                             \
    TEND_EXPORT8(take_##L##_3, T, int64_t, double, const char *, T, int32_t, double, int64_t,     \
                 int32_t, "place 4"),                                                             \
    TEND_EXPORT8(take_##L##_4, T, int64_t, double, const char *, int32_t, T, double, int64_t,     \
                 int32_t, "place 5"),                                                             \
    TEND_EXPORT8(take_##L##_5, T, int64_t, double, const char *, int32_t, double, T, int64_t,     \
                 int32_t, "place 6"),                                                             \
    TEND_EXPORT8(take_##L##_6, T, int64_t, double, const char *, int32_t, double, int64_t, T,     \
                 int32_t, "place 7"),                                                             \
    TEND_EXPORT8(take_##L##_7, T, int64_t, double, const char *, int32_t, double, int64_t,        \
                 int32_t, T, "place 8")

static const struct tend_export letters[] = {
    LETTERS_LIST(i, int32_t),
    LETTERS_LIST(l, int64_t),
    LETTERS_LIST(d, double),
    LETTERS_LIST(s, const char *),
    LETTERS_LIST(h, tend_person),
    LETTERS_LIST(b, tend_bool),
    TEND_EXPORT0(others_well, tend_bool, "were the seven others as they should be?"),
    TEND_EXPORTS_END,
};

#endif
