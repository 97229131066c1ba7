/* SPDX-License-Identifier: 0BSD
 *
 * service: what one plugin does for others (kind "service"), in whichever
 * language either is written. Who uses it names it in `requires` ("geo>=1"), and
 * is not loaded without it; while somebody uses it, it is not unloaded.
 */
#ifndef TEND_SERVICE_H
#define TEND_SERVICE_H

#include <tend/export.h>
#include <tend/types.h>

struct tend_ctx;

struct tend_service {
    int64_t size;
    const char *name;                   /* "geo" */
    int64_t level;                      /* 1, 2...: what was added since */
    const struct tend_export *functions;    /* as in export.h */
};

/* One argument or result: `as` is its letter, as in export.h. */
struct tend_any {
    int64_t as;
    union tend_any_value {
        int64_t number;                 /* b i l h */
        double real;                    /* d */
        const char *text;               /* s; NULL is no value */
    } is;
};

struct tend_service_api {
    uint32_t size, level;

    /* 1 if this service is there at this level, else 0. */
    int32_t (*has)(struct tend_ctx *ctx, const char *name, int64_t level);
    /* Calls "geo.distance" with n arguments. The error slot says what was wrong with
     * them, or what the function failed with. */
    tend_status (*call)(struct tend_ctx *ctx, const char *function, int64_t n,
                        const struct tend_any *args, struct tend_any *result);
};

#endif
