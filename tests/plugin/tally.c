/* Covers tend_tally_*: what is counted is there in the next process, two at once
 * lose nothing, and a folder that is not there is no error. */
#include "plugin/tally.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static char path[64];

static int setup(void **state)
{
    static char dir[] = "/tmp/tend-tally-XXXXXX";

    (void)state;
    assert_non_null(mkdtemp(dir));
    snprintf(path, sizeof path, "%s/tally", dir);
    return 0;
}

static void test_kept(void **state)
{
    struct tend_tally_file *file = tend_tally_open(path);
    struct tend_tally *tally;
    struct stat st;

    (void)state;
    assert_null(tend_tally_of(file, "ant", false));
    assert_null(tend_tally_at(file, 0));
    assert_int_not_equal(stat(path, &st), 0);   /* nothing is written when nothing was called */
    tally = tend_tally_of(file, "ant", true);
    for (int64_t i = 1; i <= 100; i++)
        tend_tally_call(tally, i == 100 ? 70000 : 10, i == 100 ? "policy ant: touch.logged" : "");
    tend_tally_close(file);

    file = tend_tally_open(path);
    tally = tend_tally_of(file, "ant", false);
    assert_non_null(tally);
    assert_int_equal(tally->calls, 100);
    assert_int_equal(tally->time, 70990);
    assert_int_equal(tally->longest, 70000);
    assert_string_equal(tally->longest_what, "policy ant: touch.logged");
    assert_int_equal(tend_tally_within(tally, 50), 11);
    assert_int_equal(tend_tally_within(tally, 99), 11);
    assert_int_equal(tend_tally_within(tally, 100), 70000);
    tend_tally_reset(file);
    assert_int_equal(tally->calls, 0);
    assert_string_equal(tend_tally_at(file, 0)->name, "ant");
    assert_null(tend_tally_at(file, 1));
    tend_tally_close(file);
}

static void test_two_processes(void **state)
{
    struct tend_tally_file *file;
    int status;

    (void)state;
    for (int child = 0; child < 4; child++)
        if (fork() == 0) {
            struct tend_tally *tally = tend_tally_of(tend_tally_open(path), "bee", true);

            for (int i = 0; i < 10000; i++)
                tend_tally_call(tally, 3, "");
            _exit(0);
        }
    while (wait(&status) > 0)
        assert_int_equal(status, 0);
    file = tend_tally_open(path);
    assert_int_equal(tend_tally_of(file, "bee", false)->calls, 40000);
    assert_int_equal(tend_tally_of(file, "bee", false)->bucket[3], 40000);
    tend_tally_close(file);
}

static void test_no_folder(void **state)
{
    struct tend_tally_file *file = tend_tally_open("/dev/null/at/all");
    struct tend_tally *tally = tend_tally_of(file, "ant", true);
    char name[100];

    (void)state;
    assert_non_null(tally);
    tend_tally_call(tally, INT64_MAX, "the longest");
    assert_int_equal(tend_tally_within(tally, 99), (INT64_C(1) << 25) - 1);
    memset(name, 'x', sizeof name);
    name[99] = '\0';
    assert_null(tend_tally_of(file, name, true));
    for (int i = 0; i < 300; i++) {
        snprintf(name, sizeof name, "p%d", i);
        assert_true((tend_tally_of(file, name, true) != NULL) == (i < 255));
    }
    tend_tally_close(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kept),
        cmocka_unit_test(test_two_processes),
        cmocka_unit_test(test_no_folder),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, setup, NULL);
}
