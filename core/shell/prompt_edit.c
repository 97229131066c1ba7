/* The line editor, on GNU readline's callback interface. Signals are ours, the
 * hint is drawn behind each redisplay and taken away before each key, so that
 * nothing that readline does can leave it on the screen. */
#include "shell/prompt_edit.h"
#include "base/memory.h"
#include <stdio.h>
#include <stdlib.h>
/* after stdio.h, which readline forgets */
#include <readline/history.h>
#include <readline/readline.h>

#define SEARCHES (RL_STATE_ISEARCH | RL_STATE_NSEARCH)
#define BUSY (SEARCHES | RL_STATE_COMPLETING | RL_STATE_MOREINPUT | RL_STATE_NUMERICARG)

static struct {
    bool ready, on;             /* readline is set up; a line is being edited */
    bool ghost;                 /* a hint stands on the screen */
    enum tend_edit state;
    struct tend_edit_help help;
    char *prompt;
    char *line;                 /* accepted */
    const char *guess;
    struct tend_buffer hint;
    int64_t taken;
} edit;

bool tend_edit_possible(void)
{
    const char *term = getenv("TERM");

    return term != NULL && term[0] != '\0' && strcmp(term, "dumb") != 0;
}

/* --- the hint -------------------------------------------------------------- */

static struct tend_text typed(void)
{
    return (struct tend_text){ rl_line_buffer, rl_end };
}

static void erase_ghost(void)
{
    if (!edit.ghost)
        return;
    fputs("\033[K", rl_outstream);
    edit.ghost = false;
}

/* Columns of the prompt: what stands between \001 and \002 takes none. */
static int64_t prompt_width(const char *prompt)
{
    struct tend_buffer seen = { 0 };
    bool hidden = false;
    int64_t width;

    for (; *prompt != '\0'; prompt++) {
        if (*prompt == RL_PROMPT_START_IGNORE || *prompt == RL_PROMPT_END_IGNORE)
            hidden = *prompt == RL_PROMPT_START_IGNORE;
        else if (!hidden)
            tend_buffer_addc(&seen, *prompt);
    }
    width = tend_text_width(tend_buffer_text(&seen));
    tend_buffer_finish(&seen);
    return width;
}

static bool hint_fits_here(void)
{
    return edit.on && edit.help.hint != NULL && rl_point == rl_end && rl_end > 0 &&
           !RL_ISSTATE(BUSY) && memchr(rl_line_buffer, '\n', (size_t)rl_end) == NULL;
}

/* Only what has room on the last row of the line, the last column left free. */
static void draw_ghost(void)
{
    struct tend_buffer shown = { 0 };
    struct tend_text part;
    int64_t columns, rows, used;

    edit.taken = 0;
    tend_buffer_reset(&edit.hint);
    if (!hint_fits_here())
        return;
    edit.help.hint(edit.help.data, typed(), &edit.hint, &edit.taken);
    if (edit.hint.len == 0)
        return;
    tend_edit_screen(&columns, &rows);
    used = prompt_width(edit.prompt) + tend_text_width(typed());
    if (used >= columns && used % columns == 0)
        return;
    tend_text_show(&shown, tend_buffer_text(&edit.hint));
    part = tend_text_clip(tend_buffer_text(&shown), columns - used % columns - 1);
    if (part.len > 0) {
        fprintf(rl_outstream, "\0337\033[2m%.*s\033[0m\0338", TEND_FMT(part));
        edit.ghost = true;
    }
    tend_buffer_finish(&shown);
}

/* Several keys may be handled at once, of which one can be Enter: only behind the
 * last a hint is drawn. */
static void redisplay(void)
{
    erase_ghost();
    rl_redisplay();
}

/* Right, End and Ctrl-F at the end of the line take the hint; elsewhere they move. */
static int take_or(rl_command_func_t *move, int count, int key)
{
    if (rl_point < rl_end || edit.taken == 0)
        return move(count, key);
    tend_edit_replace(rl_point, rl_point,
                      (struct tend_text){ edit.hint.at, edit.taken });
    return 0;
}

static int key_right(int count, int key)
{
    return take_or(rl_forward_char, count, key);
}

static int key_end(int count, int key)
{
    return take_or(rl_end_of_line, count, key);
}

static int key_tab(int count, int key)
{
    (void)count;
    if (edit.help.complete == NULL)
        return rl_insert(1, key);
    edit.help.complete(edit.help.data, typed(), rl_point);
    return 0;
}

/* --- setting up ------------------------------------------------------------- */

/* A key that the user's inputrc has bound to something else stays theirs. */
static void bind_over(const char *keys, rl_command_func_t *theirs, rl_command_func_t *ours)
{
    rl_command_func_t *now = rl_function_of_keyseq(keys, NULL, NULL);

    if (now == NULL || now == theirs)
        rl_bind_keyseq(keys, ours);
}

static int guess_into_line(void)
{
    if (edit.guess != NULL)
        rl_insert_text(edit.guess);
    edit.guess = NULL;
    return 0;
}

