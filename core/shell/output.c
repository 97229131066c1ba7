/* Chooses the form in which data goes out, and prints lines for people. */
#include "shell/output.h"

void tend_sheet_add(struct tend_sheet *table, struct tend_text cell)
{
    TEND_PUSH(&table->cell, cell);
}

void tend_sheet_print(struct tend_shell *shell, struct tend_sheet *table)
{
    struct tend_buffer buf = { 0 };

    if (shell->options.csv)
        tend_out_csv(&buf, table);
    else if (shell->width > 0)
        tend_out_table(&buf, table, shell->width);
    else
        tend_out_tsv(&buf, table);
    fwrite(buf.at != NULL ? buf.at : "", 1, (size_t)buf.len, shell->out);
    tend_buffer_finish(&buf);
    TEND_ARRAY_FINISH(&table->cell);
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
