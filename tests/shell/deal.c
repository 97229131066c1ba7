/* Words to arguments: tend_deal, tend_check_choice. */
#include "check.h"
#include "shell/parse.h"

struct dealt {
    const char *line, *name, *words;
};

/* how many words each kind of argument takes */
static void takes(void **state)
{
    static const struct dealt cases[] = {
        { "add Peter Koller 0676 555 met_how=gym", "NAME", "Peter Koller 0676 555" },
        { "add Peter Koller 0676 555 met_how=gym", "field=value", "met_how=gym" },
        { "add \"Ann Lee\"", "NAME", "Ann Lee" },
        { "snooze 11 12 13 sat", "TASK", "11 12 13" },
        { "snooze 11 12 13 sat", "WHEN", "sat" },
        { "snooze t9 fri 18:00", "WHEN", "fri 18:00" },
        { "plan susi presentation thu 19:00 \"my kitchen\"", "TIME", "thu 19:00" },
        { "plan susi presentation thu 19:00 \"my kitchen\"", "TEXT", "my kitchen" },
        { "plan susi call next week about tea", "TIME", "next week" },
        { "plan susi call next week about tea", "TEXT", "about tea" },
        { "plan susi call 12/11 x", "TIME", "12/11" },
        { "done 3 \"20 min\" disposition=thinking", "TEXT", "20 min" },
        { "done 3 about 20 min", "TEXT", "about 20 min" },
        { "done 6 7", "TASK", "6 7" },
        { "done t2 t3 sat", "TASK", "t2 t3" },
        { "done 6 7 \"both well\"", "TASK", "6 7" },
        { "done t2 too late", "TEXT", "too late" },
        { "dnc peter all asked me", "CHANNEL", "all" },
        { "dnc peter asked me", "TEXT", "asked me" },
        { "tag ann +a -b -c", "+tag -tag", "+a -b -c" },
        { "tag --where tag:x +a", "+tag -tag", "+a" },
        { "list stage:x not tag:y", "FILTER", "stage:x not tag:y" },
        { "import a.csv b.csv", "FILE", "a.csv b.csv" },
        { "undo b9", "BATCH", "b9" },
        { "config name=\"A B\" region=AT", "KEY=VALUE", "name=A B region=AT" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tend_arena arena = { 0 };
        struct tend_error err = { 0 };
        struct tend_line line;
        struct tend_parsed parsed;

        assert_int_equal(tend_line_split(tend_text_of(cases[i].line), &arena, &line, &err),
                         TEND_OK);
        if (tend_parse(&line, true, &arena, &parsed, &err) != TEND_OK)
            fail_msg("%s: %s", cases[i].line, err.text);
        assert_string_equal(tend_given_str(&parsed, cases[i].name, &arena), cases[i].words);
        tend_parsed_finish(&parsed);
        tend_line_finish(&line);
        tend_arena_finish(&arena);
    }
}

/* a time that is only half understood is refused, not taken for a text */
static void half_a_time(void **state)
{
    static const char *const lines[] = { "plan ann call tomorrow 3pmm", "plan ann call fri 25:00",
                                         "plan ann call someday", "snooze 5 12 dec",
                                         "dnc ann cal" };

    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct tend_arena arena = { 0 };
        struct tend_error err = { 0 };
        struct tend_line line;
        struct tend_parsed parsed;

        assert_int_equal(tend_line_split(tend_text_of(lines[i]), &arena, &line, &err), TEND_OK);
        assert_int_equal(tend_parse(&line, true, &arena, &parsed, &err), TEND_USAGE);
        tend_parsed_finish(&parsed);
        tend_line_finish(&line);
        tend_arena_finish(&arena);
    }
}

/* tend_check_choice */
static void choices(void **state)
{
    static const char *const words[] = { "quiet", "live", NULL };
    struct tend_error err = { 0 };
    struct tend_token token = { .at = 0, .len = 3 };

    (void)state;
    assert_int_equal(tend_check_choice(&err, TEND_TEXT("lve"), &token, TEND_TEXT("live"), "mode",
                                       words), TEND_OK);
    assert_int_equal(tend_check_choice(&err, TEND_TEXT("lve"), &token, TEND_TEXT("any"), "mode",
                                       NULL), TEND_OK);
    assert_int_equal(tend_check_choice(&err, TEND_TEXT("lve"), &token, TEND_TEXT("lve"), "mode",
                                       words), TEND_USAGE);
    SAYS(err.text, "quiet, live; did you mean live?");
    SAYS(err.text, "\n  lve\n  ^^^");
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(takes),
    cmocka_unit_test(half_a_time),
    cmocka_unit_test(choices),
};
CHECK_MAIN(tests)
