/* Forms of output: tend_sheet_add, tend_out_table, tend_out_tsv, tend_out_csv,
 * tend_json_*, tend_sheet_print, tend_line_wrap, tend_line_out, tend_say, tend_sayf. */
#include "check.h"
#include "shell/output.h"

static const struct tend_sheet_column columns[] = {
    { "ref", 0 }, { "name", TEND_COLUMN_NAME }, { "n", TEND_COLUMN_RIGHT },
    { "text", TEND_COLUMN_SHRINKS },
};

static void fill(struct tend_sheet *sheet)
{
    static const char *const cells[] = { "p1", "Ann", "7", "short",
                                         "p12", "\xe6\x9d\x8e\xe5\xb0\x8f\xe9\xbe\x99", "1234",
                                         "a text that is a good deal longer than its column" };

    *sheet = (struct tend_sheet){ columns, 4, { 0 } };
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        tend_sheet_add(sheet, tend_text_of(cells[i]));
}

/* tend_out_table: columns line up by width, not by bytes */
static void table(void **state)
{
    struct tend_sheet sheet;
    struct tend_buffer buf = { 0 };

    (void)state;
    fill(&sheet);
    tend_out_table(&buf, &sheet, 200);
    assert_string_equal(buf.at,
                        "ref  name       n  text\n"
                        "p1   Ann        7  short\n"
                        "p12  \xe6\x9d\x8e\xe5\xb0\x8f\xe9\xbe\x99  1234  "
                        "a text that is a good deal longer than its column\n");
    tend_buffer_finish(&buf);
    TEND_ARRAY_FINISH(&sheet.cell);
}

/* tend_out_table: every line fits, down to very narrow screens */
static void fits(void **state)
{
    (void)state;
    for (int64_t width = 14; width < 100; width += 7) {
        struct tend_sheet sheet;
        struct tend_buffer buf = { 0 };
        struct tend_text rest, line;

        fill(&sheet);
        tend_out_table(&buf, &sheet, width);
        rest = tend_buffer_text(&buf);
        while (tend_text_cut(&rest, "\n", &line))
            assert_true(tend_text_width(line) <= width);
        tend_buffer_finish(&buf);
        TEND_ARRAY_FINISH(&sheet.cell);
    }
}

