/* Lines against declarations: tend_parse, tend_given, tend_given_text,
 * tend_given_str, tend_given_is, tend_parsed_finish. */
#include "check.h"
#include "shell/parse.h"

struct parsed_line {
    struct tend_arena arena;
    struct tend_line line;
    struct tend_parsed parsed;
    struct tend_error err;
    tend_status status;
};

static void parse(struct parsed_line *p, const char *text, bool inside)
{
    memset(p, 0, sizeof *p);
    assert_int_equal(tend_line_split(tend_text_of(text), &p->arena, &p->line, &p->err), TEND_OK);
    p->status = tend_parse(&p->line, inside, &p->arena, &p->parsed, &p->err);
}

static void done(struct parsed_line *p)
{
    tend_parsed_finish(&p->parsed);
    tend_line_finish(&p->line);
    tend_arena_finish(&p->arena);
}

#define GIVEN(p, name, text)                                                                     \
    assert_string_equal(tend_given_str(&(p).parsed, (name), &(p).arena) != NULL                  \
                            ? tend_given_str(&(p).parsed, (name), &(p).arena)                    \
                            : "(none)",                                                          \
                        (text))

/* options before and behind the verb, with and without = */
static void options(void **state)
{
    struct parsed_line p;

    (void)state;
    parse(&p, "--db x.db --now=2026-11-21T10:00:00Z --json due --all -n --plugin-dir a "
              "--plugin-dir=b -q", false);
    assert_int_equal(p.status, TEND_OK);
    assert_string_equal(p.parsed.options.db, "x.db");
    assert_string_equal(p.parsed.options.now, "2026-11-21T10:00:00Z");
    assert_true(p.parsed.options.json && p.parsed.options.dry && p.parsed.options.quiet);
    assert_int_equal(p.parsed.options.plugin_dir.n, 2);
    assert_string_equal(p.parsed.options.plugin_dir.at[1], "b");
    assert_true(tend_given_is(&p.parsed, "all"));
    assert_false(tend_given_is(&p.parsed, "on"));
    assert_false(tend_given_is(&p.parsed, "no such name"));
    done(&p);
}

/* words to arguments, keywords anywhere */
static void arguments(void **state)
{
    struct parsed_line p;

    (void)state;
    parse(&p, "log disposition=no_answer ann call \"a text\" with more at=\"fri 9am\"", false);
    assert_int_equal(p.status, TEND_OK);
    GIVEN(p, "PERSON", "ann");
    GIVEN(p, "KIND", "call");
    GIVEN(p, "TEXT", "a text with more");
    GIVEN(p, "disposition", "no_answer");
    GIVEN(p, "at", "fri 9am");
    GIVEN(p, "next", "(none)");
    done(&p);
    parse(&p, "log ann call \"a=b stays text\"", false);
    assert_int_equal(p.status, TEND_OK);
    GIVEN(p, "TEXT", "a=b stays text");
    done(&p);
    parse(&p, "log ann call -- at=noon", false);
    assert_int_equal(p.status, TEND_OK);
    GIVEN(p, "TEXT", "at=noon");
    done(&p);
    parse(&p, "import -", false);
    assert_int_equal(p.status, TEND_OK);
    GIVEN(p, "FILE", "-");
    done(&p);
}

struct refusal {
    const char *line, *says;
};

/* every word is used, or refused with a caret */
static void refusals(void **state)
{
    static const struct refusal cases[] = {
        { "doen 5", "did you mean done?" },
        { "delet t5", "no command" },
        { "ls", "did you mean list?" },
        { "xyzzy", "see `help`" },
        { "due --al", "did you mean --all?" },
        { "due --all=yes", "takes no value" },
        { "due --on", "needs DAY" },
        { "due today", "one word too many" },
        { "log", "PERSON is missing" },
        { "log ann", "KIND is missing" },
        { "log ann call dispositoin=x", "did you mean disposition=?" },
        { "log ann call at=mon at=tue", "given twice" },
        { "log ann call significant=maybe", "one of: yes, no" },
        { "show ann bob", "one word too many" },
        { "plugin lst", "did you mean plugin list?" },
        { "history --most many", "takes a number" },
        { "import --mode lve x.csv", "did you mean live?" },
        { "--nosuch due", "there is no option --nosuch before the command" },
        { "undo b1 b2", "one word too many" },
        { "set ann", "field=value is missing" },
        { "plan ann call", "TIME is missing" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct parsed_line p;

        parse(&p, cases[i].line, false);
        if (p.status != TEND_USAGE)
            fail_msg("%s: was not refused", cases[i].line);
        SAYS(p.err.text, cases[i].says);
        done(&p);
    }
}

/* what belongs to the start of the program is refused at the prompt */
static void at_the_prompt(void **state)
{
    struct parsed_line p;

    (void)state;
    parse(&p, "count --db x", true);
    assert_int_equal(p.status, TEND_USAGE);
    SAYS(p.err.text, "start of tend");
    done(&p);
    parse(&p, "count --json", true);
    assert_int_equal(p.status, TEND_OK);
    done(&p);
    parse(&p, "", true);
    assert_int_equal(p.status, TEND_OK);
    assert_null(p.parsed.command);
    done(&p);
}

/* --help needs no arguments */
static void help_first(void **state)
{
    struct parsed_line p;

    (void)state;
    parse(&p, "log --help", false);
    assert_int_equal(p.status, TEND_OK);
    assert_true(p.parsed.options.help);
    done(&p);
    parse(&p, "tag ann -h", false);         /* of tags, -h is one */
    assert_int_equal(p.status, TEND_OK);
    assert_false(p.parsed.options.help);
    done(&p);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(options),  cmocka_unit_test(arguments),  cmocka_unit_test(refusals),
    cmocka_unit_test(at_the_prompt), cmocka_unit_test(help_first),
};
CHECK_MAIN(tests)
