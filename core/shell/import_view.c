/* What is shown of an import while it runs: how the file is read and what becomes of its
 * columns, before the first row is written; then how far it is, on a terminal. */
#include "base/clock.h"
#include "shell/import.h"
#include "shell/output.h"
#include "shell/pager.h"
#include <unistd.h>

#define SHOWN 6             /* columns of one field */
#define FIRST 700000        /* microseconds: what is done sooner shows no progress */
#define EVERY 150000

/* --- the file -------------------------------------------------------------- */

static void say_file(const struct tend_import_view *view, const struct tend_intake *out)
{
    struct tend_buffer line = { 0 };

    if (out->encoding == NULL || out->found.n == 0)
        return;
    tend_buffer_addf(&line, "%s is read as %s", view->name, out->encoding);
    for (int64_t i = 0; i < out->found.n; i++)
        tend_buffer_addf(&line, ", %s %s", out->found.at[i].what, out->found.at[i].value);
    tend_say(view->shell, tend_buffer_text(&line));
    tend_buffer_finish(&line);
}

static bool is_kept(const char *field)
{
    return field != NULL && strchr(field, '.') != NULL;
}

/* Do two columns stand in one line? What is kept does, and what is left out. */
static bool same_field(const char *a, const char *b)
{
    if (a == NULL || b == NULL)
        return a == b;
    return strcmp(a, b) == 0 || (is_kept(a) && is_kept(b));
}

static bool is_first(const struct tend_intake *out, int64_t at)
{
    for (int64_t i = 0; i < at; i++) {
        if (same_field(out->column.at[i].field, out->column.at[at].field))
            return false;
    }
    return true;
}

static void say_field(const struct tend_import_view *view, const struct tend_intake *out,
                      int64_t at)
{
    const char *field = out->column.at[at].field;
    struct tend_buffer line = { 0 };
    int64_t n = 0;

    tend_buffer_addf(&line, "  %-12s ", field == NULL    ? "left out"
                                        : is_kept(field) ? "kept as is"
                                                         : field);
    for (int64_t i = at; i < out->column.n; i++) {
        if (!same_field(field, out->column.at[i].field))
            continue;
        if (n < SHOWN)
            tend_buffer_addf(&line, "%s%s", n > 0 ? ", " : "",
                             out->column.at[i].name[0] != '\0' ? out->column.at[i].name
                                                               : "(no name)");
        n++;
    }
    if (n > SHOWN)
        tend_buffer_addf(&line, " and %lld more", (long long)(n - SHOWN));
    tend_say(view->shell, tend_buffer_text(&line));
    tend_buffer_finish(&line);
}

/* Fields first, then what is kept, then what is left out. */
static void say_columns(const struct tend_import_view *view, const struct tend_intake *out)
{
    for (int pass = 0; pass < 3; pass++) {
        for (int64_t i = 0; i < out->column.n; i++) {
            const char *field = out->column.at[i].field;
            int its = field == NULL ? 2 : is_kept(field) ? 1 : 0;

            if (its == pass && is_first(out, i) && (field == NULL || strcmp(field, "label") != 0))
                say_field(view, out, i);
        }
    }
}

static void begins(void *data, const struct tend_intake *out)
{
    struct tend_import_view *view = data;
    struct tend_shell *shell = view->shell;

    tend_import_progress_end(view);
    if (out->remembered != NULL)
        tend_shell_note(shell, "%s: as the last time: --map %s; forget it with --map none",
                        view->name, out->remembered);
    if (shell->options.json)
        return;
    say_file(view, out);
    if (shell->options.dry || shell->width > 0)
        say_columns(view, out);
    fflush(shell->out);
}

/* --- how far ----------------------------------------------------------------- */

/* 1234567 as 1,234,567 */
static void add_count(struct tend_buffer *buf, int64_t n)
{
    if (n >= 1000) {
        add_count(buf, n / 1000);
        tend_buffer_addf(buf, ",%03d", (int)(n % 1000));
    } else {
        tend_buffer_addf(buf, "%d", (int)n);
    }
}

static void add_left(struct tend_buffer *buf, int64_t micros)
{
    int64_t seconds = micros / 1000000 + 1;

    if (seconds >= 120)
        tend_buffer_addf(buf, ", %lld min left", (long long)((seconds + 59) / 60));
    else
        tend_buffer_addf(buf, ", %lld s left", (long long)seconds);
}

static void show(struct tend_import_view *view, struct tend_text line)
{
    fprintf(view->shell->errors, "\r%.*s\033[K", TEND_FMT(line));
    fflush(view->shell->errors);
    view->shown = true;
}

static void show_progress(struct tend_import_view *view, const struct tend_intake_progress *p,
                          int64_t now)
{
    struct tend_buffer line = { 0 };
    int64_t spent = now - view->begun, done = p->writing ? p->rows : p->bytes;
    int64_t all = p->writing ? p->all_rows : p->all_bytes;

    tend_buffer_addf(&line, "%s: %s ", view->name, p->writing ? "writing" : "reading");
    add_count(&line, p->rows);
    if (p->writing && all > 0) {
        tend_buffer_adds(&line, " of ");
        add_count(&line, all);
    }
    tend_buffer_adds(&line, " rows, ");
    add_count(&line, spent > 0 ? (p->rows - view->first) * 1000000 / spent : 0);
    tend_buffer_adds(&line, " a second");
    if (all > 0 && done > 0 && done < all)
        add_left(&line, (int64_t)((double)spent * (double)(all - done) / (double)done));
    show(view, tend_buffer_text(&line));
    tend_buffer_finish(&line);
}

static void moved(void *data, const struct tend_intake_progress *p)
{
    struct tend_import_view *view = data;
    int64_t now;

    if (!view->moves)
        return;
    now = tend_clock_ticks_coarse();
    if (view->begun == 0 || p->writing != view->writing) {
        view->begun = view->said = now;
        view->first = p->rows;
        view->writing = p->writing;
    }
    if (now - view->said < (view->shown ? EVERY : FIRST))
        return;
    view->said = now;
    show_progress(view, p, now);
}

void tend_import_watch(struct tend_import_view *view, struct tend_intake_ask *ask)
{
    struct tend_shell *shell = view->shell;
    int fd;

    tend_pager_end(shell);          /* which would keep all until the end */
    fd = fileno(shell->errors);
    view->watch = (struct tend_intake_watch){ .data = view, .begins = begins, .moved = moved };
    view->moves = fd >= 0 && isatty(fd) && !shell->options.quiet && !shell->holds;
    view->started = tend_clock_ticks_coarse();
    ask->watch = &view->watch;
}

void tend_import_progress_last(struct tend_import_view *view)
{
    if (view->moves && tend_clock_ticks_coarse() - view->started > FIRST)
        show(view, TEND_TEXT("finishing: keys, words and the journal"));
}

void tend_import_progress_end(struct tend_import_view *view)
{
    if (view->shown)
        fprintf(view->shell->errors, "\r\033[K");
    view->shown = false;
    view->begun = 0;
}
