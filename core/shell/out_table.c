/* A table on a terminal: columns as wide as what they hold, the widest made
 * narrower until a row fits. What others wrote is shown, never obeyed. */
#include "shell/output.h"

#define GAP 2
#define NARROWEST 8
#define NARROWEST_NAME 16

/* The sum of all columns with the gaps between them. */
static int64_t total_of(const int64_t *width, int64_t n)
{
    int64_t total = n > 0 ? GAP * (n - 1) : 0;

    for (int64_t i = 0; i < n; i++)
        total += width[i];
    return total;
}

/* The widest column that may give way; -1 if none may. */
static int64_t widest_of(const struct tend_sheet *table, const int64_t *width, bool all)
{
    int64_t widest = -1;

    for (int64_t i = 0; i < table->n_columns; i++) {
        int32_t how = table->columns[i].how;
        int64_t least = all ? 2 : how == TEND_COLUMN_NAME ? NARROWEST_NAME : NARROWEST;

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

void tend_out_table(struct tend_buffer *buf, const struct tend_sheet *table, int64_t width)
{
    int64_t n = table->n_columns, cells = table->cell.n;
    int64_t *widths = tend_alloc((size_t)n * sizeof *widths);
    struct tend_buffer shown = { 0 };
    TEND_ARRAY(int64_t) end = { 0 };
    int64_t begin = 0;

    if (cells == 0) {
        tend_free(widths);
        return;
    }
    for (int64_t i = 0; i < n; i++)
        widths[i] = tend_text_width(tend_text_of(table->columns[i].title));
    for (int64_t i = 0; i < cells; i++) {
        int64_t before = shown.len, columns;

        tend_text_show(&shown, table->cell.at[i]);
        columns = tend_text_width((struct tend_text){ shown.at + before, shown.len - before });
        if (columns > widths[i % n])
            widths[i % n] = columns;
        TEND_PUSH(&end, shown.len);
    }
    fit(table, widths, width);
    for (int64_t i = 0; i < n; i++)
        add_cell(buf, tend_text_of(table->columns[i].title), widths[i],
                 (table->columns[i].how & TEND_COLUMN_RIGHT) != 0, i == n - 1);
    end_line(buf);
    for (int64_t i = 0; i < cells; i++) {
        struct tend_text cell = { shown.at + begin, end.at[i] - begin };

        add_cell(buf, cell, widths[i % n], (table->columns[i % n].how & TEND_COLUMN_RIGHT) != 0,
                 i % n == n - 1);
        if (i % n == n - 1)
            end_line(buf);
        begin = end.at[i];
    }
    TEND_ARRAY_FINISH(&end);
    tend_buffer_finish(&shown);
    tend_free(widths);
}
