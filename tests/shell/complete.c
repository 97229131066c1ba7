/* Completion: tend_complete, tend_complete_words, tend_complete_hint. */
#include "check.h"
#include "shell/complete.h"

static void people(struct check_shell *t)
{
    RUN(t, "add \"Ann Lee\" phone=\"+1 212 555 0101\" source=gym", 0);
    RUN(t, "add \"Anna Berg\"", 0);
    RUN(t, "add \"Bob Ray\" tag=\"open house\"", 0);
    RUN(t, "add \"Bob Ray\" --new", 0);
    RUN(t, "add \"S\xc3\xb8ren \xc3\x98" "deg\xc3\xa5rd\" tag=teacher", 0);
    RUN(t, "add \"Lee, Kim\"", 0);
    RUN(t, "plan p2 call tomorrow \"ask\"", 0);
}

/* The inserts, parted by |, or those of words. */
static const char *inserts(struct check_shell *t, const char *line, struct tend_arena *arena)
{
    struct tend_completion found;
    struct tend_buffer buf = { 0 };
    const char *text;

    tend_complete(&t->shell, tend_text_of(line), (int64_t)strlen(line), arena, &found);
    for (int64_t i = 0; i < found.n; i++)
        tend_buffer_addf(&buf, "%s%.*s", i > 0 ? "|" : "", TEND_FMT(found.at[i].insert));
    text = tend_arena_str(arena, tend_buffer_text(&buf));
    tend_buffer_finish(&buf);
    return text;
}

struct line_case {
    const char *line, *want;
};

/* tend_complete: what is inserted, by the place in the line */
static void by_place(void **state)
{
    static const struct line_case cases[] = {
        { "lo", "log" },
        { "LO", "log" },
        { "zz", "" },
        { "# lo", "" },
        { "help lo", "log" },
        { "log an", "\"Ann Lee\"|Anna" },           /* ann is also the beginning of Anna */
        { "log AN", "\"Ann Lee\"|Anna" },
        { "log ber", "Berg" },
        { "log \"ann l", "\"Ann Lee\"" },
        { "log ann.l", "\"Ann Lee\"" },
        { "log ode", "\xc3\x98" "deg\xc3\xa5rd" },      /* without its marks */
        { "log bob", "p4|p5" },                         /* two of one name */
        { "log kim", "Kim" },
        { "log anna,ber", "anna,Berg" },
        { "log anna,\"ann l", "\"anna,Ann Lee\"" },
        { "log anna call sig", "significant=" },
        { "log anna call significant=", "significant=yes|significant=no" },
        { "log anna call disposition=no_a", "disposition=no_answer" },
        { "log anna call significant=yes sig", "" },    /* given already */
        { "log anna ca", "call|card" },
        { "log anna call at=yes", "at=yesterday" },
        { "plan anna call tom", "tomorrow" },
        { "move anna pros", "prospect" },
        { "move anna product:c", "product:customer" },
        { "move --where stage:li", "stage:listed" },
        { "done ", "t1|by=|disposition=|sentiment=|significant=|kind=" },
        { "done ann", "t1" },
        { "done t1,t", "t1,t1" },
        { "undo b7", "b7" },
        { "list tag:te", "tag:teacher" },
        { "list tag:op", "tag:\"open house\"" },
        { "list sta", "stage:" },
        { "list sort:na", "sort:name" },
        { "list not has:ph", "has:phone" },
        { "set anna tag+=te", "tag+=teacher" },
        { "set anna birth", "birthday=" },
        { "tag anna +te", "+teacher" },
        { "dnc anna vi", "visit" },
        { "link anna ber sp", "spouse" },
        { "import --match s", "strict" },
        { "import --match=s", "--match=strict" },
        { "import --ma", "--map|--match" },
        { "plugin info fo", "followup" },
        { "config date", "date_order=" },
        { "config date_order=d", "date_order=dmy" },
        { "due --al", "--all" },
        { "due --d", "" },                          /* it writes nothing: no --dry-run */
        { "log anna call -- --", "" },
        { "why no", "not" },
    };
    struct check_shell t;

    (void)state;
    check_open(&t);
    people(&t);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tend_arena arena = { 0 };
        const char *got = inserts(&t, cases[i].line, &arena);

        if (strcmp(got, cases[i].want) != 0)
            fail_msg("%s: got %s, not %s", cases[i].line, got, cases[i].want);
        tend_arena_finish(&arena);
    }
    check_close(&t);
}

