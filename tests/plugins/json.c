/* What the json plugin makes of JSON: where the people are, what their keys mean, what cannot be
 * read and where. Covers json_tree_parse, json_shape_guess, json_scan_next, json_word,
 * json_row_put, and the plugin's sniff and read. */
#include "fake_host.h"
#include <stdio.h>

static void reads(const char *text, const char *expected)
{
    static const int64_t blocks[] = { 100000, 65536 };

    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++)
        assert_string_equal(fake_read(tend_text_of(text), blocks[i], NULL), expected);
}

static void lines(void **state)
{
    (void)state;
    reads("{\"name\":\"Ann Lee\",\"email\":\"ann@example.com\"}\n"
          "{\"first_name\":\"Jos\\u00e9\",\"last_name\":\"N\\u00fa\\u00f1ez\",\"mobile\":\"0664 1\"}\n",
          "1 email=ann@example.com|name=Ann Lee\n"
          "2 phone=0664 1 (mobile)|name=José Núñez|given=José|family=Núñez\n");
    reads("{\"name\":\"Ann\"}\r\n\r\n{\"name\":\"Bo\"},\r\n{\"name\":\"Cy\"}", /* the last has no end */
          "1 name=Ann\n3 name=Bo\n4 name=Cy\n");
    reads("\x1e{\"name\":\"Ann\"}\n\x1e{\"name\":\"Bo\"}\n", "1 name=Ann\n2 name=Bo\n");
}

/* One line that is wrong costs that line. */
static void bad_lines(void **state)
{
    (void)state;
    reads("{\"name\":\"Ann\"}\n{\"name\":\"Bo\"\n{\"name\":\"Cy\"} x\n[1]\nnothing\n{'name':1}\n"
          "{\"name\":\"Di\"}\n",
          "1 name=Ann\n"
          "2:13 json.syntax {\"name\":\"Bo\"\n"
          "3:15 json.syntax {\"name\":\"Cy\"} x\n"
          "4:1 json.person [1]\n"
          "5:1 json.syntax nothing\n"
          "6:2 json.syntax {'name':1}\n"
          "7 name=Di\n");
    reads("{\"name\":\"Ann\n{\"name\":\"Bo\"}\n{\"name\":\"Cy\"}\n", /* the first of them */
          "1:9 json.syntax {\"name\":\"Ann\n2 name=Bo\n3 name=Cy\n");
}

static void lists(void **state)
{
    (void)state;
    reads("[{\"name\":\"Ann\"},{\"name\":\"Bo\"}]", "1 name=Ann\n1 name=Bo\n");
    reads("{\"total\":2,\"contacts\":[\n {\"name\":\"Ann\"},\n {\"name\":\"Bo\"}\n],\"next\":null}",
          "2 name=Ann\n3 name=Bo\n");
    reads("{\"data\":{\"id\":[1,{\"name\":\"no\"}],\"people\":[{\"name\":\"Ann\"}]},\"x\":[{\"name\":\"no\"}]}",
          "1 name=Ann\n");
    reads("{\"friends_v2\":[{\"name\":\"Ann\",\"timestamp\":1700000000}]}", /* by what is in it */
          "1 json.timestamp=1700000000|name=Ann\n");
    reads("{\"people\":[{\"name\":\"Ann\"}]}\n{\"people\":[{\"name\":\"Bo\"}]}", /* two answers */
          "1 name=Ann\n2 name=Bo\n");
    reads("{\"name\":\"Ann\",\"friends\":[{\"name\":\"Bo\"}]}", "1 json.friends.name=Bo|name=Ann\n");
    reads("{\n \"name\": \"Ann\"\n}\n{\n \"name\": \"Bo\"\n}\n", "1 name=Ann\n4 name=Bo\n");
    reads("[]", "");
    reads("{\"contacts\":[]}", "");
    reads("[{\"name\":\"Ann\"},{\"name\":\"Bo\"}",
          "1 name=Ann\n1 name=Bo\nlog 2: the list is never closed: was the file cut off?\n");
}

