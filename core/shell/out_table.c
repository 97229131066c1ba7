/* A table on a terminal: columns as wide as what they hold, the widest made
 * narrower until a row fits. What others wrote is shown, never obeyed. */
#include "shell/output.h"

#define GAP 2
#define NARROWEST 8
#define NARROWEST_NAME 16
#define INDENT 4                /* of what stands below */

/* The sum of all columns with the gaps between them. */
static int64_t total_of(const int64_t *width, int64_t n)
{
    int64_t total = n > 0 ? GAP * (n - 1) : 0;

    for (int64_t i = 0; i < n; i++)
        total += width[i];
    return total;
}

static int32_t rank_of(const struct tend_sheet *table, int64_t column)
{
    return table->columns[column].how >> 8;
}

static int64_t least_of(const struct tend_sheet *table, int64_t column)
{
    return (table->columns[column].how & 0xff) == TEND_COLUMN_NAME ? NARROWEST_NAME : NARROWEST;
}

/* The widest column that may give way; -1 if none may. */
static int64_t widest_of(const struct tend_sheet *table, const int64_t *width, bool all)
{
    int64_t widest = -1;

    for (int64_t i = 0; i < table->n_columns; i++) {
        int32_t how = table->columns[i].how;
        int64_t least = all ? 2 : least_of(table, i);

        if ((all || (how & TEND_COLUMN_SHRINKS)) && width[i] > least &&
            (widest < 0 || width[i] > width[widest]))
            widest = i;
    }
    return widest;
}

/* Columns that are said to shrink do so first; on a very narrow screen all. */
static void fit(const struct tend_sheet *table, int64_t *width, int64_t columns)
{
    for (int all = 0; all < 2; all++) {
        while (total_of(width, table->n_columns) > columns) {
            int64_t widest = widest_of(table, width, all != 0);

            if (widest < 0)
                break;
            width[widest]--;
        }
    }
}

static bool is_empty(const struct tend_sheet *table, int64_t column)
{
    for (int64_t i = column; i < table->cell.n; i += table->n_columns) {
        if (table->cell.at[i].len > 0)
            return false;
    }
    return true;
}

/* The column that goes next: an empty one, else that of the highest rank; -1. */
static int64_t drop_next(const struct tend_sheet *table, const bool *hidden)
{
    int64_t next = -1, empty = -1;

    for (int64_t i = 0; i < table->n_columns; i++) {
        if (hidden[i] || rank_of(table, i) == 0)
            continue;
        if (next < 0 || rank_of(table, i) >= rank_of(table, next))
            next = i;
        if (is_empty(table, i))
            empty = i;
    }
    return empty >= 0 ? empty : next;
}

/* What stands below goes there as soon as something would have to be cut. */
static void move_below(const struct tend_sheet *table, const int64_t *width, int64_t columns,
                       bool *hidden)
{
    if (total_of(width, table->n_columns) <= columns)
        return;
    for (int64_t i = 0; i < table->n_columns; i++)
        hidden[i] = (table->columns[i].how & TEND_COLUMN_BELOW) != 0;
}

/* Hides columns until what is left can be read: a column that shrinks may do so
 * down to its least, others are shown whole. */
static void hide(const struct tend_sheet *table, const int64_t *width, int64_t columns,
                    bool *hidden)
{
    for (;;) {
        int64_t total = -GAP, next;

        for (int64_t i = 0; i < table->n_columns; i++) {
            bool shrinks = (table->columns[i].how & TEND_COLUMN_SHRINKS) != 0;

            if (!hidden[i])
                total += GAP + (shrinks && width[i] > least_of(table, i) ? least_of(table, i)
                                                                         : width[i]);
        }
        next = total > columns ? drop_next(table, hidden) : -1;
        if (next < 0)
            return;
        hidden[next] = true;
    }
}

/* The table without its hidden columns; the columns are the caller's. */
static void without(const struct tend_sheet *table, const bool *hidden,
                    struct tend_sheet_column *columns, struct tend_sheet *out)
{
    *out = (struct tend_sheet){ .columns = columns };
    for (int64_t i = 0; i < table->n_columns; i++) {
        if (!hidden[i])
            columns[out->n_columns++] = table->columns[i];
    }
    for (int64_t i = 0; i < table->cell.n; i++) {
        if (!hidden[i % table->n_columns])
            TEND_PUSH(&out->cell, table->cell.at[i]);
    }
}

