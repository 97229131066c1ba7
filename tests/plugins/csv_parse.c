/* Text to rows of cells. Covers csv_parser_begin, csv_parser_feed,
 * csv_parser_row, csv_parser_finish, csv_dialect_guess. */
#include "../needs.h"
#include "csv.h"
#include "fake_host.h"
#include <stdio.h>
#include <stdlib.h>

/* All rows as JSON, fed in blocks; *worst is the worst trouble of any row. */
static struct tend_buffer rows_of(struct tend_text text, struct csv_dialect dialect, int64_t block,
                                  enum csv_trouble *worst)
{
    struct tend_buffer out = { 0 };
    struct csv_parser p;
    bool first = true;

    *worst = CSV_FINE;
    csv_parser_begin(&p, dialect);
    tend_buffer_addc(&out, '[');
    for (;;) {
        struct tend_text some = { text.at, text.len < block ? text.len : block };

        while (csv_parser_row(&p) > 0) {
            tend_buffer_adds(&out, first ? "[" : ",[");
            first = false;
            for (int64_t i = 0; i < p.n; i++) {
                if (i > 0)
                    tend_buffer_addc(&out, ',');
                tend_buffer_json(&out, p.cells[i].text);
            }
            tend_buffer_addc(&out, ']');
            if (p.trouble > *worst)
                *worst = p.trouble;
        }
        if (p.end)
            break;
        p.end = some.len == 0;
        assert_int_equal(csv_parser_feed(&p, some), TEND_OK);
        text = (struct tend_text){ text.at + some.len, text.len - some.len };
    }
    csv_parser_finish(&p);
    tend_buffer_addc(&out, ']');
    return out;
}

static void check(const char *text, struct csv_dialect dialect, enum csv_trouble trouble,
                  const char *expected)
{
    static const int64_t blocks[] = { 1, 2, 3, 7, 1000 };
    enum csv_trouble worst;

    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) {
        struct tend_buffer got = rows_of(tend_text_of(text), dialect, blocks[i], &worst);

        assert_string_equal(got.at, expected);
        assert_int_equal(worst, trouble);
        tend_buffer_finish(&got);
    }
}

static const struct csv_dialect comma = { ',', '"', false }, back = { ',', '"', true },
                                semicolon = { ';', '"', false }, single = { ',', '\'', false };

static void cells_and_rows(void **state)
{
    (void)state;
    check("", comma, CSV_FINE, "[]");
    check("a", comma, CSV_FINE, "[[\"a\"]]");
    check("a,b\n", comma, CSV_FINE, "[[\"a\",\"b\"]]");
    check("a,b\r\n,\rc", comma, CSV_FINE, "[[\"a\",\"b\"],[\"\",\"\"],[\"c\"]]");
    check("\n\n", comma, CSV_FINE, "[[\"\"],[\"\"]]");
    check("a,\n b ,c", comma, CSV_FINE, "[[\"a\",\"\"],[\" b \",\"c\"]]");
    check("a;b,c", semicolon, CSV_FINE, "[[\"a\",\"b,c\"]]");
}

static void quotes(void **state)
{
    (void)state;
    check("\"a,b\",\"c\"\"d\"\n\"\",x", comma, CSV_FINE, "[[\"a,b\",\"c\\\"d\"],[\"\",\"x\"]]");
    check("\"a\nb\",c\r\n\"d\r\ne\"", comma, CSV_FINE, "[[\"a\\nb\",\"c\"],[\"d\\r\\ne\"]]");
    check("a, \"b,c\" ,d", comma, CSV_FINE, "[[\"a\",\"b,c\",\"d\"]]");
    check("'a,b','it''s'", single, CSV_FINE, "[[\"a,b\",\"it's\"]]");
    check("\"a \\\"b\\\", c\",\"d\\\\\",\"e\\n\"", back, CSV_FINE,
          "[[\"a \\\"b\\\", c\",\"d\\\\\",\"e\\\\n\"]]");
    check("\"C:\\\",x", comma, CSV_FINE, "[[\"C:\\\\\",\"x\"]]");
}

static void quotes_that_are_wrong(void **state)
{
    (void)state;
    check("Bob \"Bobby\" Ray,x", comma, CSV_STRAY, "[[\"Bob \\\"Bobby\\\" Ray\",\"x\"]]");
    check("\"he said \"hi\" to me\",x", comma, CSV_INSIDE,
          "[[\"he said \\\"hi\\\" to me\",\"x\"]]");
    check("a,\"b\nc,d\n", comma, CSV_OPEN, "[[\"a,\\\"b\"],[\"c\",\"d\"]]");
    check("a,\"b\nc,\"d\",e\nf,g", comma, CSV_OPEN,
          "[[\"a,\\\"b\"],[\"c\",\"d\",\"e\"],[\"f\",\"g\"]]");
}