static void set_up(void)
{
    rl_readline_name = "tend";
    rl_catch_signals = 0;
    rl_catch_sigwinch = 0;
    rl_change_environment = 0;
    rl_instream = stdin;
    rl_outstream = stdout;
    rl_startup_hook = guess_into_line;
    rl_initialize();
    /* only now: before, readline takes the terminal for a dumb one */
    rl_redisplay_function = redisplay;
    rl_variable_bind("enable-bracketed-paste", "on");
    rl_variable_bind("blink-matching-paren", "off");
    rl_variable_bind("history-preserve-point", "off");
    bind_over("\033[A", rl_get_previous_history, rl_history_search_backward);
    bind_over("\033OA", rl_get_previous_history, rl_history_search_backward);
    bind_over("\033[B", rl_get_next_history, rl_history_search_forward);
    bind_over("\033OB", rl_get_next_history, rl_history_search_forward);
    bind_over("\033[C", rl_forward_char, key_right);
    bind_over("\033OC", rl_forward_char, key_right);
    bind_over("\006", rl_forward_char, key_right);
    bind_over("\033[F", rl_end_of_line, key_end);
    bind_over("\033OF", rl_end_of_line, key_end);
    bind_over("\005", rl_end_of_line, key_end);
    rl_bind_key('\t', key_tab);
    using_history();
    atexit(tend_edit_stop);
    edit.ready = true;
}

static void accept(char *text)
{
    erase_ghost();
    rl_callback_handler_remove();
    edit.on = false;
    free(edit.line);
    edit.line = text;
    edit.state = text != NULL ? TEND_EDIT_LINE : TEND_EDIT_END;
}

static void install(void)
{
    edit.on = true;
    edit.state = TEND_EDIT_MORE;
    rl_callback_handler_install(edit.prompt, accept);
    fflush(rl_outstream);
}

void tend_edit_start(const char *prompt, struct tend_text guess,
                     const struct tend_edit_help *help)
{
    char *kept = NULL;

    if (!edit.ready)
        set_up();
    tend_edit_stop();
    tend_free(edit.prompt);
    edit.prompt = tend_strdup(prompt);
    edit.help = help != NULL ? *help : (struct tend_edit_help){ 0 };
    if (guess.len > 0) {
        kept = tend_alloc((size_t)guess.len + 1);
        memcpy(kept, guess.at, (size_t)guess.len);
    }
    edit.guess = kept;
    install();
    edit.guess = NULL;
    tend_free(kept);
}

enum tend_edit tend_edit_input(void)
{
    if (!edit.on)
        return edit.state;
    erase_ghost();
    rl_callback_read_char();
    if (edit.on)
        draw_ghost();
    fflush(rl_outstream);
    return edit.state;
}

struct tend_text tend_edit_line(void)
{
    return tend_text_of(edit.line);
}

void tend_edit_stop(void)
{
    if (!edit.on)
        return;
    edit.on = false;
    erase_ghost();
    rl_callback_handler_remove();
    fflush(rl_outstream);
}

/* --- from outside ----------------------------------------------------------- */

bool tend_edit_busy(void)
{
    return edit.on && RL_ISSTATE(BUSY);
}

static void show_again(void)
{
    rl_on_new_line();
    rl_redisplay();
    draw_ghost();
    fflush(rl_outstream);
}

void tend_edit_cancel(void)
{
    if (!edit.on)
        return;
    erase_ghost();
    if (RL_ISSTATE(SEARCHES))
        rl_callback_sigcleanup();
    rl_free_line_state();
    rl_clear_visible_line();
    using_history();            /* the next search begins at the end again */
    rl_replace_line("", 1);
    show_again();
}

void tend_edit_above(struct tend_text lines, const char *prompt)
{
    if (!edit.on) {
        fwrite(lines.at != NULL ? lines.at : "", 1, (size_t)lines.len, stdout);
        fflush(stdout);
        return;
    }
    erase_ghost();
    rl_clear_visible_line();
    fwrite(lines.at != NULL ? lines.at : "", 1, (size_t)lines.len, rl_outstream);
    if (prompt != NULL) {
        tend_free(edit.prompt);
        edit.prompt = tend_strdup(prompt);
        rl_set_prompt(edit.prompt);
    }
    show_again();
}

/* Some terminals wrap anew what stands there, some do not: from the row of the
 * line that it begins in either way all is drawn again. */
void tend_edit_resized(void)
{
    int64_t columns, rows, row, now;
    int wide = 0;

    if (!edit.ready)
        return;
    if (!edit.on) {
        rl_resize_terminal();
        return;
    }
    erase_ghost();
    tend_edit_screen(&columns, &rows);
    row = (prompt_width(edit.prompt) +
           tend_text_width((struct tend_text){ rl_line_buffer, rl_point })) / columns;
    rl_redisplay_function = rl_redisplay;       /* else it draws where the cursor happens to be */
    rl_reset_screen_size();
    rl_get_screen_size(NULL, &wide);
    rl_redisplay_function = redisplay;
    now = (prompt_width(edit.prompt) +
           tend_text_width((struct tend_text){ rl_line_buffer, rl_point })) / (wide > 0 ? wide : 80);
    for (row = row < now ? row : now; row > 0; row--)
        fputs("\033[A", rl_outstream);
    fputs("\r\033[J", rl_outstream);
    show_again();
}

void tend_edit_screen(int64_t *columns, int64_t *rows)
{
    int r = 24, c = 80;

    rl_get_screen_size(&r, &c);
    *rows = r > 0 ? r : 24;
    *columns = c > 0 ? c : 80;
}

void tend_edit_replace(int64_t from, int64_t to, struct tend_text with)
{
    char *text = tend_alloc((size_t)with.len + 1);

    memcpy(text, with.at, (size_t)with.len);
    rl_begin_undo_group();
    rl_delete_text((int)from, (int)to);
    rl_point = (int)from;
    rl_insert_text(text);
    rl_end_undo_group();
    tend_free(text);
}

void tend_edit_beep(void)
{
    rl_ding();
}

void tend_edit_remember(struct tend_text line)
{
    char *text;

    if (!edit.ready)
        set_up();
    text = tend_alloc((size_t)line.len + 1);
    memcpy(text, line.at, (size_t)line.len);
    add_history(text);
    tend_free(text);
}