static void add_spaces(struct tend_buffer *buf, int64_t n)
{
    for (int64_t i = 0; i < n; i++)
        tend_buffer_addc(buf, ' ');
}

static void add_cell(struct tend_buffer *buf, struct tend_text shown, int64_t width, bool right,
                     bool last)
{
    int64_t columns = tend_text_width(shown);
    bool clipped = columns > width;

    if (clipped) {
        shown = tend_text_clip(shown, width - 1);
        columns = tend_text_width(shown) + 1;
    }
    if (right)
        add_spaces(buf, width - columns);
    tend_buffer_add(buf, shown);
    if (clipped)
        tend_buffer_adds(buf, "\xE2\x80\xA6");
    if (!right && !last)
        add_spaces(buf, width - columns);
    if (!last)
        add_spaces(buf, GAP);
}

/* Spaces at the end of a line are in nobody's way, and in everybody's copy. */
static void end_line(struct tend_buffer *buf)
{
    while (buf->len > 0 && buf->at[buf->len - 1] == ' ')
        buf->len--;
    tend_buffer_addc(buf, '\n');
}

static void measure(const struct tend_sheet *table, int64_t *widths)
{
    struct tend_buffer shown = { 0 };

    for (int64_t i = 0; i < table->n_columns; i++)
        widths[i] = tend_text_width(tend_text_of(table->columns[i].title));
    for (int64_t i = 0; i < table->cell.n; i++) {
        int64_t columns;

        tend_buffer_reset(&shown);
        tend_text_show(&shown, table->cell.at[i]);
        columns = tend_text_width(tend_buffer_text(&shown));
        if (columns > widths[i % table->n_columns])
            widths[i % table->n_columns] = columns;
    }
    tend_buffer_finish(&shown);
}

/* Of a row of the whole table: what was moved below it. */
static void print_below(struct tend_buffer *buf, const struct tend_sheet *table, const bool *hidden,
                        int64_t row, int64_t width)
{
    struct tend_buffer shown = { 0 };

    for (int64_t i = 0; i < table->n_columns; i++) {
        struct tend_text cell = table->cell.at[row * table->n_columns + i];

        if (!hidden[i] || !(table->columns[i].how & TEND_COLUMN_BELOW) || cell.len == 0)
            continue;
        tend_buffer_reset(&shown);
        tend_text_show(&shown, cell);
        add_spaces(buf, INDENT);
        add_cell(buf, tend_buffer_text(&shown), width - INDENT, false, true);
        end_line(buf);
    }
    tend_buffer_finish(&shown);
}

static void print(struct tend_buffer *buf, const struct tend_sheet *table, const int64_t *widths,
                  const struct tend_sheet *whole, const bool *hidden, int64_t width)
{
    struct tend_buffer shown = { 0 };
    int64_t n = table->n_columns;

    for (int64_t i = 0; i < n; i++)
        add_cell(buf, tend_text_of(table->columns[i].title), widths[i],
                 (table->columns[i].how & TEND_COLUMN_RIGHT) != 0, i == n - 1);
    end_line(buf);
    for (int64_t i = 0; i < table->cell.n; i++) {
        tend_buffer_reset(&shown);
        tend_text_show(&shown, table->cell.at[i]);
        add_cell(buf, tend_buffer_text(&shown), widths[i % n],
                 (table->columns[i % n].how & TEND_COLUMN_RIGHT) != 0, i % n == n - 1);
        if (i % n == n - 1) {
            end_line(buf);
            print_below(buf, whole, hidden, i / n, width);
        }
    }
    tend_buffer_finish(&shown);
}

void tend_out_table(struct tend_buffer *buf, const struct tend_sheet *table, int64_t width)
{
    size_t n = (size_t)table->n_columns;
    int64_t *widths = tend_alloc(n * sizeof *widths);
    bool *hidden = tend_alloc(n * sizeof *hidden);
    struct tend_sheet_column *columns = tend_alloc(n * sizeof *columns);
    struct tend_sheet left;

    memset(hidden, 0, n * sizeof *hidden);
    if (table->cell.n > 0) {
        measure(table, widths);
        move_below(table, widths, width, hidden);
        hide(table, widths, width, hidden);
        without(table, hidden, columns, &left);
        measure(&left, widths);
        fit(&left, widths, width);
        print(buf, &left, widths, table, hidden, width);
        TEND_ARRAY_FINISH(&left.cell);
    }
    tend_free(columns);
    tend_free(hidden);
    tend_free(widths);
}
