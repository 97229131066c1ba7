/* Encodings that exports of people come in, made UTF-8. Done here rather than
 * with iconv, since a file that is wrong in one place must still be read. */
#include "base/utf8.h"
#include "desk/input.h"
#include <string.h>

/* Windows-1252, 0x80 to 0x9F; 0 where nothing is defined. */
static const int32_t cp1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

const char *tend_encoding_name(enum tend_encoding encoding)
{
    static const char *const names[] = { "UTF-8", "UTF-16LE", "UTF-16BE", "Windows-1252",
                                         "another encoding" };

    return names[encoding];
}

static void put_code(struct tend_buffer *out, int32_t code)
{
    char bytes[4];
    int32_t len = tend_utf8_put(bytes, code == 0 ? TEND_UTF8_REPLACEMENT : code);

    tend_buffer_add(out, (struct tend_text){ bytes, len });
}

static void put_cp1252(struct tend_buffer *out, unsigned char c)
{
    put_code(out, c >= 0x80 && c < 0xA0 ? cp1252[c - 0x80] : c);
}

static int64_t ascii_run(const unsigned char *at, int64_t len)
{
    int64_t i = 0;

    for (; i + 8 <= len; i += 8) {
        uint64_t word;

        memcpy(&word, at + i, 8);
        /* a high bit, or a NUL */
        if ((word | (word - UINT64_C(0x0101010101010101))) & UINT64_C(0x8080808080808080))
            break;
    }
    while (i < len && at[i] < 0x80 && at[i] != 0)
        i++;
    return i;
}

/* Length of the UTF-8 character that begins here; 0 if none does; -1 if it may
 * be one that goes on behind the end. */
static int64_t utf8_len(const unsigned char *at, int64_t len)
{
    unsigned char c = at[0], low = 0x80, high = 0xBF;
    int64_t need = c >= 0xC2 && c <= 0xDF   ? 2
                   : c >= 0xE0 && c <= 0xEF ? 3
                   : c >= 0xF0 && c <= 0xF4 ? 4
                                            : 0;

    if (need == 0)
        return 0;
    if (c == 0xE0)
        low = 0xA0;
    else if (c == 0xED)
        high = 0x9F;
    else if (c == 0xF0)
        low = 0x90;
    else if (c == 0xF4)
        high = 0x8F;
    for (int64_t i = 1; i < need; i++) {
        if (i == len)
            return -1;
        if (at[i] < low || at[i] > high)
            return 0;
        low = 0x80;
        high = 0xBF;
    }
    return need;
}

/* A few pairs that are letters in both: È” or É’ at the end of a word in
 * capitals. They are UTF-8 as long as nothing else speaks against it. */
static bool is_doubtful(unsigned char lead)
{
    return lead >= 0xC6 && lead <= 0xCB;
}

/* Counts what is UTF-8 and what is not, as decode_utf8 does. */
static void count_utf8(const unsigned char *at, int64_t len, bool whole, struct tend_decoder *d)
{
    for (int64_t i = 0; i < len;) {
        int64_t n;

        if (at[i] < 0x80) {
            i++;
            continue;
        }
        n = utf8_len(at + i, len - i);
        if (n < 0 && !whole)
            return;
        if (n > 0 && (d->seen >= d->odd || !is_doubtful(at[i])))
            d->seen++;
        else
            d->odd++;
        i += n > 0 ? n : 1;
    }
}

enum tend_encoding tend_decode_guess(const unsigned char *at, int64_t len, bool whole, int64_t *bom)
{
    int64_t even = 0, odd = 0, pairs = len / 2;
    struct tend_decoder found = { 0 };

