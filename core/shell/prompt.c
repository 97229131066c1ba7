/* The prompt: waits for keys, signals and the time, and runs what was typed. While
 * a command runs the terminal is as the command expects it. */
#include "base/interrupt.h"
#include "shell/console.h"
#include "shell/output.h"
#include "shell/pager.h"
#include "shell/plugin_watch.h"
#include "shell/prompt_edit.h"
#include "shell/prompt_history.h"
#include "shell/prompt_parts.h"
#include <termios.h>
#include <unistd.h>

bool tend_prompt_possible(const struct tend_shell *shell, FILE *in)
{
    return shell->terminal_in && shell->width > 0 && in == stdin && shell->out == stdout &&
           tend_edit_possible();
}

/* --- its text ---------------------------------------------------------------- */

/* How much is due stands in it; while a command goes on, only that it does. */
static bool make_text(struct tend_prompt *prompt)
{
    struct tend_buffer text = { 0 };
    int64_t due = tend_notice_due(prompt->shell);
    bool colour = tend_shell_colour(prompt->shell), changed;

    if (prompt->command.len > 0)
        tend_buffer_adds(&text, prompt->shell->lua ? "  >> " : "...> ");
    else if (prompt->shell->lua)
        tend_buffer_adds(&text, "lua> ");
    else if (due > 0)
        tend_buffer_addf(&text, "tend %s%lld%s> ", colour ? "\001\033[1;33m\002" : "",
                         (long long)due, colour ? "\001\033[0m\002" : "");
    else
        tend_buffer_adds(&text, "tend> ");
    changed = !tend_text_eq(tend_buffer_text(&text), tend_buffer_text(&prompt->text));
    tend_buffer_finish(&prompt->text);
    prompt->text = text;
    return changed;
}

static void start_line(struct tend_prompt *prompt)
{
    make_text(prompt);
    tend_edit_start(prompt->text.at, tend_buffer_text(&prompt->ahead), tend_prompt_help(prompt));
    tend_buffer_reset(&prompt->ahead);
}

/* --- running what was typed --------------------------------------------------- */

bool tend_prompt_queued(struct tend_prompt *prompt, struct tend_text *line)
{
    struct tend_text rest = { prompt->queue.at + prompt->queued,
                              prompt->queue.len - prompt->queued };
    const char *end;

    if (rest.len <= 0) {
        tend_buffer_reset(&prompt->queue);
        prompt->queued = 0;
        return false;
    }
    end = memchr(rest.at, '\n', (size_t)rest.len);
    *line = (struct tend_text){ rest.at, end != NULL ? end - rest.at : rest.len };
    prompt->queued += line->len + 1;
    return true;
}

/* One line more of the command; true when it is whole. A \ at the end goes. */
static bool add_line(struct tend_prompt *prompt, struct tend_text line)
{
    struct tend_buffer *command = &prompt->command;

    if (command->len > 0 && command->at[command->len - 1] == '\\')
        command->at[--command->len] = '\0';
    else if (command->len > 0)
        tend_buffer_addc(command, '\n');
    if (prompt->entry.len > 0)
        tend_buffer_addc(&prompt->entry, '\n');
    tend_buffer_add(&prompt->entry, line);
    tend_buffer_add(command, line);
    if (!prompt->shell->lua && tend_line_open(tend_buffer_text(command)))
        return false;
    return !tend_console_goes_on(prompt->shell, tend_buffer_text(command));
}

static void keep_entry(struct tend_prompt *prompt)
{
    if (prompt->entry.len > 0)
        tend_history_add(prompt->history, tend_buffer_text(&prompt->entry));
    tend_buffer_reset(&prompt->entry);
}

/* The history is that of the database, which the first command may have made. */
static void open_history(struct tend_prompt *prompt)
{
    if (prompt->history != NULL)
        return;
    prompt->history = tend_history_open(prompt->shell);
    if (prompt->history != NULL)
        tend_history_write(prompt->history);
}

/* Lua mode ends, or the prompt. */
static void leave(struct tend_prompt *prompt)
{
    prompt->over = !prompt->shell->lua || prompt->shell->lua_alone;
    prompt->shell->lua = false;
}

/* A Ctrl-C while a command runs is not echoed as ^C into what it prints. */
static void echo_controls(bool on)
{
    struct termios now;

    if (tcgetattr(STDIN_FILENO, &now) != 0)
        return;
    now.c_lflag = on ? now.c_lflag | (tcflag_t)ECHOCTL : now.c_lflag & ~(tcflag_t)ECHOCTL;
    tcsetattr(STDIN_FILENO, TCSANOW, &now);
}

static void run(struct tend_prompt *prompt)
{
    struct tend_shell *shell = prompt->shell;
    struct tend_text line = tend_text_trim(tend_buffer_text(&prompt->command));
    bool others = line.len > 0 && line.at[0] == '!';    /* another program writes there */

    if (tend_shell_quits(line)) {
        leave(prompt);
    } else if (line.len > 0) {
        tend_wait_pause(prompt->wait);
        echo_controls(false);
        if (!others)
            tend_pager_begin(shell);
        tend_shell_line(shell, line);
        tend_pager_end(shell);
        echo_controls(true);
        tend_wait_resume(prompt->wait);
    }
    tend_buffer_reset(&prompt->command);
}

