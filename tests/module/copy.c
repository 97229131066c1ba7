/* Covers tend_module_copy_make and tend_module_copy_remove. */
#include "check.h"
#include <fcntl.h>
#include <sys/stat.h>

static bool stands_in(int fd, const char *dir)
{
    char link[64], path[4200];
    ssize_t len;

    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    len = readlink(link, path, sizeof path - 1);
    path[len > 0 ? len : 0] = '\0';
    return strncmp(path, dir, strlen(dir)) == 0 && path[strlen(dir)] == '/';
}

/* It has no name from the first moment on: whoever is killed leaves nothing. */
static void test_private(void **state)
{
    const char *dir = own_tmpdir();
    struct tend_module_copy copy;
    struct tend_module module;
    struct tend_error err = { 0 };
    struct stat st, from, by_path;

    (void)state;
    assert_int_equal(tend_module_copy_make(built("good"), &copy, &module, &err), TEND_OK);
    assert_int_equal(count_entries(dir), 0);
    assert_true(stands_in(copy.fd, dir));
    assert_int_equal(fstat(copy.fd, &st), 0);
    assert_int_equal(st.st_nlink, 0);
    assert_int_equal(st.st_mode & 0077, 0);
    assert_int_equal(fcntl(copy.fd, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
    assert_int_equal(stat(copy.path, &by_path), 0);
    assert_true(by_path.st_ino == st.st_ino && by_path.st_dev == st.st_dev);
    assert_int_equal(stat(built("good"), &from), 0);
    assert_true(st.st_size == from.st_size && module.size == from.st_size);
    tend_module_copy_remove(&copy);
    assert_int_equal(copy.fd, -1);
    rmdir(dir);
}

/* $XDG_RUNTIME_DIR goes before $TMPDIR; one that is not there is passed over. */
static void test_places(void **state)
{
    const char *dir = own_tmpdir();
    struct tend_module_copy copy;
    struct tend_module module;
    struct tend_error err = { 0 };
    char runtime[4200];

    (void)state;
    snprintf(runtime, sizeof runtime, "%s/runtime", dir);
    setenv("XDG_RUNTIME_DIR", runtime, 1);
    assert_int_equal(tend_module_copy_make(built("good"), &copy, &module, &err), TEND_OK);
    assert_true(stands_in(copy.fd, dir) && !stands_in(copy.fd, runtime));
    tend_module_copy_remove(&copy);
    assert_int_equal(mkdir(runtime, 0700), 0);
    assert_int_equal(tend_module_copy_make(built("good"), &copy, &module, &err), TEND_OK);
    assert_true(stands_in(copy.fd, runtime));
    tend_module_copy_remove(&copy);
    setenv("TMPDIR", "relative/folder", 1);
    unsetenv("XDG_RUNTIME_DIR");
    assert_int_equal(tend_module_copy_make(built("good"), &copy, &module, &err), TEND_OK);
    assert_true(stands_in(copy.fd, P_tmpdir));
    tend_module_copy_remove(&copy);
    rmdir(runtime);
    rmdir(dir);
}

static void test_failure_leaves_nothing(void **state)
{
    const char *dir = own_tmpdir();
    struct tend_module_copy copy;
    struct tend_module module;
    struct tend_error err = { 0 };

    (void)state;
    assert_int_equal(tend_module_copy_make(built("nothing"), &copy, &module, &err),
                     TEND_NOT_FOUND);
    assert_int_equal(copy.fd, -1);
    assert_int_equal(count_entries(dir), 0);
    tend_module_copy_remove(&copy);
    rmdir(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_private),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_failure_leaves_nothing),
    };

    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
