/* How far apart two words are, for "did you mean". Only a small distance is
 * ever of interest, so only a band along the diagonal is worked out. */
#include "base/memory.h"
#include "base/text.h"
#include "base/utf8.h"

static int64_t decode(struct tend_text text, int32_t *out)
{
    int64_t pos = 0, n = 0;

    while (pos < text.len)
        out[n++] = tend_utf8_next(text, &pos);
    return n;
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment: no piece is edited twice. rows: 3 x (nb + 1). */
static int64_t edits(const int32_t *a, int64_t na, const int32_t *b, int64_t nb, int64_t most,
                     int64_t *rows)
{
    int64_t over = most + 1;
    int64_t *last2 = rows, *last = rows + nb + 1, *row = rows + 2 * (nb + 1);

    for (int64_t j = 0; j <= nb; j++) {
        last[j] = least(j, over);
        last2[j] = row[j] = over;
    }
    for (int64_t i = 1; i <= na; i++) {
        int64_t from = i > most ? i - most : 1, to = least(nb, i + most), best = over;

        row[from - 1] = from == 1 ? least(i, over) : over;
        if (from == 1)
            best = row[0];
        for (int64_t j = from; j <= to; j++) {
            int64_t cost = last[j - 1] + (a[i - 1] != b[j - 1]);

            cost = least(cost, least(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                cost = least(cost, last2[j - 2] + 1);
            row[j] = least(cost, over);
            best = least(best, row[j]);
        }
        if (to < nb)
            row[to + 1] = over;
        if (best >= over)
            return over;
        int64_t *spare = last2;
        last2 = last;
        last = row;
        row = spare;
    }
    return last[nb];
}

int64_t tend_text_distance(struct tend_text a, struct tend_text b, int64_t most)
{
    int32_t *ca, *cb;
    int64_t na, nb, head = 0, result;

    most = most < 0 ? 0 : least(most, a.len + b.len);
    ca = tend_alloc((size_t)(a.len + b.len) * sizeof *ca);
    cb = ca + a.len;
    na = decode(a, ca);
    nb = decode(b, cb);
    while (head < na && head < nb && ca[head] == cb[head])
        head++;
    while (na > head && nb > head && ca[na - 1] == cb[nb - 1]) {
        na--;
        nb--;
    }
    na -= head;
    nb -= head;
    if (na - nb > most || nb - na > most) {
        result = most + 1;
    } else if (na == 0 || nb == 0) {
        result = na + nb;
    } else {
        int64_t *rows = tend_alloc((size_t)(3 * (nb + 1)) * sizeof *rows);

        result = edits(ca + head, na, cb + head, nb, most, rows);
        tend_free(rows);
    }
    tend_free(ca);
    return result;
}

const char *tend_text_nearest(struct tend_text word, const char *const *words)
{
    struct tend_arena arena = { 0 };
    struct tend_text folded = tend_text_fold(&arena, word);
    int64_t letters = 0, pos = 0, most;
    const char *nearest = NULL;

    while (pos < folded.len) {
        tend_utf8_next(folded, &pos);
        letters++;
    }
    most = letters / 3 < 1 ? 1 : least(letters / 3, 3);
    for (; *words && letters > 0 && most >= 0; words++) {
        int64_t far =
            tend_text_distance(folded, tend_text_fold(&arena, tend_text_of(*words)), most);

        if (far <= most) {
            nearest = *words;
            most = far - 1; /* only a nearer one is better */
        }
    }
    tend_arena_finish(&arena);
    return nearest;
}