/* Runs all lines of the queue; the last may go on. */
static void run_queue(struct tend_prompt *prompt)
{
    struct tend_text line;
    bool several = false;

    while (!prompt->over && tend_prompt_queued(prompt, &line)) {
        bool last = prompt->queued >= prompt->queue.len;

        if (!add_line(prompt, line))
            continue;
        if (last)
            keep_entry(prompt);
        several = several || !last;
        if (several) {
            make_text(prompt);
            tend_line_out(prompt->shell, "> %.*s", TEND_FMT(tend_buffer_text(&prompt->command)));
        }
        run(prompt);
    }
    if (prompt->command.len == 0)
        keep_entry(prompt);
    open_history(prompt);
    tend_notice_sync(prompt->shell, &prompt->notice);
    prompt->look_at = tend_notice_next(prompt->shell, &prompt->notice);
}

static void take_input(struct tend_prompt *prompt)
{
    switch (tend_edit_input()) {
    case TEND_EDIT_MORE:
        return;
    case TEND_EDIT_END:
        if (prompt->command.len == 0)
            leave(prompt);
        tend_buffer_reset(&prompt->command);
        tend_buffer_reset(&prompt->entry);
        fputc('\n', prompt->shell->out);
        fflush(prompt->shell->out);
        break;
    case TEND_EDIT_LINE:
        tend_buffer_add(&prompt->queue, tend_edit_line());
        tend_buffer_addc(&prompt->queue, '\n');
        run_queue(prompt);
    }
    if (!prompt->over)
        start_line(prompt);
}

/* --- what comes from elsewhere ------------------------------------------------ */

static void interrupted(struct tend_prompt *prompt)
{
    bool went_on = prompt->command.len > 0;

    tend_buffer_reset(&prompt->command);
    tend_buffer_reset(&prompt->entry);
    tend_edit_cancel();
    if (went_on && make_text(prompt))
        tend_edit_above((struct tend_text){ 0 }, prompt->text.at);
}

static void look(struct tend_prompt *prompt)
{
    tend_notice_look(prompt->shell, &prompt->notice, &prompt->news);
    prompt->look_at = tend_notice_next(prompt->shell, &prompt->notice);
}

static void tell(struct tend_prompt *prompt)
{
    bool changed;

    if (tend_edit_busy())
        return;
    changed = make_text(prompt);
    if (changed || prompt->news.len > 0)
        tend_edit_above(tend_buffer_text(&prompt->news), prompt->text.at);
    tend_buffer_reset(&prompt->news);
}

static void turn(struct tend_prompt *prompt)
{
    int64_t saved = tend_plugin_watch_due(prompt->shell);
    bool plugins = saved > 0 && (prompt->look_at == 0 || saved < prompt->look_at), looked;
    uint32_t what;

    tend_wait_also(prompt->wait, tend_plugin_watch_fd(prompt->shell));
    what = tend_wait_next(prompt->wait, plugins ? saved : prompt->look_at);
    looked = !plugins && ((what & (TEND_WAIT_TIME | TEND_WAIT_CLOCK)) != 0 || what == 0);

    if (what & TEND_WAIT_TERM) {
        prompt->over = true;
        return;
    }
    if (what & TEND_WAIT_SIZE) {
        tend_shell_resized(prompt->shell);
        tend_edit_resized();
    }
    if (what & TEND_WAIT_INT)
        interrupted(prompt);
    if (what & TEND_WAIT_INPUT)
        take_input(prompt);
    if (!prompt->over && prompt->shell->held.len > 0) {  /* completion loaded the plugins */
        tend_buffer_add(&prompt->news, tend_buffer_text(&prompt->shell->held));
        tend_buffer_reset(&prompt->shell->held);
    }
    if (!prompt->over && looked)
        look(prompt);
    if (!prompt->over && saved > 0)
        tend_notice_plugins(prompt->shell, &prompt->news);
    if (!prompt->over && (looked || prompt->news.len > 0))
        tell(prompt);
}

int tend_prompt(struct tend_shell *shell)
{
    struct tend_prompt prompt = { .shell = shell };

    if (tend_wait_open(&prompt.wait, STDIN_FILENO, &shell->err) != TEND_OK)
        return tend_shell_fail(shell);
    fflush(shell->out);
    shell->at_prompt = &prompt;
    open_history(&prompt);
    tend_notice_sync(shell, &prompt.notice);
    prompt.look_at = tend_notice_next(shell, &prompt.notice);
    start_line(&prompt);
    while (!prompt.over)
        turn(&prompt);
    tend_edit_stop();
    tend_wait_close(prompt.wait);
    shell->at_prompt = NULL;
    tend_free(prompt.history);
    tend_buffer_finish(&prompt.command);
    tend_buffer_finish(&prompt.entry);
    tend_buffer_finish(&prompt.queue);
    tend_buffer_finish(&prompt.ahead);
    tend_buffer_finish(&prompt.news);
    tend_buffer_finish(&prompt.text);
    return TEND_EXIT_OK;
}
