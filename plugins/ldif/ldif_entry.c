/* One entry as attributes: unfolded, out of base64, with what is not loaded
 * noted. */
#include "ldif.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int sixty_four(char c)
{
    return c >= 'A' && c <= 'Z'   ? c - 'A'
           : c >= 'a' && c <= 'z' ? c - 'a' + 26
           : c >= '0' && c <= '9' ? c - '0' + 52
           : c == '+'             ? 62
           : c == '/'             ? 63
                                  : -1;
}

/* -1: that is no base64. */
static int64_t from_base64(struct tend_text text, char *out)
{
    uint32_t bits = 0;
    int64_t n = 0, n_bits = 0;

    while (text.len > 0 && text.at[text.len - 1] == '=')
        text.len--;
    for (int64_t i = 0; i < text.len; i++) {
        int value = sixty_four(text.at[i]);

        if (value < 0)
            return -1;
        bits = (bits << 6 | (uint32_t)value) & 0xffffff;
        n_bits += 6;
        if (n_bits >= 8) {
            n_bits -= 8;
            out[n++] = (char)(bits >> n_bits & 0xff);
        }
    }
    return n;
}

static bool is_utf8(struct tend_text text)
{
    for (int64_t i = 0; i < text.len;) {
        unsigned char c = (unsigned char)text.at[i++];
        int64_t more = c < 0x80 ? 0 : c < 0xc2 ? 9 : c < 0xe0 ? 1 : c < 0xf0 ? 2 : c < 0xf5 ? 3 : 9;
        unsigned char next = i < text.len ? (unsigned char)text.at[i] : 0;

        if ((c == 0xe0 && next < 0xa0) || (c == 0xed && next >= 0xa0) ||
            (c == 0xf0 && next < 0x90) || (c == 0xf4 && next >= 0x90) || more == 9 ||
            i + more > text.len)
            return false;
        for (; more > 0; more--) {
            if (((unsigned char)text.at[i++] & 0xc0) != 0x80)
                return false;
        }
    }
    return true;
}

/* Text of older programs is Latin-1, and twice as long as UTF-8. */
static int64_t from_latin(char *at, int64_t len)
{
    int64_t high = 0;

    for (int64_t i = 0; i < len; i++)
        high += (unsigned char)at[i] >= 0x80;
    for (int64_t i = len - 1, to = len + high; i >= 0; i--) {
        unsigned char c = (unsigned char)at[i];

        if (c >= 0x80)
            at[--to] = (char)(0x80 | (c & 0x3f));
        at[--to] = c >= 0x80 ? (char)(0xc0 | c >> 6) : (char)c;
    }
    return len + high;
}

static int64_t without_controls(char *at, int64_t len)
{
    int64_t n = 0;

    for (int64_t i = 0; i < len; i++) {
        if ((unsigned char)at[i] >= ' ' || at[i] == '\n' || at[i] == '\t' ||
            (at[i] == '\r' && i + 1 < len && at[i + 1] != '\n'))
            at[n++] = at[i];
    }
    return n;
}

static tend_status wrong(struct ldif_entry *e, const char *code, int64_t line, int64_t column,
                         const char *reason)
{
    e->code = code;
    e->reason = reason;
    e->line = line;
    e->column = column;
    return TEND_OK;
}

/* Pictures and certificates are noted; a password is nobody's business. */
static bool is_media(struct tend_text name)
{
    static const char *const media[] = { "jpegPhoto", "photo", "audio", "userCertificate",
                                         "userSMIMECertificate", "userPKCS12", "thumbnailPhoto",
                                         "userPassword", NULL };

    for (int64_t i = 0; media[i]; i++) {
        if (ldif_is(name, media[i]))
            return true;
    }
    return false;
}

static void keep(struct ldif_entry *e, struct tend_text name, struct tend_text text,
                 bool elsewhere)
{
    struct ldif_value *v = &e->values[e->n++];
    char *also = e->room + e->room_len;

    v->name = name;
    v->text = ldif_trim(text);
    v->elsewhere = elsewhere;
    v->also = (struct tend_text){ also, name.len < 100 ? name.len + 5 : 105 };
    memcpy(also, "ldif.", 5);
    memcpy(also + 5, name.at, (size_t)v->also.len - 5);
    also[v->also.len] = '\0';
    e->room_len += v->also.len + 1;
}

static bool is_name(struct tend_text name)
{
    for (int64_t i = 0; i < name.len; i++) {
        char c = name.at[i];

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
              c == '-' || c == '.' || c == '_'))
            return false;
    }
    return name.len > 0;
}

