/* The parts of a check. */
#ifndef TEND_STORE_CHECK_H
#define TEND_STORE_CHECK_H

#include "store/parts.h"

#define TEND_PROBLEMS_MOST 20   /* of one kind */

struct tend_check {
    struct tend_store *store;
    struct tend_arena *arena;
    TEND_ARRAY(struct tend_text) problem;
};

void tend_check_problem(struct tend_check *check, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/* Derived rows against what would be derived now. */
tend_status tend_check_derived(struct tend_check *check);

#endif
