/* What every test of this folder needs: cmocka, which wants these headers
 * before its own, and texts compared with a message that shows them. */
#ifndef TESTS_BASE_CHECK_H
#define TESTS_BASE_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../needs.h"
#include <tend/types.h>

/* Is text this string, byte by byte? */
static inline void check_text(struct tend_text text, const char *expected)
{
    char shown[512];
    size_t len = (size_t)text.len < sizeof shown ? (size_t)text.len : sizeof shown - 1;

    if (len)
        memcpy(shown, text.at, len);
    shown[len] = '\0';
    assert_string_equal(shown, expected);
    assert_int_equal(text.len, strlen(expected));
}

#define CHECK_ZONES "/usr/share/zoneinfo/Europe/Vienna"

/* For programs of which every test reads the machine's zones. */
#define CHECK_MAIN_ZONES(tests)                           \
    int main(void)                                        \
    {                                                     \
        unsetenv("TZDIR");                                \
        if (access(CHECK_ZONES, R_OK) != 0) {             \
            puts("1..0 # SKIP no zone files");            \
            return 0;                                     \
        }                                                 \
        cmocka_set_message_output(CM_OUTPUT_TAP);         \
        return cmocka_run_group_tests(tests, NULL, NULL); \
    }

#define CHECK_MAIN(tests)                                 \
    int main(void)                                        \
    {                                                     \
        cmocka_set_message_output(CM_OUTPUT_TAP);         \
        return cmocka_run_group_tests(tests, NULL, NULL); \
    }

#endif
