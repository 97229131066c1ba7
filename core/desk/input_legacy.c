/* Encodings from before UTF-8, by their names and by how their text looks: programs on
 * a desk still write the code page of their country, and nobody knows which that is. */
#include "base/text.h"
#include "desk/input.h"
#include <errno.h>
#include <iconv.h>
#include <string.h>

/* --- by name ------------------------------------------------------------ */

static bool is_named(const char *name, const char *words)
{
    char plain[32];
    size_t n = 0;

    for (; *name && n + 1 < sizeof plain; name++) {
        if (*name != '-' && *name != '_' && *name != ' ')
            plain[n++] = *name >= 'A' && *name <= 'Z' ? (char)(*name + 32) : *name;
    }
    plain[n] = '\0';
    return tend_text_has_word(tend_text_of(words), (struct tend_text){ plain, (int64_t)n });
}

static bool use_iconv(struct tend_decoder *d, const char *name)
{
    iconv_t other = iconv_open("UTF-8", name);

    if (other == (iconv_t)-1)
        return false;
    d->encoding = TEND_ENCODING_OTHER;
    d->name = name;
    d->other = other;
    return true;
}

tend_status tend_decode_named(struct tend_decoder *d, const char *name, struct tend_error *err)
{
    if (is_named(name, "utf8"))
        d->encoding = TEND_ENCODING_UTF8;
    else if (is_named(name, "utf16le") || (is_named(name, "utf16 unicode") &&
                                           d->encoding != TEND_ENCODING_UTF16BE))
        d->encoding = TEND_ENCODING_UTF16LE;
    else if (is_named(name, "utf16be utf16 unicode"))
        d->encoding = TEND_ENCODING_UTF16BE;
    else if (is_named(name, "windows1252 cp1252 latin1 iso88591 ansi"))
        d->encoding = TEND_ENCODING_CP1252;
    else if (!use_iconv(d, is_named(name, "mac macroman macos") ? "MACINTOSH" : name))
        return tend_error_set(err, TEND_USAGE,
                              "there is no encoding \"%s\"; utf-8, utf-16, windows-1252, "
                              "windows-1251, big5, shift_jis, mac or another that iconv knows was "
                              "expected", name);
    return TEND_OK;
}

/* --- by its looks ------------------------------------------------------- */

static bool is_high(unsigned char c)
{
    return c >= 0x80;
}

