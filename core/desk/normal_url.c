/* The key of a web page: without what is written or left out at will, so that
 * https://www.example.com/ and example.com are one. */
#include "desk/normal.h"

#define MOST 512

static bool strip(struct tend_text *text, const char *with)
{
    int64_t len = (int64_t)strlen(with);

    if (text->len <= len || !tend_text_is_nocase((struct tend_text){ text->at, len }, with))
        return false;
    *text = (struct tend_text){ text->at + len, text->len - len };
    return true;
}

static int64_t find(struct tend_text text, const char *any)
{
    int64_t i = 0;

    while (i < text.len && !strchr(any, text.at[i]))
        i++;
    return i;
}

static char small(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* "at.linkedin.com/in/Ann-Example-1/details?x=y": one person's page, whatever is behind. */
static bool put_profile(struct tend_text host, struct tend_text path, char *out)
{
    static const char profile[] = "linkedin.com/in/";
    struct tend_text name = path;
    size_t n = sizeof profile - 1;

    if (host.len < 12 ||
        !tend_text_is_nocase((struct tend_text){ host.at + host.len - 12, 12 }, "linkedin.com") ||
        (host.len > 12 && host.at[host.len - 13] != '.') || !strip(&name, "/in/"))
        return false;
    name.len = find(name, "/?#");
    if (name.len == 0 || name.len > 200)
        return false;
    memcpy(out, profile, n);
    for (int64_t i = 0; i < name.len; i++)
        out[n++] = small(name.at[i]);
    out[n] = '\0';
    return true;
}

static bool url_key(struct tend_text value, char out[MOST])
{
    struct tend_text text = tend_text_trim(value), host, path;
    int64_t n = 0;

    if (!strip(&text, "https://"))
        strip(&text, "http://");
    host = (struct tend_text){ text.at, find(text, "/?#") };
    path = (struct tend_text){ text.at + host.len, text.len - host.len };
    path.len = find(path, "#");
    if (text.len >= MOST - 1 || find(text, " \t\r\n@<>\"") < text.len ||
        !memchr(host.at, '.', (size_t)host.len))
        return false;
    if (put_profile(host, path, out))
        return true;
    strip(&host, "www.");
    while (path.len > 0 && path.at[path.len - 1] == '/')
        path.len--;
    for (int64_t i = 0; i < host.len; i++)
        out[n++] = small(host.at[i]);
    memcpy(out + n, path.at, (size_t)path.len);
    out[n + path.len] = '\0';
    return true;
}

static tend_status url_keys(struct tend_ctx *ctx, int64_t n, const struct tend_text *values,
                            const struct tend_text *regions, struct tend_text *keys)
{
    (void)regions;
    for (int64_t i = 0; i < n; i++) {
        char key[MOST];

        keys[i] = url_key(values[i], key) ? ctx->text->keep(ctx, tend_text_of(key))
                                          : (struct tend_text){ "", 0 };
    }
    return TEND_OK;
}

const struct tend_normaliser tend_normal_url = {
    sizeof tend_normal_url,
    "url",
    "url",
    url_keys,
};
