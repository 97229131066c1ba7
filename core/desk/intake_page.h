/* An import of a service, page by page: each page is asked for while no transaction is
 * open, then its rows and its cursor are written in one. */
#ifndef TEND_DESK_INTAKE_PAGE_H
#define TEND_DESK_INTAKE_PAGE_H

#include "desk/intake.h"

struct tend_remote;

struct tend_remote_ask {
    const struct tend_provider *source;     /* one with `page` */
    const struct tend_intake_ask *intake;
    const struct tend_call_args *options;
    const char *const *typed;               /* URLs that the user typed; a NULL ends */
    bool again;                             /* from the beginning, whatever was read before */
    int64_t deadline;                       /* 0: the usual */
};

/* Finds where the last import ended, and starts the worker. */
tend_status tend_remote_open(struct tend_desk *desk, const struct tend_remote_ask *ask,
                              struct tend_remote **service);
/* Asks for the next page; outside of a deed. What may come right by itself is tried
 * again some times. */
tend_status tend_remote_fetch(struct tend_remote *service);
/* Within a deed: the rows of that page, counted in `out` with those before, and where
 * the next one begins. */
tend_status tend_remote_write(struct tend_remote *service, struct tend_deed *deed,
                               struct tend_intake *out);
/* Is there another page to ask for now? */
bool tend_remote_more(const struct tend_remote *service);
void tend_remote_close(struct tend_remote *service);

#endif
