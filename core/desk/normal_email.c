/* The key of an e-mail address: in lower case. Only what could be sent to has
 * one (RFC 5321, with letters of any writing); the rest is kept as typed and is
 * nobody's key, and it is said why. */
#include "desk/normal.h"
#include <arpa/inet.h>

#define MOST_LOCAL 64
#define MOST_LABEL 63
#define MOST_DOMAIN 253
#define MOST 254

struct scan {
    const char *at, *end;
    const char *why;
};

static bool fail(struct scan *s, const char *why)
{
    if (!s->why)
        s->why = why;
    return false;
}

/* Letters, digits, and the signs that need no quotes; letters of other writing too. */
static bool is_atom(char c)
{
    static const bool signs[128] = {
        ['!'] = true, ['#'] = true, ['$'] = true, ['%'] = true, ['&'] = true,  ['\''] = true,
        ['*'] = true, ['+'] = true, ['-'] = true, ['/'] = true, ['='] = true,  ['?'] = true,
        ['^'] = true, ['_'] = true, ['`'] = true, ['{'] = true, ['|'] = true,  ['}'] = true,
        ['~'] = true, ['0'] = true, ['1'] = true, ['2'] = true, ['3'] = true,  ['4'] = true,
        ['5'] = true, ['6'] = true, ['7'] = true, ['8'] = true, ['9'] = true,
    };
    unsigned char u = (unsigned char)c;

    return u >= 0x80 || ((u | 0x20) >= 'a' && (u | 0x20) <= 'z') || signs[u];
}

static const char *sign_why(char c)
{
    switch (c) {
    case ' ':
        return "it has a space in it";
    case '(':
    case ')':
        return "it has a bracket where none can be";
    case '"':
        return "it has a quote where none can be";
    case '@':
        return "it has more than one @";
    case ',':
    case ';':
        return "it is more than one address, or has a comma or semicolon too many";
    case '\\':
        return "it has a backslash outside quotes";
    case '<':
    case '>':
        return "it has a < or > that does not enclose the address";
    default:
        return "it has a character that no address has";
    }
}

/* Past a comment in round brackets, which may hold others; at is at its "(". */
static bool skip_comment(struct scan *s)
{
    int32_t depth = 0;

    for (; s->at < s->end; s->at++) {
        if (*s->at == '\\') {
            if (++s->at == s->end)
                return fail(s, "it ends with a backslash");
        } else if (*s->at == '(') {
            depth++;
        } else if (*s->at == ')' && --depth == 0) {
            s->at++;
            return true;
        }
    }
    return fail(s, "a bracket is not closed");
}

/* "two words"@example.com */
static bool skip_quoted(struct scan *s)
{
    for (s->at++; s->at < s->end; s->at++) {
        if (*s->at == '"') {
            s->at++;
            return true;
        }
        if (*s->at == '\\' && (++s->at == s->end || (unsigned char)*s->at >= 0x80))
            return fail(s, s->at == s->end ? "it ends with a backslash"
                                           : "a backslash stands before what needs none");
    }
    return fail(s, "a quote is not closed");
}

static bool read_local(struct scan *s)
{
    const char *from = s->at;

    if (s->at < s->end && *s->at == '"') {
        if (!skip_quoted(s))
            return false;
        if (s->at < s->end && *s->at != '@')
            return fail(s, "something stands between the closing quote and the @");
    } else {
        for (; s->at < s->end && *s->at != '@'; s->at++) {
            if (*s->at == '.' && s->at == from)
                return fail(s, "it begins with a dot");
            if (*s->at == '.' && s->at[-1] == '.')
                return fail(s, "it has two dots in a row");
            if (*s->at != '.' && !is_atom(*s->at))
                return fail(s, sign_why(*s->at));
        }
        if (s->at > from && s->at[-1] == '.')
            return fail(s, s->at < s->end ? "there is a dot before the @" : "it has no @");
    }
    if (s->at == s->end)
        return fail(s, "it has no @");
    if (s->at == from)
        return fail(s, "nothing stands before the @");
    return s->at - from <= MOST_LOCAL || fail(s, "it has more than 64 letters before the @");
}

/* "[192.0.2.1]", "[IPv6:2001:db8::1]" */
static bool read_literal(struct scan *s)
{
    const char *from = s->at + 1;
    unsigned char raw[16];
    char text[64];
    size_t len;

    while (s->at < s->end && *s->at != ']')
        s->at++;
    if (s->at == s->end)
        return fail(s, "a [ is not closed");
    len = (size_t)(s->at++ - from);
    if (len >= sizeof text)
        return fail(s, "no IP address stands in the []");
    memcpy(text, from, len);
    text[len] = '\0';
    if (strncmp(text, "IPv6:", 5) == 0 ? inet_pton(AF_INET6, text + 5, raw) == 1
                                        : inet_pton(AF_INET, text, raw) == 1)
        return true;
    return fail(s, "no IP address stands in the []");
}

