/* What completion and hints look like at the prompt: what fits is put into the
 * line, and where several things do they are listed above it. */
#include "shell/complete.h"
#include "shell/output.h"
#include "shell/prompt_edit.h"
#include "shell/prompt_parts.h"

#define GAP 2
#define ROWS_MOST 20
#define ROWS_LEFT 4         /* of the screen, for the line and what was before */

/* The command so far with the line that is typed; *before: where that begins. */
static struct tend_text whole(struct tend_prompt *prompt, struct tend_text line,
                              struct tend_arena *arena, int64_t *before)
{
    *before = 0;
    if (prompt->command.len == 0)
        return line;
    *before = prompt->command.len + 1;
    return tend_text_of(tend_arena_printf(arena, "%.*s\n%.*s",
                                          TEND_FMT(tend_buffer_text(&prompt->command)),
                                          TEND_FMT(line)));
}

static void hint(void *data, struct tend_text line, struct tend_buffer *out, int64_t *taken)
{
    struct tend_arena arena = { 0 };
    int64_t before;

    *taken = 0;
    tend_buffer_add(out, tend_complete_hint(whole(data, line, &arena, &before), &arena));
    tend_arena_finish(&arena);
}

/* --- the list ---------------------------------------------------------------- */

static int64_t widest_of(const struct tend_completion *c, int64_t n, bool about)
{
    struct tend_buffer shown = { 0 };
    int64_t widest = 0;

    for (int64_t i = 0; i < n; i++) {
        int64_t width;

        tend_buffer_reset(&shown);
        tend_text_show(&shown, about ? c->at[i].about : c->at[i].shown);
        width = tend_text_width(tend_buffer_text(&shown));
        widest = width > widest ? width : widest;
    }
    tend_buffer_finish(&shown);
    return widest;
}

/* Text in so many columns; cut with "..." where it is longer. */
static void add_cell(struct tend_buffer *out, struct tend_text text, int64_t columns, bool last)
{
    struct tend_buffer shown = { 0 };
    struct tend_text part;
    int64_t width;

    tend_text_show(&shown, text);
    part = tend_buffer_text(&shown);
    width = tend_text_width(part);
    if (width > columns) {
        part = tend_text_clip(part, columns > 3 ? columns - 3 : columns);
        tend_buffer_add(out, part);
        if (columns > 3)
            tend_buffer_adds(out, "...");
        width = tend_text_width(part) + (columns > 3 ? 3 : 0);
    } else {
        tend_buffer_add(out, part);
    }
    for (; !last && width < columns + GAP; width++)
        tend_buffer_addc(out, ' ');
    tend_buffer_finish(&shown);
}

/* One a row, each with what it is. */
static int64_t list_rows(struct tend_buffer *out, const struct tend_completion *c, int64_t columns,
                         int64_t rows)
{
    int64_t n = c->n < rows ? c->n : rows;
    int64_t wide = widest_of(c, n, false), most = columns - GAP - 1;

    wide = wide > most * 2 / 3 ? most * 2 / 3 : wide;
    for (int64_t i = 0; i < n; i++) {
        bool alone = c->at[i].about.len == 0 || most - wide - GAP < 4;

        tend_buffer_adds(out, "  ");
        add_cell(out, c->at[i].shown, alone ? most : wide, alone);
        if (!alone)
            add_cell(out, c->at[i].about, most - wide - GAP, true);
        tend_buffer_addc(out, '\n');
    }
    return n;
}

/* As many beside each other as there is room for, in the order of reading. */
static int64_t list_columns(struct tend_buffer *out, const struct tend_completion *c,
                            int64_t columns, int64_t rows)
{
    int64_t wide = widest_of(c, c->n, false), across, n = 0;

    wide = wide > columns - GAP - 1 ? columns - GAP - 1 : wide;
    across = (columns - 1) / (wide + GAP) > 0 ? (columns - 1) / (wide + GAP) : 1;
    for (int64_t row = 0; row < rows && n < c->n; row++) {
        tend_buffer_adds(out, "  ");
        for (int64_t i = 0; i < across && n < c->n; i++, n++)
            add_cell(out, c->at[n].shown, wide, i + 1 == across || n + 1 == c->n);
        tend_buffer_addc(out, '\n');
    }
    return n;
}

static void list(const struct tend_completion *c)
{
    struct tend_buffer out = { 0 };
    int64_t columns, rows, listed, left;

    tend_edit_screen(&columns, &rows);
    rows = rows - ROWS_LEFT < ROWS_MOST ? rows - ROWS_LEFT : ROWS_MOST;
    rows = rows > 1 ? rows : 1;
    listed = widest_of(c, c->n, true) > 0 ? list_rows(&out, c, columns, rows)
                                          : list_columns(&out, c, columns - GAP, rows);
    left = c->left_out + c->n - listed;
    if (left > 0 || c->at_least)
        tend_buffer_addf(&out, "  ... and %lld%s more\n", (long long)left,
                         c->at_least ? " or" : "");
    tend_edit_above(tend_buffer_text(&out), NULL);
    tend_buffer_finish(&out);
}

/* --- Tab --------------------------------------------------------------------- */

/* The only one: with a space behind it, unless the word goes on or one is there. */
static void put_one(const struct tend_candidate *one, int64_t from, int64_t to,
                    struct tend_text line)
{
    struct tend_buffer text = { 0 };

    tend_buffer_add(&text, one->insert);
    if (!one->open && (to >= line.len || line.at[to] != ' '))
        tend_buffer_addc(&text, ' ');
    tend_edit_replace(from, to, tend_buffer_text(&text));
    tend_buffer_finish(&text);
}

static void complete(void *data, struct tend_text line, int64_t cursor)
{
    struct tend_prompt *prompt = data;
    struct tend_arena arena = { 0 };
    struct tend_completion c = { 0 };
    int64_t before, from, to;
    struct tend_text text = whole(prompt, line, &arena, &before);

    tend_complete(prompt->shell, text, before + cursor, &arena, &c);
    from = c.from - before;
    to = c.to - before;
    if (c.n == 0 || from < 0 || to > line.len) {
        tend_edit_beep();
    } else if (c.n == 1 && c.left_out == 0 && !c.at_least) {
        put_one(&c.at[0], from, to, line);
    } else {
        if (c.common.len > to - from)
            tend_edit_replace(from, to, c.common);
        list(&c);
    }
    tend_arena_finish(&arena);
}

const struct tend_edit_help *tend_prompt_help(struct tend_prompt *prompt)
{
    static struct tend_edit_help help = { .hint = hint, .complete = complete, .history = true };

    help.data = prompt;
    return &help;
}