/* tend_out_table: on a narrow screen empty columns go, then those of high rank */
static void ranks(void **state)
{
    static const struct tend_sheet_column ranked[] = {
        { "ref", TEND_COLUMN_RANK(1) },  { "name", TEND_COLUMN_NAME },
        { "phone", TEND_COLUMN_RANK(2) }, { "tags", TEND_COLUMN_RANK(3) | TEND_COLUMN_SHRINKS },
        { "until", 0 },
    };
    static const char *const cells[] = { "p1", "Ann Lee", "0664 555 1234", "", "Sat 28 Nov" };
    static const struct {
        int64_t width;
        const char *heading;
    } cases[] = {
        { 80, "ref  name     phone          tags  until\n" },
        { 40, "ref  name     phone          until\n" },
        { 30, "ref  name     until\n" },
        { 20, "name     until\n" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tend_sheet sheet = { ranked, 5, { 0 } };
        struct tend_buffer buf = { 0 };

        for (size_t c = 0; c < 5; c++)
            tend_sheet_add(&sheet, tend_text_of(cells[c]));
        tend_out_table(&buf, &sheet, cases[i].width);
        if (strncmp(buf.at, cases[i].heading, strlen(cases[i].heading)) != 0)
            fail_msg("%lld columns: %s", (long long)cases[i].width, buf.at);
        tend_buffer_finish(&buf);
        TEND_ARRAY_FINISH(&sheet.cell);
    }
}

/* tend_out_table: what stands below does so as soon as something would be cut */
static void below(void **state)
{
    static const struct tend_sheet_column with_said[] = {
        { "ref", 0 }, { "what", TEND_COLUMN_SHRINKS }, { "last said", TEND_COLUMN_BELOW },
    };
    static const char *const cells[] = { "t1", "Follow up", "Tom was there too", "t2", "Call", "" };
    static const struct {
        int64_t width;
        const char *want;
    } cases[] = {
        { 40, "ref  what       last said\nt1   Follow up  Tom was there too\nt2   Call\n" },
        { 30, "ref  what\nt1   Follow up\n    Tom was there too\nt2   Call\n" },
        { 16, "ref  what\nt1   Follow up\n    Tom was the\xe2\x80\xa6\nt2   Call\n" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tend_sheet sheet = { with_said, 3, { 0 } };
        struct tend_buffer buf = { 0 };

        for (size_t c = 0; c < 6; c++)
            tend_sheet_add(&sheet, tend_text_of(cells[c]));
        tend_out_table(&buf, &sheet, cases[i].width);
        assert_string_equal(buf.at, cases[i].want);
        tend_buffer_finish(&buf);
        TEND_ARRAY_FINISH(&sheet.cell);
    }
}

/* tend_line_wrap: lines break between words, a long word and a width of 0 stay */
static void wraps(void **state)
{
    static const struct {
        int64_t width;
        const char *text, *want;
    } cases[] = {
        { 0, "one two three four", "one two three four" },
        { 18, "one two three four", "one two three four" },
        { 17, "one two three four", "one two three\n  four" },
        { 9, "one two three four", "one two\n  three\n  four" },
        { 5, "incomprehensible", "incomprehensible" },
        { 12, "  line 2: Ann Lee", "  line 2:\n  Ann Lee" },
        { 7, "\xe6\x9d\x8e\xe5\xb0\x8f \xe9\xbe\x99\xe9\xbe\x99",
          "\xe6\x9d\x8e\xe5\xb0\x8f\n  \xe9\xbe\x99\xe9\xbe\x99" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tend_buffer buf = { 0 };

        tend_line_wrap(&buf, tend_text_of(cases[i].text), cases[i].width);
        assert_string_equal(buf.at, cases[i].want);
        tend_buffer_finish(&buf);
    }
}

/* tend_out_table: data never drives the terminal; no rows, no heading */
static void escapes(void **state)
{
    struct tend_sheet sheet = { columns, 4, { 0 } };
    struct tend_buffer buf = { 0 };

    (void)state;
    tend_out_table(&buf, &sheet, 80);
    assert_int_equal(buf.len, 0);
    tend_sheet_add(&sheet, TEND_TEXT("p1"));
    tend_sheet_add(&sheet, TEND_TEXT("\x1b]0;owned\x07"));
    tend_sheet_add(&sheet, TEND_TEXT("1"));
    tend_sheet_add(&sheet, TEND_TEXT("two\nlines\tand \xe2\x80\xae"));
    tend_out_table(&buf, &sheet, 80);
    assert_null(strchr(buf.at, '\x1b'));
    assert_null(strchr(buf.at, '\x07'));
    assert_null(strchr(buf.at, '\t'));
    assert_null(strstr(buf.at, "\xe2\x80\xae"));
    SAYS(buf.at, "\\x1b]0;owned");
    SAYS(buf.at, "two lines and");
    tend_buffer_finish(&buf);
    TEND_ARRAY_FINISH(&sheet.cell);
}

/* tend_out_tsv, tend_out_csv */
static void machines(void **state)
{
    static const struct tend_sheet_column two[] = { { "a", 0 }, { "b", 0 } };
    struct tend_sheet sheet = { two, 2, { 0 } };
    struct tend_buffer buf = { 0 };

    (void)state;
    tend_sheet_add(&sheet, TEND_TEXT("x\ty\nz"));
    tend_sheet_add(&sheet, TEND_TEXT("say \"hi\", you"));
    tend_out_tsv(&buf, &sheet);
    assert_string_equal(buf.at, "x y z\tsay \"hi\", you\n");
    tend_buffer_reset(&buf);
    tend_out_csv(&buf, &sheet);
    assert_string_equal(buf.at, "a,b\r\n\"x\ty\nz\",\"say \"\"hi\"\", you\"\r\n");
    tend_buffer_finish(&buf);
    TEND_ARRAY_FINISH(&sheet.cell);
}

/* tend_json_open, close, text, str, int, id, bool, time, print */
static void json(void **state)
{
    struct tend_json json = { 0 };
    struct tend_shell shell = { 0 };
    const struct tend_zone *zone;
    struct tend_error err;
    char *out = NULL;
    size_t len;

    (void)state;
    assert_int_equal(tend_zone_open("Europe/Vienna", &zone, &err), TEND_OK);
    shell.out = open_memstream(&out, &len);
    tend_json_open(&json, NULL, '{');
    tend_json_id(&json, "id", 7);
    tend_json_id(&json, "keeper", 0);
    tend_json_text(&json, "name", TEND_TEXT("a\"b\n"));
    tend_json_text(&json, "none", (struct tend_text){ 0 });
    tend_json_open(&json, "list", '[');
    tend_json_int(&json, NULL, -1);
    tend_json_str(&json, NULL, "x");
    tend_json_open(&json, NULL, '{');
    tend_json_close(&json, '}');
    tend_json_close(&json, ']');
    tend_json_bool(&json, "yes", true);
    tend_json_time(&json, "at", CHECK_NOW, zone);
    tend_json_time(&json, "never", 0, zone);
    tend_json_close(&json, '}');
    tend_json_print(&shell, &json);
    fclose(shell.out);
    assert_string_equal(out, "{\"id\":7,\"keeper\":null,\"name\":\"a\\\"b\\n\",\"none\":null,"
                             "\"list\":[-1,\"x\",{}],\"yes\":true,"
                             "\"at\":\"2026-11-21T11:05:00+01:00\",\"never\":null}\n");
    free(out);
}

/* tend_sheet_print, tend_line_out, tend_say, tend_sayf */
static void forms(void **state)
{
    struct tend_shell shell = { 0 };
    struct tend_sheet sheet;
    char *out = NULL;
    size_t len;

    (void)state;
    shell.out = open_memstream(&out, &len);
    fill(&sheet);
    tend_sheet_print(&shell, &sheet);
    shell.width = 80;
    fill(&sheet);
    tend_sheet_print(&shell, &sheet);
    shell.options.csv = true;
    fill(&sheet);
    sheet.cell.at[1] = TEND_TEXT("A\x1b[2J");
    tend_sheet_print(&shell, &sheet);
    shell.width = 0;
    fill(&sheet);
    tend_sheet_print(&shell, &sheet);
    tend_line_out(&shell, "a %s", "\x1b");
    shell.options.quiet = true;
    tend_sayf(&shell, "not %s", "said");
    tend_say(&shell, TEND_TEXT("nor this"));
    tend_line_out(&shell, "but data");
    fclose(shell.out);
    SAYS(out, "p1\tAnn\t7\tshort\n");
    SAYS(out, "ref  name");
    SAYS(out, "ref,name,n,text\np1,A\\x1b[2J,7,short\n");
    SAYS(out, "ref,name,n,text\r\n");
    SAYS(out, "a \\x1b\n");
    SAYS(out, "but data\n");
    assert_null(strstr(out, "said"));
    assert_null(strstr(out, "nor this"));
    free(out);
}

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(table),    cmocka_unit_test(fits), cmocka_unit_test(ranks), cmocka_unit_test(escapes),
    cmocka_unit_test(below), cmocka_unit_test(wraps),
    cmocka_unit_test(machines), cmocka_unit_test(json), cmocka_unit_test(forms),
};
CHECK_MAIN(tests)
