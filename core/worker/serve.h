/* What the files of the worker's own side share. There is one worker in a process, so
 * its state is the process's. */
#ifndef TEND_WORKER_SERVE_H
#define TEND_WORKER_SERVE_H

#include "worker/frame.h"
#include "worker/worker.h"
#include <tend/plugin.h>

struct tend_serve {
    struct tend_registry *registry;
    int out;
    struct tend_frames in;
    struct tend_buffer frame;           /* being written */
    struct tend_arena arena;            /* of the start: fixtures, options */
    struct tend_fixture *fixture;
    int64_t n_fixtures;
    bool fixtures_only;
    int64_t deadline;                   /* how long the parent waits for a frame */
    int64_t ends;                       /* ticks: when this call has taken too long */
    int64_t wait;                       /* the service asked to be left alone so long */
    bool sending;                       /* the call is a message's */
    tend_status broken;                 /* the pipe is */
    struct tend_error why;
};

extern struct tend_serve tend_serve;

/* serve_rows.c: ctx->source of a page. */
extern const struct tend_source_api tend_serve_source;
void tend_serve_rows_begin(void);
struct tend_input *tend_serve_input(void);
/* What was given as the cursor; a mistake of the plugin's with rows is the error. */
tend_status tend_serve_rows_end(struct tend_text *cursor, bool *has, bool *more,
                                struct tend_error *err);
void tend_serve_rows_finish(void);

/* serve_ask.c: the parent is asked. */
tend_status tend_serve_may(enum tend_right right, struct tend_text what, struct tend_error *err);
tend_status tend_serve_secret(struct tend_text name, struct tend_arena *arena,
                              struct tend_text *value, struct tend_error *err);
extern const struct tend_secret_api tend_serve_secrets;

/* http.c: ctx->http; http_fixture.c: what stands in for it; http_curl.c: the transport. */
extern const struct tend_http_api tend_serve_http;

struct tend_http_ask {          /* one request of several that a redirect may need */
    const char *url, *method;
    const char *const *headers; /* whole lines, a NULL ends */
    struct tend_text body;
    int64_t timeout;            /* microseconds */
};
struct tend_http_got {
    struct tend_buffer body, headers;   /* headers: "name: value\n", names in small letters */
    int64_t status;
};
/* An error when nothing came at all. */
tend_status tend_http_curl(const struct tend_http_ask *ask, struct tend_http_got *got,
                           struct tend_error *err);
tend_status tend_http_fixture(const struct tend_http_ask *ask, struct tend_http_got *got,
                              struct tend_error *err);
/* A header of it; empty if there is none. */
struct tend_text tend_http_header(const struct tend_http_got *got, const char *name);

#define TEND_HTTP_BODY (32 << 20)       /* bytes */

#endif
