/* Workers: what blocks runs in a process of its own, which is tend itself, started
 * anew with the one plugin and no database. A page of a lead source and a message of
 * a channel go there through a pipe and come back as frames; a worker that does not
 * answer is killed. No transaction is open while anybody waits.
 *
 * The worker decides nothing: what the plugin may reach, and its secrets, it asks
 * for through the same pipe, and they are answered here. */
#ifndef TEND_WORKER_WORKER_H
#define TEND_WORKER_WORKER_H

#include "base/buffer.h"
#include "plugin/call.h"
#include "plugin/rights.h"
#include "plugin/secret.h"
#include "plugin/world.h"

#define TEND_WORKER_DEADLINE (INT64_C(60) * 1000000)    /* without a frame, microseconds */

struct tend_worker;

struct tend_worker_job {
    struct tend_registry *registry;         /* its fixtures, and where lines of a log go */
    const struct tend_provider *provider;
    int64_t now;                            /* ctx->now */
    const struct tend_call_args *options;   /* NULL: none */
    /* URLs that the user typed: their hosts are granted by that. A NULL ends. */
    const char *const *typed;
    int64_t deadline;                       /* 0: TEND_WORKER_DEADLINE */
    /* Of a channel: asked just before the first bytes leave. */
    tend_status (*leaves)(void *data, struct tend_error *err);
    void *data;
};

struct tend_worker_row {        /* texts live until the next */
    int64_t line, column;
    struct tend_text raw, code, text;       /* code: of one that is refused, else empty */
    const struct tend_worker_value *value;
    int64_t n;
};
struct tend_worker_value {
    struct tend_text field, value, label;
};

struct tend_worker_page {       /* all of one page, before any of it is written */
    struct tend_arena arena;
    TEND_ARRAY(struct tend_worker_row) row;
    const char *layout;         /* NULL: it named none */
    struct tend_text cursor;
    bool has_cursor, more;
    int64_t wait;               /* a failure: the service asked to be left alone so long; 0 */
};

/* Starts the process; the plugin is loaded in it. */
tend_status tend_worker_start(struct tend_worker **worker, const struct tend_worker_job *job,
                              struct tend_error *err);
/* One page. An error says what the plugin said, or that the worker was killed. */
tend_status tend_worker_page(struct tend_worker *worker, struct tend_text cursor,
                             struct tend_worker_page *page, struct tend_error *err);
void tend_worker_page_finish(struct tend_worker_page *page);
/* One message. *sent is one of TEND_SENT_...; when it is not accepted err says why,
 * though the status is TEND_OK. */
struct tend_message;
tend_status tend_worker_send(struct tend_worker *worker, const struct tend_message *message,
                             int64_t *sent, struct tend_error *err);
/* Kills it if it still lives. NULL is fine. */
void tend_worker_stop(struct tend_worker *worker);

/* The other side: reads what to do from `in` and answers to `out`, until in ends.
 * The registry has the runtimes, and nothing loaded. */
tend_status tend_worker_serve(struct tend_registry *registry, struct tend_clock *clock, int in,
                              int out, struct tend_error *err);

#endif
