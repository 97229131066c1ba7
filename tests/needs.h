/* What a test does that lacks something it cannot bring itself, such as files of
 * other people or a program of the system. */
#ifndef TESTS_NEEDS_H
#define TESTS_NEEDS_H

#include <stdio.h>

/* skip() of cmocka 1.1 is a failure in TAP: a test that cannot run says so and passes. */
#define CHECK_NEEDS(what, have)                                \
    do {                                                       \
        if (!(have)) {                                         \
            print_message("# skipped: %s is missing\n", what); \
            return;                                            \
        }                                                      \
    } while (0)

/* In main, for a program of which every test needs it: counts as skipped. */
#define CHECK_ALL_NEED(what, have)                          \
    do {                                                    \
        if (!(have)) {                                      \
            printf("1..0 # SKIP %s is missing\n", what);    \
            return 0;                                       \
        }                                                   \
    } while (0)

#endif
