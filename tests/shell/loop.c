/* The line loop: tend_shell_loop. */
#include "check.h"

static int loop(struct check_shell *t, const char *text)
{
    FILE *in = fmemopen((void *)(uintptr_t)text, strlen(text), "r");
    int status;

    assert_non_null(in);
    rewind(t->shell.out);
    rewind(t->shell.errors);
    status = tend_shell_loop(&t->shell, in);
    fputc('\0', t->shell.out);
    fputc('\0', t->shell.errors);
    fflush(t->shell.out);
    fflush(t->shell.errors);
    fclose(in);
    return status;
}

/* errors do not end it; the first one comes back */
static void goes_on(void **state)
{
    struct check_shell t;

    (void)state;
    check_open(&t);
    assert_int_equal(loop(&t, "add Ann\nnonsense\nshow nobody\n\n# a word\ncount"), 2);
    SAYS(t.out, "p2 Ann: added");
    SAYS(t.out, "\n1\n");
    SAYS(t.errors, "no command \"nonsense\"");
    check_close(&t);
}

/* quit ends it */
static void quits(void **state)
{
    struct check_shell t;

    (void)state;
    check_open(&t);
    assert_int_equal(loop(&t, "add Ann\n quit \nadd Bob\n"), 0);
    assert_null(strstr(t.out, "Bob"));
    check_close(&t);
}

/* `.` carries over from line to line */
static void carries(void **state)
{
    struct check_shell t;

    (void)state;
    check_open(&t);
    assert_int_equal(loop(&t, "add Ann\nlog . call hello\nexit\n"), 0);
    SAYS(t.out, "p2 Ann: call");
    check_close(&t);
}

/* without a line: what to type next, or the list of the day */
static void greets(void **state)
{
    struct check_shell t;

    (void)state;
    check_open(&t);
    assert_int_equal(loop(&t, "\n"), 0);
    RUN(&t, "count", 0);
    t.shell.terminal_in = true;
    assert_int_equal(loop(&t, "quit\n"), 0);
    SAYS(t.out, "Nobody is here yet");
    SAYS(t.out, "import --dry-run");
    t.shell.terminal_in = false;
    RUN(&t, "add Ann", 0);
    RUN(&t, "plan ann call today", 0);
    t.shell.terminal_in = true;
    assert_int_equal(loop(&t, "nonsense\nquit\n"), 0);
    SAYS(t.out, "t1\tAnn");
    SAYS(t.out, "tend> ");
    check_close(&t);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(goes_on),
    cmocka_unit_test(quits),
    cmocka_unit_test(carries),
    cmocka_unit_test(greets),
};
CHECK_MAIN(tests)