static bool is_letter(unsigned char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* What is counted of the bytes that are not ASCII. */
struct looks {
    int64_t high, upper;        /* all; those from 0xC0 on */
    int64_t runs;               /* those beside another */
    int64_t capital, koi_capital; /* words that begin as Windows-1251 or KOI8-R capitals do */
    int64_t pairs, chained;     /* taken two by two; those beside another pair */
    int64_t low_trail;          /* pairs that end in ASCII */
    int64_t kana, hangul;       /* pairs of Shift-JIS kana; that may be EUC-KR */
    int64_t inside[256];        /* bytes in a word of Latin letters */
    int64_t word;               /* the sum of these */
};

static void look(const unsigned char *at, int64_t len, struct looks *l)
{
    for (int64_t i = 0; i < len; i++) {
        bool before = i > 0 && is_high(at[i - 1]), behind = i + 1 < len && is_high(at[i + 1]);
        bool after = i > 0 && is_letter(at[i - 1]), ahead = i + 1 < len && is_letter(at[i + 1]);
        /* m\xB3 is no word that goes on, nor does one begin in \xBF */
        bool latin = strchr("\xB2\xB3\xB9\xBA\xAA", (char)at[i])   ? ahead
                     : strchr("\xBF\xA1", (char)at[i]) ? after
                                                        : after || ahead;

        if (!is_high(at[i]))
            continue;
        l->high++;
        l->upper += at[i] >= 0xC0 || at[i] == 0xA8 || at[i] == 0xB8;
        l->runs += before || behind;
        if (!before && behind) {
            l->capital += at[i] >= 0xC0 && at[i] < 0xE0 && at[i + 1] >= 0xE0;
            l->koi_capital += at[i] >= 0xE0 && at[i + 1] >= 0xC0 && at[i + 1] < 0xE0;
        }
        l->inside[at[i]] += latin;
        l->word += latin;
    }
    for (int64_t i = 0, end = -1; i + 1 < len; i++) {
        if (!is_high(at[i]) || at[i + 1] < 0x40)
            continue;
        l->pairs++;
        l->chained += end == i || (i + 3 < len && is_high(at[i + 2]) && at[i + 3] >= 0x40);
        l->low_trail += at[i + 1] < 0x80;
        l->kana += at[i] == 0x82 || at[i] == 0x83;
        l->hangul += at[i] >= 0xB0 && at[i] <= 0xC8 && at[i + 1] >= 0xA1;
        end = ++i + 1;
    }
}

static int64_t inside(const struct looks *l, const char *bytes)
{
    int64_t n = 0;

    for (; *bytes; bytes++)
        n += l->inside[(unsigned char)*bytes];
    return n;
}

static const char *of_two_bytes(const struct looks *l)
{
    if (l->kana * 4 > l->pairs)
        return "CP932";
    if (l->low_trail * 6 > l->pairs)
        return "BIG5";
    return l->hangul * 20 > l->pairs * 19 ? "CP949" : "GB18030";
}

/* Latin letters of Windows-1252 against those of its neighbours; the bytes that are
 * counted are none of its letters, or none that its languages put beside each other. */
static const char *of_latin(const struct looks *l)
{
    int64_t mac = 0, quotes = inside(l, "\x85\x91\x92\x93\x94\x95\x96\x97\x99"), centre = inside(l, "\xB3\xB9\xBF\x9C\x9F\x8C\x9D\xBE\xA3\xA5\xAF\xBA");

    for (int32_t c = 0x80; c < 0xA0; c++)
        mac += l->inside[c];
    mac += l->inside[0xA7];
    if (mac * 10 >= l->word * 7 && mac > quotes + 1)
        return inside(l, "\x81\x84\x94\x82\x99") * 2 > mac ? "CP850"
               : inside(l, "\x9A\x9E\x8A\x8E") == mac     ? "CP1250"
                                                           : "MACINTOSH";
    if (l->inside[0xFD] > 0 && l->inside[0xFE] > 0 && inside(l, "\xF0\xDE\xD0") == 0 &&
        inside(l, "\xE3\xEC") == 0)
        return "CP1254";
    if (l->inside[0xFD] > 0 && l->inside[0xF0] > 0 && inside(l, "\xE7\xFE\xDD") > 0)
        return "CP1254";
    centre += inside(l, "\x9A\x9E\x8A\x8E");
    if (centre > 1 && centre * 12 >= l->word)
        return "CP1250";
    if (inside(l, "\xF5\xFB") > 0 && inside(l, "\xF6\xFC") > 0 && inside(l, "\xE3\xE7\xE4\xE5") == 0)
        return "CP1250"; /* Hungarian */
    return NULL;
}

void tend_decode_legacy(struct tend_decoder *d, const unsigned char *at, int64_t len)
{
    struct looks l = { 0 };
    const char *name = NULL;

    look(at, len, &l);
    if (l.high >= 6 && l.runs * 10 >= l.high * 9 && l.upper * 100 >= l.high * 92)
        name = l.koi_capital > l.capital ? "KOI8-R" : "CP1251";
    else if (l.pairs >= 4 && l.chained * 10 >= l.pairs * 7)
        name = of_two_bytes(&l);
    else if (l.word > 0)
        name = of_latin(&l);
    if (name)
        use_iconv(d, name);
}

/* --- decoding ----------------------------------------------------------- */

int64_t tend_decode_other(struct tend_decoder *d, const unsigned char *at, int64_t len,
                          struct tend_buffer *out)
{
    union {
        const unsigned char *at;
        char *in;
    } from = { .at = at };
    size_t left = (size_t)len;

    while (left > 0) {
        char text[4096], *to = text;
        size_t room = sizeof text, got = iconv(d->other, &from.in, &left, &to, &room);

        tend_buffer_add(out, (struct tend_text){ text, to - text });
        if (got != (size_t)-1 || errno == E2BIG)
            continue;
        if (errno == EINVAL)
            break; /* the beginning of a character */
        tend_buffer_adds(out, "\xEF\xBF\xBD");
        d->odd++;
        from.at++;
        left--;
    }
    return len - (int64_t)left;
}

void tend_decode_close(struct tend_decoder *d)
{
    if (d->other)
        iconv_close(d->other);
    d->other = NULL;
}
