/* What the parts of `plugin check` share. */
#ifndef TEND_KIT_CHECK_H
#define TEND_KIT_CHECK_H

#include "kit/private.h"

struct tend_kit_checking {
    const struct tend_kit_check_ask *ask;
    struct tend_kit_place place;
    struct tend_arena arena;
    const char *source;             /* where it is written: NAME.lua, NAME.c; or the module */
    struct tend_buffer text;        /* of that; empty where it is not there */
    struct tend_kit_world world;
    int64_t findings;
};

void tend_kit_finds(struct tend_kit_checking *checking, const char *file, int64_t line,
                    const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* The line of the source in which the word stands for the first time; else 1. */
int64_t tend_kit_line_of(const struct tend_kit_checking *checking, const char *word);

void tend_kit_check_manifest(struct tend_kit_checking *checking);
void tend_kit_check_documents(struct tend_kit_checking *checking);  /* commands, options, exports */
void tend_kit_check_globals(struct tend_kit_checking *checking);
void tend_kit_check_luacheck(struct tend_kit_checking *checking);

#endif