static void where_the_trouble_is(void **state)
{
    struct csv_parser p;

    (void)state;
    csv_parser_begin(&p, comma);
    assert_int_equal(csv_parser_feed(&p, TEND_TEXT("a,b\n\"x\ny\",ö,\"open\nc,d\n")), TEND_OK);
    p.end = true;
    assert_int_equal(csv_parser_row(&p), 1);
    assert_int_equal(p.row_line, 1);
    assert_int_equal(csv_parser_row(&p), 1);
    assert_int_equal(p.trouble, CSV_OPEN);
    assert_int_equal(p.row_line, 2);
    assert_int_equal(p.trouble_line, 3);
    assert_int_equal(p.trouble_column, 6);
    assert_true(tend_text_is(p.raw, "\"x"));
    csv_parser_finish(&p);
}

/* A quote that opens on every line costs little, and loses only its line. */
static void many_open_quotes(void **state)
{
    struct tend_buffer text = { 0 };
    struct csv_parser p;
    int64_t rows = 0, open = 0;

    (void)state;
    for (int32_t i = 0; i < 20000; i++)
        tend_buffer_addf(&text, "%d,\"never closed %d,and more\nx,y,z\n", i, i);
    tend_buffer_adds(&text, "last,row");
    csv_parser_begin(&p, comma);
    assert_int_equal(csv_parser_feed(&p, tend_buffer_text(&text)), TEND_OK);
    p.end = true;
    while (csv_parser_row(&p) > 0) {
        rows++;
        open += p.trouble == CSV_OPEN;
    }
    assert_int_equal(rows, 40001);
    assert_int_equal(open, 20000);
    csv_parser_finish(&p);
    tend_buffer_finish(&text);
}

static char delimiter_of(const char *head)
{
    int32_t sure;
    int64_t width;

    return csv_dialect_guess(&(struct csv_wish){ 0 }, &fake_ctx, tend_text_of(head), &sure, &width).delimiter;
}

static void the_dialect_is_found(void **state)
{
    int32_t sure;
    int64_t width;
    struct csv_dialect d;

    (void)state;
    assert_int_equal(delimiter_of("Name,Email\nAnn; Lee,ann@example.com\n"), ',');
    assert_int_equal(delimiter_of("Name;Telefon\nLee, Ann;1,5\nRay, Bob;2,5\n"), ';');
    assert_int_equal(delimiter_of("a\tb\tc\n1\t2,5\t3\n"), '\t');
    assert_int_equal(delimiter_of("a|b\n10:30|x\n11:30|y\n"), '|');
    assert_int_equal(delimiter_of("a:b\nc:d\n"), ':');
    assert_int_equal(delimiter_of("sep=|\na|b,c\n"), '|');
    assert_int_equal(delimiter_of("one\ntwo\n"), ',');
    d = csv_dialect_guess(&(struct csv_wish){ 0 }, &fake_ctx, TEND_TEXT("'a','b;c'\n'd','e;f'\n"), &sure,
                          &width);
    assert_int_equal(d.quote, '\'');
    assert_int_equal(d.delimiter, ',');
    assert_int_equal(width, 2);
    d = csv_dialect_guess(&(struct csv_wish){ 0 }, &fake_ctx,
                          TEND_TEXT("a,\"say \\\"hi\\\" now\"\nb,\"x\"\n"), &sure, &width);
    assert_true(d.backslash);
}

/* --- files of others, where they are at hand ---------------------------- */

#define REAL TEND_ROOT "/../shared/data/csv/"

static bool read_file(const char *path, struct tend_buffer *out)
{
    FILE *file = fopen(path, "rb");
    char block[4096];
    size_t got;

    if (!file)
        return false;
    tend_buffer_reset(out);
    tend_buffer_adds(out, "");
    while ((got = fread(block, 1, sizeof block, file)) > 0)
        tend_buffer_add(out, (struct tend_text){ block, (int64_t)got });
    fclose(file);
    return true;
}

/* Drops white space outside of strings; escapes stay as they are. */
static void squeeze(struct tend_buffer *json)
{
    bool string = false;
    int64_t n = 0;

    for (int64_t i = 0; i < json->len; i++) {
        char c = json->at[i];

        if (string && c == '\\')
            json->at[n++] = json->at[i++];
        else if (c == '"')
            string = !string;
        if (string || !strchr(" \n\r\t", c))
            json->at[n++] = json->at[i];
    }
    json->at[n] = '\0';
    json->len = n;
}

