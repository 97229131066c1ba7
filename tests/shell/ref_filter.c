/* tend_ref_filter: the same filter at the prompt and behind a shell, and words
 * that nothing can match. */
#include "check.h"

/* Runs words as a shell hands them over. */
static int run_words(struct check_shell *t, int argc, char *const *argv)
{
    struct tend_line line;
    struct tend_parsed parsed = { 0 };
    struct tend_arena arena = { 0 };
    int status;

    rewind(t->shell.out);
    rewind(t->shell.errors);
    tend_line_words(argc, argv, &arena, &line);
    if (tend_parse(&line, true, &arena, &parsed, &t->shell.err) != TEND_OK)
        status = tend_shell_fail(&t->shell);
    else
        status = tend_shell_run(&t->shell, &parsed);
    fputc('\0', t->shell.out);
    fputc('\0', t->shell.errors);
    fflush(t->shell.out);
    fflush(t->shell.errors);
    tend_parsed_finish(&parsed);
    tend_line_finish(&line);
    tend_arena_finish(&arena);
    return status;
}

static void people(struct check_shell *t)
{
    RUN(t, "add \"Ann Lee\" source=\"open house\"", 0);
    RUN(t, "add \"Bob House\" source=open tag=x", 0);
    RUN(t, "add \"Cy Ray\" source=gym", 0);
    RUN(t, "add \"Dan Fox\" source=\"fair, Graz\"", 0);
}

struct same {
    const char *prompt;         /* the filter at the prompt */
    const char *shell[3];       /* and its words behind a shell */
    const char *count;
};

static void same_everywhere(void **state)
{
    static const struct same cases[] = {
        { "source:\"open house\"", { "source:open house" }, "1\n" },
        { "'source:\"open house\"'", { "source:\"open house\"" }, "1\n" },
        { "source:'open house'", { "source:open house" }, "1\n" },
        { "\"source:open house\"", { "source:open house" }, "1\n" },
        { "source:open house", { "source:open", "house" }, "1\n" },
        { "'\"ann lee\"'", { "\"ann lee\"" }, "1\n" },
        { "\"ann lee\"", { "ann lee" }, "1\n" },
        { "ann lee", { "ann", "lee" }, "1\n" },
        { "'source:gym not tag:x'", { "source:gym not tag:x" }, "1\n" },
        { "'not source:gym not tag:x'", { "not source:gym not tag:x" }, "2\n" },
        { "source:\"open house\",gym", { "source:open house,gym" }, "2\n" },
        { "source:\"fair, Graz\"", { "source:fair, Graz" }, "1\n" },
        { "not source:\"open house\"", { "not", "source:open house" }, "3\n" },
        { "not \"ann lee\"", { "not", "ann lee" }, "3\n" },
    };
    struct check_shell t;

    (void)state;
    check_open(&t);
    people(&t);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char line[200], *words[4] = { (char *)(uintptr_t)"count" };
        int n = 1;

        snprintf(line, sizeof line, "count %s", cases[i].prompt);
        RUN(&t, line, 0);
        if (strcmp(t.out, cases[i].count) != 0)
            fail_msg("prompt: %s: %s", line, t.out);
        for (; n < 4 && cases[i].shell[n - 1] != NULL; n++)
            words[n] = (char *)(uintptr_t)cases[i].shell[n - 1];
        assert_int_equal(run_words(&t, n, words), 0);
        if (strcmp(t.out, cases[i].count) != 0)
            fail_msg("shell: %s: %s", cases[i].shell[0], t.out);
    }
    check_close(&t);
}

/* --where: the one who is meant, and nobody else */
static void where(void **state)
{
    char *words[] = { (char *)(uintptr_t)"tag", (char *)(uintptr_t)"--where",
                      (char *)(uintptr_t)"source:open house", (char *)(uintptr_t)"+shell" };
    char *joined[] = { (char *)(uintptr_t)"tag", (char *)(uintptr_t)"--where=source:open house",
                       (char *)(uintptr_t)"+joined" };
    struct check_shell t;

    (void)state;
    check_open(&t);
    people(&t);
    RUN(&t, "tag --where source:\"open house\" +prompt", 0);
    SAYS(t.out, "p2 Ann Lee");
    RUN(&t, "tag --where=source:\"open house\" +equals", 0);
    SAYS(t.out, "p2 Ann Lee");
    assert_int_equal(run_words(&t, 4, words), 0);
    SAYS(t.out, "p2 Ann Lee");
    assert_int_equal(run_words(&t, 3, joined), 0);
    SAYS(t.out, "p2 Ann Lee");
    check_close(&t);
}

/* values of closed lists, options that are none, what cannot be sorted by */
static void refused(void **state)
{
    static const struct {
        const char *line, *says;
    } cases[] = {
        { "list stage:prospct", "did you mean prospect?\n  stage:prospct\n        ^^^^^^^" },
        { "list stage:foo", "there is no stage \"foo\"" },
        { "list stage.foo:x", "in track foo" },
        { "list hold:soft_on", "did you mean soft_no?" },
        { "list dnc:maybe", "takes yes, no, or a channel" },
        { "list -x", "there is no option -x" },
        { "list sort:stage", "cannot sort by stage; there are name" },
        { "list tag:a sort:xyzzy", "cannot sort by \"xyzzy\", and nobody has such an attribute\n"
                                   "  tag:a sort:xyzzy\n             ^^^^^" },
        { "list xyzzy:1", "there is no term \"xyzzy:\", and nobody has such an attribute\n"
                          "  xyzzy:1\n  ^^^^^" },
    };
    struct check_shell t;

    (void)state;
    check_open(&t);
    people(&t);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        RUN(&t, cases[i].line, 2);
        SAYS(t.errors, cases[i].says);
    }
    RUN(&t, "list stage:listed hold:no dnc:no", 0);
    RUN(&t, "count stage:customer", 0);
    RUN(&t, "count hold:soft_no,not_now", 0);
    check_close(&t);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(same_everywhere), cmocka_unit_test(where), cmocka_unit_test(refused),
};
CHECK_MAIN(tests)
