/* include/tend/api/effects.def as data: what checks, copies and describes effects walks it. */
#ifndef TEND_PLUGIN_EFFECT_LIST_H
#define TEND_PLUGIN_EFFECT_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum tend_effect_type {
    TEND_EFFECT_LINE,       /* texts; what each may hold is in effects.def */
    TEND_EFFECT_LINES,
    TEND_EFFECT_VALUE,
    TEND_EFFECT_SHOWN,
    TEND_EFFECT_WORDS,
    TEND_EFFECT_TIME,       /* numbers */
    TEND_EFFECT_NUMBER,
    TEND_EFFECT_PERSON,
    TEND_EFFECT_CELLS,
    TEND_EFFECT_COUNT
};

enum tend_effect_person { TEND_EFFECT_ONE, TEND_EFFECT_ANY, TEND_EFFECT_NONE };

struct tend_effect_member {
    uint32_t kind;          /* of the effect; 0 behind the last */
    const char *name, *lua; /* lua "": not there */
    enum tend_effect_type type;
    int32_t level;
    size_t at, end;         /* in the struct */
    int64_t most;
    bool needed;
    const char *doc;
};

struct tend_effect_kind {
    const char *name;       /* "task"; NULL: no such kind */
    int32_t level;
    const char *record;     /* "tend_fx_task" */
    uint32_t size;
    enum tend_effect_person person;
    bool needs_key;
    const char *lua_key;    /* how Lua calls the key; "": it has none */
    const struct tend_effect_member *members;   /* up to the first of another kind */
    const char *doc;
};

/* kind: TEND_FX_TASK...; NULL for one that is none. */
const struct tend_effect_kind *tend_effect_kind(uint32_t kind);
/* The greatest number of a kind. */
uint32_t tend_effect_kinds(void);
/* What the struct had when the kind was new: shorter than this is none. */
uint32_t tend_effect_least(uint32_t kind);
static inline bool tend_effect_is_text(const struct tend_effect_member *member)
{
    return member->type <= TEND_EFFECT_WORDS;
}

#endif
