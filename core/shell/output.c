/* Chooses the form in which data goes out, and prints lines for people. */
#include "shell/output.h"

#define WRAP_INDENT 2

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

/* The length of what stands on a line of its own; 0: a word as long as that. */
static int64_t break_of(struct tend_text line, int64_t width)
{
    int64_t at = tend_text_clip(line, width).len;

    while (at > 0 && line.at[at] != ' ')
        at--;
    while (at > 0 && line.at[at - 1] == ' ')
        at--;
    return at;
}

void tend_line_wrap(struct tend_buffer *buf, struct tend_text line, int64_t width)
{
    int64_t room = width, at;

    while (room > WRAP_INDENT && tend_text_width(line) > room && (at = break_of(line, room)) > 0) {
        tend_buffer_add(buf, (struct tend_text){ line.at, at });
        tend_buffer_addf(buf, "\n%*s", WRAP_INDENT, "");
        line = tend_text_trim((struct tend_text){ line.at + at, line.len - at });
        room = width - WRAP_INDENT;
    }
    tend_buffer_add(buf, line);
}

static void put_line(struct tend_shell *shell, struct tend_text line, int64_t width)
{
    struct tend_buffer shown = { 0 }, buf = { 0 };

    tend_text_show(&shown, line);
    tend_line_wrap(&buf, tend_buffer_text(&shown), width);
    tend_buffer_addc(&buf, '\n');
    fwrite(buf.at, 1, (size_t)buf.len, shell->out);
    tend_buffer_finish(&shown);
    tend_buffer_finish(&buf);
}

void tend_line_out(struct tend_shell *shell, const char *fmt, ...)
{
    struct tend_buffer buf = { 0 };
    va_list args;

    va_start(args, fmt);
    tend_buffer_vaddf(&buf, fmt, args);
    va_end(args);
    put_line(shell, tend_buffer_text(&buf), 0);
    tend_buffer_finish(&buf);
}

void tend_say(struct tend_shell *shell, struct tend_text line)
{
    if (!shell->options.quiet)
        put_line(shell, line, shell->width);
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
