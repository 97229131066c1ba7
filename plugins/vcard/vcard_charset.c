/* Charsets that stand in a property, beside the one that the host read the file
 * in. */
#include "vcard.h"
#include <iconv.h>
#include <string.h>

/* The characters of Windows-1252 from 0x80 on, as Unicode; 0: as it is. */
static const uint16_t high[32] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
};

/* Bytes of the character that begins here; 0: none does. */
static int64_t utf8_len(struct tend_text text, int64_t i)
{
    unsigned char c = (unsigned char)text.at[i], next;
    int64_t len = c < 0x80 ? 1 : c < 0xc2 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 0;

    if (len == 0 || i + len > text.len)
        return 0;
    for (int64_t k = 1; k < len; k++) {
        if (((unsigned char)text.at[i + k] & 0xc0) != 0x80)
            return 0;
    }
    next = len > 1 ? (unsigned char)text.at[i + 1] : 0;
    if ((c == 0xe0 && next < 0xa0) || (c == 0xed && next >= 0xa0) || (c == 0xf0 && next < 0x90) ||
        (c == 0xf4 && next >= 0x90))
        return 0;
    return len;
}

static bool is_utf8(struct tend_text text)
{
    for (int64_t i = 0, len; i < text.len; i += len) {
        len = utf8_len(text, i);
        if (len == 0)
            return false;
    }
    return true;
}

static int64_t put_char(char *out, uint32_t code)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xc0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3f));
        return 2;
    }
    out[0] = (char)(0xe0 | code >> 12);
    out[1] = (char)(0x80 | (code >> 6 & 0x3f));
    out[2] = (char)(0x80 | (code & 0x3f));
    return 3;
}

/* UTF-8 where it is, Windows-1252 where it is not. */
static struct tend_text guessed(struct vcard_room *room, struct tend_text bytes)
{
    char *out = vcard_room_take(room, bytes.len * 3 + 1);
    int64_t n = 0;

    for (int64_t i = 0; i < bytes.len && out;) {
        int64_t len = utf8_len(bytes, i);
        unsigned char c = (unsigned char)bytes.at[i];

        if (len > 0)
            memcpy(out + n, bytes.at + i, (size_t)len);
        n += len > 0 ? len : put_char(out + n, c < 0xa0 && high[c - 0x80] ? high[c - 0x80] : c);
        i += len > 0 ? len : 1;
    }
    return (struct tend_text){ out ? out : "", n };
}

static bool convert(struct vcard_room *room, struct tend_text bytes, const char *charset,
                    struct tend_text *text)
{
    iconv_t from = iconv_open("UTF-8", charset);
    size_t left = (size_t)bytes.len, space = (size_t)bytes.len * 4 + 16;
    char *in = (char *)(uintptr_t)bytes.at, *begin, *out;
    bool done;

    if (from == (iconv_t)-1)
        return false;
    begin = out = vcard_room_take(room, (int64_t)space);
    done = out && iconv(from, &in, &left, &out, &space) != (size_t)-1 && left == 0 &&
           iconv(from, NULL, NULL, &out, &space) != (size_t)-1;
    iconv_close(from);
    if (done)
        *text = (struct tend_text){ begin, out - begin };
    return done;
}

/* What everybody writes into the property, or nothing at all. */
static bool is_usual(struct tend_text charset)
{
    static const char *const usual[] = { "",           "UTF-8",       "UTF8",         "US-ASCII",
                                         "ISO-8859-1", "ISO8859-1",   "WINDOWS-1252", "LATIN1",
                                         "CP1252",     "ISO-LATIN-1", NULL };

    for (int64_t i = 0; usual[i]; i++) {
        if (vcard_is(charset, usual[i]))
            return true;
    }
    return false;
}

/* The name as iconv wants it; false if it is no name. */
static bool name_of(struct tend_text charset, char name[32])
{
    if (charset.len == 0 || charset.len >= 32)
        return false;
    for (int64_t i = 0; i < charset.len; i++) {
        if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_:.",
                    charset.at[i]))
            return false; /* "//TRANSLIT" and its kin are for programs */
    }
    memcpy(name, charset.at, (size_t)charset.len);
    name[charset.len] = '\0';
    return true;
}

struct tend_text vcard_charset(struct vcard_room *room, struct tend_text bytes,
                               struct tend_text charset)
{
    struct tend_text text;
    char name[32];

    if (bytes.len == 0)
        return bytes;
    if (!is_usual(charset) && name_of(charset, name) && convert(room, bytes, name, &text) &&
        is_utf8(text))
        return text;
    return is_utf8(bytes) ? bytes : guessed(room, bytes);
}

/* The byte of Windows-1252 that became this character; -1: none did. */
static int byte_of(uint32_t code)
{
    for (int i = 0; i < 32; i++) {
        if (high[i] == code)
            return 0x80 + i;
    }
    return code < 0x100 ? (int)code : -1;
}

struct tend_text vcard_recoded(struct vcard_room *room, struct tend_text text,
                               struct tend_text charset)
{
    char *bytes;
    int64_t n = 0;
    struct tend_text recoded;
    char name[32];

    if (is_usual(charset) || !name_of(charset, name) || !is_utf8(text))
        return text;
    bytes = vcard_room_take(room, text.len + 1);
    for (int64_t i = 0, len; i < text.len && bytes; i += len) {
        uint32_t code = (unsigned char)text.at[i];
        int byte;

        len = utf8_len(text, i);
        code = len == 1 ? code : code & (0x3fu >> (len - 1));
        for (int64_t k = 1; k < len; k++)
            code = code << 6 | ((unsigned char)text.at[i + k] & 0x3f);
        byte = byte_of(code);
        if (byte < 0)
            return text; /* it was no such file */
        bytes[n++] = (char)byte;
    }
    if (!bytes || (n == text.len && !memchr(bytes, 0x1b, (size_t)n)) ||
        !convert(room, (struct tend_text){ bytes, n }, name, &recoded))
        return text;
    return recoded;
}