/* One line, unfolded: "cn: Ann", "cn:: QW5u", "photo:< file:..." */
static tend_status read_line(struct ldif_entry *e, struct tend_text line, int64_t number)
{
    const char *colon = memchr(line.at, ':', (size_t)line.len);
    struct tend_text name = { line.at, colon ? colon - line.at : 0 }, text;
    char kind = colon && colon + 1 < line.at + line.len ? colon[1] : ' ';
    const char *option = memchr(name.at, ';', (size_t)name.len);
    int64_t n;

    if (option)
        name.len = option - name.at;
    if (!is_name(name))
        return wrong(e, "ldif.line", number, 1, "\"attribute: value\" was expected");
    text.at = colon + 1 + (kind == ':' || kind == '<');
    text.len = line.at + line.len - text.at;
    text = ldif_trim(text);
    if (is_media(name)) {
        char *note = e->room + e->room_len;

        if (ldif_is(name, "userPassword"))
            return TEND_OK;
        n = snprintf(note, 40, "%lld bytes, not loaded", (long long)text.len / 4 * 3);
        e->room_len += kind == '<' ? 0 : n;
        keep(e, name, kind == '<' ? text : (struct tend_text){ note, n }, kind == '<');
        return TEND_OK;
    }
    if (kind == ':') {
        char *out = e->room + e->room_len;

        n = from_base64(text, out);
        if (n < 0)
            return wrong(e, "ldif.base64", number, tend_column(line, text),
                         "this is no base64, which :: announces");
        if (!is_utf8((struct tend_text){ out, n }))
            n = from_latin(out, n);
        n = without_controls(out, n);
        e->room_len += n;
        text = (struct tend_text){ out, n };
    }
    keep(e, name, text, kind == '<');
    return TEND_OK;
}

/* Room for so many lines, and for their texts: each again, each twice as long, and what
 * they are kept as. */
static tend_status make_room(struct ldif_entry *e, int64_t lines, int64_t bytes)
{
    bytes = bytes * 4 + lines * 160;
    if (lines > e->cap) {
        struct ldif_value *values = realloc(e->values, (size_t)lines * 2 * sizeof *values);

        if (!values)
            return TEND_NOMEM;
        e->values = values;
        e->cap = lines * 2;
    }
    if (bytes > e->room_cap) {
        char *room = realloc(e->room, (size_t)bytes);

        if (!room)
            return TEND_NOMEM;
        e->room = room;
        e->room_cap = bytes;
    }
    e->n = e->room_len = 0;
    e->code = NULL;
    return TEND_OK;
}

/* A line with those that go on with it, which begin with a blank. */
static struct tend_text unfold(struct ldif_entry *e, struct tend_text *rest, int64_t *lines)
{
    char *out = e->room + e->room_len;
    struct tend_text line = ldif_line_cut(rest);
    int64_t n = line.len;

    memcpy(out, line.at, (size_t)line.len);
    *lines = 1;
    while (rest->len > 0 && (rest->at[0] == ' ' || rest->at[0] == '\t')) {
        line = ldif_line_cut(rest);
        memcpy(out + n, line.at + 1, (size_t)line.len - 1);
        n += line.len - 1;
        ++*lines;
    }
    e->room_len += n;
    return (struct tend_text){ out, n };
}

tend_status ldif_entry_read(struct ldif_entry *e, struct tend_text raw, int64_t line)
{
    struct tend_text rest = raw;
    int64_t n = 0, lines;

    while (rest.len > 0) {
        ldif_line_cut(&rest);
        n++;
    }
    if (make_room(e, n, raw.len) != TEND_OK)
        return TEND_NOMEM;
    for (rest = raw; rest.len > 0 && !e->code; line += lines) {
        struct tend_text text = unfold(e, &rest, &lines);

        if (text.len > 0 && text.at[0] != '#' && !ldif_is(text, "-"))
            read_line(e, text, line);
    }
    return TEND_OK;
}

void ldif_entry_finish(struct ldif_entry *e)
{
    free(e->values);
    free(e->room);
}

struct tend_text ldif_entry_get(const struct ldif_entry *e, const char *name, int64_t n)
{
    for (int64_t i = 0; i < e->n; i++) {
        const struct ldif_value *v = &e->values[i];

        if (ldif_is(v->name, name) && v->text.len > 0 && !v->elsewhere && n-- == 0)
            return v->text;
    }
    return (struct tend_text){ "", 0 };
}

bool ldif_entry_has(const struct ldif_entry *e, const char *name, const char *text)
{
    for (int64_t i = 0; i < e->n; i++) {
        if (ldif_is(e->values[i].name, name) && (!text || ldif_is(e->values[i].text, text)))
            return true;
    }
    return false;
}
