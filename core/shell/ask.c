/* Asking: a line with a guess in it, one key, a number. Only who sits at a
 * terminal is asked. */
#include "shell/ask.h"
#include "base/interrupt.h"
#include "shell/pager.h"
#include "shell/prompt_edit.h"
#include <poll.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#define ESCAPE 27
#define DELETE 127
#define REST_OF_KEY 50      /* milliseconds in which a key's other bytes follow its Escape */
#define KEY_GONE (-1)       /* the terminal has ended, or Ctrl-C */
#define KEY_OTHER 0

bool tend_ask_can(const struct tend_shell *shell)
{
    return shell->terminal_in && shell->width > 0 && isatty(STDIN_FILENO) && !shell->options.json &&
           !shell->options.csv && !shell->options.quiet;
}

static tend_status cannot(struct tend_shell *shell, const char *question)
{
    return tend_error_set(&shell->err, TEND_USAGE,
                          "\"%s\" can only be answered at a terminal", question);
}

static tend_status cancelled(struct tend_shell *shell)
{
    tend_interrupt_clear();
    return tend_error_set(&shell->err, TEND_CANCELLED, "nothing was answered");
}

static bool wait_key(void)
{
    return tend_interrupt_wait(STDIN_FILENO);
}

/* --- a line ---------------------------------------------------------------- */

static void add_shown(struct tend_buffer *buf, const char *question)
{
    tend_text_show(buf, tend_text_of(question));
    tend_buffer_addc(buf, ' ');
}

/* Without an editor: the guess stands in brackets, and Enter takes it. */
static tend_status plain_line(struct tend_shell *shell, const char *question, const char *guess,
                              struct tend_text *answer)
{
    struct tend_buffer shown = { 0 };
    char *text = NULL;
    size_t size = 0;
    ssize_t len;

    add_shown(&shown, question);
    if (guess[0] != '\0') {
        tend_buffer_addc(&shown, '[');
        tend_text_show(&shown, tend_text_of(guess));
        tend_buffer_adds(&shown, "] ");
    }
    fputs(shown.at, shell->out);
    fflush(shell->out);
    tend_buffer_finish(&shown);
    len = wait_key() ? getline(&text, &size, shell->in != NULL ? shell->in : stdin) : -1;
    if (len >= 0) {
        struct tend_text line = tend_text_trim((struct tend_text){ text, len });

        *answer = tend_arena_text(&shell->arena, line.len > 0 ? line : tend_text_of(guess));
    }
    free(text);
    if (len >= 0)
        return TEND_OK;
    fputc('\n', shell->out);
    return cancelled(shell);
}

tend_status tend_ask_line(struct tend_shell *shell, const char *question, const char *guess,
                          struct tend_text *answer)
{
    struct tend_buffer shown = { 0 };
    enum tend_edit state = TEND_EDIT_MORE;
    bool went_on = true;

    *answer = (struct tend_text){ "", 0 };
    if (!tend_ask_can(shell))
        return cannot(shell, question);
    tend_pager_release(shell);
    if (!tend_edit_possible())
        return plain_line(shell, question, guess, answer);
    add_shown(&shown, question);
    fflush(shell->out);
    tend_edit_start(shown.at, tend_text_of(guess), NULL);
    while (went_on && state == TEND_EDIT_MORE) {
        went_on = wait_key();
        if (went_on)
            state = tend_edit_input();
    }
    tend_edit_stop();
    tend_buffer_finish(&shown);
    if (state == TEND_EDIT_LINE) {
        *answer = tend_arena_text(&shell->arena, tend_text_trim(tend_edit_line()));
        return TEND_OK;
    }
    fputc('\n', stdout);
    fflush(stdout);
    return cancelled(shell);
}

/* --- keys ------------------------------------------------------------------ */

/* Keys come as they are pressed and are not echoed; Ctrl-C stays a signal. */
static bool raw_begin(struct termios *before)
{
    struct termios raw;

    if (tcgetattr(STDIN_FILENO, before) != 0)
        return false;
    raw = *before;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    return tcsetattr(STDIN_FILENO, TCSADRAIN, &raw) == 0;
}