static void test_data_of_others(void **state)
{
    static const char *const good[] = {
        "all-empty",           "empty-field",
        "empty-one-column",    "leading-space",
        "one-column",          "quotes-empty",
        "quotes-with-comma",   "quotes-with-escaped-quote",
        "quotes-with-newline", "quotes-with-space",
        "simple-crlf",         "simple-lf",
        "trailing-newline",    "trailing-newline-one-field",
        "trailing-space",      "utf8",
    };
    static const char *const bad[] = { "bad-missing-quote", "bad-quotes-with-unescaped-quote",
                                       "bad-unescaped-quote" };
    struct tend_buffer text = { 0 }, json = { 0 };
    enum csv_trouble worst;

    (void)state;
    CHECK_NEEDS("../shared/data", read_file(REAL "csv-test-data/csv/utf8.csv", &text));
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct tend_buffer got;
        char path[512];

        snprintf(path, sizeof path, REAL "csv-test-data/csv/%s.csv", good[i]);
        assert_true(read_file(path, &text));
        snprintf(path, sizeof path, REAL "csv-test-data/json/%s.json", good[i]);
        assert_true(read_file(path, &json));
        squeeze(&json);
        got = rows_of(tend_buffer_text(&text), comma, 5, &worst);
        assert_string_equal(got.at, json.at);
        assert_int_equal(worst, CSV_FINE);
        tend_buffer_finish(&got);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct tend_buffer got;
        char path[512];

        snprintf(path, sizeof path, REAL "csv-test-data/csv/%s.csv", bad[i]);
        assert_true(read_file(path, &text));
        got = rows_of(tend_buffer_text(&text), comma, 5, &worst);
        assert_true(worst != CSV_FINE);
        tend_buffer_finish(&got);
    }
    tend_buffer_finish(&text);
    tend_buffer_finish(&json);
}

/* Rows below a header as objects, as csv-spectrum has them. */
static void put_objects(struct tend_buffer *out, struct tend_text text)
{
    struct csv_parser p;
    struct tend_buffer head[64] = { { 0 } };
    int64_t n = 0;
    bool first = true;

    csv_parser_begin(&p, comma);
    assert_int_equal(csv_parser_feed(&p, text), TEND_OK);
    p.end = true;
    tend_buffer_reset(out);
    tend_buffer_addc(out, '[');
    assert_int_equal(csv_parser_row(&p), 1);
    for (; n < p.n && n < 64; n++)
        tend_buffer_json(&head[n], p.cells[n].text);
    while (csv_parser_row(&p) > 0) {
        assert_int_equal(p.trouble, CSV_FINE);
        tend_buffer_adds(out, first ? "{" : ",{");
        first = false;
        for (int64_t i = 0; i < p.n; i++) {
            tend_buffer_addf(out, "%s%s:", i ? "," : "", head[i].at);
            tend_buffer_json(out, p.cells[i].text);
        }
        tend_buffer_addc(out, '}');
    }
    tend_buffer_addc(out, ']');
    for (int64_t i = 0; i < n; i++)
        tend_buffer_finish(&head[i]);
    csv_parser_finish(&p);
}

/* A checkout may have taken the CR from files that are about nothing else. */
static void give_back_cr(struct tend_buffer *text)
{
    struct tend_buffer out = { 0 };

    if (memchr(text->at, '\r', (size_t)text->len))
        return;
    for (int64_t i = 0; i < text->len; i++)
        tend_buffer_adds(&out, text->at[i] == '\n' ? "\r\n" : (char[]){ text->at[i], '\0' });
    tend_buffer_finish(text);
    *text = out;
}

static void spectrum_of_others(void **state)
{
    static const char *const files[] = {
        "comma_in_quotes",
        "empty",
        "empty_crlf",
        "escaped_quotes",
        "json",
        "newlines",
        "newlines_crlf",
        "quotes_and_newlines",
        "simple",
        "simple_crlf",
        "utf8",
    };
    struct tend_buffer text = { 0 }, json = { 0 }, got = { 0 };

    (void)state;
    CHECK_NEEDS("../shared/data", read_file(REAL "csv-spectrum/csvs/simple.csv", &text));
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char path[512];

        snprintf(path, sizeof path, REAL "csv-spectrum/csvs/%s.csv", files[i]);
        assert_true(read_file(path, &text));
        if (strstr(files[i], "crlf"))
            give_back_cr(&text);
        snprintf(path, sizeof path, REAL "csv-spectrum/json/%s.json", files[i]);
        assert_true(read_file(path, &json));
        squeeze(&json);
        put_objects(&got, tend_buffer_text(&text));
        /* the file has one object where there is one row, and a list of them otherwise */
        if (json.at[0] == '{') {
            got.at[got.len - 1] = '\0';
            assert_string_equal(got.at + 1, json.at);
        } else {
            assert_string_equal(got.at, json.at);
        }
    }
    tend_buffer_finish(&text);
    tend_buffer_finish(&json);
    tend_buffer_finish(&got);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_and_rows),        cmocka_unit_test(quotes),
        cmocka_unit_test(quotes_that_are_wrong), cmocka_unit_test(where_the_trouble_is),
        cmocka_unit_test(many_open_quotes),      cmocka_unit_test(the_dialect_is_found),
        cmocka_unit_test(test_data_of_others),   cmocka_unit_test(spectrum_of_others),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