    *bom = 0;
    if (len >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0) {
        *bom = 3;
        return TEND_ENCODING_UTF8;
    }
    if (len >= 2 && (memcmp(at, "\xFF\xFE", 2) == 0 || memcmp(at, "\xFE\xFF", 2) == 0)) {
        *bom = 2;
        return at[0] == 0xFF ? TEND_ENCODING_UTF16LE : TEND_ENCODING_UTF16BE;
    }
    for (int64_t i = 0; i < pairs; i++) {
        even += at[2 * i] == 0;
        odd += at[2 * i + 1] == 0;
    }
    /* delimiters and digits are half NUL in any script */
    if (pairs > 1 && odd * 5 > pairs && even * 50 < odd)
        return TEND_ENCODING_UTF16LE;
    if (pairs > 1 && even * 5 > pairs && odd * 50 < even)
        return TEND_ENCODING_UTF16BE;
    count_utf8(at, len, whole, &found);
    /* two letters of a code page may look like one of UTF-8 */
    return found.odd > 0 && found.odd >= found.seen * 4 ? TEND_ENCODING_CP1252
                                                        : TEND_ENCODING_UTF8;
}

static void put_odd(struct tend_decoder *d, unsigned char c, struct tend_buffer *out)
{
    d->odd++;
    d->odd_lines += !d->in_odd_line;
    d->in_odd_line = true;
    put_cp1252(out, c);
}

/* Returns how many bytes were used; the rest is the beginning of a character. */
static int64_t decode_utf8(struct tend_decoder *d, const unsigned char *at, int64_t len,
                           struct tend_buffer *out)
{
    int64_t i = 0;

    while (i < len) {
        int64_t n = ascii_run(at + i, len - i);

        tend_buffer_add(out, (struct tend_text){ (const char *)at + i, n });
        if (d->in_odd_line && (memchr(at + i, '\n', (size_t)n) || memchr(at + i, '\r', (size_t)n)))
            d->in_odd_line = false;
        i += n;
        if (i == len)
            break;
        if (at[i] == 0) {
            put_code(out, 0);
            i++;
            continue;
        }
        n = utf8_len(at + i, len - i);
        if (n < 0)
            break;
        if (n > 0 && (d->seen >= d->odd || !is_doubtful(at[i]))) {
            tend_buffer_add(out, (struct tend_text){ (const char *)at + i, n });
            d->seen++;
            i += n;
            continue;
        }
        put_odd(d, at[i++], out);
    }
    return i;
}

static int64_t decode_utf16(struct tend_decoder *d, const unsigned char *at, int64_t len,
                            struct tend_buffer *out)
{
    int high = d->encoding == TEND_ENCODING_UTF16LE;
    int64_t i = 0;

    while (i + 2 <= len) {
        int32_t unit = at[i + high] << 8 | at[i + !high], low;

        if (unit < 0xD800 || unit > 0xDFFF) {
            put_code(out, unit);
            i += 2;
            continue;
        }
        if (unit < 0xDC00 && i + 4 > len)
            break;
        low = unit < 0xDC00 ? at[i + 2 + high] << 8 | at[i + 2 + !high] : 0;
        if (low >= 0xDC00 && low <= 0xDFFF) {
            put_code(out, 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00));
            i += 4;
        } else {
            put_code(out, TEND_UTF8_REPLACEMENT);
            d->odd++;
            i += 2;
        }
    }
    return i;
}

int64_t tend_decode(struct tend_decoder *d, const unsigned char *at, int64_t len, bool last,
                    struct tend_buffer *out)
{
    bool wide = d->encoding == TEND_ENCODING_UTF16LE || d->encoding == TEND_ENCODING_UTF16BE;
    bool other = d->encoding == TEND_ENCODING_OTHER;
    int64_t used = wide    ? decode_utf16(d, at, len, out)
                   : other ? tend_decode_other(d, at, len, out)
                           : decode_utf8(d, at, len, out);

    if (!last || used == len)
        return used;
    if (wide || other)
        put_code(out, TEND_UTF8_REPLACEMENT);
    for (int64_t i = used; i < len && !wide && !other; i++)
        put_odd(d, at[i], out);
    return len;
}
