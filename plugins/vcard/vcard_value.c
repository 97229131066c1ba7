/* Values: out of quoted-printable and base64, taken apart at their separators,
 * and freed of their escapes. */
#include "vcard.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct tend_text vcard_trim(struct tend_text text)
{
    while (text.len > 0 && (unsigned char)text.at[0] <= ' ') {
        text.at++;
        text.len--;
    }
    while (text.len > 0 && (unsigned char)text.at[text.len - 1] <= ' ')
        text.len--;
    return text;
}

/* --- encodings --------------------------------------------------------------- */

enum vcard_encoding vcard_encoding(const struct vcard_property *p)
{
    for (int64_t i = 0; i < p->n_params; i++) {
        if (!vcard_is(p->params[i].name, "ENCODING"))
            continue;
        if (vcard_is(p->params[i].value, "QUOTED-PRINTABLE") ||
            vcard_is(p->params[i].value, "Q"))
            return VCARD_QUOTED;
        if (vcard_is(p->params[i].value, "BASE64") || vcard_is(p->params[i].value, "B"))
            return VCARD_BASE64;
    }
    return VCARD_PLAIN;
}

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

/* An equals sign that begins no code stays one. */
static int64_t from_quoted(struct tend_text text, char *out)
{
    int64_t n = 0;

    for (int64_t i = 0; i < text.len; i++) {
        if (text.at[i] == '=' && i + 2 < text.len && hex(text.at[i + 1]) >= 0 &&
            hex(text.at[i + 2]) >= 0) {
            out[n++] = (char)(hex(text.at[i + 1]) * 16 + hex(text.at[i + 2]));
            i += 2;
        } else {
            out[n++] = text.at[i];
        }
    }
    return n;
}

static int sixty_four(char c)
{
    return c >= 'A' && c <= 'Z'   ? c - 'A'
           : c >= 'a' && c <= 'z' ? c - 'a' + 26
           : c >= '0' && c <= '9' ? c - '0' + 52
           : c == '+' || c == '-' ? 62
           : c == '/' || c == '_' ? 63
                                  : -1;
}

static int64_t from_base64(struct tend_text text, char *out)
{
    uint32_t bits = 0;
    int64_t n = 0, n_bits = 0;

    for (int64_t i = 0; i < text.len; i++) {
        int value = sixty_four(text.at[i]);

        if (value < 0)
            continue;
        bits = (bits << 6 | (uint32_t)value) & 0xffffff;
        n_bits += 6;
        if (n_bits >= 8) {
            n_bits -= 8;
            out[n++] = (char)(bits >> n_bits & 0xff);
        }
    }
    return n;
}

/* Control characters say nothing, and a NUL would end the text. A CR is kept where it
 * is not half of an end of a line. */
static struct tend_text without_controls(char *at, int64_t len, bool keep_cr)
{
    int64_t n = 0;

    for (int64_t i = 0; i < len; i++) {
        if ((unsigned char)at[i] >= ' ' || at[i] == '\n' || at[i] == '\t' ||
            (at[i] == '\r' && keep_cr))
            at[n++] = at[i];
    }
    return (struct tend_text){ at, n };
}

struct tend_text vcard_decoded(struct vcard_room *room, const struct vcard_property *p)
{
    enum vcard_encoding encoding = vcard_encoding(p);
    struct tend_text charset = vcard_param(p, "CHARSET", 0), text;
    char *out;

    if (encoding == VCARD_PLAIN)
        return charset.len > 0 ? vcard_recoded(room, p->value, charset) : p->value;
    out = vcard_room_take(room, p->value.len + 1);
    if (!out)
        return (struct tend_text){ "", 0 };
    text.at = out;
    text.len = encoding == VCARD_QUOTED ? from_quoted(p->value, out) : from_base64(p->value, out);
    text = vcard_charset(room, text, charset);
    out = vcard_room_take(room, text.len + 1);
    if (!out)
        return (struct tend_text){ "", 0 };
    memcpy(out, text.at, (size_t)text.len);
    return without_controls(out, text.len, encoding == VCARD_BASE64);
}

/* --- separators and escapes --------------------------------------------------- */

struct tend_text vcard_unescaped(struct vcard_room *room, struct tend_text text)
{
    char *out;
    int64_t n = 0;

    text = vcard_trim(text);
    if (text.len == 0 || !memchr(text.at, '\\', (size_t)text.len))
        return text;
    out = vcard_room_take(room, text.len);
    for (int64_t i = 0; i < text.len && out; i++) {
        char next = i + 1 < text.len ? text.at[i + 1] : '\0';

        if (text.at[i] != '\\' || !next || !strchr("nN,;:\\\"", next)) {
            out[n++] = text.at[i];
            continue;
        }
        out[n++] = next == 'n' || next == 'N' ? '\n' : next;
        i++;
    }
    return vcard_trim((struct tend_text){ out ? out : "", n });
}

bool vcard_piece_raw(struct tend_text *rest, char sep, struct tend_text *piece)
{
    int64_t i = 0;

    if (!rest->at)
        return false;
    while (i < rest->len && rest->at[i] != sep)
        i += rest->at[i] == '\\' && i + 1 < rest->len ? 2 : 1;
    *piece = (struct tend_text){ rest->at, i };
    if (i < rest->len)
        *rest = (struct tend_text){ rest->at + i + 1, rest->len - i - 1 };
    else
        *rest = (struct tend_text){ NULL, 0 };
    return true;
}

bool vcard_piece(struct vcard_room *room, struct tend_text *rest, char sep, struct tend_text *piece)
{
    if (!vcard_piece_raw(rest, sep, piece))
        return false;
    *piece = vcard_unescaped(room, *piece);
    return true;
}

struct tend_text vcard_printf(struct vcard_room *room, const char *fmt, ...)
{
    va_list args;
    int len;
    char *out;

    va_start(args, fmt);
    len = vsnprintf(NULL, 0, fmt, args);
    va_end(args);
    out = len < 0 ? NULL : vcard_room_take(room, len + 1);
    if (!out)
        return (struct tend_text){ "", 0 };
    va_start(args, fmt);
    vsnprintf(out, (size_t)len + 1, fmt, args);
    va_end(args);
    return (struct tend_text){ out, len };
}

struct tend_text vcard_joined(struct vcard_room *room, struct tend_text a, const char *between,
                              struct tend_text b)
{
    int64_t n = (int64_t)strlen(between);
    char *out;

    if (a.len == 0 || b.len == 0)
        return a.len > 0 ? a : b;
    out = vcard_room_take(room, a.len + n + b.len);
    if (!out)
        return (struct tend_text){ "", 0 };
    memcpy(out, a.at, (size_t)a.len);
    memcpy(out + a.len, between, (size_t)n);
    memcpy(out + a.len + n, b.at, (size_t)b.len);
    return (struct tend_text){ out, a.len + n + b.len };
}

struct tend_text vcard_one_line(struct vcard_room *room, struct tend_text text)
{
    struct tend_text out = { "", 0 }, rest = text;

    while (rest.len > 0) {
        struct tend_text line = vcard_trim(vcard_line_cut(&rest));

        while (line.len > 0 && (line.at[line.len - 1] == ',' || line.at[line.len - 1] == ' '))
            line.len--;
        out = vcard_joined(room, out, ", ", line);
    }
    return out;
}
