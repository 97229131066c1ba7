/* Functions that plugins offer to each other, and calls of those that are C through
 * libffi. Values cross as struct tend_any, whatever the languages. */
#ifndef TEND_MODULE_EXPORTS_H
#define TEND_MODULE_EXPORTS_H

#include "base/arena.h"
#include "module/signature.h"
#include <ffi.h>
#include <stdbool.h>
#include <tend/plugin.h>

#define TEND_EXPORTS_MOST 256       /* of one plugin or service */

struct tend_function {
    const char *name, *doc, *text;  /* text: the signature as it was written */
    struct tend_signature signature;
    void (*code)(void);             /* NULL: not C, its runtime calls it */
    ffi_cif cif;
    ffi_type *types[TEND_EXPORT_ARGS + 1];
};

struct tend_functions {
    struct tend_function *at;
    int64_t n;
};

/* Checks a list, which ends with a size of 0, and prepares all of it for calls. The
 * elements are as long as the first one says: a plugin built long ago has shorter
 * ones. native: each has its function. What is kept is in the arena. */
tend_status tend_functions_prepare(const struct tend_export *list, bool native,
                                   struct tend_arena *arena, struct tend_functions *out,
                                   struct tend_error *err);
/* NULL if there is none of this name. */
const struct tend_function *tend_functions_find(const struct tend_functions *functions,
                                                const char *name);
/* The arguments are as many and of the types that the signature says. Re-entrant:
 * all that it needs is on its stack. */
void tend_function_call(const struct tend_function *function, struct tend_ctx *ctx,
                        const struct tend_any *args, struct tend_any *result);

#endif
