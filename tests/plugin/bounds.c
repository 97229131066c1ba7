/* Covers tend_limits_*: how limits are written, and whose word holds. */
#include "plugin/bounds.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct tend_limits parsed(const char *text)
{
    struct tend_error err = { 0 };
    struct tend_limits limits;

    if (tend_limits_parse(tend_text_of(text), &limits, &err) != TEND_OK)
        fail_msg("%s: %s", text, err.text);
    return limits;
}

static void test_parse(void **state)
{
    static const char *const bad[] = { "time", "time:", "time:2", "time:2h", "time:-1s", "memory:64",
                                       "effects:2s", "effects:0", "size:3", ":", "=",
                                       "time:99999999999999999999s" };
    struct tend_limits limits = parsed("time:250ms total=2m memory:64MiB output:1MB effects:200 rows:3000");
    struct tend_error err = { 0 };

    (void)state;
    assert_int_equal(limits.time, 250000);
    assert_int_equal(limits.total, 120000000);
    assert_int_equal(limits.memory, 64 << 20);
    assert_int_equal(limits.output, 1000000);
    assert_int_equal(limits.effects, 200);
    assert_int_equal(limits.rows, 3000);
    assert_int_equal(parsed("").time, 0);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(tend_limits_parse(tend_text_of(bad[i]), &limits, &err), TEND_INVALID);
        assert_non_null(strstr(err.text, "write time:2s"));
    }
}

static void test_settle(void **state)
{
    struct tend_limits asked = parsed("time:60s memory:64MiB effects:5000 rows:500000"), none = { 0 }, may;
    struct tend_limits user = parsed("time:10s effects:20");

    (void)state;
    may = tend_limits_settle(&asked, &none);
    assert_int_equal(may.time, 5000000);        /* what anybody gets for asking */
    assert_int_equal(may.memory, 64 << 20);
    assert_int_equal(may.effects, 1000);
    assert_int_equal(may.rows, 100000);
    assert_int_equal(may.output, 0);
    may = tend_limits_settle(&asked, &user);
    assert_int_equal(may.time, 10000000);
    assert_int_equal(may.memory, 64 << 20);
    assert_int_equal(may.effects, 20);
}

static void test_read(void **state)
{
    char path[] = "/tmp/tend-limits-XXXXXX";
    int fd = mkstemp(path);
    FILE *out = fdopen(fd, "w");
    struct tend_error err = { 0 };
    struct tend_limits limits;

    (void)state;
    fputs("# mine\n* time=1s\n\nant time=5s memory=64MiB\nbee time=soon\n", out);
    fclose(out);
    assert_int_equal(tend_limits_read(path, "ant", &limits, &err), TEND_OK);
    assert_int_equal(limits.time, 5000000);
    assert_int_equal(tend_limits_read(path, "fly", &limits, &err), TEND_OK);
    assert_int_equal(limits.time, 1000000);
    assert_int_equal(tend_limits_read(path, "bee", &limits, &err), TEND_INVALID);
    assert_non_null(strstr(err.text, ":5: the limit \"time=soon\""));
    unlink(path);
    assert_int_equal(tend_limits_read(path, "ant", &limits, &err), TEND_OK);
    assert_int_equal(limits.time, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parse),
        cmocka_unit_test(test_settle),
        cmocka_unit_test(test_read),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
