/* The decoder that every look at text goes through. Strict: no overlong forms,
 * no surrogates, nothing above U+10FFFF. */
#include "base/utf8.h"
#include <string.h>

int32_t tend_utf8_next(struct tend_text text, int64_t *pos)
{
    const unsigned char *at = (const unsigned char *)text.at;
    int64_t i = *pos;
    unsigned char first = at[i++];
    int32_t more, code;
    unsigned char low = 0x80, high = 0xBF;

    if (first < 0x80) {
        *pos = i;
        return first;
    }
    if (first >= 0xC2 && first <= 0xDF) {
        more = 1;
        code = first & 0x1F;
    } else if (first >= 0xE0 && first <= 0xEF) {
        more = 2;
        code = first & 0x0F;
        if (first == 0xE0)
            low = 0xA0;
        else if (first == 0xED)
            high = 0x9F;
    } else if (first >= 0xF0 && first <= 0xF4) {
        more = 3;
        code = first & 0x07;
        if (first == 0xF0)
            low = 0x90;
        else if (first == 0xF4)
            high = 0x8F;
    } else {
        *pos = i;
        return TEND_UTF8_INVALID;
    }
    for (; more > 0; more--, i++) {
        if (i >= text.len || at[i] < low || at[i] > high) {
            *pos = i;
            return TEND_UTF8_INVALID;
        }
        code = code << 6 | (at[i] & 0x3F);
        low = 0x80;
        high = 0xBF;
    }
    *pos = i;
    return code;
}

int32_t tend_utf8_put(char out[4], int32_t code)
{
    uint32_t c = (uint32_t)code;

    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

bool tend_utf8_unsafe(int32_t code)
{
    return (code >= 0 && code < 0x20) || (code >= 0x7F && code <= 0x9F) ||
           (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

bool tend_utf8_space(int32_t code)
{
    return code == ' ' || (code >= '\t' && code <= '\r') || code == 0x85 || code == 0xA0 ||
           code == 0x1680 || (code >= 0x2000 && code <= 0x200A) || code == 0x2028 ||
           code == 0x2029 || code == 0x202F || code == 0x205F || code == 0x3000 || code == 0xFEFF;
}

bool tend_utf8_ascii(struct tend_text text)
{
    int64_t i = 0;

    for (; i + 8 <= text.len; i += 8) {
        uint64_t word;

        memcpy(&word, text.at + i, sizeof word);
        if (word & UINT64_C(0x8080808080808080))
            return false;
    }
    for (; i < text.len; i++)
        if ((unsigned char)text.at[i] >= 0x80)
            return false;
    return true;
}
