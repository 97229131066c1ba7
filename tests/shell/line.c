/* Words of a line: tend_line_split, tend_line_words, tend_line_quote. */
#include "check.h"
#include "shell/line.h"

struct split_case {
    const char *line;
    const char *words;          /* joined by | */
};

/* tend_line_split */
static void splits(void **state)
{
    static const struct split_case cases[] = {
        { "log ann call", "log|ann|call" },
        { "  log   ann\t", "log|ann" },
        { "log \"ann lee\" call", "log|ann lee|call" },
        { "log 'ann lee' call", "log|ann lee|call" },
        { "add O'Brien", "add|O'Brien" },
        { "list source:\"open house\" x", "list|source:open house|x" },
        { "set ann zone='Europe/Vienna'", "set|ann|zone=Europe/Vienna" },
        { "say \"a \\\"b\\\" c\"", "say|a \"b\" c" },
        { "say 'a \\b'", "say|a \\b" },
        { "a\\ b", "a b" },
        { "say \"\"", "say|" },
        { "log ann # later", "log|ann" },
        { "# all of it", "" },
        { "p#1", "p#1" },
        { "", "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tend_arena arena = { 0 };
        struct tend_buffer joined = { 0 };
        struct tend_error err = { 0 };
        struct tend_line line;

        assert_int_equal(tend_line_split(tend_text_of(cases[i].line), &arena, &line, &err),
                         TEND_OK);
        for (int64_t w = 0; w < line.token.n; w++)
            tend_buffer_addf(&joined, "%s%.*s", w > 0 ? "|" : "", TEND_FMT(line.token.at[w].text));
        assert_string_equal(joined.at != NULL ? joined.at : "", cases[i].words);
        tend_buffer_finish(&joined);
        tend_line_finish(&line);
        tend_arena_finish(&arena);
    }
}

/* tend_line_split: a quote that is not closed, and where words stand */
static void refuses_and_points(void **state)
{
    struct tend_arena arena = { 0 };
    struct tend_error err = { 0 };
    struct tend_line line;

    (void)state;
    assert_int_equal(tend_line_split(TEND_TEXT("log \"ann"), &arena, &line, &err), TEND_USAGE);
    assert_non_null(strstr(err.text, "not closed"));
    tend_line_finish(&line);
    assert_int_equal(tend_line_split(TEND_TEXT("log  \"a b\" x=\"1 2\""), &arena, &line, &err),
                     TEND_OK);
    assert_int_equal(line.token.at[1].at, 5);
    assert_int_equal(line.token.at[1].len, 5);
    assert_true(line.token.at[1].quoted);
    assert_int_equal(line.token.at[1].bare, 0);
    assert_int_equal(line.token.at[2].bare, 2);
    assert_false(line.token.at[0].quoted);
    tend_line_finish(&line);
    tend_arena_finish(&arena);
}

/* tend_line_words, tend_line_quote: the words of a shell make a line that reads
 * back as the same words */
static void words_read_back(void **state)
{
    char *words[] = { "log", "ann lee", "text=a b", "say \"x\"", "", "#1", "a\\b", "it's", "'q", "note='tis", "tag:'x",
                      "--where=a b" };
    enum { N = sizeof words / sizeof *words };
    struct tend_arena arena = { 0 };
    struct tend_error err = { 0 };
    struct tend_line line, again;

    (void)state;
    tend_line_words(N, words, &arena, &line);
    assert_int_equal(line.token.n, N);
    assert_true(line.token.at[1].quoted);
    assert_false(line.token.at[0].quoted);
    assert_int_equal(line.token.at[2].bare, 5);
    assert_int_equal(tend_line_split(line.text, &arena, &again, &err), TEND_OK);
    assert_int_equal(again.token.n, N);
    for (int i = 0; i < N; i++) {
        assert_true(tend_text_is(again.token.at[i].text, words[i]));
        assert_int_equal(again.token.at[i].at, line.token.at[i].at);
        assert_int_equal(again.token.at[i].len, line.token.at[i].len);
    }
    tend_line_finish(&line);
    tend_line_finish(&again);
    tend_arena_finish(&arena);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(splits),
    cmocka_unit_test(refuses_and_points),
    cmocka_unit_test(words_read_back),
};
CHECK_MAIN(tests)
