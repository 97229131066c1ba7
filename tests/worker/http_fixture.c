/* Covers worker/http_fixture.c: what stands in for a service, by the whole URL, and what is
 * said where nothing does. */
#include "base/text.h"
#include "worker/serve.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

static struct tend_http_got got;
static struct tend_error err;

static tend_status ask(const char *url)
{
    const struct tend_http_ask wanted = { .url = url, .method = "GET" };

    tend_buffer_reset(&got.body);
    tend_buffer_reset(&got.headers);
    got.status = 0;
    tend_error_clear(&err);
    return tend_http_fixture(&wanted, &got, &err);
}

static void have(struct tend_fixture *list, int64_t n)
{
    tend_serve.fixture = list;
    tend_serve.n_fixtures = n;
}

static void is(struct tend_text text, const char *expected)
{
    if (!tend_text_is(text, expected))
        fail_msg("\"%s\" expected, not \"%.*s\"", expected, TEND_FMT(text));
}

static int finish(void **state)
{
    (void)state;
    have(NULL, 0);
    tend_buffer_finish(&got.body);
    tend_buffer_finish(&got.headers);
    return 0;
}

static void test_by_url(void **state)
{
    struct tend_fixture list[] = {
        { .url = "https://example.com/a", .body = TEND_TEXT("first") },
        { .url = "https://example.com/a?page=2", .body = TEND_TEXT("second"), .status = 201 },
        { .url = "https://example.com/a", .body = TEND_TEXT("never") },
    };

    (void)state;
    have(list, 3);
    assert_int_equal(ask("https://example.com/a"), TEND_OK);
    is(tend_buffer_text(&got.body), "first");
    assert_int_equal(got.status, 200);
    assert_int_equal(ask("https://example.com/a?page=2"), TEND_OK);
    is(tend_buffer_text(&got.body), "second");
    assert_int_equal(got.status, 201);
    assert_int_equal(ask("https://example.com/a?page=3"), TEND_INVALID);
    assert_non_null(strstr(err.text, "no fixture for https://example.com/a?page=3"));
    assert_int_equal(ask("http://example.com/a"), TEND_INVALID);   /* not encrypted: another */
    assert_int_equal(ask("https://example.com/A"), TEND_INVALID);
    have(NULL, 0);
    assert_int_equal(ask("https://example.com/a"), TEND_INVALID);
}

static void test_headers(void **state)
{
    struct tend_fixture list[] = {
        { .url = "https://example.com/plain", .body = TEND_TEXT("{}") },
        { .url = "https://example.com/csv", .body = TEND_TEXT("a;b"), .type = "text/csv; charset=iso-8859-1",
          .headers = "Retry-After: 5\nlocation:  https://example.com/next \n", .status = 429 },
    };

    (void)state;
    have(list, 2);
    assert_int_equal(ask("https://example.com/plain"), TEND_OK);
    is(tend_http_header(&got, "Content-Type"), "application/json");
    is(tend_http_header(&got, "retry-after"), "");
    assert_int_equal(ask("https://example.com/csv"), TEND_OK);
    assert_int_equal(got.status, 429);
    is(tend_http_header(&got, "content-type"), "text/csv; charset=iso-8859-1");
    is(tend_http_header(&got, "RETRY-AFTER"), "5");
    is(tend_http_header(&got, "location"), "https://example.com/next");
    is(tend_http_header(&got, "retry"), "");
}

static void test_files(void **state)
{
    static const struct {
        const char *ending, *type;
    } rows[] = {
        { ".json", "application/json" }, { ".csv", "text/csv" }, { ".xml", "application/xml" },
        { ".rss", "application/xml" },   { "", "application/json" },
    };
    char folder[] = "/tmp/tend-fixture-XXXXXX", path[64];

    (void)state;
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tend_fixture one = { .url = "https://example.com/", .file = path };
        FILE *file;

        snprintf(path, sizeof path, "%s/page%s", folder, rows[i].ending);
        file = fopen(path, "w");
        assert_non_null(file);
        assert_int_equal(fputs("from a file", file) < 0 || fclose(file) != 0, 0);
        have(&one, 1);
        assert_int_equal(ask("https://example.com/"), TEND_OK);
        is(tend_buffer_text(&got.body), "from a file");
        is(tend_http_header(&got, "content-type"), rows[i].type);
        one.type = "text/plain";        /* what is said goes before the ending */
        assert_int_equal(ask("https://example.com/"), TEND_OK);
        is(tend_http_header(&got, "content-type"), "text/plain");
        unlink(path);
        assert_int_equal(ask("https://example.com/"), TEND_INVALID);
        assert_non_null(strstr(err.text, path));
        assert_non_null(strstr(err.text, "No such file"));
    }
    snprintf(path, sizeof path, "%s", folder);
    have(&(struct tend_fixture){ .url = "https://example.com/", .file = path }, 1);
    assert_int_equal(ask("https://example.com/"), TEND_INVALID);    /* a folder is no answer */
    assert_non_null(strstr(err.text, "directory"));
    rmdir(folder);
}

static void test_failures(void **state)
{
    static const tend_status codes[] = { TEND_TIMEOUT, TEND_IO, TEND_BUSY };

    (void)state;
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        struct tend_fixture one = { .url = "https://example.com/", .body = TEND_TEXT("unseen"),
                                    .fails = codes[i] };

        have(&one, 1);
        assert_int_equal(ask("https://example.com/"), codes[i]);
        assert_int_equal(err.code, codes[i]);
        assert_non_null(strstr(err.text, tend_status_name(codes[i])));
        assert_int_equal(got.body.len, 0);
        assert_int_equal(got.status, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_by_url, finish), cmocka_unit_test_teardown(test_headers, finish),
        cmocka_unit_test_teardown(test_files, finish), cmocka_unit_test_teardown(test_failures, finish),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
