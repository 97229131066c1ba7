/* The state machine that cuts text into rows of cells. It takes what programs
 * and people really write (quotes in the middle, backslashes, any line end),
 * says what was wrong with a row, and never lets one open quote swallow a file. */
#include "csv.h"
#include <stdlib.h>
#include <string.h>

#define MOST_QUOTED (1 << 20) /* a quoted cell is no longer than this */
#define LEAST_QUOTED (1 << 12)
#define MOST_ROW (4 << 20)

void csv_parser_begin(struct csv_parser *p, struct csv_dialect dialect)
{
    *p = (struct csv_parser){ .dialect = dialect, .line = 1, .most_quoted = MOST_QUOTED };
    p->stop[(unsigned char)dialect.delimiter] = true;
    p->stop['\n'] = p->stop['\r'] = true;
}

void csv_parser_finish(struct csv_parser *p)
{
    free(p->text);
    free(p->plain);
    free(p->cells);
    *p = (struct csv_parser){ 0 };
}

tend_status csv_parser_feed(struct csv_parser *p, struct tend_text text)
{
    int64_t left = p->len - p->at;

    if (p->at > 0)
        memmove(p->text, p->text + p->at, (size_t)left);
    p->at = 0;
    p->len = left;
    if (left + text.len + 1 > p->cap) {
        int64_t cap = (left + text.len + 1) * 2;
        char *bytes = realloc(p->text, (size_t)cap);
        char *plain;

        if (!bytes)
            return TEND_NOMEM;
        p->text = bytes;
        plain = realloc(p->plain, (size_t)cap);
        if (!plain)
            return TEND_NOMEM;
        p->plain = plain;
        p->cap = cap;
    }
    if (text.len > 0)
        memcpy(p->text + left, text.at, (size_t)text.len);
    p->len += text.len;
    return TEND_OK;
}

static int32_t add_cell(struct csv_parser *p, struct tend_text text, bool quoted)
{
    if (p->n == p->cells_cap) {
        int64_t cap = p->cells_cap ? p->cells_cap * 2 : 64;
        struct csv_cell *cells = realloc(p->cells, (size_t)cap * sizeof *cells);

        if (!cells)
            return TEND_NOMEM;
        p->cells = cells;
        p->cells_cap = cap;
    }
    p->cells[p->n++] = (struct csv_cell){ text, quoted };
    return 1;
}

/* Line ends in a piece of text; CRLF is one. */
static int64_t count_lines(const char *at, int64_t len)
{
    int64_t n = 0;

    for (int64_t i = 0; i < len; i++)
        n += at[i] == '\n' || (at[i] == '\r' && (i + 1 == len || at[i + 1] != '\n'));
    return n;
}

/* Remembers the worst trouble of the row, and where it is. */
static void note_trouble(struct csv_parser *p, enum csv_trouble trouble, int64_t row, int64_t at)
{
    int64_t begin = at, column = 1;

    if (trouble <= p->trouble)
        return;
    while (begin > row && p->text[begin - 1] != '\n' && p->text[begin - 1] != '\r')
        begin--;
    for (int64_t i = begin; i < at; i++)
        column += ((unsigned char)p->text[i] & 0xC0) != 0x80;
    p->trouble = trouble;
    p->trouble_line = p->line + count_lines(p->text + row, begin - row);
    p->trouble_column = column;
}

static bool ends_cell(const struct csv_parser *p, int64_t at)
{
    return at >= p->len || p->stop[(unsigned char)p->text[at]];
}

/* A cell without quotes from *at: to what ends it. */
static void plain_cell(struct csv_parser *p, int64_t row, int64_t *at)
{
    int64_t i = *at, quotes = 0, last = 0;

    while (i < p->len && !p->stop[(unsigned char)p->text[i]]) {
        if (p->text[i] == p->dialect.quote && p->dialect.quote == '"') {
            quotes++;
            last = i;
        }
        i++;
    }
    *at = i;
    if (quotes > 0)
        note_trouble(p, quotes % 2 ? CSV_HALF : CSV_STRAY, row, last);
}

/* What stands behind a closing quote at `at`: the end of the cell, perhaps
 * after spaces. -1 if something else does. */
static int64_t behind_quote(const struct csv_parser *p, int64_t at)
{
    int64_t i = at + 1;

    while (i < p->len && p->text[i] == ' ')
        i++;
    return ends_cell(p, i) ? i : -1;
}

/* A quoted cell whose quote stands at `from`. 1 with *at behind the closing
 * quote, 0 if it does not close in what there is. */
static int32_t quoted_cell(struct csv_parser *p, int64_t row, int64_t from, int64_t *at,
                           struct tend_text *out)
{
    char quote = p->dialect.quote;
    char *plain = p->plain + p->n_plain;
    int64_t n = 0, i = from + 1, inside = -1;

