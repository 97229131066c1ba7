/* Lines of the prompt that are no commands: = Lua, ! the system's shell, ? help,
 * / search; and where one command ends and the next begins. */
#include "shell/sigil.h"
#include "base/interrupt.h"
#include "shell/child.h"
#include "shell/console.h"
#include "shell/output.h"
#include <stdlib.h>
#include <sys/wait.h>

static int system_shell(struct tend_shell *shell, struct tend_text text)
{
    const char *line = tend_arena_str(&shell->arena, tend_text_trim(text));
    int status;

    if (!shell->terminal_in) {
        tend_error_set(&shell->err, TEND_USAGE,
                       "! hands the terminal to the system's shell, and there is none");
        return tend_shell_fail(shell);
    }
    if (*line == '\0')
        line = getenv("SHELL") != NULL ? getenv("SHELL") : "sh";
    fflush(shell->out);
    if (tend_interrupt_check(&shell->err) != TEND_OK)   /* pressed right behind the line */
        return tend_shell_fail(shell);
    status = tend_child_run(line);
    if (status == -1) {
        tend_error_set(&shell->err, TEND_IO, "the system's shell cannot be started");
        return tend_shell_fail(shell);
    }
    if (WIFSIGNALED(status))
        tend_shell_note(shell, "it was ended by signal %d", WTERMSIG(status));
    else if (WEXITSTATUS(status) != 0)
        tend_shell_note(shell, "its exit status was %d", WEXITSTATUS(status));
    return WIFEXITED(status) ? WEXITSTATUS(status) : TEND_EXIT_FAILED;
}

/* "find" with what follows as one word, so that it is a text and no syntax. */
static int as_command(struct tend_shell *shell, const char *verb, struct tend_text rest)
{
    struct tend_buffer line = { 0 };
    int exit_status;

    rest = tend_text_trim(rest);
    tend_buffer_adds(&line, verb);
    if (rest.len > 0) {
        tend_buffer_addc(&line, ' ');
        tend_line_quote(&line, rest);
    }
    exit_status = tend_shell_line(shell, tend_buffer_text(&line));
    tend_buffer_finish(&line);
    return exit_status;
}

bool tend_sigil_line(struct tend_shell *shell, struct tend_text line, int *exit_status)
{
    struct tend_text rest;

    line = tend_text_trim(line);
    if (shell->lua) {
        if (tend_shell_quits(line))
            shell->lua = false;
        *exit_status = TEND_EXIT_OK;
        if (shell->lua && line.len > 0) {
            if (line.at[0] == '=')
                line = (struct tend_text){ line.at + 1, line.len - 1 };
            *exit_status = tend_console_line(shell, line, NULL);
        }
        return true;
    }
    if (line.len == 0)
        return false;
    rest = (struct tend_text){ line.at + 1, line.len - 1 };
    switch (line.at[0]) {
    case '=':
        *exit_status = tend_text_trim(rest).len > 0 ? tend_console_line(shell, rest, NULL)
                                                    : as_command(shell, "help", TEND_TEXT("lua"));
        return true;
    case '!':
        *exit_status = system_shell(shell, rest);
        return true;
    case '?':
        *exit_status = as_command(shell, "help", rest);
        return true;
    case '/':
        *exit_status = as_command(shell, "find", rest);
        return true;
    default:
        return false;
    }
}

/* A ; outside of quotes that ends a word; the length of the line without one. */
int64_t tend_sigil_end(struct tend_text line)
{
    char quote = '\0';
    bool begins = true;             /* a word */

    for (int64_t i = 0; i < line.len; i++) {
        char c = line.at[i];
        bool space = c == ' ' || c == '\t';

        if (quote == '\0' && begins && c == '#')
            return line.len;
        if (c == '\\' && quote != '\'')
            i++;
        else if (quote != '\0')
            quote = c == quote ? '\0' : quote;
        else if (c == '"' || (c == '\'' && (begins || line.at[i - 1] == '=' ||
                                            line.at[i - 1] == ':')))
            quote = c;
        else if (c == ';' && (i + 1 == line.len || line.at[i + 1] == ' ' ||
                              line.at[i + 1] == '\t'))
            return i;
        begins = space;
    }
    return line.len;
}
