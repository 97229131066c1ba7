/* Chooses the form in which data goes out, and prints lines for people. */
#include "shell/output.h"

void tend_sheet_add(struct tend_sheet *table, struct tend_text cell)
{
    TEND_PUSH(&table->cell, cell);
}

void tend_sheet_print(struct tend_shell *shell, struct tend_sheet *table)
{
    struct tend_buffer buf = { 0 };

    if (shell->options.csv && shell->width > 0) {
        struct tend_buffer exact = { 0 };

        tend_out_csv(&exact, table);
        tend_lines_show(&buf, tend_buffer_text(&exact));
        tend_buffer_finish(&exact);
    } else if (shell->options.csv)
        tend_out_csv(&buf, table);
    else if (shell->width > 0)
        tend_out_table(&buf, table, shell->width);
    else
        tend_out_tsv(&buf, table);
    fwrite(buf.at != NULL ? buf.at : "", 1, (size_t)buf.len, shell->out);
    tend_buffer_finish(&buf);
    TEND_ARRAY_FINISH(&table->cell);
}

void tend_lines_show(struct tend_buffer *buf, struct tend_text text)
{
    while (text.len > 0) {
        const char *end = memchr(text.at, '\n', (size_t)text.len);
        int64_t len = end != NULL ? end - text.at : text.len, shown = len;

        if (end != NULL && shown > 0 && text.at[shown - 1] == '\r')
            shown--;
        tend_text_show(buf, (struct tend_text){ text.at, shown });
        text.at += end != NULL ? len + 1 : len;
        text.len -= end != NULL ? len + 1 : len;
        if (end != NULL)
            tend_buffer_addc(buf, '\n');
    }
}

static void put_line(struct tend_shell *shell, struct tend_text line)
{
    struct tend_buffer buf = { 0 };

    tend_text_show(&buf, line);
    tend_buffer_addc(&buf, '\n');
    fwrite(buf.at, 1, (size_t)buf.len, shell->out);
    tend_buffer_finish(&buf);
}

void tend_line_out(struct tend_shell *shell, const char *fmt, ...)
{
    struct tend_buffer buf = { 0 };
    va_list args;

    va_start(args, fmt);
    tend_buffer_vaddf(&buf, fmt, args);
    va_end(args);
    put_line(shell, tend_buffer_text(&buf));
    tend_buffer_finish(&buf);
}

void tend_say(struct tend_shell *shell, struct tend_text line)
{
    if (!shell->options.quiet)
        put_line(shell, line);
}

void tend_sayf(struct tend_shell *shell, const char *fmt, ...)
{
    struct tend_buffer buf = { 0 };
    va_list args;

    va_start(args, fmt);
    tend_buffer_vaddf(&buf, fmt, args);
    va_end(args);
    tend_say(shell, tend_buffer_text(&buf));
    tend_buffer_finish(&buf);
}
