/* Lines that are pasted for `import -`. They are read by the block, without the
 * line editor: they are data, may be many and long, and are neither completed nor
 * remembered. */
#include "base/interrupt.h"
#include "shell/prompt_parts.h"
#include "shell/output.h"
#include "shell/pager.h"
#include <errno.h>
#include <termios.h>
#include <unistd.h>

#define CONTROL_D 4
#define DELETE 127
#define MARK "  | "

struct paste {
    struct tend_prompt *prompt;
    FILE *into;
    struct tend_buffer line, echo;
    bool begun;             /* the mark of the line is on the screen */
    bool ended;
};

static void mark(struct paste *paste)
{
    if (!paste->begun)
        tend_buffer_adds(&paste->echo, MARK);
    paste->begun = true;
}

static void echo_out(struct paste *paste)
{
    FILE *out = paste->prompt->shell->out;

    fwrite(paste->echo.at != NULL ? paste->echo.at : "", 1, (size_t)paste->echo.len, out);
    fflush(out);
    tend_buffer_reset(&paste->echo);
}

/* A line is whole: data, or the end. */
static void take_line(struct paste *paste, struct tend_text line)
{
    if (tend_text_is(tend_text_trim(line), ".")) {
        paste->ended = true;
        return;
    }
    fwrite(line.at != NULL ? line.at : "", 1, (size_t)line.len, paste->into);
    fputc('\n', paste->into);
}

static void end_line(struct paste *paste)
{
    tend_text_show(&paste->echo, tend_buffer_text(&paste->line));
    tend_buffer_addc(&paste->echo, '\n');
    take_line(paste, tend_buffer_text(&paste->line));
    tend_buffer_reset(&paste->line);
    paste->begun = false;
    if (!paste->ended)
        mark(paste);
}

/* Also behind a last line that has no end. */
static void end_paste(struct paste *paste)
{
    paste->ended = true;
    if (paste->line.len > 0)
        end_line(paste);
}

static void rub_out(struct paste *paste)
{
    while (paste->line.len > 0 && (paste->line.at[--paste->line.len] & 0xC0) == 0x80)
        ;
}

static void take_byte(struct paste *paste, char c)
{
    if (c == '\n' || c == '\r')
        end_line(paste);
    else if (c == DELETE || c == '\b')
        rub_out(paste);
    else if (c == CONTROL_D)
        end_paste(paste);
    else
        tend_buffer_addc(&paste->line, c);
}

/* The line that is being typed, over what stood there. */
static void show_line(struct paste *paste)
{
    if (paste->ended)
        return;
    tend_buffer_adds(&paste->echo, "\r" MARK);
    tend_text_show(&paste->echo,
                   tend_text_clip(tend_buffer_text(&paste->line),
                                  paste->prompt->shell->width - (int64_t)sizeof MARK));
    tend_buffer_adds(&paste->echo, "\033[K");
}

/* What stands behind the end is typed ahead: whole lines are run, the rest waits in
 * the next line. */
static void keep_ahead(struct tend_prompt *prompt, struct tend_text rest)
{
    for (int64_t i = 0; i < rest.len; i++) {
        char c = rest.at[i] == '\r' ? '\n' : rest.at[i];

        tend_buffer_addc(&prompt->ahead, c);
        if (c == '\n') {
            tend_buffer_add(&prompt->queue, tend_buffer_text(&prompt->ahead));
            tend_buffer_reset(&prompt->ahead);
        }
    }
}

static tend_status read_keys(struct paste *paste)
{
    struct tend_prompt *prompt = paste->prompt;

    while (!paste->ended) {
        uint32_t what = tend_wait_next(prompt->wait, 0);
        char block[4096];
        ssize_t got;

        if (what & TEND_WAIT_TERM)
            prompt->over = true;
        if (what & (TEND_WAIT_INT | TEND_WAIT_TERM))
            return tend_error_set(&prompt->shell->err, TEND_CANCELLED,
                                  "interrupted: nothing was written");
        if (what & TEND_WAIT_SIZE)
            tend_shell_resized(prompt->shell);
        if (!(what & TEND_WAIT_INPUT))
            continue;
        got = read(STDIN_FILENO, block, sizeof block);
        if (got <= 0 && errno != EINTR)
            paste->ended = prompt->over = true;
        for (ssize_t i = 0; i < got; i++) {
            take_byte(paste, block[i]);
            if (paste->ended)
                keep_ahead(prompt, (struct tend_text){ block + i + 1, got - i - 1 });
            if (paste->ended)
                break;
        }
        show_line(paste);
        echo_out(paste);
    }
    return TEND_OK;
}

tend_status tend_prompt_pasted(struct tend_shell *shell, FILE *into)
{
    struct paste paste = { .prompt = shell->at_prompt, .into = into };
    struct termios before, raw;
    struct tend_text line;
    tend_status status = TEND_OK;

    tend_pager_release(shell);
    while (!paste.ended && tend_prompt_queued(shell->at_prompt, &line))
        take_line(&paste, line);
    if (paste.ended || tcgetattr(STDIN_FILENO, &before) != 0)
        return TEND_OK;
    tend_shell_note(shell, "paste the lines; Ctrl-D or a line that is only . ends them, Ctrl-C forgets them");
    raw = before;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    raw.c_iflag &= ~(tcflag_t)ICRNL;
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
    tend_wait_resume(shell->at_prompt->wait);
    mark(&paste);
    echo_out(&paste);
    status = read_keys(&paste);
    tend_wait_pause(shell->at_prompt->wait);
    tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
    if (paste.line.len > 0 && status == TEND_OK)
        take_line(&paste, tend_buffer_text(&paste.line));
    if (status != TEND_OK || paste.begun)
        tend_buffer_adds(&paste.echo, "\n");
    echo_out(&paste);
    tend_buffer_finish(&paste.line);
    tend_buffer_finish(&paste.echo);
    return status;
}