/* whoever is offered is read back as that one alone */
static void read_back(void **state)
{
    static const char *const begins[] = { "a", "b", "s", "k", "l", "o", "r" };
    struct check_shell t;
    int64_t seen = 0;

    (void)state;
    check_open(&t);
    people(&t);
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
        char *line = malloc(16);
        struct tend_completion found;
        struct tend_arena arena = { 0 };

        snprintf(line, 16, "show %s", begins[i]);
        tend_complete(&t.shell, tend_text_of(line), (int64_t)strlen(line), &arena, &found);
        for (int64_t c = 0; c < found.n; c++, seen++) {
            char *show = tend_arena_printf(&arena, "show %.*s", TEND_FMT(found.at[c].insert));

            assert_int_equal(check_run(&t, show), 0);
        }
        tend_arena_finish(&arena);
        free(line);
    }
    assert_true(seen >= 8);
    check_close(&t);
}

/* tend_complete: common, from, about, open */
static void shape(void **state)
{
    struct check_shell t;
    struct tend_arena arena = { 0 };
    struct tend_completion found;

    (void)state;
    check_open(&t);
    people(&t);
    tend_complete(&t.shell, TEND_TEXT("import --ma x"), 11, &arena, &found);
    assert_int_equal(found.from, 7);
    assert_int_equal(found.to, 11);
    assert_true(tend_text_is(found.common, "--ma"));
    tend_complete(&t.shell, TEND_TEXT("log bob"), 7, &arena, &found);
    assert_true(tend_text_is(found.common, "bob"));         /* p4 and p5 would lose it */
    assert_true(tend_text_starts(found.at[0].about, "Bob Ray"));
    tend_complete(&t.shell, TEND_TEXT("log ber"), 7, &arena, &found);
    assert_true(tend_text_is(found.common, "Berg"));
    assert_false(found.at[0].open);
    tend_complete(&t.shell, TEND_TEXT("log ber call at"), 15, &arena, &found);
    assert_true(found.at[0].open);
    tend_arena_finish(&arena);
    check_close(&t);
}

/* tend_complete_words: as another shell has split them */
static void words(void **state)
{
    static char *const line[] = { "log", "ann l" };
    struct check_shell t;
    struct tend_arena arena = { 0 };
    struct tend_completion found;

    (void)state;
    check_open(&t);
    people(&t);
    tend_complete_words(&t.shell, 2, line, &arena, &found);
    assert_int_equal(found.n, 1);
    assert_true(tend_text_is(found.at[0].word, "Ann Lee"));
    tend_arena_finish(&arena);
    check_close(&t);
}

/* tend_complete_hint */
static void hint(void **state)
{
    static const struct line_case cases[] = {
        { "", "" },
        { "lo", "" },
        { "move ", "PERSON [TRACK:]STAGE [reason=..] [--where FILTER]" },
        { "move", " PERSON [TRACK:]STAGE [reason=..] [--where FILTER]" },
        { "move ann", " [TRACK:]STAGE [reason=..] [--where FILTER]" },
        { "move ann prospect reason=x ", "[--where FILTER]" },
        { "note ann ", "TEXT" },
        { "move ann prospect reason=", "TEXT" },
        { "export --format ", "csv|vcf|json" },
        { "zzz ", "" },
        { "# ", "" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tend_arena arena = { 0 };
        struct tend_text got = tend_complete_hint(tend_text_of(cases[i].line), &arena);

        if (!tend_text_is(got, cases[i].want))
            fail_msg("%s: got %.*s, not %s", cases[i].line, TEND_FMT(got), cases[i].want);
        tend_arena_finish(&arena);
    }
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(by_place), cmocka_unit_test(read_back), cmocka_unit_test(shape),
    cmocka_unit_test(words),    cmocka_unit_test(hint),
};
CHECK_MAIN(tests)
