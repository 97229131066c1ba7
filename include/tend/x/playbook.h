/* SPDX-License-Identifier: 0BSD
 *
 * playbook: a plan that is passed down (kind "playbook"). Pure data: its steps,
 * with their windows, show before anything runs. Free to change: define
 * TEND_UNSTABLE before the include.
 */
#ifndef TEND_X_PLAYBOOK_H
#define TEND_X_PLAYBOOK_H

#ifndef TEND_UNSTABLE
#error "tend/x/playbook.h may change with every version: say #define TEND_UNSTABLE before it"
#endif

#include <tend/types.h>

struct tend_step {
    int64_t size;
    const char *name;           /* "welcome-call": one in its playbook */
    const char *title;          /* "Welcome call" */
    const char *type;           /* a touch kind, or NULL */
    const char *window;         /* from the start: "0d..1d" */
    const char *closed_by;      /* touch kinds and meanings, or NULL */
    const char *why;            /* may be NULL */
};

struct tend_playbook {
    int64_t size;
    const char *name;
    const char *title;                          /* a line */
    const char *audience;                       /* "prospect", "customer", "member"; NULL: any */
    const struct tend_step *const *steps;       /* a NULL ends */
};

#endif
