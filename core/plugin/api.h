/* The lists of include/tend/api.def as data, for the pages and types that are made of them. */
#ifndef TEND_PLUGIN_API_H
#define TEND_PLUGIN_API_H

#include <stdbool.h>
#include <stdint.h>

struct tend_api_function {
    const char *table, *name;       /* a NULL ends */
    int32_t level;
    const char *result, *args;      /* "int32_t", "(struct tend_input *in)" */
    const char *doc;
};

struct tend_api_lua {
    const char *object;             /* "ctx"; a NULL ends */
    const char *name;               /* NULL: the object itself */
    int32_t level;
    const char *params;             /* "terms:words since:integer?"; NULL: a field */
    const char *result;             /* as the language server writes it; of a field its type */
    const char *of;                 /* "read.touched"; "" */
    const char *doc;
};

struct tend_api_none {              /* a function of C that Lua needs none for */
    const char *table, *name, *why;
};

struct tend_api_member {            /* of a struct that both sides share */
    const char *record, *name;
    int32_t level;
    const char *declaration, *doc;
};

struct tend_api_kind {
    const char *name;               /* "policy"; a NULL ends */
    int32_t level;                  /* 9: of tend.x */
    const char *record;             /* "tend_policy" */
    bool both;                      /* C and Lua; else C alone */
    bool stable;
    const char *header, *doc;
    int64_t least;                  /* bytes that the record had when the kind was new */
};

extern const struct tend_api_function tend_api_functions[];
extern const struct tend_api_lua tend_api_lua[];
extern const struct tend_api_none tend_api_none[];
extern const struct tend_api_member tend_api_members[];
extern const struct tend_api_kind tend_api_kinds[];

const struct tend_api_kind *tend_api_kind(const char *name);

#endif