/* One name between dots; a hyphen is within it. */
static bool read_label(struct scan *s)
{
    const char *from = s->at;

    while (s->at < s->end && !strchr(".( ", *s->at)) {
        if (!is_atom(*s->at) || strchr("!#$%&'*+/=?^`{|}~", *s->at))
            return fail(s, sign_why(*s->at));
        s->at++;
    }
    if (s->at == from)
        return fail(s, s->at == s->end    ? "it ends with a dot"
                       : s->at[-1] == '@' ? "there is a dot behind the @"
                                          : "it has two dots in a row");
    if (*from == '-' || s->at[-1] == '-')
        return fail(s, "a part of its domain begins or ends with a hyphen");
    return s->at - from <= MOST_LABEL || fail(s, "a part of its domain is over 63 letters long");
}

static bool read_domain(struct scan *s)
{
    const char *from = s->at;

    if (s->at == s->end)
        return fail(s, "no domain stands behind the @");
    if (*s->at == '[')
        return read_literal(s);
    if (!read_label(s))
        return false;
    while (s->at < s->end && *s->at == '.') {
        s->at++;
        if (!read_label(s))
            return false;
    }
    return s->at - from <= MOST_DOMAIN || fail(s, "its domain is too long");
}

/* Comments may stand before and behind: ann@example.com (Ann Lee). */
static bool read_address(struct scan *s, struct tend_text *part)
{
    const char *from;

    for (const char *c = s->at; c < s->end; c++) {
        if ((unsigned char)*c < ' ' || *c == 0x7f)
            return fail(s, *c == '\r' || *c == '\n' ? "it has a line break in it"
                                                    : "it has a control character in it");
    }
    if (s->at < s->end && *s->at == '(' && !skip_comment(s))
        return false;
    while (s->at < s->end && *s->at == ' ')
        s->at++;
    from = s->at;
    if (!read_local(s))
        return false;
    s->at++;
    if (!read_domain(s))
        return false;
    *part = (struct tend_text){ from, s->at - from };
    while (s->at < s->end && *s->at == ' ')
        s->at++;
    if (s->at < s->end && *s->at == '(' && !skip_comment(s))
        return false;
    if (s->at < s->end)
        return fail(s, sign_why(s->at[-1] == ' ' ? ' ' : *s->at));
    return part->len <= MOST || fail(s, "it is over 254 letters long");
}

/* What is left of what people paste: Ann Lee <ann@example.com>, mailto:... */
static struct tend_text unwrap(struct tend_text text)
{
    while (text.len > 0 && strchr(" \t", text.at[text.len - 1]))
        text.len--;
    while (text.len > 0 && (text.at[0] == ' ' || text.at[0] == '\t'))
        text = (struct tend_text){ text.at + 1, text.len - 1 };
    if (text.len > 2 && text.at[text.len - 1] == '>') {
        for (int64_t i = text.len - 2; i >= 0; i--) {
            if (text.at[i] == '<') {
                text = tend_text_trim((struct tend_text){ text.at + i + 1, text.len - i - 2 });
                break;
            }
        }
    }
    if (text.len > 7 && tend_text_is_nocase((struct tend_text){ text.at, 7 }, "mailto:"))
        text = (struct tend_text){ text.at + 7, text.len - 7 };
    return text;
}

const char *tend_normal_email_why(struct tend_text value, struct tend_text *part)
{
    struct tend_text text = unwrap(value);
    struct scan s = { text.at, text.at + text.len, NULL };

    if (read_address(&s, part))
        return NULL;
    *part = (struct tend_text){ "", 0 };
    if (!memchr(value.at, '@', (size_t)value.len))
        return "it has no @";
    return s.why;
}

struct tend_text tend_normal_email_part(struct tend_text value)
{
    struct tend_text part;

    tend_normal_email_why(value, &part);
    return part;
}

static tend_status email_keys(struct tend_ctx *ctx, int64_t n, const struct tend_text *values,
                              const struct tend_text *regions, struct tend_text *keys)
{
    (void)regions;
    for (int64_t i = 0; i < n; i++) {
        struct tend_text part = tend_normal_email_part(values[i]);

        keys[i] = (struct tend_text){ "", 0 };
        if (part.len == 0)
            continue;
        keys[i] = ctx->text->keep(ctx, part);
        for (int64_t j = 0; j < keys[i].len; j++) {
            /* kept just now: ours to write; only A to Z, since accents tell people apart */
            char *c = (char *)(uintptr_t)&keys[i].at[j];

            if (*c >= 'A' && *c <= 'Z')
                *c = (char)(*c - 'A' + 'a');
        }
    }
    return TEND_OK;
}

const struct tend_normaliser tend_normal_email = {
    sizeof tend_normal_email,
    "email",
    "email",
    email_keys,
};
