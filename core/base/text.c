/* Looking at text and taking it apart: comparing, trimming, cutting, numbers. */
#include "base/text.h"
#include "base/utf8.h"

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool is_list_space(char c)
{
    return c == ' ' || c == ',' || c == '\t' || c == '\n' || c == '\r';
}

static struct tend_text part(struct tend_text text, int64_t from, int64_t to)
{
    return (struct tend_text){ text.at ? text.at + from : NULL, to - from };
}

struct tend_text tend_text_of(const char *str)
{
    return str ? (struct tend_text){ str, (int64_t)strlen(str) } : (struct tend_text){ "", 0 };
}

bool tend_text_eq(struct tend_text a, struct tend_text b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, (size_t)a.len) == 0);
}

bool tend_text_is(struct tend_text a, const char *b)
{
    return tend_text_eq(a, tend_text_of(b));
}

bool tend_text_is_nocase(struct tend_text a, const char *b)
{
    struct tend_text other = tend_text_of(b);

    if (a.len != other.len)
        return false;
    for (int64_t i = 0; i < a.len; i++)
        if (lower(a.at[i]) != lower(other.at[i]))
            return false;
    return true;
}

bool tend_text_starts(struct tend_text text, const char *with)
{
    struct tend_text start = tend_text_of(with);

    return text.len >= start.len && tend_text_eq(part(text, 0, start.len), start);
}

int tend_text_cmp(struct tend_text a, struct tend_text b)
{
    int64_t len = a.len < b.len ? a.len : b.len;
    int order = len ? memcmp(a.at, b.at, (size_t)len) : 0;

    return order ? order : (a.len > b.len) - (a.len < b.len);
}

struct tend_text tend_text_trim(struct tend_text text)
{
    int64_t from = 0, to = text.len;

    while (from < to) {
        int64_t pos = from;

        if (!tend_utf8_space(tend_utf8_next(text, &pos)))
            break;
        from = pos;
    }
    while (to > from) {
        int64_t pos = to - 1;

        while (pos > from && ((unsigned char)text.at[pos] & 0xC0) == 0x80)
            pos--;
        int64_t end = pos;
        if (!tend_utf8_space(tend_utf8_next(part(text, 0, to), &end)) || end != to)
            break;
        to = pos;
    }
    return part(text, from, to);
}

bool tend_text_cut(struct tend_text *rest, const char *sep, struct tend_text *out)
{
    size_t sep_len = strlen(sep);
    const char *found;
    int64_t end;

    if (rest->len == 0)
        return false;
    found = sep_len ? memmem(rest->at, (size_t)rest->len, sep, sep_len) : NULL;
    end = found ? found - rest->at : rest->len;
    *out = tend_text_trim(part(*rest, 0, end));
    *rest = part(*rest, found ? end + (int64_t)sep_len : end, rest->len);
    return true;
}

bool tend_text_word(struct tend_text *rest, struct tend_text *out)
{
    int64_t from = 0, to;

    while (from < rest->len && is_list_space(rest->at[from]))
        from++;
    for (to = from; to < rest->len && !is_list_space(rest->at[to]);)
        to++;
    *out = part(*rest, from, to);
    *rest = part(*rest, to, rest->len);
    return out->len > 0;
}

bool tend_text_has_word(struct tend_text list, struct tend_text word)
{
    struct tend_text one;

    while (tend_text_word(&list, &one))
        if (tend_text_eq(one, word))
            return true;
    return false;
}

bool tend_text_valid(struct tend_text text)
{
    int64_t pos = 0;

    if (tend_utf8_ascii(text))
        return true;
    while (pos < text.len)
        if (tend_utf8_next(text, &pos) == TEND_UTF8_INVALID)
            return false;
    return true;
}

bool tend_text_int(struct tend_text text, int64_t *out)
{
    bool minus = text.len > 0 && text.at[0] == '-';
    int64_t i = text.len > 0 && (minus || text.at[0] == '+'), sum = 0;

    if (i == text.len)
        return false;
    for (; i < text.len; i++) {
        int digit = text.at[i] - '0';

        if (digit < 0 || digit > 9)
            return false;
        /* summed below zero, where there is room for the smallest number */
        if (sum < (INT64_MIN + digit) / 10)
            return false;
        sum = sum * 10 - digit;
    }
    if (!minus && sum == INT64_MIN)
        return false;
    *out = minus ? sum : -sum;
    return true;
}