static bool more_follows(void)
{
    struct pollfd in = { STDIN_FILENO, POLLIN, 0 };

    return poll(&in, 1, REST_OF_KEY) > 0;
}

/* One key as a character; what sends several bytes is KEY_OTHER. */
static int read_key(void)
{
    unsigned char c, rest[16];

    if (!wait_key() || read(STDIN_FILENO, &c, 1) != 1)
        return KEY_GONE;
    if (c == ESCAPE && more_follows()) {
        (void)!read(STDIN_FILENO, rest, sizeof rest);
        return KEY_OTHER;
    }
    return c < 0x80 ? c : KEY_OTHER;
}

static void put(struct tend_shell *shell, const char *text)
{
    fputs(text, shell->out);
    fflush(shell->out);
}

static void ask(struct tend_shell *shell, const char *question)
{
    struct tend_buffer shown = { 0 };

    add_shown(&shown, question);
    put(shell, shown.at);
    tend_buffer_finish(&shown);
}

static int lower(int c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

/* A dumb terminal: the first letter of a line. */
static tend_status plain_key(struct tend_shell *shell, const char *question, const char *keys,
                             char *key)
{
    struct tend_text line;

    for (;;) {
        tend_status status = plain_line(shell, question, "", &line);

        if (status != TEND_OK)
            return status;
        if (line.len > 0 && strchr(keys, lower(line.at[0])) != NULL) {
            *key = (char)lower(line.at[0]);
            return TEND_OK;
        }
    }
}

tend_status tend_ask_key(struct tend_shell *shell, const char *question, const char *keys,
                         char *key)
{
    struct termios before;
    int c;

    *key = '\0';
    if (!tend_ask_can(shell))
        return cannot(shell, question);
    tend_pager_release(shell);
    if (!tend_edit_possible() || !raw_begin(&before))
        return plain_key(shell, question, keys, key);
    ask(shell, question);
    for (;;) {
        c = lower(read_key());
        if (c == KEY_GONE || c == ESCAPE || (c > 0 && strchr(keys, c) != NULL))
            break;
        put(shell, "\a");
    }
    tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
    if (c > ' ')
        fputc(c != ESCAPE ? c : ' ', shell->out);
    put(shell, "\n");
    if (c == KEY_GONE || c == ESCAPE)
        return cancelled(shell);
    *key = (char)c;
    return TEND_OK;
}

/* Digits up to Enter, on a terminal that gives them one by one; 0: none. */
static int64_t type_number(struct tend_shell *shell, int64_t n)
{
    int64_t number = 0;

    for (;;) {
        int c = read_key();

        if (c == KEY_GONE || c == ESCAPE)
            return 0;
        if (c == '\r' || c == '\n')
            return number;
        if (c >= '0' && c <= '9' && number * 10 + (c - '0') >= 1 && number * 10 + (c - '0') <= n) {
            number = number * 10 + (c - '0');
            fprintf(shell->out, "%c", c);
            if (number * 10 > n)        /* no longer one begins with it */
                return number;
        } else if ((c == DELETE || c == '\b') && number > 0) {
            number /= 10;
            fputs("\b \b", shell->out);
        } else {
            fputc('\a', shell->out);
        }
        fflush(shell->out);
    }
}

tend_status tend_ask_number(struct tend_shell *shell, const char *question, int64_t n,
                            int64_t *number)
{
    struct termios before;
    struct tend_text line;
    tend_status status = TEND_OK;

    *number = 0;
    if (!tend_ask_can(shell))
        return cannot(shell, question);
    tend_pager_release(shell);
    if (tend_edit_possible() && raw_begin(&before)) {
        ask(shell, question);
        *number = type_number(shell, n);
        tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
        put(shell, "\n");
        return *number > 0 ? TEND_OK : cancelled(shell);
    }
    do {
        status = plain_line(shell, question, "", &line);
        if (status == TEND_OK && line.len == 0)
            return cancelled(shell);
    } while (status == TEND_OK && (!tend_text_int(line, number) || *number < 1 || *number > n));
    return status;
}
