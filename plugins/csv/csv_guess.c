/* What columns hold when no label says so: by how their values look. Only
 * columns without a label are asked; dates, times and numbers are never phones. */
#include "csv.h"
#include <stdlib.h>
#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(unsigned char c)
{
    return c >= 0x80 || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* Labels of letters, digits and inner hyphens; a dot between at least two. */
static bool good_domain(const char *at, int64_t len)
{
    int64_t begin = 0;

    for (int64_t i = 0; i <= len; i++) {
        if (i < len && at[i] != '.') {
            if (at[i] != '-' && !is_digit(at[i]) && !is_letter((unsigned char)at[i]))
                return false;
            continue;
        }
        if (i == begin || at[begin] == '-' || at[i - 1] == '-')
            return false;
        if (i == len)
            return begin > 0;
        begin = i + 1;
    }
    return false;
}

bool csv_looks_like_email(struct tend_text text)
{
    const char *at = text.len ? memchr(text.at, '@', (size_t)text.len) : NULL;

    if (!at || at == text.at)
        return false;
    for (const char *c = text.at; c < at; c++) {
        if ((unsigned char)*c <= ' ' || strchr("()<>,;:\\\"[]", *c))
            return false;
    }
    return good_domain(at + 1, text.len - (at + 1 - text.at));
}

/* --- numbers and dates -------------------------------------------------- */

/* The runs of digits in a text, and what stands between them. */
struct runs {
    int64_t n, digits;
    int64_t len[8], value[8];
    char between[8]; /* behind each run, where it is one character; else 0 */
};

static void find_runs(struct tend_text text, struct runs *r)
{
    int64_t i = 0;

    *r = (struct runs){ 0 };
    while (i < text.len) {
        int64_t begin = i, value = 0;

        while (i < text.len && is_digit(text.at[i])) {
            value = value < 1000000000 ? value * 10 + (text.at[i] - '0') : value;
            i++;
        }
        if (i > begin) {
            r->digits += i - begin;
            if (r->n < 8) {
                bool single = i < text.len && i + 1 < text.len && is_digit(text.at[i + 1]);

                r->len[r->n] = i - begin;
                r->value[r->n] = value;
                r->between[r->n] = single ? text.at[i] : '\0';
            }
            r->n++;
        }
        while (i < text.len && !is_digit(text.at[i]))
            i++;
    }
}

static bool is_day(int64_t value, int64_t most, int64_t len)
{
    return len <= 2 && value >= 1 && value <= most;
}

static bool is_year(const struct runs *r, int64_t i)
{
    return r->len[i] == 4 && r->value[i] >= 1000 && r->value[i] <= 2999;
}

/* 2026-03-03, 3.3.2026, 03/28/26; a time may follow. */
static bool begins_with_date(const struct runs *r)
{
    char between = r->between[0];

    if (r->n < 3 || r->between[1] != between || !between || !strchr("-./ ", between))
        return false;
    if (is_year(r, 0))
        return is_day(r->value[1], 12, r->len[1]) && is_day(r->value[2], 31, r->len[2]);
    if (!is_year(r, 2) && (r->len[2] != 2 || between == ' ' || r->n > 3))
        return false;
    return is_day(r->value[0], 31, r->len[0]) && is_day(r->value[1], 31, r->len[1]) &&
           (r->value[0] <= 12 || r->value[1] <= 12);
}

/* 20260303 */
static bool is_packed_date(const struct runs *r)
{
    int64_t year = r->value[0] / 10000, month = r->value[0] / 100 % 100, day = r->value[0] % 100;

    return r->n == 1 && r->len[0] == 8 && year >= 1850 && year <= 2150 && month >= 1 &&
           month <= 12 && day >= 1 && day <= 31;
}

/* 0800-1700, 9.00-17.30, 1939-1945 */
static bool is_span(const struct runs *r)
{
    bool hours = r->n == 2 && r->len[0] == 4 && r->len[1] == 4 && r->value[0] <= 2400 &&
                 r->value[1] <= 2400 && r->value[0] % 100 < 60 && r->value[1] % 100 < 60;
    bool points = r->n == 4 && r->between[0] == '.' && r->between[1] != '.' &&
                  r->between[2] == '.' && r->len[1] == 2 && r->len[3] == 2 && r->value[0] <= 24 &&
                  r->value[2] <= 24 && r->value[1] < 60 && r->value[3] < 60;

    return hours || points || (r->n == 2 && is_year(r, 0) && is_year(r, 1));
}

/* 48.2082, 48.2082 16.3738, 1.234.567, 192.168.0.1 */
static bool is_decimal(struct tend_text text, const struct runs *r)
{
    int64_t begin = 0;
    bool thousands = r->n > 2, address = r->n == 4, pairs = true;

    for (int64_t i = 0; i < r->n && i < 8; i++) {
        bool last = i + 1 == r->n;

        thousands = thousands && (i == 0 ? r->len[i] <= 3 : r->len[i] == 3) &&
                    (last || r->between[i] == '.') && r->value[0] > 0;
        pairs = pairs && r->len[i] == 2;
        address = address && (last || r->between[i] == '.') && r->value[i] <= 255 &&
                  (r->len[i] == 1 || r->value[i] >= 10);
    }
    /* 555.123.4567 is a phone; 1.234.567 has a short beginning */
    if ((thousands && (r->len[0] < 3 || r->n > 3)) || (address && !pairs))
        return true;
    for (int64_t i = 0; i <= text.len; i++) {
        int64_t dots = 0, others = 0;

        if (i < text.len && text.at[i] != ' ')
            continue;
        for (int64_t k = begin; k < i; k++) {
            dots += text.at[k] == '.';
            others += text.at[k] != '.' && !is_digit(text.at[k]) &&
                      (k > begin || !strchr("-+", text.at[k]));
        }
        if (dots == 1 && others == 0 && i - begin > 2)
            return true;
        begin = i + 1;
    }
    return false;
}

bool csv_looks_like_phone(struct tend_text text)
{
    struct runs r;
    bool plain = true;

    if (text.len == 0 || text.at[0] == '-' || text.at[0] == '/' || text.at[0] == '.')
        return false;
    for (int64_t i = 0; i < text.len; i++) {
        if (is_digit(text.at[i]))
            continue;
        plain = false;
        if (!strchr("+ ()-/.", text.at[i]) || (text.at[i] == '+' && i > 1))
            return false;
    }
    find_runs(text, &r);
    if (text.at[0] == '+' || (text.len > 1 && text.at[1] == '+'))
        return r.digits >= 6 && r.digits <= 15 && (r.digits >= 9 || !is_decimal(text, &r));
    if (plain) /* ids and codes look like that too */
        return r.digits >= 9 && r.digits <= 13 && !is_packed_date(&r);
    return r.digits >= 6 && r.digits <= 15 && !begins_with_date(&r) && !is_span(&r) &&
           !is_decimal(text, &r);
}

bool csv_looks_like_value(struct tend_text text)
{
    struct runs r;

    if (csv_looks_like_email(text) || csv_looks_like_phone(text))
        return true;
    for (int64_t i = 0; i < text.len; i++) {
        if (!is_digit(text.at[i]) && !strchr("+-.,:/ TZ%", text.at[i]))
            return false;
    }
    find_runs(text, &r);
    /* years and small numbers are labels of columns, too */
    return r.digits > 4 || r.n > 1;
}

/* --- names -------------------------------------------------------------- */

/* Words that could be a name; how many of them, 0 if they are none. */
static int64_t name_words(struct tend_text cell)
{
    int64_t words = 0;

    if (cell.len > 60)
        return 0;
    for (int64_t i = 0; i < cell.len; i++) {
        unsigned char c = (unsigned char)cell.at[i];
        bool begins = i == 0 || cell.at[i - 1] == ' ';

        if (!is_letter(c) && !strchr(" .'-,", (char)c))
            return 0;
        if (begins && c != ' ')
            words++;
    }
    if (words > 1 && cell.at[cell.len - 1] == ',')
        return 0;
    return words <= 5 ? words : 0;
}

/* "Ann Lee", "Lee, Ann": its words begin with a capital, but for "van der". */
static bool is_whole_name(struct tend_text cell)
{
    int64_t capitals = 0, words = name_words(cell);

    for (int64_t i = 0; i < cell.len; i++) {
        unsigned char c = (unsigned char)cell.at[i];

        if ((i == 0 || cell.at[i - 1] == ' ') && ((c >= 'A' && c <= 'Z') || c >= 0x80))
            capitals++;
    }
    return words >= 2 && capitals >= 2 && capitals + 2 >= words && cell.at[cell.len - 1] != '.';
}

/* --- columns ------------------------------------------------------------ */

struct look {
    int64_t filled, email, phone, plain, word, whole; /* plain: phones of digits alone */
};

static bool is_plain(struct tend_text cell)
{
    for (int64_t i = 0; i < cell.len; i++) {
        if (!is_digit(cell.at[i]))
            return false;
    }
    return true;
}

static void look_at(struct look *look, struct tend_text cell)
{
    if (cell.len == 0)
        return;
    look->filled++;
    look->email += csv_looks_like_email(cell);
    if (csv_looks_like_phone(cell)) {
        look->phone++;
        look->plain += is_plain(cell);
    }
    look->word += name_words(cell) > 0;
    look->whole += is_whole_name(cell);
}

static bool mostly(int64_t n, const struct look *look)
{
    return look->filled > 0 && n * 10 >= look->filled * 6;
}

static void guess_names(struct csv_layout *layout, const struct look *looks, bool reached)
{
    int64_t names[2] = { -1, -1 }, n = 0;

    for (int64_t i = 0; i < layout->n && n < 2; i++) {
        if (layout->columns[i].field == CSV_UNKNOWN && layout->columns[i].blank &&
            mostly(looks[i].word, &looks[i]) && (n == 0 || i == names[0] + 1))
            names[n++] = i;
    }
    if (n == 2 && reached && !mostly(looks[names[0]].whole, &looks[names[0]]) &&
        !mostly(looks[names[1]].whole, &looks[names[1]])) {
        layout->columns[names[0]].field = CSV_GIVEN;
        layout->columns[names[1]].field = CSV_FAMILY;
    } else if (n > 0 && (reached || (looks[names[0]].filled > 1 &&
                                     mostly(looks[names[0]].whole, &looks[names[0]])))) {
        layout->columns[names[0]].field = CSV_NAME;
    }
}

void csv_guess_by_content(struct tend_ctx *ctx, struct csv_layout *layout, struct csv_parser *p)
{
    struct look *looks = calloc((size_t)layout->n + 1, sizeof *looks);
    bool reached = false, people = false;

    if (!looks)
        return;
    do {
        for (int64_t i = 0; i < layout->n && i < p->n; i++)
            look_at(&looks[i], ctx->text->trim(p->cells[i].text));
    } while (csv_parser_row(p) > 0);
    for (int64_t i = 0; i < layout->n; i++)
        people = people || mostly(looks[i].email, &looks[i]) || mostly(looks[i].whole, &looks[i]);
    for (int64_t i = 0; i < layout->n; i++) {
        struct csv_column *c = &layout->columns[i];

        if (c->field != CSV_UNKNOWN || !c->blank)
            continue;
        if (mostly(looks[i].email, &looks[i]))
            c->field = CSV_EMAIL;
        else if (mostly(looks[i].phone, &looks[i]) &&
                 (people || !mostly(looks[i].plain, &looks[i])))
            c->field = CSV_PHONE;
        reached = reached || c->field != CSV_UNKNOWN;
    }
    guess_names(layout, looks, reached);
    free(looks);
}
