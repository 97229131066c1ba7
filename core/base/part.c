/* The parts of a long command, by the time that the processor gave to it: a busy machine
 * does not count. A switch costs some tenths of a microsecond. */
#include "base/part.h"
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const char *const names[TEND_PARTS] = { "rest",  "parse", "staging", "normalise", "match",
                                               "facts", "journal", "derived", "commit" };
static struct {
    bool known, on;
    enum tend_part now;
    int64_t since;
    int64_t spent[TEND_PARTS];  /* nanoseconds */
} parts;

static int64_t cpu(void)
{
    struct timespec at;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &at);
    return (int64_t)at.tv_sec * 1000000000 + at.tv_nsec;
}

static void add(enum tend_part next)
{
    int64_t at = cpu();

    parts.spent[parts.now] += at - parts.since;
    parts.since = at;
    parts.now = next;
}

/* "parts: rest 12 parse 345 ..." in milliseconds. */
static void tell(void)
{
    add(TEND_PART_REST);
    fputs("parts:", stderr);
    for (int i = 0; i < TEND_PARTS; i++)
        fprintf(stderr, " %s %lld", names[i], (long long)(parts.spent[i] / 1000000));
    fputs("\n", stderr);
}

static void look(void)
{
    parts.known = true;
    parts.on = getenv("TEND_PARTS") != NULL;
    parts.since = cpu();
    if (parts.on)
        atexit(tell);
}

enum tend_part tend_part_begin(enum tend_part part)
{
    enum tend_part before = parts.now;

    if (!parts.known)
        look();
    if (parts.on)
        add(part);
    return before;
}

void tend_part_end(enum tend_part before)
{
    if (parts.on)
        add(before);
}
