/* tend_watch_open, tend_watch_take, tend_watch_close: a write to the file or what
 * stands beside it under its name, and to nothing else. */
#include "base/watch.h"
#include "check.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void touch(const char *path)
{
    FILE *file = fopen(path, "a");

    fputs("x", file);
    fclose(file);
}

static void test_watch(void **state)
{
    char folder[] = "/tmp/tend-watch-XXXXXX", path[64], wal[64], other[64];
    int fd;

    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/people.db", folder);
    snprintf(wal, sizeof wal, "%s/people.db-wal", folder);
    snprintf(other, sizeof other, "%s/letters.txt", folder);
    fd = tend_watch_open(path);
    assert_true(fd >= 0);
    assert_false(tend_watch_take(fd, path));
    touch(other);
    assert_false(tend_watch_take(fd, path));
    touch(wal);
    assert_true(tend_watch_take(fd, path));
    assert_false(tend_watch_take(fd, path));
    touch(path);
    touch(other);
    assert_true(tend_watch_take(fd, path));
    tend_watch_close(fd);
    tend_watch_close(-1);
    assert_int_equal(tend_watch_open("/nonexistent/people.db"), -1);
    unlink(path);
    unlink(wal);
    unlink(other);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(test_watch) };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
