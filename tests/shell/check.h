/* What every test of this folder needs: cmocka with the headers it wants
 * first, and a shell whose output is text. */
#ifndef TESTS_SHELL_CHECK_H
#define TESTS_SHELL_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "shell/shell.h"

#define CHECK_NOW INT64_C(1795255500000000)     /* Sat 21 Nov 2026, 11:05 in Vienna */

#ifndef PLUGINS                 /* the folder of those that ship */
#define PLUGINS "plugins"
#endif

/* A shell on a database in memory, with the plugins that ship in Lua, on a clock
 * that stands still; what it prints is in out and errors after check_run. */
struct check_shell {
    struct tend_shell shell;
    char *out, *errors;
    size_t out_len, errors_len;
    char home[32];
};

static inline void check_open(struct check_shell *t)
{
    FILE *out, *errors;

    memset(t, 0, sizeof *t);
    strcpy(t->home, "/tmp/tend-shell-XXXXXX");
    assert_non_null(mkdtemp(t->home));
    setenv("HOME", t->home, 1);
    setenv("TZ", "Europe/Vienna", 1);
    setenv("USER", "mira", 1);
    unsetenv("XDG_STATE_HOME");
    unsetenv("XDG_DATA_HOME");
    unsetenv("TEND_DB");
    out = open_memstream(&t->out, &t->out_len);
    errors = open_memstream(&t->errors, &t->errors_len);
    tend_shell_setup(&t->shell, out, errors);
    t->shell.prompt = true;
    t->shell.terminal_in = false;
    t->shell.options.db = ":memory:";
    t->shell.options.no_plugins = true;
    TEND_PUSH(&t->shell.options.plugin_dir, PLUGINS);
    t->shell.options.now = "2026-11-21T11:05:00+01:00";
}

static inline void check_close(struct check_shell *t)
{
    char command[64];
    FILE *out = t->shell.out, *errors = t->shell.errors;

    tend_shell_finish(&t->shell);
    fclose(out);
    fclose(errors);
    free(t->out);
    free(t->errors);
    snprintf(command, sizeof command, "rm -rf '%s'", t->home);
    assert_int_equal(system(command), 0);
}

/* Runs a line and returns its exit status; out and errors hold only its own. */
static inline int check_run(struct check_shell *t, const char *line)
{
    int status;

    rewind(t->shell.out);
    rewind(t->shell.errors);
    status = tend_shell_line(&t->shell, tend_text_of(line));
    fputc('\0', t->shell.out);
    fputc('\0', t->shell.errors);
    fflush(t->shell.out);
    fflush(t->shell.errors);
    return status;
}

#define RUN(t, line, status)                                                             \
    do {                                                                                 \
        int run_ = check_run((t), (line));                                               \
        if (run_ != (status))                                                            \
            fail_msg("%s: exit %d, not %d: %s%s", (line), run_, (status), (t)->out,      \
                     (t)->errors);                                                       \
    } while (0)
#define SAYS(text, part)                                                                 \
    do {                                                                                 \
        if (strstr((text), (part)) == NULL)                                              \
            fail_msg("\"%s\" expected in: %s", (part), (text));                          \
    } while (0)

#define CHECK_MAIN(tests)                                       \
    int main(void)                                              \
    {                                                           \
        cmocka_set_message_output(CM_OUTPUT_TAP);               \
        return cmocka_run_group_tests(tests, NULL, NULL);       \
    }

#endif