/* What is torn ends at its line; reading goes on where the next one begins. */
static void torn(void **state)
{
    (void)state;
    reads("[\n  {\"name\":\"Ann\"},\n  {\"name\":\"B\"o\"},\n  {\n    \"name\": \"Cy\n  },\n"
          "  {\"name\":\"Di\"}\n]\n",
          "2 name=Ann\n"
          "3:14 json.syntax {\"name\":\"B\"o\"},\n"
          "5:13 json.syntax {\n    \"name\": \"Cy\n"
          "7 name=Di\n");
}

static void nested(void **state)
{
    (void)state;
    reads("[{\"name\":{\"first\":\"Ann\",\"last\":\"Lee\",\"prefix\":\"Dr.\"},"
          "\"emails\":[{\"value\":\"a@example.com\",\"type\":\"work\",\"primary\":true},\"b@example.com\"],"
          "\"phones\":[{\"number\":\"1 23\",\"label\":\"mobile\"}],"
          "\"company\":{\"name\":\"Acme\",\"city\":\"Wien\"},"
          "\"address\":{\"street\":\"Ring 1\",\"city\":\"Wien\",\"postalCode\":\"1010\",\"country\":\"AT\"},"
          "\"manager\":{\"name\":\"X\",\"email\":\"x@example.com\"},\"tags\":[\"a, b\",{\"id\":1,\"name\":\"c\"}]}]",
          "1 email=a@example.com (work)|email=b@example.com|phone=1 23 (mobile)|organisation=Acme|"
          "json.company.city=Wien|region=AT|address=Ring 1, 1010 Wien, AT|json.manager.name=X|"
          "json.manager.email=x@example.com|tag=a, b|tag=c|name=Ann Lee|given=Ann|family=Lee|"
          "json.prefix=Dr.\n");
    reads("[{\"properties\":{\"firstname\":\"Ann\",\"hs_score\":\"7\"},\"id\":\"1234567890123456\","
          "\"createdAt\":\"2026-01-02\"}]",
          "1 json.properties.hs_score=7|at=2026-01-02|name=Ann|given=Ann|id=1234567890123456\n");
    reads("{\"data\":[{\"id\":\"5\",\"field_data\":[{\"name\":\"full_name\",\"values\":[\"Ann\"]},"
          "{\"name\":\"why?\",\"values\":[\"a\",\"b\"]}]}]}",
          "1 json.field_data.why?=a|json.field_data.why?=b|name=Ann|id=5/ann\n");
    reads("[{\"_id\":{\"$oid\":\"507f1f77bcf86cd799439011\"},\"fullName\":\"Ann\",\"street\":\"Ring 1\","
          "\"city\":\"Wien\"}]",
          "1 name=Ann|id=507f1f77bcf86cd799439011|address=Ring 1, Wien\n");
}

static void numbers_are_texts(void **state)
{
    (void)state;
    reads("[{\"name\":\"Ann\",\"phone\":4366412345678901234567,\"score\":1.50,\"big\":441000000001e0,"
          "\"yes\":true,\"no\":null}]",
          "1 phone=4366412345678901234567|json.score=1.50|json.big=441000000001e0|json.yes=true|"
          "name=Ann\n");
    reads("[{\"name\":\"Ann\",\"phone\":4.41E+11}]",
          "1 json.phone=4.41E+11|name=Ann\n"
          "log 2: 1 phone lost digits in a spreadsheet (4.41E+11): kept as json.*, nobody can be "
          "reached by that\n");
}

static void of_tend(void **state)
{
    (void)state;
    reads("[{\"id\":2,\"uid\":\"01M8\",\"name\":\"Ann Lee\",\"given\":\"Ann\",\"family\":\"Lee\",\"stage\":\"listed\","
          "\"stages\":{\"a\":\"b\"},\"roles\":[\"builder\"],\"source\":null,\"email\":[{\"value\":\"a@example.com\","
          "\"key\":\"a@example.com\",\"label\":\"Work\"}],\"tags\":[\"a, b\"],\"attributes\":{\"birthday\":"
          "[\"1980-02-09\"],\"csv.x\":[\"1\",\"2\"]},\"holds\":[],\"dnc\":[\"all\"],\"keeper\":1,\"added\":\"2026\"}]",
          "layout: tend\n"
          "1 uid=01M8|name=Ann Lee|given=Ann|family=Lee|email=a@example.com (Work)|tag=a, b|"
          "birthday=1980-02-09|csv.x=1|csv.x=2\n"
          "log 2: 1 is not to be contacted there: mark them with dnc\n");
}

