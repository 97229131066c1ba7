/* What columns hold when no label says so: by how their values look. */
#include "csv.h"
#include <stdlib.h>
#include <string.h>

bool csv_looks_like_email(struct tend_text text)
{
    const char *at = text.len ? memchr(text.at, '@', (size_t)text.len) : NULL;

    return at && at > text.at && at + 1 < text.at + text.len &&
           !memchr(text.at, ' ', (size_t)text.len);
}

bool csv_looks_like_phone(struct tend_text text)
{
    int64_t digits = 0;

    for (int64_t i = 0; i < text.len; i++) {
        if (text.at[i] >= '0' && text.at[i] <= '9')
            digits++;
        else if (!strchr("+ ()-/.", text.at[i]))
            return false;
    }
    return digits >= 6 && digits <= 17;
}

struct look {
    int64_t filled, email, phone, words;
};

static void look_at(struct look *look, struct tend_text cell)
{
    bool letters = false, space = false, digit = false;

    if (cell.len == 0)
        return;
    for (int64_t i = 0; i < cell.len; i++) {
        unsigned char c = (unsigned char)cell.at[i];

        letters = letters || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c >= 0x80;
        space = space || c == ' ';
        digit = digit || (c >= '0' && c <= '9');
    }
    look->filled++;
    look->email += csv_looks_like_email(cell);
    look->phone += csv_looks_like_phone(cell);
    look->words += letters && !digit && !memchr(cell.at, '@', (size_t)cell.len) ? 1 + space : 0;
}

static bool mostly(int64_t n, const struct look *look)
{
    return look->filled > 0 && n * 10 >= look->filled * 6;
}

/* Words of which there are two, as in a whole name. */
static bool mostly_whole(const struct look *look)
{
    return look->words > look->filled + look->filled / 2;
}

void csv_guess_by_content(struct tend_ctx *ctx, struct csv_layout *layout, struct csv_parser *p)
{
    struct look *looks = calloc((size_t)layout->n + 1, sizeof *looks);
    int64_t names[2] = { -1, -1 }, n_names = 0, reached = 0;

    if (!looks)
        return;
    do {
        for (int64_t i = 0; i < layout->n && i < p->n; i++)
            look_at(&looks[i], ctx->text->trim(p->cells[i].text));
    } while (csv_parser_row(p) > 0);
    for (int64_t i = 0; i < layout->n; i++) {
        struct csv_column *c = &layout->columns[i];

        if (c->field != CSV_UNKNOWN)
            continue;
        if (mostly(looks[i].email, &looks[i]))
            c->field = CSV_EMAIL;
        else if (mostly(looks[i].phone, &looks[i]))
            c->field = CSV_PHONE;
        reached += c->field != CSV_UNKNOWN;
        if (c->field == CSV_UNKNOWN && n_names < 2 && mostly(looks[i].words, &looks[i]) &&
            (n_names == 0 || i == names[0] + 1))
            names[n_names++] = i;
    }
    if (n_names == 2 && reached > 0 && !mostly_whole(&looks[names[0]]) &&
        !mostly_whole(&looks[names[1]])) {
        layout->columns[names[0]].field = CSV_GIVEN;
        layout->columns[names[1]].field = CSV_FAMILY;
    } else if (n_names > 0 && (reached > 0 || mostly_whole(&looks[names[0]]))) {
        layout->columns[names[0]].field = CSV_NAME;
    }
    free(looks);
}
