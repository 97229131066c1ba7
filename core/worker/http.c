/* ctx->http: one request of a plugin, held to its rights at every step of it. What
 * carries the bytes is http_curl.c, or in tests http_fixture.c. */
#include "base/clock.h"
#include "base/text.h"
#include "worker/serve.h"
#include "worker/url.h"
#include <iconv.h>
#include <stdlib.h>

#define REDIRECTS 5
#define TIMEOUT (INT64_C(30) * 1000000)
#define WAIT_MOST (INT64_C(24) * 3600 * 1000000)

static struct tend_http_got last;       /* the response that header() looks into */

struct asking {
    struct tend_ctx *ctx;
    const struct tend_http_request *request;
    struct tend_arena *arena;
    struct tend_buffer url, next;
    char host[TEND_URL_HOST];           /* that the plugin named */
    const char *method;
    struct tend_text body, token;
    int64_t until;                      /* ticks */
    struct tend_error err;
};

static const char *type_of(const struct asking *a)
{
    return a->request->type && a->request->type[0] ? a->request->type : "application/json";
}

/* No line may become two, and none may say whose request it is. */
static bool header_ok(const char *name, const char *value)
{
    static const char *const own[] = { "host", "content-length", "transfer-encoding",
                                       "connection", NULL };

    for (const char *c = name; *c; c++)
        if (!((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') ||
              *c == '-' || *c == '_'))
            return false;
    for (const char *c = value; *c; c++)
        if ((unsigned char)*c < ' ' && *c != '\t')
            return false;
    for (int i = 0; own[i]; i++)
        if (tend_text_is_nocase(tend_text_of(name), own[i]))
            return false;
    return name[0] != '\0';
}

/* What proves who asks goes to the host that was named, and to no other. */
static bool is_proof(const char *name)
{
    struct tend_text text = tend_text_of(name);

    return tend_text_is_nocase(text, "authorization") || tend_text_is_nocase(text, "cookie") ||
           tend_text_starts(text, "x-api") || tend_text_starts(text, "X-A");
}

static tend_status header_lines(struct asking *a, bool same_host, const char ***out)
{
    const char *const *given = a->request->headers;
    int64_t n = 0, most = 4;

    for (int64_t i = 0; given && given[i] && given[i + 1]; i += 2)
        most++;
    *out = tend_arena_take(a->arena, (size_t)most * sizeof **out);
    for (; given && given[0] && given[1]; given += 2) {
        if (!header_ok(given[0], given[1]))
            return tend_error_set(&a->err, TEND_INVALID, "\"%.60s\" is no header that a plugin "
                                  "may set, or its value has a line end", given[0]);
        if (same_host || !is_proof(given[0]))
            (*out)[n++] = tend_arena_printf(a->arena, "%s: %s", given[0], given[1]);
    }
    if (same_host && a->token.len > 0)
        (*out)[n++] = tend_arena_printf(a->arena, "Authorization: Bearer %.*s",
                                        TEND_FMT(a->token));
    if (a->body.len > 0)
        (*out)[n++] = tend_arena_printf(a->arena, "Content-Type: %s", type_of(a));
    return TEND_OK;
}

/* One step: the right, then the bytes. */
static tend_status step(struct asking *a, struct tend_http_got *got)
{
    struct tend_http_ask ask = { .url = a->url.at, .method = a->method, .body = a->body };
    char host[TEND_URL_HOST];
    const char **lines;
    tend_status status = tend_url_right(a->url.at, host, &a->err);

    if (status == TEND_OK)
        status = tend_serve_may(TEND_RIGHT_NET, tend_text_of(host), &a->err);
    if (status == TEND_OK)
        status = header_lines(a, strcmp(host, a->host) == 0, &lines);
    if (status != TEND_OK)
        return status;
    ask.headers = lines;
    ask.timeout = a->until - tend_clock_ticks();
    tend_buffer_reset(&got->body);
    tend_buffer_reset(&got->headers);
    got->status = 0;
    if (ask.timeout <= 0)
        return tend_error_set(&a->err, TEND_TIMEOUT, "%s did not answer in time", host);
    return tend_serve.fixtures_only ? tend_http_fixture(&ask, got, &a->err)
                                    : tend_http_curl(&ask, got, &a->err);
}

static bool is_redirect(int64_t status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

static tend_status exchange(struct asking *a, struct tend_http_got *got)
{
    tend_status status = step(a, got);

    for (int n = 0; status == TEND_OK && is_redirect(got->status); n++) {
        struct tend_text to = tend_text_trim(tend_http_header(got, "location"));
        struct tend_buffer was = a->url;

        if (to.len == 0)
            break;
        if (n == REDIRECTS)
            return tend_error_set(&a->err, TEND_IO, "more than %d redirects from %s", REDIRECTS,
                                  a->request->url);
        status = tend_url_follow(a->url.at, to, &a->next, &a->err);
        a->url = a->next;
        a->next = was;
        if (status == TEND_OK && got->status != 307 && got->status != 308 &&
            strcmp(a->method, "HEAD") != 0) {
            a->method = "GET";
            a->body = (struct tend_text){ "", 0 };
        }
        if (status == TEND_OK)
            status = step(a, got);
        if (status == TEND_DENIED) {
            char host[TEND_URL_HOST] = "";
            struct tend_error ignored = { 0 };

            tend_url_right(a->url.at, host, &ignored);
            tend_error_set(&a->err, TEND_DENIED, "%s sends on to %s: %s", a->host, host,
                           tend_arena_printf(a->arena, "%s", a->err.text));
        }
    }
    return status;
}

/* Seconds, or a date, which is left to the parent's own patience. */
static void note_wait(const struct tend_http_got *got)
{
    struct tend_text text = tend_text_trim(tend_http_header(got, "retry-after"));
    int64_t seconds;

    if (tend_text_int(text, &seconds) && seconds > 0 && seconds < WAIT_MOST / 1000000)
        tend_serve.wait = seconds * 1000000;
}

static tend_status judge(struct asking *a, const struct tend_http_got *got)
{
    const char *host = a->host;

    switch (got->status) {
    case 401:
    case 403:
        return tend_error_set(&a->err, TEND_DENIED, "%s does not let us in (status %lld): is the "
                              "secret right?", host, (long long)got->status);
    case 404:
    case 410:
        return tend_error_set(&a->err, TEND_NOT_FOUND, "%s has nothing there (status %lld)", host,
                              (long long)got->status);
    case 408:
        return tend_error_set(&a->err, TEND_TIMEOUT, "%s was waiting too long (status 408)", host);
    case 429:
    case 503:
        note_wait(got);
        return tend_error_set(&a->err, TEND_BUSY, "%s is busy (status %lld)", host,
                              (long long)got->status);
    default:
        if (got->status >= 200 && got->status <= 299)
            return TEND_OK;
        return tend_error_set(&a->err, got->status >= 500 ? TEND_IO : TEND_INVALID,
                              "%s answered with status %lld", host, (long long)got->status);
    }
}

/* "text/csv; charset=iso-8859-1": what the text is written in. */
static struct tend_text charset_of(struct tend_text type)
{
    struct tend_text rest = type, part, name;

    while (tend_text_cut(&rest, ";", &part)) {
        part = tend_text_trim(part);
        if (!tend_text_cut(&part, "=", &name) ||
            !tend_text_is_nocase(tend_text_trim(name), "charset"))
            continue;
        part = tend_text_trim(part);
        if (part.len > 1 && part.at[0] == '"')
            part = (struct tend_text){ part.at + 1, part.len - 2 };
        return part;
    }
    return (struct tend_text){ "", 0 };
}

static tend_status to_utf8(struct asking *a, struct tend_text type, struct tend_text *body)
{
    struct tend_text charset = charset_of(type);
    size_t left = (size_t)body->len, room = left * 3 + 16;
    char *from = (char *)(uintptr_t)body->at, *out, *at;
    iconv_t convert;
    bool whole;

    if (charset.len == 0 || tend_text_is_nocase(charset, "utf-8") ||
        tend_text_is_nocase(charset, "utf8") || tend_text_is_nocase(charset, "us-ascii"))
        return TEND_OK;
    convert = iconv_open("UTF-8", tend_arena_str(a->arena, charset));
    if (convert == (iconv_t)-1)
        return tend_error_set(&a->err, TEND_UNSUPPORTED, "%s writes in \"%.*s\", which is not known",
                              a->host, TEND_FMT(tend_text_clip(charset, 40)));
    out = at = tend_arena_take(a->arena, room);
    whole = iconv(convert, &from, &left, &at, &room) != (size_t)-1;
    iconv_close(convert);
    if (!whole)
        return tend_error_set(&a->err, TEND_INVALID, "what %s says is not \"%.*s\" as it claims",
                              a->host, TEND_FMT(tend_text_clip(charset, 40)));
    *body = (struct tend_text){ out, at - out };
    return TEND_OK;
}

static tend_status prepare(struct asking *a)
{
    const struct tend_http_request *request = a->request;
    const char *const *query = request->query;
    int64_t timeout = request->timeout > 0 ? request->timeout : TIMEOUT;
    tend_status status = tend_url_right(request->url, a->host, &a->err);

    if (status != TEND_OK)
        return status;
    tend_buffer_adds(&a->url, request->url);
    for (; query && query[0] && query[1]; query += 2)
        tend_url_query(&a->url, query[0], tend_text_of(query[1]));
    a->body = request->body;
    a->method = request->method && request->method[0] ? request->method
                : request->body.len > 0               ? "POST"
                                                      : "GET";
    for (const char *c = a->method; *c; c++)
        if (*c < 'A' || *c > 'Z' || c - a->method > 10)
            return tend_error_set(&a->err, TEND_INVALID, "\"%.20s\" is no method; write GET, POST, "
                                  "PUT, PATCH, DELETE or HEAD", a->method);
    if (request->body.len < 0 || (request->body.len > 0 && !request->body.at))
        return tend_error_set(&a->err, TEND_INVALID, "the body is a text that is nowhere");
    a->until = tend_clock_ticks() + timeout;
    if (a->until > tend_serve.ends)
        a->until = tend_serve.ends;
    if (request->bearer && request->bearer[0]) {
        status = tend_serve_secret(tend_text_of(request->bearer), a->arena, &a->token, &a->err);
        for (int64_t i = 0; status == TEND_OK && i < a->token.len; i++)
            if ((unsigned char)a->token.at[i] <= ' ' || a->token.at[i] == 0x7f)
                status = tend_error_set(&a->err, TEND_INVALID, "the secret \"%s\" is no token: it "
                                        "has spaces or line ends", request->bearer);
    }
    return status;
}

static tend_status http_send(struct tend_ctx *ctx, const struct tend_http_request *request,
                             struct tend_http_response *response)
{
    struct asking a = { .ctx = ctx, .request = request, .arena = tend_call_scratch(ctx) };
    struct tend_http_response out = { .size = sizeof out, .type = { "", 0 }, .body = { "", 0 } };
    tend_status status;

    if (!request || request->size < (int64_t)sizeof *request || !response ||
        response->size < (int64_t)sizeof *response) {
        tend_error_set(&a.err, TEND_INVALID, "http.send needs a request and a response that begin "
                       "with their sizes");
        return tend_call_refuse(ctx, &a.err);
    }
    status = prepare(&a);
    if (status == TEND_OK)
        status = exchange(&a, &last);
    if (status == TEND_OK) {
        status = judge(&a, &last);
        out.status = last.status;
        out.type = tend_arena_text(a.arena, tend_http_header(&last, "content-type"));
        out.body = tend_arena_text(a.arena, tend_buffer_text(&last.body));
        if (status == TEND_OK)
            status = to_utf8(&a, out.type, &out.body);
        tend_call_took(tend_serve.registry, out.body.len);
    }
    *response = out;
    tend_buffer_finish(&a.url);
    tend_buffer_finish(&a.next);
    return status == TEND_OK ? TEND_OK : tend_call_refuse(ctx, &a.err);
}

struct tend_text tend_http_header(const struct tend_http_got *got, const char *name)
{
    struct tend_text rest = tend_buffer_text(&got->headers), line, key;

    while (tend_text_cut(&rest, "\n", &line))
        if (tend_text_cut(&line, ":", &key) && tend_text_is_nocase(tend_text_trim(key), name))
            return tend_text_trim(line);
    return (struct tend_text){ "", 0 };
}

static struct tend_text http_header(struct tend_ctx *ctx, const char *name)
{
    if (!name || !name[0])
        return (struct tend_text){ "", 0 };
    return tend_arena_text(tend_call_scratch(ctx), tend_http_header(&last, name));
}

const struct tend_http_api tend_serve_http = {
    .size = sizeof(struct tend_http_api),
    .level = TEND_API,
    .send = http_send,
    .header = http_header,
};
