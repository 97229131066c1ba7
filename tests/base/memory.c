/* Heap memory: zeroed, never NULL, and a clean end when there is no more. */
#include "base/memory.h"
#include "check.h"
#include <sys/wait.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define UNDER_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define UNDER_ASAN 1
#endif
#endif

/* tend_alloc, tend_free */
static void alloc_gives_zeroes(void **state)
{
    (void)state;
    unsigned char *at = tend_alloc(1000);

    for (int i = 0; i < 1000; i++)
        assert_int_equal(at[i], 0);
    tend_free(at);
    at = tend_alloc(0);
    assert_non_null(at);
    tend_free(at);
    tend_free(NULL);
}

/* tend_realloc */
static void realloc_keeps_what_was_there(void **state)
{
    (void)state;
    char *at = tend_realloc(NULL, 4);

    memcpy(at, "abc", 4);
    at = tend_realloc(at, 100000);
    assert_string_equal(at, "abc");
    tend_free(at);
}

/* tend_strdup */
static void strdup_copies(void **state)
{
    (void)state;
    const char *from = "Ann Lee";
    char *copy = tend_strdup(from);

    assert_string_equal(copy, from);
    assert_ptr_not_equal(copy, from);
    assert_null(tend_strdup(NULL));
    tend_free(copy);
}

#ifndef UNDER_ASAN /* which stops the program itself */
/* tend_alloc, tend_realloc: no memory left */
static void out_of_memory_exits_with_1(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        int out[2], status = -1;
        char text[64] = "";

        assert_int_equal(pipe(out), 0);
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            void *at;

            dup2(out[1], STDERR_FILENO);
            close(STDOUT_FILENO);
            at = i ? tend_alloc(SIZE_MAX / 4) : tend_realloc(NULL, SIZE_MAX / 4);
            _exit(at ? 3 : 4);
        }
        close(out[1]);
        assert_true(read(out[0], text, sizeof text - 1) > 0);
        close(out[0]);
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 1);
        assert_string_equal(text, "tend: out of memory\n");
    }
}
#endif

static const struct CMUnitTest tests[] = {
    cmocka_unit_test(alloc_gives_zeroes),
    cmocka_unit_test(realloc_keeps_what_was_there),
    cmocka_unit_test(strdup_copies),
#ifndef UNDER_ASAN
    cmocka_unit_test(out_of_memory_exits_with_1),
#endif
};

CHECK_MAIN(tests)
