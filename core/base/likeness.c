/* The measures of likeness; see likeness.h for their sources. */
#include "base/likeness.h"
#include <string.h>

#define WORDS_MOST 16
#define ALIKE 0.88              /* of two words by Winkler: surely a slip */
#define BEGINS 0.85             /* what a word counts that is the other's beginning */

static int32_t cut(int64_t len)
{
    return len > TEND_LIKE_MOST ? TEND_LIKE_MOST : (int32_t)len;
}

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

/* A bit a letter of `a`, a column at a time (Myers 1999; with swaps, Hyyrö 2003). */
int32_t tend_like_edits(struct tend_text a, struct tend_text b)
{
    uint64_t where[256];        /* in `a` each byte stands; only those that occur are set */
    uint64_t up = ~UINT64_C(0), down = 0, diagonal = 0, before = 0, last;
    int32_t n = cut(a.len), m = cut(b.len), edits = n;

    if (n == 0)
        return m;
    last = UINT64_C(1) << (n - 1);
    for (int32_t j = 0; j < m; j++)
        where[(uint8_t)b.at[j]] = 0;
    for (int32_t i = 0; i < n; i++)
        where[(uint8_t)a.at[i]] = 0;
    for (int32_t i = 0; i < n; i++)
        where[(uint8_t)a.at[i]] |= UINT64_C(1) << i;
    for (int32_t j = 0; j < m; j++) {
        uint64_t same = where[(uint8_t)b.at[j]];
        uint64_t swap = ((~diagonal & same) << 1) & before;
        uint64_t right, left;

        diagonal = (((same & up) + up) ^ up) | same | down | swap;
        right = down | ~(diagonal | up);
        left = diagonal & up;
        edits += (right & last) != 0;
        edits -= (left & last) != 0;
        right = right << 1 | 1;
        up = left << 1 | ~(diagonal | right);
        down = right & diagonal;
        before = same;
    }
    return edits;
}

double tend_like_share(struct tend_text a, struct tend_text b)
{
    int32_t n = cut(a.len), m = cut(b.len), most = n > m ? n : m;

    return most == 0 ? 1 : 1 - (double)tend_like_edits(a, b) / most;
}

/* Letters that both have, no further apart than half of the longer text. */
static int32_t in_common(struct tend_text a, int32_t n, struct tend_text b, int32_t m,
                         bool *a_has, bool *b_has)
{
    int32_t window = (n > m ? n : m) / 2 - 1, common = 0;

    for (int32_t i = 0; i < n; i++) {
        int32_t from = i > window ? i - window : 0, to = least(i + window + 1, m);

        for (int32_t j = from; j < to; j++) {
            if (!b_has[j] && a.at[i] == b.at[j]) {
                a_has[i] = b_has[j] = true;
                common++;
                break;
            }
        }
    }
    return common;
}

double tend_like_winkler(struct tend_text a, struct tend_text b)
{
    bool a_has[TEND_LIKE_MOST] = { false }, b_has[TEND_LIKE_MOST] = { false };
    int32_t n = cut(a.len), m = cut(b.len), swapped = 0, begin = 0;
    int32_t common = n && m ? in_common(a, n, b, m, a_has, b_has) : 0;
    double jaro;

    if (common == 0)
        return 0;
    for (int32_t i = 0, j = 0; i < n; i++) {
        if (!a_has[i])
            continue;
        while (!b_has[j])
            j++;
        swapped += a.at[i] != b.at[j++];
    }
    jaro = ((double)common / n + (double)common / m + (common - swapped / 2.0) / common) / 3;
    while (begin < 4 && begin < n && begin < m && a.at[begin] == b.at[begin])
        begin++;
    return jaro + begin * 0.1 * (1 - jaro);
}

/* --- by words ------------------------------------------------------------- */

static int32_t split(struct tend_text text, struct tend_text *words)
{
    int32_t n = 0;

    for (int64_t i = 0, from = 0; i <= text.len && n < WORDS_MOST; i++) {
        if (i < text.len && text.at[i] != ' ')
            continue;
        if (i > from)
            words[n++] = (struct tend_text){ text.at + from, i - from };
        from = i + 1;
    }
    return n;
}

static bool same(struct tend_text a, struct tend_text b)
{
    return a.len == b.len && memcmp(a.at, b.at, (size_t)a.len) == 0;
}

static bool is_number(struct tend_text word)
{
    return word.at[0] >= '0' && word.at[0] <= '9';
}

static int32_t numbers_of(const struct tend_text *a, int32_t n, const struct tend_text *b,
                          int32_t m)
{
    bool one = false, other = false;

    for (int32_t j = 0; j < m; j++)
        other = other || is_number(b[j]);
    for (int32_t i = 0; i < n; i++) {
        if (!is_number(a[i]))
            continue;
        one = true;
        for (int32_t j = 0; j < m; j++)
            if (same(a[i], b[j]))
                return 1;
    }
    return one && other ? -1 : 0;
}

static double alike(struct tend_text a, struct tend_text b)
{
    int64_t shorter = a.len < b.len ? a.len : b.len;
    double like;

    if (same(a, b))
        return 1;
    like = tend_like_winkler(a, b);
    if (like >= ALIKE)
        return like;
    return memcmp(a.at, b.at, (size_t)shorter) == 0 ? BEGINS : 0;
}

struct tend_like_words tend_like_words(struct tend_text a, struct tend_text b)
{
    struct tend_text words[2][WORDS_MOST];
    struct tend_text *x = words[0], *y = words[1];
    int32_t n = split(a, x), m = split(b, y);
    bool used[WORDS_MOST] = { false };
    double all = 0, found = 0, longer = 0;
    struct tend_like_words out = { .whole = n > 0 && m > 0 };

    if (n == 0 || m == 0)
        return out;
    out.numbers = numbers_of(x, n, y, m);
    if (n > m) {
        int32_t count = n;

        n = m;
        m = count;
        x = words[1];
        y = words[0];
    }
    for (int32_t j = 0; j < m; j++)
        longer += (double)y[j].len;
    for (int32_t i = 0; i < n; i++) {
        double best = 0;
        int32_t at = -1;

        for (int32_t j = 0; j < m; j++) {
            double like = used[j] ? 0 : alike(x[i], y[j]);

            if (like > best) {
                best = like;
                at = j;
            }
        }
        out.whole = out.whole && best >= 1;
        all += (double)x[i].len;
        if (at >= 0) {
            used[at] = true;
            found += best * (double)x[i].len;
        }
    }
    out.shorter = found / all;
    out.longer = found / longer;
    return out;
}
