/* Finds what a column label means. */
#include "csv_words.h"
#include <string.h>

#define LABEL_SIZE 128

int64_t csv_label_fold(const struct tend_text_api *text, struct tend_ctx *ctx,
                       struct tend_text label, char *out, int64_t size)
{
    struct tend_text folded = text->fold(ctx, label);
    int64_t n = 0;

    for (int64_t i = 0; i < folded.len; i++) {
        char c = folded.at[i];

        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80) {
            if (n == size)
                return -1; /* too long to be a label of ours */
            out[n++] = c;
        }
    }
    return n;
}

static int compare(const char *at, int64_t len, const char *word)
{
    int order = strncmp(at, word, (size_t)len);

    return order ? order : word[len] ? -1 : 0;
}

static const struct csv_label *find(const char *at, int64_t len)
{
    int64_t low = 0, high = csv_n_words;

    while (low < high) {
        int64_t mid = low + (high - low) / 2;
        int order = compare(at, len, csv_words[mid].text);

        if (order == 0)
            return &csv_words[mid];
        if (order > 0)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}

const struct csv_label *csv_label_find(const struct tend_text_api *text, struct tend_ctx *ctx,
                                       struct tend_text label)
{
    char folded[LABEL_SIZE];
    int64_t len, n = 0;
    const struct csv_label *found;

    if (label.len == 0 || label.len >= LABEL_SIZE)
        return NULL;
    len = csv_label_fold(text, ctx, label, folded, LABEL_SIZE);
    if (len <= 0)
        return NULL;
    found = find(folded, len);
    if (found)
        return found;
    for (int64_t i = 0; i < len; i++) {
        if (folded[i] < '0' || folded[i] > '9')
            folded[n++] = folded[i];
    }
    return n > 0 && n < len ? find(folded, n) : NULL;
}

const char *csv_label_kind(char kind)
{
    switch (kind) {
    case 'h':
        return "home";
    case 'w':
        return "work";
    case 'o':
        return "other";
    case 'm':
        return "mobile";
    case 'p':
        return "pager";
    case 'a':
        return "main";
    case 'f':
        return "fax";
    case 'H':
        return "home fax";
    case 'W':
        return "work fax";
    case 'c':
        return "car";
    default:
        return NULL;
    }
}