static void what_the_user_said(void **state)
{
    const char *text = "[{\"who\":{\"x\":\"Ann\"},\"tel\":\"1\"},{\"who\":{\"x\":\"Bo\"}}]";

    (void)state;
    assert_string_equal(fake_read(tend_text_of(text), 1000, "who.x=name"),
                        "1 name=Ann|phone=1\n1 name=Bo\n");
    assert_string_equal(fake_read(tend_text_of(text), 1000, "who=name"),
                        "1 name=Ann|phone=1\n1 name=Bo\n");
}

/* However the file is cut, the same comes out of it. */
static void blocks(void **state)
{
    const char *text = "{\"meta\":{\"a\":[1,\"]}\\\"\"]},\"contacts\":[{\"name\":\"Zoë \\\"Z\\\" \\ud83d\\ude00 Ax\","
                       "\"tags\":[\"a\",\"b\"]},\n{\"name\":\"Bo\",\"n\":{\"a\":[[1]]}},\n7,{\"name\":\"Cy\"}]}";
    char whole[1000];

    (void)state;
    snprintf(whole, sizeof whole, "%s", fake_read(tend_text_of(text), 100000, NULL));
    assert_non_null(strstr(whole, "name=Zoë \"Z\" 😀 Ax"));
    /* the first block has the head, as the host gives it; the others are of any size */
    for (int64_t size = 60; size < 200; size++)
        assert_string_equal(fake_read(tend_text_of(text), size, NULL), whole);
}

static void too_much(void **state)
{
    struct tend_buffer text = { 0 };
    const char *got;

    (void)state;
    tend_buffer_adds(&text, "[{\"name\":\"Ann\"},{\"name\":\"");
    for (int64_t i = 0; i < 5 << 20; i++)
        tend_buffer_addc(&text, 'x');
    tend_buffer_adds(&text, "\"},{\"name\":\"Bo\"}]");
    got = fake_read(tend_buffer_text(&text), 65536, NULL);
    assert_non_null(strstr(got, "1 name=Ann\n1:17 json.long {"));
    assert_non_null(strstr(got, "\n1 name=Bo\n"));
    tend_buffer_reset(&text);
    for (int64_t i = 0; i < 100000; i++)
        tend_buffer_adds(&text, "[");
    got = fake_read(tend_buffer_text(&text), 65536, NULL);
    assert_non_null(strstr(got, "json."));
    tend_buffer_finish(&text);
}

static void how_sure(void **state)
{
    (void)state;
    assert_int_equal(fake_sniff("[{\"name\":\"Ann\"}]", "x"), 85);
    assert_int_equal(fake_sniff("{\"a\":1}", "x.json"), 60);
    assert_int_equal(fake_sniff("{\"name\":\"Ann\"\n{\"name\":\"Bo\"}\n{\"name\":\"Cy\"}\n", "-"), 60);
    assert_int_equal(fake_sniff("[x] Susi\n[ ] Karin\n", "todo.txt"), 0);
    assert_int_equal(fake_sniff("name,phone\n", "a.csv"), 0);
    assert_int_equal(fake_sniff("", "x"), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines),
        cmocka_unit_test(bad_lines),
        cmocka_unit_test(lists),
        cmocka_unit_test(torn),
        cmocka_unit_test(nested),
        cmocka_unit_test(numbers_are_texts),
        cmocka_unit_test(of_tend),
        cmocka_unit_test(what_the_user_said),
        cmocka_unit_test(blocks),
        cmocka_unit_test(too_much),
        cmocka_unit_test(how_sure),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
