/* libcurl carries the bytes and decides nothing: no redirects, no other protocols, no
 * cookies, no passwords of the user's files. Built without it, the network is not there. */
#include "base/text.h"
#include "worker/serve.h"

#ifdef TEND_CURL
#include <curl/curl.h>

struct transfer {
    struct tend_http_got *got;
    bool too_big;
};

static size_t take_body(char *at, size_t size, size_t n, void *data)
{
    struct transfer *transfer = data;

    if (transfer->got->body.len + (int64_t)(size * n) > TEND_HTTP_BODY) {
        transfer->too_big = true;
        return 0;
    }
    tend_buffer_add(&transfer->got->body, (struct tend_text){ at, (int64_t)(size * n) });
    return size * n;
}

#define HEADERS_MOST (256 * 1024)

/* A status line begins anew: what came before was an interim answer. */
static size_t take_header(char *at, size_t size, size_t n, void *data)
{
    struct transfer *transfer = data;
    struct tend_text line = tend_text_trim((struct tend_text){ at, (int64_t)(size * n) });

    if (tend_text_starts(line, "HTTP/"))
        tend_buffer_reset(&transfer->got->headers);
    else if (line.len > 0 && transfer->got->headers.len + line.len < HEADERS_MOST) {
        tend_buffer_add(&transfer->got->headers, line);
        tend_buffer_addc(&transfer->got->headers, '\n');
    }
    return size * n;
}

static tend_status why(CURLcode code, const struct transfer *transfer, const char *detail,
                       const struct tend_http_ask *ask, struct tend_error *err)
{
    if (transfer->too_big)
        return tend_error_set(err, TEND_LIMIT, "the answer has more than %d MiB",
                              TEND_HTTP_BODY >> 20);
    if (code == CURLE_OPERATION_TIMEDOUT)
        return tend_error_set(err, TEND_TIMEOUT, "no answer within %.3g s",
                              (double)ask->timeout / 1e6);
    return tend_error_set(err, TEND_IO, "the network failed: %s",
                          detail[0] ? detail : curl_easy_strerror(code));
}

static void set_up(CURL *curl, const struct tend_http_ask *ask, struct transfer *transfer,
                   struct curl_slist *lines, char *detail)
{
    curl_easy_setopt(curl, CURLOPT_URL, ask->url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)(ask->timeout / 1000 + 1));
    curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "tend");
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, detail);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, lines);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, transfer);
    curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(curl, CURLOPT_HEADERDATA, transfer);
    if (ask->body.len > 0) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)ask->body.len);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, ask->body.at);
    }
    if (strcmp(ask->method, "HEAD") == 0)
        curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
    else if (strcmp(ask->method, "GET") != 0 || ask->body.len > 0)
        curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, ask->method);
}

tend_status tend_http_curl(const struct tend_http_ask *ask, struct tend_http_got *got,
                           struct tend_error *err)
{
    static CURL *curl;          /* kept, so that a connection serves many pages */
    struct transfer transfer = { .got = got };
    struct curl_slist *lines = NULL;
    char detail[CURL_ERROR_SIZE] = "";
    long status = 0;
    CURLcode code;

    if (!curl)
        curl = curl_easy_init();
    if (!curl)
        return tend_error_set(err, TEND_NOMEM, "there is no memory for the network");
    curl_easy_reset(curl);
    for (const char *const *line = ask->headers; line && *line; line++)
        lines = curl_slist_append(lines, *line);
    lines = curl_slist_append(lines, "Expect:");
    set_up(curl, ask, &transfer, lines, detail);
    code = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_slist_free_all(lines);
    got->status = status;
    return code == CURLE_OK ? TEND_OK : why(code, &transfer, detail, ask, err);
}

#else

tend_status tend_http_curl(const struct tend_http_ask *ask, struct tend_http_got *got,
                           struct tend_error *err)
{
    (void)ask, (void)got;
    return tend_error_set(err, TEND_UNSUPPORTED,
                          "this tend was built without the network; build it with -Dnetwork=enabled");
}

#endif
