/* Taking URLs apart, by hand: what is granted must not depend on how a library
 * forgives what is odd. Whatever is not plain is refused. */
#include "worker/url.h"
#include "base/text.h"
#include <stdio.h>
#include <string.h>

#define HOST_CHARS "abcdefghijklmnopqrstuvwxyz0123456789.-_"
#define REFUSED "\"%.100s\" is no URL of the web; write https://host/path, with letters outside of " \
                "ASCII as %%XX"

struct parts {
    bool plain;                 /* http */
    struct tend_text host;      /* as it stands; of IPv6 with its brackets */
    struct tend_text port, path;        /* path: from / ? or the end on */
};

static bool take_parts(const char *url, struct parts *parts)
{
    const char *at = url, *end;

    for (const char *c = url; *c; c++)
        if (*c <= ' ' || *c >= 0x7f || *c == '\\' || *c == '"' || *c == '<' || *c == '>')
            return false;
    if (strncasecmp(at, "https://", 8) == 0)
        at += 8;
    else if (strncasecmp(at, "http://", 7) == 0)
        at += 7;
    else
        return false;
    parts->plain = at == url + 7;
    end = at + strcspn(at, "/?#");
    parts->path = tend_text_of(end);
    if (memchr(at, '@', (size_t)(end - at)))
        return false;           /* a name and a password: not in a URL */
    parts->host.at = at;
    if (*at == '[') {
        const char *close = memchr(at, ']', (size_t)(end - at));

        if (!close || strspn(at + 1, "0123456789abcdefABCDEF:.") != (size_t)(close - at - 1))
            return false;
        at = close + 1;
    } else {
        at += strcspn(at, ":/?#");
    }
    parts->host.len = at - parts->host.at;
    parts->port = (struct tend_text){ at < end ? at + 1 : at, at < end ? end - at - 1 : 0 };
    if (at < end && (*at != ':' || parts->port.len == 0 || parts->port.len > 5))
        return false;
    return parts->host.len > 0;
}

tend_status tend_url_right(const char *url, char host[TEND_URL_HOST], struct tend_error *err)
{
    struct parts parts = { 0 };
    char name[256] = "", port[8] = "";
    bool ok = url && take_parts(url, &parts) && parts.host.len < (int64_t)sizeof name;

    for (int64_t i = 0; ok && i < parts.host.len; i++) {
        char c = parts.host.at[i];

        name[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    if (ok && name[0] != '[')
        ok = strspn(name, HOST_CHARS) == strlen(name);
    for (int64_t i = 0; ok && i < parts.port.len; i++)
        ok = parts.port.at[i] >= '0' && parts.port.at[i] <= '9';
    if (!ok)
        return tend_error_set(err, TEND_INVALID, REFUSED, url ? url : "");
    if (parts.port.len > 0 && !tend_text_is(parts.port, parts.plain ? "80" : "443"))
        snprintf(port, sizeof port, ":%.*s", TEND_FMT(parts.port));
    snprintf(host, TEND_URL_HOST, "%s%s%s", parts.plain ? "http://" : "", name, port);
    return TEND_OK;
}

void tend_url_encode(struct tend_buffer *out, struct tend_text text)
{
    for (int64_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];

        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
            c == '-' || c == '.' || c == '_' || c == '~')
            tend_buffer_addc(out, (char)c);
        else
            tend_buffer_addf(out, "%%%02X", c);
    }
}

void tend_url_query(struct tend_buffer *url, const char *name, struct tend_text value)
{
    tend_buffer_addc(url, url->len > 0 && memchr(url->at, '?', (size_t)url->len) ? '&' : '?');
    tend_url_encode(url, tend_text_of(name));
    tend_buffer_addc(url, '=');
    tend_url_encode(url, value);
}

/* All up to the last / of the path. */
static struct tend_text folder_of(const char *url, const struct parts *parts)
{
    int64_t path = (int64_t)strcspn(parts->path.at, "?#");

    while (path > 0 && parts->path.at[path - 1] != '/')
        path--;
    return (struct tend_text){ url, parts->path.at + path - url };
}

tend_status tend_url_follow(const char *url, struct tend_text to, struct tend_buffer *out,
                            struct tend_error *err)
{
    char host[TEND_URL_HOST];
    struct parts parts = { 0 };

    tend_buffer_reset(out);
    if (!take_parts(url, &parts))
        return tend_error_set(err, TEND_INVALID, REFUSED, url);
    if (tend_text_starts(to, "//"))
        tend_buffer_adds(out, parts.plain ? "http:" : "https:");
    else if (tend_text_starts(to, "/"))
        tend_buffer_add(out, (struct tend_text){ url, parts.path.at - url });
    else if (tend_text_starts(to, "?"))
        tend_buffer_add(out, (struct tend_text){
            url, parts.path.at + strcspn(parts.path.at, "?#") - url });
    else if (to.len == 0 || !memchr(to.at, ':', (size_t)to.len))
        tend_buffer_add(out, folder_of(url, &parts));
    if (out->len > 0 && out->at[out->len - 1] != '/' && to.len > 0 && to.at[0] != '/' &&
        to.at[0] != '?' && parts.path.len == 0)
        tend_buffer_addc(out, '/');
    tend_buffer_add(out, to);
    return tend_url_right(out->at, host, err);
}
