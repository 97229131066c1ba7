/* SPDX-License-Identifier: 0BSD
 *
 * The words that every other header is written in.
 *
 * Ownership, once for all of include/tend: arguments are borrowed for the
 * call; results are borrowed until the callback that you are in returns.
 * Nothing that a plugin gets is ever freed by it.
 */
#ifndef TEND_TYPES_H
#define TEND_TYPES_H

#include <stddef.h>
#include <stdint.h>

/* 0, or one of the negative codes below. */
typedef int32_t tend_status;

enum {
    TEND_OK = 0,
    TEND_NOMEM = -1,
    TEND_INVALID = -2,      /* an argument or input that cannot be right */
    TEND_NOT_FOUND = -3,
    TEND_EXISTS = -4,       /* already there */
    TEND_DENIED = -5,       /* not granted, or the gate forbids it */
    TEND_VETO = -6,         /* a guard said no */
    TEND_LIMIT = -7,        /* memory, size or count */
    TEND_TIMEOUT = -8,
    TEND_BUSY = -9,
    TEND_STALE = -10,       /* changed by somebody else since it was read */
    TEND_IO = -11,
    TEND_UNSUPPORTED = -12,
    TEND_INTERNAL = -13,
    TEND_CANCELLED = -14,
    TEND_AMBIGUOUS = -15,   /* several things answer to that reference */
    TEND_USAGE = -16        /* a command that was not typed right */
};

/* The row id of a person, touch, task... It never changes and is never used
 * again. 0 is none. */
typedef int64_t tend_id;

/* UTF-8 text, not ended by a NUL. A len of 0 is "no value". */
struct tend_text {
    const char *at;
    int64_t len;
};

#endif
