/* The plain line loop: commands from a terminal or a pipe, one a line. */
#include "shell/console.h"
#include "shell/greet.h"
#include "shell/output.h"
#include "shell/plugin_watch.h"
#include "shell/prompt.h"
#include "shell/shell.h"
#include <stdlib.h>
#include <unistd.h>

bool tend_shell_quits(struct tend_text line)
{
    return tend_text_is(line, "quit") || tend_text_is(line, "exit");
}

/* Without the editor: lines as they come. */
static void read_lines(struct tend_shell *shell, FILE *into)
{
    char *text = NULL;
    size_t size = 0;
    ssize_t len;

    if (shell->terminal_in)
        tend_shell_note(shell, "paste the lines; a line that is only . ends them");
    while ((len = getline(&text, &size, shell->in)) >= 0) {
        if (tend_text_is(tend_text_trim((struct tend_text){ text, len }), "."))
            break;
        fwrite(text, 1, (size_t)len, into);
    }
    free(text);
}

tend_status tend_shell_paste(struct tend_shell *shell, struct tend_paste *paste)
{
    tend_status status = TEND_OK;

    if (shell->in == NULL)
        return TEND_OK;
    paste->text = tmpfile();
    paste->kept = dup(STDIN_FILENO);
    if (paste->text == NULL || paste->kept < 0)
        return tend_error_set(&shell->err, TEND_IO, "no room for what is pasted");
    if (shell->at_prompt != NULL)
        status = tend_prompt_pasted(shell, paste->text);
    else
        read_lines(shell, paste->text);
    paste->on = status == TEND_OK && fflush(paste->text) == 0 &&
                lseek(fileno(paste->text), 0, SEEK_SET) == 0 &&
                dup2(fileno(paste->text), STDIN_FILENO) >= 0;
    if (paste->on)
        return TEND_OK;
    tend_shell_paste_end(paste);
    return status != TEND_OK ? status
                             : tend_error_set(&shell->err, TEND_IO, "no room for what is pasted");
}

void tend_shell_paste_end(struct tend_paste *paste)
{
    if (paste->text == NULL)
        return;
    if (paste->kept >= 0) {
        dup2(paste->kept, STDIN_FILENO);
        close(paste->kept);
    }
    fclose(paste->text);
    *paste = (struct tend_paste){ 0 };
}

int tend_shell_loop(struct tend_shell *shell, FILE *in)
{
    int first = TEND_EXIT_OK;
    bool asked = false;
    struct tend_buffer chunk = { 0 };
    char *text = NULL;
    size_t size = 0;

    if (shell->terminal_in && !shell->lua)
        first = tend_greet(shell);
    shell->prompt = true;
    shell->in = in;
    if (shell->options.watch &&
        tend_plugin_watch_start(shell, (struct tend_text){ 0 }) != TEND_OK)
        first = tend_shell_fail(shell);
    if (tend_prompt_possible(shell, in))
        return tend_prompt(shell);
    for (;;) {
        struct tend_text line;
        ssize_t len;
        int status;

        if (shell->terminal_in) {
            fputs(chunk.len > 0 ? "  >> " : shell->lua ? "lua> " : "tend> ", shell->out);
            fflush(shell->out);
        }
        len = getline(&text, &size, in);
        if (len < 0)
            break;
        asked = true;
        tend_buffer_add(&chunk, (struct tend_text){ text, len });
        line = tend_text_trim(tend_buffer_text(&chunk));
        if (tend_console_goes_on(shell, line))
            continue;
        if (tend_shell_quits(line) && (!shell->lua || shell->lua_alone)) {
            tend_buffer_reset(&chunk);
            break;
        }
        tend_plugin_watch_turn(shell, true);
        status = tend_shell_line(shell, line);
        tend_buffer_reset(&chunk);
        if (first == TEND_EXIT_OK)
            first = status;
    }
    if (chunk.len > 0) {                /* an end in the middle: it is said where */
        int status = tend_shell_line(shell, tend_text_trim(tend_buffer_text(&chunk)));

        first = first == TEND_EXIT_OK ? status : first;
    }
    tend_buffer_finish(&chunk);
    if (shell->terminal_in && feof(in))
        fputc('\n', shell->out);
    if (!asked && !shell->terminal_in)
        first = tend_greet(shell);
    free(text);
    shell->in = NULL;
    /* somebody at a terminal has seen what went wrong */
    return shell->terminal_in ? TEND_EXIT_OK : first;
}