    for (;;) {
        int64_t begin = i, behind;

        while (i < p->len && p->text[i] != quote && !(p->dialect.backslash && p->text[i] == '\\'))
            i++;
        memcpy(plain + n, p->text + begin, (size_t)(i - begin));
        n += i - begin;
        if (i >= p->len || i - from > p->most_quoted)
            return 0;
        if (p->text[i] == '\\') {
            if (i + 1 >= p->len)
                return 0;
            if (p->text[i + 1] != quote && p->text[i + 1] != '\\')
                plain[n++] = '\\';
            plain[n++] = p->text[i + 1];
            i += 2;
            continue;
        }
        if (i + 1 >= p->len && !p->end)
            return 0; /* doubled or closing: not known yet */
        if (i + 1 < p->len && p->text[i + 1] == quote) {
            plain[n++] = quote;
            i += 2;
            continue;
        }
        behind = behind_quote(p, i);
        if (behind >= p->len && !p->end)
            return 0;
        if (behind >= 0) {
            *out = (struct tend_text){ plain, n };
            p->n_plain += n;
            *at = behind;
            break;
        }
        if (inside < 0)
            inside = i;
        plain[n++] = quote;
        i++;
    }
    if (inside >= 0) {
        /* with a line end in it, the quote was most likely never closed */
        bool lines =
            memchr(out->at, '\n', (size_t)out->len) || memchr(out->at, '\r', (size_t)out->len);

        note_trouble(p, lines ? CSV_OPEN : CSV_INSIDE, row, lines ? from : inside);
    }
    return 1;
}

/* The first line only, as one cell: the row of an open quote. */
static int32_t give_up(struct csv_parser *p, enum csv_trouble trouble, int64_t row, int64_t quote)
{
    int64_t end = row;

    note_trouble(p, trouble, row, quote);
    while (end < p->len && p->text[end] != '\n' && p->text[end] != '\r')
        end++;
    p->n = 0;
    p->raw = (struct tend_text){ p->text + row, end - row };
    p->at = end;
    if (trouble == CSV_OPEN && p->most_quoted > LEAST_QUOTED)
        p->most_quoted /= 4; /* many of them must not cost the square of the file */
    return add_cell(p, p->raw, false);
}

/* Moves behind the end of the row that ended at p->at. */
static void finish_row(struct csv_parser *p, int64_t row)
{
    p->row_line = p->line;
    p->line += count_lines(p->text + row, p->at - row);
    if (p->at < p->len) {
        p->line++;
        p->ended_cr = p->text[p->at] == '\r';
        p->at++;
        if (p->ended_cr && p->at < p->len) {
            p->at += p->text[p->at] == '\n';
            p->ended_cr = false;
        }
    }
}

/* One cell from *at. 1, 0 if there is not enough text, or give_up's answer as 2. */
static int32_t read_cell(struct csv_parser *p, int64_t row, int64_t *at)
{
    struct tend_text text;
    int64_t begin = *at, quote = begin;
    bool quoted = false;

    while (quote < p->len && p->text[quote] == ' ' && p->dialect.delimiter != ' ')
        quote++;
    if (quote < p->len && p->text[quote] == p->dialect.quote) {
        int32_t got = quoted_cell(p, row, quote, at, &text);

        if (got == 0 && (p->end || p->len - quote > p->most_quoted))
            return give_up(p, CSV_OPEN, row, quote) < 0 ? TEND_NOMEM : 2;
        if (got == 0)
            return 0;
        if (p->trouble == CSV_OPEN)
            return give_up(p, CSV_OPEN, row, quote) < 0 ? TEND_NOMEM : 2;
        quoted = true;
    } else {
        plain_cell(p, row, at);
        text = (struct tend_text){ p->text + begin, *at - begin };
    }
    return add_cell(p, text, quoted);
}

int32_t csv_parser_row(struct csv_parser *p)
{
    int64_t row, at;

    if (p->ended_cr && p->at < p->len) {
        p->at += p->text[p->at] == '\n';
        p->ended_cr = false;
    }
    row = at = p->at;
    p->n = p->n_plain = 0;
    p->trouble = CSV_FINE;
    if (row >= p->len)
        return 0;
    for (;;) {
        int32_t got = read_cell(p, row, &at);

        if (got < 0 || (got == 0 && p->len - row <= MOST_ROW))
            return got;
        if (got == 2)
            break;
        if (got == 0 || (at >= p->len && !p->end)) {
            if (p->len - row <= MOST_ROW)
                return 0;
            if (give_up(p, CSV_LONG, row, row) < 0)
                return TEND_NOMEM;
            break;
        }
        if (at >= p->len || p->text[at] != p->dialect.delimiter) {
            p->raw = (struct tend_text){ p->text + row, at - row };
            p->at = at;
            break;
        }
        at++;
    }
    finish_row(p, row);
    return 1;
}
