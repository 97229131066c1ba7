/* Which delimiter and which quote: every candidate is tried on the beginning of
 * the file, and the one that makes the most regular table wins. Column labels
 * that are known weigh more than regularity. */
#include "csv.h"
#include <string.h>

#define ROWS 200
#define WIDTHS 256

struct trial {
    struct csv_dialect dialect;
    double score;
    int64_t rows, width, labels;
    int64_t gaps, prose; /* cells behind the first; those as in a sentence */
};

/* Does a line begin with "sep=;", as Excel likes it? */
static bool says_separator(struct tend_text head, char *delimiter)
{
    if (head.len < 6 || memcmp(head.at, "sep=", 4) != 0)
        return false;
    if (head.at[5] != '\n' && head.at[5] != '\r')
        return false;
    *delimiter = head.at[4];
    return true;
}

/* Are backslashes the way quotes are written within cells here? */
static bool uses_backslash(struct tend_text head, char quote)
{
    int64_t escaped = 0, doubled = 0;

    for (int64_t i = 0; i + 2 < head.len; i++) {
        if (head.at[i] == '\\' && head.at[i + 1] == quote &&
            !strchr(",;\t|:\r\n\"", head.at[i + 2]))
            escaped++;
        if (head.at[i] == quote && head.at[i + 1] == quote && i > 0 &&
            !strchr(",;\t|:\r\n", head.at[i - 1]))
            doubled++;
    }
    return escaped > doubled;
}

/* Single quotes count as quotes only where cells are really wrapped in them. */
static char guess_quote(struct tend_text head)
{
    int64_t single = 0, twice = 0;

    for (int64_t i = 0; i < head.len; i++) {
        bool begins = i == 0 || strchr(",;\t|\n", head.at[i - 1]);
        bool ends = i + 1 == head.len || strchr(",;\t|\r\n", head.at[i + 1]);

        twice += head.at[i] == '"' && (begins || ends);
        single += head.at[i] == '\'' && (begins || ends);
    }
    return twice == 0 && single >= 4 && single % 2 == 0 ? '\'' : '"';
}

static int64_t known_labels(const struct tend_text_api *text, struct tend_ctx *ctx,
                            const struct csv_parser *p)
{
    int64_t n = 0;

    for (int64_t i = 0; i < p->n && i < WIDTHS; i++)
        n += csv_label_find(text, ctx, p->cells[i].text) != NULL;
    return n;
}

/* Commas in sentences: a space follows, or the line ends. */
static void count_prose(struct trial *trial, const struct csv_parser *p)
{
    for (int64_t i = 1; i < p->n; i++) {
        struct tend_text cell = p->cells[i].text;

        trial->gaps++;
        trial->prose += !p->cells[i].quoted &&
                        ((cell.len > 0 && cell.at[0] == ' ') || (cell.len == 0 && p->n == 2));
    }
}

static void try_dialect(const struct tend_text_api *text, struct tend_ctx *ctx,
                        struct tend_text head, struct trial *trial)
{
    int64_t width[WIDTHS] = { 0 }, most = 0, troubled = 0;
    struct csv_parser p;

    csv_parser_begin(&p, trial->dialect);
    if (csv_parser_feed(&p, head) == TEND_OK) {
        p.end = true;
        while (trial->rows < ROWS && csv_parser_row(&p) > 0) {
            int64_t labels;

            if (p.n == 1 && p.cells[0].text.len == 0)
                continue;
            trial->rows++;
            troubled += p.trouble >= CSV_INSIDE;
            width[p.n < WIDTHS ? p.n : WIDTHS - 1]++;
            count_prose(trial, &p);
            if (trial->rows > 20)
                continue;
            labels = known_labels(text, ctx, &p);
            if (p.n > 1 && labels * 3 >= p.n && labels > trial->labels)
                trial->labels = labels;
        }
    }
    csv_parser_finish(&p);
    for (int64_t i = 2; i < WIDTHS; i++) {
        /* a tie goes to the wider: the rest of that row is what is ragged */
        if (width[i] > 0 && width[i] >= most) {
            most = width[i];
            trial->width = i;
        }
    }
    if (trial->rows == 0 || trial->width < 2)
        return;
    trial->score = (double)most / (double)trial->rows;
    trial->score *= 1.0 - 1.0 / (double)(trial->width + 1);
    trial->score *= 1.0 - (double)troubled / (double)trial->rows;
    if (trial->dialect.delimiter == ':')
        trial->score *= 0.5; /* times and addresses have them too */
    if (trial->labels >= 2)
        trial->score += (double)trial->labels;
}

static bool is_table(const struct trial *trial)
{
    if (trial->labels >= 2)
        return true;
    return trial->score >= 0.6 && trial->width > 1 && trial->rows > 1 &&
           trial->dialect.delimiter != ':' &&
           !(trial->dialect.delimiter == ',' && trial->prose * 2 >= trial->gaps);
}

struct csv_dialect csv_dialect_guess(const struct csv_wish *wish, struct tend_ctx *ctx,
                                     struct tend_text head, int32_t *sure, int64_t *width)
{
    static const char delimiters[] = { ',', ';', '\t', '|', ':' };
    char quote = wish->quote ? wish->quote : guess_quote(head), said;
    struct trial best = { .dialect = { wish->delimiter ? wish->delimiter : ',', quote, false },
                          .width = 1 };

    best.dialect.backslash = uses_backslash(head, quote);
    for (size_t i = 0; i < (wish->delimiter ? 1 : sizeof delimiters); i++) {
        struct trial trial = { .dialect = best.dialect, .width = 1 };

        if (!wish->delimiter)
            trial.dialect.delimiter = delimiters[i];
        try_dialect(ctx->text, ctx, head, &trial);
        if (trial.score > best.score)
            best = trial;
    }
    if (!wish->delimiter && says_separator(head, &said)) {
        best.dialect.delimiter = said;
        best.score = 1;
    }
    *width = best.width;
    *sure = is_table(&best) ? best.labels >= 2 ? 80 : 40 : 0;
    return best.dialect;
}

/* --- what is text, and no table ----------------------------------------- */

static bool starts_nocase(struct tend_text text, const char *with)
{
    for (int64_t i = 0; with[i]; i++) {
        char c = i < text.len ? text.at[i] : '\0';

        if ((c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) != with[i])
            return false;
    }
    return true;
}

bool csv_is_other(const struct tend_text_api *text, struct tend_text head)
{
    static const char *const begins[] = {
        "<",    "{",      "[",  "begin:v",      "dn: ",      "dn:: ",         "version: 1",
        "%pdf", "{\\rtf", "#!", "return-path:", "received:", "mime-version:", NULL
    };
    struct tend_text rest = text->trim(head), line;

    for (int64_t i = 0; begins[i]; i++) {
        if (starts_nocase(rest, begins[i]))
            return true;
    }
    /* comments may stand above the entries of a directory */
    for (int32_t n = 0; n < 40 && text->cut(&rest, "\n", &line); n++) {
        if (starts_nocase(line, "dn: ") || starts_nocase(line, "dn:: "))
            return true;
    }
    return false;
}
