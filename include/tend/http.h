/* SPDX-License-Identifier: 0BSD
 *
 * ctx->http: the network, for `page` of a lead source and `send` of a channel
 * alone (elsewhere NULL). A host must be in the manifest and granted:
 * "net:api.example.com" is https at the usual port, "net:localhost:8443" at another,
 * "net:http://localhost:8080" without encryption. The host of a URL that the user typed
 * (an option of type url) needs no right. The program follows redirects, decodes, adds
 * the secret, and asks again what was busy; a plugin sees only what came of it.
 *
 *     struct tend_http_request request = { .size = sizeof request, .url = url };
 *     struct tend_http_response answer = { .size = sizeof answer };
 *
 *     status = ctx->http->send(ctx, &request, &answer);
 */
#ifndef TEND_HTTP_H
#define TEND_HTTP_H

#include <tend/types.h>

struct tend_ctx;

struct tend_http_request {
    int64_t size;
    const char *url;                /* https://..., or http:// where that was granted */
    const char *method;             /* NULL: GET, or POST if there is a body */
    const char *const *query;       /* name, value, ..., NULL: added to the url, encoded; a NULL
                                       value cannot be told from the end: leave both out */
    const char *const *headers;     /* name, value, ..., NULL */
    struct tend_text body;
    const char *type;               /* of the body, "application/json" */
    const char *bearer;             /* the name of a secret, sent as a bearer token */
    int64_t timeout;                /* microseconds, 0: 30 s; at most what is left of the call */
};

struct tend_http_response {
    int64_t size;                   /* set by the caller: sizeof */
    int64_t status;                 /* 200 */
    struct tend_text type, body;    /* the body at most 32 MiB, as UTF-8 where the type says text */
};

struct tend_http_api {
    uint32_t size, level;

    /* TEND_OK for a status of 200 to 299. Else the slot says what came: TEND_DENIED (401,
     * 403, or a host that was not granted), TEND_NOT_FOUND (404, 410), TEND_BUSY (429, 503:
     * after some tries), TEND_TIMEOUT, TEND_IO, TEND_INVALID; `response` is filled where
     * there was one. */
    tend_status (*send)(struct tend_ctx *ctx, const struct tend_http_request *request,
                        struct tend_http_response *response);
    /* A header of the last response, by its name in any case; empty if it had none. */
    struct tend_text (*header)(struct tend_ctx *ctx, const char *name);
};

#endif
