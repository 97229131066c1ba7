/* The program: one command from the words of the operating system's shell, or
 * a loop over lines. */
#include "base/interrupt.h"
#include "shell/help.h"
#include "shell/pager.h"
#include "shell/shell.h"
#include <locale.h>
#include <signal.h>

#ifndef TEND_VERSION
#define TEND_VERSION "0"
#endif

int main(int argc, char **argv)
{
    static char buffer[1 << 16];
    struct tend_shell shell;
    struct tend_line line;
    struct tend_parsed parsed = { 0 };
    int exit_status = TEND_EXIT_USAGE;

    setlocale(LC_CTYPE, "");
    signal(SIGPIPE, SIG_DFL);           /* `| head` ends it quietly */
    tend_interrupt_catch();
    setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    tend_shell_setup(&shell, stdout, stderr);
    tend_line_words(argc - 1, argv + 1, &shell.arena, &line);
    if (tend_shell_parse(&shell, &line, &shell.arena, &parsed) != TEND_OK)
        tend_shell_fail(&shell);
    else if (parsed.options.version)
        exit_status = printf("tend %s\n", TEND_VERSION) > 0 ? TEND_EXIT_OK : TEND_EXIT_FAILED;
    else if (parsed.command == NULL && parsed.options.help) {
        shell.options.json = parsed.options.json;
        exit_status = tend_help_all(&shell);
    } else {
        tend_pager_begin(&shell);
        exit_status = tend_shell_run(&shell, &parsed);
        tend_pager_end(&shell);
        if (parsed.command == NULL && exit_status == TEND_EXIT_OK)
            exit_status = tend_shell_loop(&shell, stdin);
    }
    tend_shell_finish(&shell);
    tend_parsed_finish(&parsed);
    tend_line_finish(&line);
    if (fflush(stdout) != 0 && exit_status == TEND_EXIT_OK)
        exit_status = TEND_EXIT_FAILED;
    return exit_status;
}
