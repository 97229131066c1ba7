/* Covers worker/url.c: which right a URL needs, and what is no URL at all. */
#include "worker/url.h"
#include "base/text.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

static void test_right(void **state)
{
    static const struct {
        const char *url, *right;    /* NULL: refused */
    } rows[] = {
        { "https://api.example.com/v2?x=1", "api.example.com" },
        { "HTTPS://API.Example.com:443", "api.example.com" },
        { "https://localhost:8443/", "localhost:8443" },
        { "http://127.0.0.1:8080/a", "http://127.0.0.1:8080" },
        { "http://example.com:80/", "http://example.com" },
        { "https://[::1]:9/", "[::1]:9" },
        { "https://good.example.com@bad.example.com/", NULL },
        { "https://me:pass@example.com/", NULL },
        { "https://good.example.com\\@bad.example.com/", NULL },
        { "https://exa mple.com/", NULL },
        { "https://example.com/\r\nHost: x", NULL },
        { "https://example.com:80x/", NULL },
        { "https://example.com:/", NULL },
        { "https://ex\xc3\xa4mple.com/", NULL },
        { "file:///etc/passwd", NULL },
        { "ftp://example.com/", NULL },
        { "https://", NULL },
        { "example.com", NULL },
        { "", NULL },
    };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tend_error err = { 0 };
        char host[TEND_URL_HOST];
        tend_status status = tend_url_right(rows[i].url, host, &err);

        assert_int_equal(status, rows[i].right ? TEND_OK : TEND_INVALID);
        if (rows[i].right)
            assert_string_equal(host, rows[i].right);
    }
}

static void test_follow(void **state)
{
    static const struct {
        const char *url, *to, *is;
    } rows[] = {
        { "https://a.example.com/x/y?q", "/z", "https://a.example.com/z" },
        { "https://a.example.com/x/y?q", "z", "https://a.example.com/x/z" },
        { "https://a.example.com", "z", "https://a.example.com/z" },
        { "https://a.example.com/x?q", "?r", "https://a.example.com/x?r" },
        { "http://a.example.com/x", "//b.example.com/y", "http://b.example.com/y" },
        { "https://a.example.com/x", "http://b.example.com/y", "http://b.example.com/y" },
        { "https://a.example.com/x", "file:///etc/passwd", NULL },
        { "https://a.example.com/x", "javascript:x", NULL },
    };
    struct tend_buffer out = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct tend_error err = { 0 };
        tend_status status = tend_url_follow(rows[i].url, tend_text_of(rows[i].to), &out, &err);

        assert_int_equal(status, rows[i].is ? TEND_OK : TEND_INVALID);
        if (rows[i].is)
            assert_string_equal(out.at, rows[i].is);
    }
    tend_buffer_finish(&out);
}

static void test_query(void **state)
{
    struct tend_buffer url = { 0 };

    (void)state;
    tend_buffer_adds(&url, "https://example.com/x");
    tend_url_query(&url, "after", TEND_TEXT("a b&c=\xc3\xa4"));
    tend_url_query(&url, "n", TEND_TEXT("2"));
    assert_string_equal(url.at, "https://example.com/x?after=a%20b%26c%3D%C3%A4&n=2");
    tend_buffer_finish(&url);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_right), cmocka_unit_test(test_follow), cmocka_unit_test(test_query),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
